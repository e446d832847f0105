"""The fake of the port `Subscriptions`: a list in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.errors import UnknownError
from bot.news import MAX_AHEAD_SECONDS, PollState, Subscription, is_pushed


class FakeSubscriptions:
    """Subscriptions in memory, in the order in which they came."""

    def __init__(self, kept: Sequence[Subscription] = ()) -> None:
        self.kept = {one.address: one for one in kept}

    async def configure(self, listed: Sequence[Subscription]) -> None:
        """Join the list with the file's sources."""
        addresses = {one.address for one in listed}
        left = [a for a, one in self.kept.items() if one.configured and a not in addresses]
        for address in left:
            del self.kept[address]
        for new in listed:
            known = self.kept.get(new.address, new)
            self.kept[new.address] = replace(
                known,
                configured=True,
                outlet=new.outlet,
                publisher=new.publisher,
                urgent=new.urgent,
                paused_in_settings=new.paused_in_settings,
            )

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all of them."""
        return tuple(self.kept.values())

    async def find_subscription(self, address: str) -> Subscription | None:
        """Return the one of that address."""
        return self.kept.get(address)

    async def add_subscription(self, new: Subscription) -> bool:
        """Add it if it is new."""
        return self.kept.setdefault(new.address, new) is new

    async def add_subscriptions(self, new: Sequence[Subscription]) -> None:
        """Add those that are new."""
        for one in new:
            self.kept.setdefault(one.address, one)

    async def pause(self, address: str) -> None:
        """Pause it."""
        self.kept[address] = replace(self._require(address), paused=True)

    async def resume(self, address: str) -> None:
        """Resume it."""
        self.kept[address] = self._require(address).resumed()

    async def remove_subscription(self, address: str) -> None:
        """Forget it."""
        self._require(address).require_removable()
        del self.kept[address]

    async def due(
        self, now: datetime, limit: int, *, without: Collection[str] = ()
    ) -> tuple[Subscription, ...]:
        """Return those that are due, the longest due first."""
        far = timedelta(seconds=MAX_AHEAD_SECONDS)
        when = {
            one.address: one.poll.next_at.timestamp() if one.poll.next_at else 0
            for one in self.kept.values()
        }
        due = [
            one
            for one in self.kept.values()
            if one.is_read
            and not is_pushed(one.address)
            and one.address not in without
            and not now.timestamp() < when[one.address] <= (now + far).timestamp()
        ]
        return tuple(sorted(due, key=lambda one: when[one.address])[:limit])

    async def save_polls(self, states: Mapping[str, PollState]) -> None:
        """Keep how polls went."""
        for address in states.keys() & self.kept.keys():
            self.kept[address] = replace(self.kept[address], poll=states[address])

    def _require(self, address: str) -> Subscription:
        if address not in self.kept:
            raise UnknownError(f"There is no {address}.")
        return self.kept[address]
