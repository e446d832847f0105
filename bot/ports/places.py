"""Where editions can go, as the chat service sees it."""

from dataclasses import dataclass
from typing import Protocol

from bot.news import TargetKind


@dataclass(frozen=True)
class Place:
    """A channel: of which newsroom, what it is called, and what an edition lacks there.

    `name` is as people write it, such as "#news". `missing` names permissions of ours, and
    `refused` says why nobody can post there at all, or is empty.
    """

    newsroom_id: int
    channel_id: int
    name: str
    missing: tuple[str, ...] = ()
    refused: str = ""
    target: TargetKind = "channel"


class Places(Protocol):
    """Looks channels up."""

    async def find_place(self, channel_id: int) -> Place:
        """Return the channel.

        Raises:
            DeliveryError: there is none that we can see, or nobody could be asked.
        """
        ...
