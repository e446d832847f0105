"""The door to files and web addresses: what is fetched, as it came."""

from dataclasses import dataclass
from typing import Final, Protocol

MAX_REDIRECTS: Final = 5
"""The longest chain of redirects that is followed from one address."""


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask with again, as it came; it counts at exactly one address.

    Source: RFC 9110, section 8.8: `etag` is the line of `ETag`, `last_modified` of `Last-Modified`.
    """

    address: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Caching:
    """What an answer's headers say of its age and how long it is fresh, as they came, or empty.

    Source: RFC 9111, section 5, and RFC 9110, section 6.6.1 (`Date`).
    """

    cache_control: str = ""
    expires: str = ""
    date: str = ""
    age: str = ""


@dataclass(frozen=True)
class NotModified:
    """An answer without bytes: what was read before stands there still (status 304).

    `moved_to` is as in `Document`.
    """

    address: str
    caching: Caching = Caching()
    moved_to: str = ""


@dataclass(frozen=True)
class Document:
    """Bytes from outside, as they came.

    `address` is what was asked for; `final_address` where it was found after redirects; both are
    the path for a file and `-` for standard input. `media_type` is lower case without parameters
    and, like `charset`, empty when the sender did not say. `moved_to` is where redirects that are
    permanent led from `address`, up to the first that is not, or empty.
    """

    address: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    final_address: str = ""
    moved_to: str = ""
    validators: Validators = Validators()
    caching: Caching = Caching()


class Documents(Protocol):
    """Fetches files and web addresses."""

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address.

        Raises:
            FetchError: missing, refused, too large, too slow.
        """
        ...

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Return what stands at the address, unless it is what `known` came with.

        Raises:
            FetchError: as `fetch`.
        """
        ...
