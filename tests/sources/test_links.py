import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.links import canonical, claimed, host_of

addresses = st.from_regex(
    r"https?://[a-zA-Z]{1,8}\.example(:[0-9]{2,4})?(/[a-z0-9%&;]{0,5}){0,3}(\?[a-z_]{1,9}=[^#]{0,9})?",
    fullmatch=True,
)


@given(addresses)
def test_a_canonical_address_stays_as_it_is(address: str) -> None:
    assert canonical(canonical(address)) == canonical(address)


@given(addresses, st.sampled_from(["utm_source=x", "fbclid=1", "UTM_Medium=mail"]))
def test_how_a_reader_came_is_no_part_of_an_address(address: str, tracking: str) -> None:
    joined = f"{address}&{tracking}" if "?" in address else f"{address}?{tracking}"
    assert host_of(canonical(joined)) == host_of(address)
    assert tracking not in canonical(joined)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://News.Example/a?id=1&utm_source=x#top", "https://news.example/a?id=1"),
        ("http://news.example", "http://news.example/"),
        ("https://news.example/?reference=7&smid=tw", "https://news.example/?reference=7"),
        ("https://[2001:DB8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("mailto:desk@news.example", ""),
        ("notes/a.txt", ""),
        ("http://[::1", ""),
        ("http://news.example:port/", ""),
        ("", ""),
    ],
)
def test_addresses_have_one_form(address: str, expected: str) -> None:
    assert canonical(address) == expected


@pytest.mark.parametrize(
    ("claim", "address", "expected"),
    [
        ("/a", "https://www.news.example/b", "https://www.news.example/a"),
        ("https://news.example/a", "https://www.news.example/b?x=1", "https://news.example/a"),
        ("https://other.example/a", "https://news.example/b", "https://news.example/b"),
        ("https://news.example/", "https://news.example/b", "https://news.example/b"),
        ("", "https://news.example/b", "https://news.example/b"),
        ("https://news.example/a", "saved.html", "https://news.example/a"),
        ("javascript:alert(1)", "https://news.example/b", "https://news.example/b"),
        ("http://[", "saved.html", ""),
    ],
)
def test_a_page_is_believed_about_its_own_host_only(
    claim: str, address: str, expected: str
) -> None:
    assert claimed(claim, address) == expected


def test_a_bad_address_has_no_host() -> None:
    assert host_of("http://[::1") == ""
    assert host_of("notes.txt") == ""
