"""Places of all kinds that editions go to, on the loopback Discord, and what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.chat.views import CUSTOM_ID, MENU_ID
from bot.delivery.outbox import occurrence_key
from bot.news import Post, Schedule, TargetKind, Timing
from tests.discord_server.channels import Channel, Kind, Message, Thread
from tests.discord_server.server import DiscordServer

CREATED: Final = datetime.fromisoformat("2026-09-16T12:00:00+00:00")
NEVER_SOON: Final = Timing("UTC", cron="0 0 1 1 *")
"""What is due is recorded by the test: a timing knows no seconds."""


@dataclass(frozen=True)
class Target:
    """A schedule and the place that it posts in."""

    schedule: Schedule
    channel: Channel

    def marks(self) -> list[str]:
        """Return the marks of the messages that stand there, in the order in which they came."""
        found = []
        for message in sorted(self._messages(), key=lambda message: message.id):
            ids = (CUSTOM_ID.fullmatch(i) or MENU_ID.fullmatch(i) for i in message.custom_ids)
            found += sorted({match["mark"] for match in ids if match})
        return found

    def count(self) -> int:
        """Return how many messages stand there; quick, for it is asked after every change."""
        rooms = self.channel.threads if self.channel.is_forum else [self.channel]
        return sum(len(room.history) for room in rooms)

    def wanted(self, instants: Sequence[datetime]) -> list[str]:
        """Return the marks that should stand there: one message for each instant."""
        keys = [f"{occurrence_key(self.schedule.id, due_at)}/1" for due_at in instants]
        return [Post(key, self.channel.id, "b", 1).nonce for key in keys]

    def _messages(self) -> list[Message]:
        inside = [message for thread in self.channel.threads for message in thread.messages]
        return inside if self.channel.is_forum else self.channel.messages


def make_targets(
    discord: DiscordServer, *, channels: int, threads: int, forums: int, directs: int
) -> list[Target]:
    """Return so many of each kind, each with a schedule of its own."""
    world, guild = discord.world, discord.guild
    texts = [world.add_channel(guild, f"text-{n}") for n in range(channels)]
    people = [world.add_member(guild, f"member-{n}").user for n in range(directs)]
    found: list[tuple[TargetKind, Channel]] = [("channel", text) for text in texts]
    found += [("thread", _thread(discord, f"thread-{n}")) for n in range(threads)]
    found += [("forum", world.add_channel(guild, f"forum-{n}", Kind.FORUM)) for n in range(forums)]
    found += [("direct", world.direct_channel(person)) for person in people]
    return [
        Target(
            Schedule(
                f"{kind}-{n}",
                guild.id,
                channel.id,
                f"{kind} {n}",
                NEVER_SOON,
                created_by=0,
                created_at=CREATED,
                target=kind,
            ),
            channel,
        )
        for n, (kind, channel) in enumerate(found)
    ]


def _thread(discord: DiscordServer, name: str) -> Thread:
    """Return a thread that somebody has opened, with the bot in it."""
    world, parent = discord.world, discord.channel()
    thread = Thread(
        world.ids.next(),
        Kind.PUBLIC_THREAD,
        name,
        parent.guild,
        parent=parent,
        owner_id=discord.member("editor").user.id,
        created_at=world.stamp(),
        member_ids={world.bot.id},
    )
    world.channels[thread.id] = parent.threads_by_id[thread.id] = thread
    return thread
