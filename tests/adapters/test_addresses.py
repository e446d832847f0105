from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.addresses import forbidden_kind

SPECIAL = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    )
]  # fmt: skip
"""Written out from the IANA registry, so that the test does not ask whom the code asks."""

special_ipv4 = st.sampled_from(SPECIAL).flatmap(lambda n: st.ip_addresses(v=4, network=n))


def embeddings(inner: IPv4Address) -> list[IPv6Address]:
    """Return the IPv6 addresses that lead to an IPv4 address."""
    value = int(inner)
    return [
        IPv6Address((0xFFFF << 32) | value),
        IPv6Address(value),
        IPv6Address((0x0064FF9B << 96) | value),
        IPv6Address((0x0064FF9B0001 << 80) | value),
        IPv6Address((0x2002 << 112) | (value << 80) | 1),
        IPv6Address((0x20010000 << 96) | (value ^ 0xFFFFFFFF)),
    ]


@given(special_ipv4)
def test_no_special_ipv4_address_passes_in_any_form(address: IPv4Address) -> None:
    assert forbidden_kind(str(address))
    for embedded in embeddings(address):
        assert forbidden_kind(str(embedded))
        assert forbidden_kind(embedded.exploded)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_passes_if_it_is_public(address: IPv4Address) -> None:
    if any(address in network for network in SPECIAL):
        assert forbidden_kind(str(address))
    elif address not in IPv4Network("192.0.0.0/24") and address not in IPv4Network(
        "192.88.99.0/24"
    ):
        assert forbidden_kind(str(address)) is None


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_passes_outside_the_public_space(address: IPv6Address) -> None:
    inside = address in IPv6Network("2000::/3")
    inner = address.ipv4_mapped or address in IPv6Network("64:ff9b::/96")
    assert inside or inner or forbidden_kind(str(address))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("0.0.0.0", "unspecified"),  # noqa: S104 - an address to refuse
        ("10.1.2.3", "private"),
        ("100.64.0.1", "private"),
        ("169.254.169.254", "cloud metadata"),
        ("169.254.1.1", "link-local"),
        ("168.63.129.16", "cloud metadata"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "private"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:10.0.0.1", "private"),
        ("::7f00:1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("fe80::1%eth0", "link-local"),
        ("fd00:ec2::254", "private"),
        ("fc00::1", "private"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "private"),
        ("5f00::1", "reserved"),
        ("2130706433", "malformed"),
        ("0x7f000001", "malformed"),
        ("0177.0.0.1", "malformed"),
        ("127.1", "malformed"),
        ("localhost", "malformed"),
        ("", "malformed"),
    ],
)
def test_what_is_refused_has_a_name(address: str, kind: str) -> None:
    assert forbidden_kind(address) == kind


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_pass(address: str) -> None:
    assert forbidden_kind(address) is None
