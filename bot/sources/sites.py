"""Says which site a host belongs to, and which source may speak for which address.

The site is the registrable domain by the Public Suffix List, its private part included, so that
two blogs of one platform are two sites. The library carries the list and fetches nothing.
"""

from functools import cache
from typing import Final

from publicsuffixlist import PublicSuffixList

from bot.sources.links import host_of

SHARED: Final = frozenset(
    """bsky.app facebook.com feedburner.com feedly.com flipboard.com google.com instagram.com
    linkedin.com medium.com msn.com reddit.com soundcloud.com substack.com t.co t.me telegram.org
    tumblr.com twitter.com x.com yahoo.com youtu.be youtube.com""".split()  # noqa: SIM905 - 20 lines otherwise
)
"""Sites on which many outlets publish under paths of their own; none speaks for another there."""


def site_of(host: str) -> str:
    """Return the registrable domain of a host in lower case; a host without one is its own site."""
    host = host.rstrip(".")
    if ":" in host or host.replace(".", "").isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


def speaks_for(source_address: str, address: str) -> bool:
    """Tell whether the source may say what stands at the address: both are of one site.

    A file speaks for no address. On a shared host only a page speaks, and for itself alone.
    """
    ours, theirs = host_of(source_address), host_of(address)
    if not ours or not theirs:
        return False
    site = site_of(ours)
    return source_address == address if site in SHARED else site == site_of(theirs)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
