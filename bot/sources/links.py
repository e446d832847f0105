"""Compares addresses: the form of one that stands for a page whoever linked to it and how."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bot.sources.tracking import is_tracking


def canonical(address: str) -> str:
    """Return the web address without fragment and tracking parameters, its host in lower case.

    What is no http or https address gives an empty string.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not is_tracking(name, value)]
    query = urlencode(kept) if kept != pairs else None
    return urlunsplit(
        (
            parts.scheme.lower(),
            host + port,
            parts.path or "/",
            parts.query if query is None else query,
            "",
        )
    )


def absolute(link: str, base: str) -> str:
    """Return the web address that a link on `base` leads to; nothing for a link of another kind.

    A feed that could point at files would have them read and published.
    """
    try:
        found = urljoin(base if host_of(base) else "", link.strip())
    except ValueError:
        return ""
    return found if link.strip() and canonical(found) else ""


def claimed(claim: str, address: str) -> str:
    """Return the address that a page gives itself, or its own if the claim cannot be believed.

    A page speaks for its own host only, and an article does not stand at a site's front door. A
    page that was read from a file has no address of its own, and is believed.
    """
    own = canonical(address)
    found = canonical(absolute(claim, own)) if claim else ""
    if not found or urlsplit(found).path == "/":
        return own
    return found if not own or host_of(found) == host_of(own) else own


def host_of(address: str) -> str:
    """Return the host of a web address without `www.`, or nothing."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
