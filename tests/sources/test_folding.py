from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.folding import DRESSES, fold_address, is_front_door
from bot.sources.sites import site_of, speaks_for

A = "https://courier.example/news/ferry"

SAME = {
    A: """
        http://courier.example/news/ferry
        HTTPS://Courier.Example/news/ferry
        https://www.courier.example/news/ferry
        https://m.courier.example/news/ferry
        https://mobile.courier.example/news/ferry
        https://amp.courier.example/news/ferry
        https://touch.courier.example/news/ferry
        https://www.m.courier.example/news/ferry
        https://courier.example./news/ferry
        https://courier.example:443/news/ferry
        http://courier.example:80/news/ferry
        http://courier.example:443/news/ferry
        https://courier.example/news/ferry/
        https://courier.example/news/ferry//
        https://courier.example//news//ferry
        https://courier.example/news/./ferry
        https://courier.example/news/old/../ferry
        https://courier.example/../news/ferry
        https://courier.example/news/ferry#top
        https://courier.example/news/ferry?#top
        https://courier.example/news/ferry?
        https://courier.example/news/ferry?&
        https://courier.example/news/f%65rry
        https://courier.example/news/%66erry
        https://courier.example/news/ferry/amp
        https://courier.example/news/ferry/amp/
        https://courier.example/news/ferry/AMP
        https://courier.example/news/ferry/amp.html
        https://courier.example/amp/news/ferry
        https://courier.example/amp/news/ferry/amp/
        https://courier.example/news/ferry.amp
        https://courier.example/news/ferry?amp
        https://courier.example/news/ferry?amp=1
        https://courier.example/news/ferry?outputType=amp
        https://courier.example/news/ferry?amp_js_v=0.1&usqp=mq331AQ
        https://courier.example/news/ferry/index.html
        https://courier.example/news/ferry/index.htm
        https://courier.example/news/ferry/index.php
        https://courier.example/news/ferry/index.shtml
        https://courier.example/news/ferry/Index.HTML
        https://courier.example/news/ferry/default.aspx
        https://courier.example/news/ferry/index.jsp#comments
        https://courier.example/news/ferry;jsessionid=8A1F
        https://courier.example/news/ferry?jsessionid=8A1F
        https://courier.example/news/ferry?PHPSESSID=8a1f
        https://courier.example/news/ferry?utm_source=mail&utm_medium=x&utm_campaign=a%20b
        https://courier.example/news/ferry?UTM_SOURCE=mail
        https://courier.example/news/ferry?fbclid=IwAR0
        https://courier.example/news/ferry?gclid=a&gclsrc=b&dclid=c
        https://courier.example/news/ferry?msclkid=1
        https://courier.example/news/ferry?mc_cid=1&mc_eid=2
        https://courier.example/news/ferry?at_medium=RSS&at_campaign=rss
        https://courier.example/news/ferry?xtor=RSS-1
        https://courier.example/news/ferry?ref=rss
        https://courier.example/news/ferry?source=newsletter
        https://courier.example/news/ferry?from=Twitter
        https://courier.example/news/ferry?wt_mc=a.b
        https://courier.example/news/ferry?pk_campaign=x&mtm_kwd=y
        https://courier.example/news/ferry?_hsenc=1&_hsmi=2
        https://courier.example/news/ferry?__twitter_impression=true
        https://courier.example/news/ferry?igshid=1&igsh=2
        https://courier.example/news/ferry?ito=social&ns_mchannel=rss
        https://reader:secret@courier.example/news/ferry
        """,
    "https://courier.example/": """
        http://www.courier.example
        https://courier.example/index.html
        https://courier.example//
        """,
    "https://courier.example/?id=7&page=2": """
        https://courier.example/?page=2&id=7
        https://courier.example/index.php?page=2&utm_id=1&id=7
        https://courier.example/?id=%37&page=2
        """,
    "https://courier.example/caf%C3%A9?q=%C3%A9+b": """
        https://courier.example/café?q=é+b
        https://courier.example/caf%c3%a9?q=%c3%a9%20b
        """,
    "https://xn--bcher-kva.example/a": """
        https://bücher.example/a
        https://www.BÜCHER.example/a
        https://XN--BCHER-KVA.example/a
        """,
    "https://courier.example/ferry.html": "https://m.courier.example/ferry.amp.html",
    "https://courier.example/app#!/ferry/7": "https://www.courier.example/app#!/ferry/7",
    "https://[2001:db8::1]:8080/a": "http://[2001:DB8::1]:8080/a/",
}
DIFFERENT = f"""
    {A}
    https://courier.example/News/ferry
    https://courier.example/news/ferry-2
    https://courier.example/news
    https://courier.example/news/amplifier
    https://courier.example/ampere/news/ferry
    https://courier.example/amp
    https://courier.example/news/ferry?id=1
    https://courier.example/news/ferry?id=2
    https://courier.example/news/ferry?ID=1
    https://courier.example/news/ferry?page=2
    https://courier.example/news/ferry?ref=7
    https://courier.example/news/ferry?source=council
    https://courier.example/news/ferry?output=print
    https://courier.example/news/ferry?reference=9
    https://courier.example/news/ferry?eid=9
    https://courier.example/news/ferry%2F2
    https://courier.example/news/ferry/2
    https://courier.example/news/index-of-prices.html
    https://courier.example/app#!/ferry/7
    https://courier.example/app#!/ferry/8
    https://courier.example:8080/news/ferry
    https://sport.courier.example/news/ferry
    https://courier.test/news/ferry
    https://amp.co.uk/news/ferry
    https://mobile.example/news/ferry
    https://m.example/news/ferry
    https://other.example/news/ferry
    """
