"""Lists the sources; pauses, resumes and removes one, and says how each is undone."""

from dataclasses import dataclass
from shlex import quote

from bot.news import Subscription
from bot.ports import Subscriptions
from bot.source_desk.desk import SourceDesk, find


@dataclass(frozen=True)
class Listing:
    """The sources that were asked for, of how many there are, in the order in which they came."""

    shown: tuple[Subscription, ...]
    total: int
    about: str = ""


async def listing(subscriptions: Subscriptions, about: str = "") -> Listing:
    """Return the sources; only those whose address, outlet, publisher or folder has the words."""
    kept = await subscriptions.subscriptions()
    wanted = about.casefold().split()
    shown = tuple(one for one in kept if all(word in _told(one) for word in wanted))
    return Listing(shown, len(kept), about)


async def pause(desk: SourceDesk, name: str) -> Subscription:
    """Poll a source no more until it is resumed, and return it as it was.

    Raises:
        UnknownError: there is none of that name, or there are several.
    """
    found = await find(desk, name)
    await desk.subscriptions.pause(found.address)
    return found


async def resume(desk: SourceDesk, name: str) -> Subscription:
    """Poll a source again, from now on, and return it as it was.

    Raises:
        SubscriptionError: the settings file pauses it.
        UnknownError: there is none of that name, or there are several.
    """
    found = await find(desk, name)
    await desk.subscriptions.resume(found.address)
    return found


async def remove(desk: SourceDesk, name: str) -> Subscription:
    """Forget a source and how its polls went, and return it as it was; its articles stay.

    Raises:
        SubscriptionError: the settings file lists it.
        UnknownError: there is none of that name, or there are several.
    """
    found = await find(desk, name)
    await desk.subscriptions.remove_subscription(found.address)
    return found


def adding_line(source: Subscription) -> str:
    """Return what to type behind the name of the program to have the source back as it was."""
    words = ["sources", "add", "--as-is"]
    options = {
        "--outlet": source.outlet,
        "--publisher": source.publisher,
        "--folder": source.folder,
    }
    for option, value in options.items():
        words += [f"{option}={value}"] if value else []
    words += ["--urgent"] if source.urgent else []
    words += ["--paused"] if source.paused else []
    # an address that begins with a hyphen is no option
    words += ["--", source.address] if source.address.startswith("-") else [source.address]
    return " ".join(map(quote, words))


def _told(one: Subscription) -> str:
    return f"{one.address} {one.outlet} {one.publisher} {one.folder}".casefold()
