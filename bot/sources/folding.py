"""Folds web addresses, so that all the forms of one page's address become one.

The folded form is for comparing alone: it is neither printed nor fetched.
"""

import re
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from bot.sources.sites import site_of
from bot.sources.tracking import is_tracking

DRESSES: Final = ("www.", "m.", "mobile.", "amp.", "touch.")
"""What stands before the host of a page in another dress; only where a whole site is left."""
PORTS: Final = (None, 80, 443)
HOST: Final = re.compile(r"[a-z0-9._-]+")
INDEX: Final = re.compile(
    r"/(?:index|default)\.(?:x?html?|shtml|php|aspx?|jsp|cgi|cfm)$", re.IGNORECASE
)
AMP_SEGMENT: Final = re.compile(r"^/amp(?=/.)|(?<=.)/amp(?:\.html?)?$", re.IGNORECASE)
AMP_SUFFIX: Final = re.compile(r"(?<=[^/])[.]amp(?=(?:\.html?)?$)", re.IGNORECASE)
SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
AMP_NAMES: Final = frozenset({"amp", "_amp", "isamp", "usqp"})
AMP_WAYS: Final = frozenset({"outputtype", "output", "view", "format", "template"})
ESCAPE: Final = re.compile(r"%([0-9a-fA-F]{2})")
STRAY: Final = re.compile(r"%(?![0-9a-fA-F]{2})")
UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
"""Source: RFC 3986, 2.3; escaped or not, these mean the same."""
SAFE: Final = "%/:@!$&'()*+,;="


def fold_address(address: str, *, fragment: bool = False) -> str:
    """Return the form that all addresses of the page share, or nothing for what is no web address.

    Folded are: scheme, case and dress of the host (www., m., mobile., amp.), usual ports, escapes,
    dot segments, doubled and trailing slashes, index files, AMP's paths and parameters, tracking
    parameters, visits, and the order of parameters. The path keeps its case. The fragment goes,
    unless it is asked for or is a "hashbang", which stands for a path.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = _host(parts), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    where = host if port in PORTS else f"{host}:{port}"
    query, anchor = _query(parts.query), _escaped(parts.fragment)
    kept = anchor if fragment or anchor.startswith("!") else ""
    return f"https://{where}{_path(parts.path)}{query and '?' + query}{kept and '#' + kept}"


def is_front_door(folded: str) -> bool:
    """Tell whether a folded address is a site's own, at which no article stands."""
    parts = urlsplit(folded)
    return parts.path == "/" and not parts.query and not parts.fragment


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{IPv6Address(host).compressed}]"
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not HOST.fullmatch(host):
        return ""
    site = site_of(host)
    while (dress := next(filter(host.startswith, DRESSES), "")) and host.endswith(f".{site}"):
        host = host.removeprefix(dress)
    return host


def _path(path: str) -> str:
    """Take off what does not tell one page from another, until nothing changes any more."""
    folded = _escaped(path) or "/"
    while (simpler := _simpler(folded)) != folded:
        folded = simpler
    return folded


def _simpler(path: str) -> str:
    path = SESSION.sub("", path)
    path = "/" + "/".join(_segments(path))
    path = INDEX.sub("", path) or "/"
    for dress in (AMP_SEGMENT, AMP_SUFFIX):
        path = dress.sub("", path) or path
    return path


def _segments(path: str) -> list[str]:
    """Return the segments that are left when dots and doubled slashes are followed."""
    found: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del found[-1:]
        elif segment not in {"", "."}:
            found.append(segment)
    return found


def _query(query: str) -> str:
    # one character a byte: no two different queries become one on the way
    pairs = parse_qsl(_escaped(query), keep_blank_values=True, encoding="latin-1")
    kept = [(k, v) for k, v in pairs if not is_tracking(k, v) and not _is_amp(k, v)]
    return urlencode(sorted(kept), encoding="latin-1")


def _is_amp(name: str, value: str) -> bool:
    return name.lower() in AMP_NAMES or (name.lower() in AMP_WAYS and value.lower() == "amp")


def _escaped(text: str) -> str:
    """Return the text with every character escaped, in capitals, that must be, and no other."""
    plain = quote(STRAY.sub("%25", text), safe=SAFE, errors="surrogatepass")
    return ESCAPE.sub(_unescape, plain)


def _unescape(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if UNRESERVED.fullmatch(character) else match.group().upper()
