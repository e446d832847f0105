"""Says which network addresses a bot may connect to: those of the public Internet, no others.

Sources: RFC 6890 and the IANA special-purpose registries (as Python's `ipaddress` knows them), RFC
4291 (mapped addresses), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6052 and RFC 8215 (NAT64).
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

METADATA: Final = frozenset(
    {"169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200"}
)
"""Where clouds tell a machine its own secrets; the third is a public address, and Azure's."""
METADATA_KIND: Final = "cloud metadata"
"""What `forbidden_kind` calls them."""
PUBLIC_IPV6: Final = IPv6Network("2000::/3")
"""All of IPv6 that is assigned to the public Internet. Source: IANA, "IPv6 Global Unicast"."""
NAT64: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""The prefix for the public Internet, and the one for a network's own use."""
KINDS: Final = (
    ("is_unspecified", "unspecified"),
    ("is_loopback", "loopback"),
    ("is_link_local", "link-local"),
    ("is_multicast", "multicast"),
    ("is_private", "private"),
    ("is_reserved", "reserved"),
)


def forbidden_kind(address: str) -> str | None:
    """Return what kind of address it is that may not be connected to, or `None` for a public one.

    `address` is an IPv4 or IPv6 address as a socket takes it, with or without a zone; anything else
    counts as "malformed". IPv6 addresses that hold an IPv4 address are judged by that too.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "malformed"
    if isinstance(found, IPv4Address):
        return _forbidden_ipv4(found)
    inner = inner_ipv4(found)
    if inner is not None and _forbidden_ipv4(inner):
        return _forbidden_ipv4(inner)
    if found.ipv4_mapped is not None or found in NAT64[0]:
        # nothing but another way to write the public address inside
        return None
    kind = _special(found)
    return kind or (None if found in PUBLIC_IPV6 else "reserved")


def inner_ipv4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that packets to this IPv6 address end at, if it says so."""
    if any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    if int(address) >> 32 == 0 and int(address) > 1:
        # "IPv4-compatible", deprecated and still understood by some routers
        return IPv4Address(int(address))
    return address.ipv4_mapped or address.sixtofour


def _forbidden_ipv4(address: IPv4Address) -> str | None:
    return METADATA_KIND if str(address) in METADATA else _special(address)


def _special(address: IPv4Address | IPv6Address) -> str | None:
    for test, name in KINDS:
        if getattr(address, test):
            return name
    # what is none of these and still not global: shared address space, documentation, and the like
    return None if address.is_global else "private"
