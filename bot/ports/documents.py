"""The door to files and web addresses: what is fetched, as it came."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Document:
    """Bytes from outside, as they came.

    `address` is what was asked for; `final_address` where it was found after redirects; both are
    the path for a file and `-` for standard input. `media_type` is lower case without parameters
    and, like `charset`, empty when the sender did not say.
    """

    address: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    final_address: str = ""


class Documents(Protocol):
    """Fetches files and web addresses."""

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address.

        Raises:
            FetchError: missing, refused, too large, too slow.
        """
        ...
