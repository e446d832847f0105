"""Says of a source what of it cannot be read now, since when and why."""

from collections.abc import Iterable
from datetime import tzinfo

from bot.delivery.phrases import short_hour
from bot.news import Subscription, Unread


def unread_now(sources: Iterable[Subscription], zone: tzinfo) -> tuple[Unread, ...]:
    """Return what cannot be read of these sources, as the last polls found it; not of paused ones.

    Of a source that can be read, these are parts of its last document: pages, a torn end. The
    instants are on the clock of the zone.
    """
    return tuple(
        unread
        for source in sources
        if not (source.paused or source.paused_in_settings)
        for unread in _unread(source, zone)
    )


def _unread(source: Subscription, zone: tzinfo) -> tuple[Unread, ...]:
    poll = source.poll
    if poll.failing_since is None:
        return poll.unread
    since = f"since {short_hour(poll.failing_since, zone)}"
    if poll.gone:
        since += "; it is gone and will not be read again, take it out or resume it"
    return (Unread(source.address, f"{poll.reason} ({since})"),)