NONE = ("", " ", "notes.txt", "mailto:a@b.example", "ftp://a.example/", "http://", "http://[::1",
        "https:///a", "http://a.example:port/", "javascript:alert(1)", "http://a;b/",
        "http://" + "ü" * 80)  # fmt: skip

EXAMPLES = [(folded, form) for folded, forms in SAME.items() for form in forms.split()]

addresses = st.from_regex(
    r"https?://(www\.|m\.|amp\.){0,2}[a-zA-Zü]{1,6}\.(example|co\.uk|github\.io)(:[0-9]{2,4})?"
    r"(/(amp|index\.html|\.\.|\.|[a-zA-Z0-9%;.é~ ]{0,6})){0,4}"
    r"(\?[a-zA-Z_%&=+;é]{0,14})?(#!?[a-z/]{0,4})?",
    fullmatch=True,
)


def test_there_are_examples_enough() -> None:
    assert len(EXAMPLES) + len(DIFFERENT.split()) + len(NONE) >= 100


@pytest.mark.parametrize(("folded", "form"), EXAMPLES)
def test_forms_of_one_address_become_one(folded: str, form: str) -> None:
    assert fold_address(form) == folded
    assert fold_address(folded) == folded


def test_different_pages_stay_different() -> None:
    folded = [fold_address(address) for address in DIFFERENT.split()]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_web_address_folds_to_nothing(text: str) -> None:
    assert fold_address(text) == ""


@given(addresses)
def test_folding_twice_is_folding_once(address: str) -> None:
    once = fold_address(address)
    assert fold_address(once) == once
    with_fragment = fold_address(address, fragment=True)
    assert fold_address(with_fragment, fragment=True) == with_fragment


@given(st.text() | st.text().map("https://".__add__) | st.text().map("http://a.example/".__add__))
def test_folding_never_raises(text: str) -> None:
    once = fold_address(text)
    assert fold_address(once) == once
    assert once.isascii()


@given(st.lists(addresses, min_size=2, max_size=2))
def test_pages_of_different_hosts_are_never_one(pair: list[str]) -> None:
    one, other = map(fold_address, pair)
    if one and one == other:
        assert bare(pair[0]) == bare(pair[1])


def bare(address: str) -> str:
    """The host without what dresses it, by another way than the code's."""
    labels = (urlsplit(address).hostname or "").encode("idna").decode().split(".")
    while f"{labels[0]}." in DRESSES and len(labels) > 2 and labels[-2:] != ["co", "uk"]:
        labels = labels[1:]
    return ".".join(labels[-3:])


@given(addresses, st.sampled_from(["utm_source=x", "fbclid=1", "UTM_Medium=mail", "ref=rss"]))
def test_tracking_changes_no_folded_address(address: str, tracking: str) -> None:
    plain = address.partition("#")[0]
    tracked = f"{plain}&{tracking}" if "?" in plain else f"{plain}?{tracking}"
    assert fold_address(tracked) == fold_address(plain)


@given(addresses)
def test_the_scheme_changes_no_folded_address(address: str) -> None:
    _, _, rest = address.partition("://")
    assert fold_address(f"http://{rest}") == fold_address(f"https://{rest}")


def test_a_fragment_is_kept_when_it_is_asked_for() -> None:
    assert fold_address(f"{A}#goal-2", fragment=True) == f"{A}#goal-2"
    assert fold_address(A, fragment=True) == A


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://www.courier.example", True), ("https://courier.example/index.html", True),
     (A, False), ("https://courier.example/?p=7", False), ("https://courier.example/#!/a", False)],
)  # fmt: skip
def test_a_front_door_is_no_page(address: str, *, expected: bool) -> None:
    assert is_front_door(fold_address(address)) is expected


@pytest.mark.parametrize(
    ("host", "site"),
    [("news.courier.example", "courier.example"), ("courier.example", "courier.example"),
     ("a.b.courier.co.uk", "courier.co.uk"), ("co.uk", "co.uk"), ("localhost", "localhost"),
     ("ada.github.io", "ada.github.io"), ("10.0.0.7", "10.0.0.7"), ("::1", "::1"), ("", "")],
)  # fmt: skip
def test_a_site_is_what_somebody_registered(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize(
    ("source", "address", "expected"),
    [
        ("https://feeds.courier.example/all", A, True),
        ("https://www.courier.example/rss", "http://m.courier.example/x", True),
        ("https://evil.example/rss", A, False),
        ("https://evil.courier.example.net/rss", A, False),
        ("https://ada.github.io/rss", "https://bob.github.io/post", False),
        ("https://feeds.feedburner.com/ada", "https://feeds.feedburner.com/~r/bob/1", False),
        ("https://medium.com/a", "https://medium.com/a", True),
        ("wire/a.xml", A, False),
        ("-", A, False),
        ("https://courier.example/rss", "notes.txt", False),
    ],
)
def test_a_source_speaks_for_its_own_site(source: str, address: str, *, expected: bool) -> None:
    assert speaks_for(source, address) is expected
