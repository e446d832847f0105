"""What sites ask of programs that read their pages."""

from typing import Protocol


class Robots(Protocol):
    """Asks a site's robots.txt before one of its pages is read; feeds are there to be read."""

    async def permit(self, address: str) -> None:
        """Return when the page may be fetched, after the pause that its site asks for.

        Raises:
            FetchError: the site asks not to, its wishes cannot be known, or it is too early.
        """
        ...

    def recall(self, address: str) -> None:
        """Refuse again, without asking anybody, what `permit` refused a short time ago.

        Raises:
            FetchError: as `permit` did.
        """
        ...
