"""Servers and channels of the loopback Discord, with threads and messages in them."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from tests.discord_server.components import Json, text_of, walk
from tests.discord_server.people import Member, Role, User
from tests.discord_server.permissions import EVERYTHING, Permission

EPHEMERAL = 1 << 6
LOADING = 1 << 7
HAS_THREAD = 1 << 5
"""Source: Discord API reference, "Message Flags"."""


_ABSENT: Final = (
    "icon",
    "splash",
    "discovery_splash",
    "afk_channel_id",
    "application_id",
    "system_channel_id",
    "rules_channel_id",
    "public_updates_channel_id",
    "vanity_url_code",
    "description",
    "banner",
    "incidents_data",
)
_ZERO: Final = (
    "verification_level",
    "default_message_notifications",
    "explicit_content_filter",
    "mfa_level",
    "nsfw_level",
    "premium_tier",
    "system_channel_flags",
)
"""What a server object carries that no test is about."""


class Kind(IntEnum):
    """Types of channel. Source: Discord API reference, "Channel Types"."""

    TEXT = 0
    DM = 1
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class MessageKind(IntEnum):
    """Types of message. Source: Discord API reference, "Message Types"."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


@dataclass(eq=False, repr=False)
class Message:
    """A message as it stands, with what the request said that Discord does not show.

    `pings` says who was notified: "everyone", "role:ID" or "user:ID"; our bot should ping nobody.
    `edits` counts how often it was changed, `files` holds what was uploaded, by file name.
    """

    payload: Json
    channel: "Channel"
    allowed_mentions: Json | None = None
    pings: tuple[str, ...] = ()
    edits: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.text!r} {self.custom_ids} pings={self.pings}>"

    @property
    def id(self) -> int:
        """Its id."""
        return int(self.payload["id"])

    @property
    def author_id(self) -> int:
        """Who wrote it."""
        return int(self.payload["author"]["id"])

    @property
    def text(self) -> str:
        """All text a reader sees: content, embeds and text displays, one a line."""
        return text_of(self.payload)

    @property
    def custom_ids(self) -> tuple[str, ...]:
        """The custom ids of its buttons and selects, in reading order."""
        found = walk(self.payload.get("components"))
        return tuple(component["custom_id"] for component in found if component.get("custom_id"))

    @property
    def flags(self) -> int:
        """Discord's flags of a message."""
        return int(self.payload.get("flags", 0))

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the person who asked can see it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Whether it only says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def thread(self) -> "Thread | None":
        """The thread that was started from it."""
        thread = self.channel.threads_by_id.get(self.id)
        return thread if self.flags & HAS_THREAD else None


@dataclass(frozen=True)
class Overwrite:
    """What a role (kind 0) or a member (kind 1) may and may not do in one channel."""

    id: int
    kind: int
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE

    def payload(self) -> Json:
        """Return the overwrite object."""
        allow, deny = str(self.allow.value), str(self.deny.value)
        return {"id": str(self.id), "type": self.kind, "allow": allow, "deny": deny}


@dataclass(eq=False)
class Channel:
    """A text channel, a forum, a direct message, or (`Thread`) a thread."""

    id: int
    kind: Kind
    name: str
    guild: "Guild | None" = field(default=None, repr=False)
    recipient: User | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict, repr=False)
    history: dict[int, Message] = field(default_factory=dict, repr=False)
    threads_by_id: dict[int, "Thread"] = field(default_factory=dict, repr=False)

    @property
    def messages(self) -> list[Message]:
        """What people and the bot wrote, oldest first, without Discord's own notices."""
        notices = (MessageKind.THREAD_CREATED, MessageKind.THREAD_STARTER_MESSAGE)
        return [m for m in self.history.values() if m.payload["type"] not in notices]

    @property
    def threads(self) -> list["Thread"]:
        """Its threads, oldest first."""
        return list(self.threads_by_id.values())

    @property
    def is_forum(self) -> bool:
        """Whether it takes posts instead of messages."""
        return self.kind is Kind.FORUM

    @property
    def last_message_id(self) -> str | None:
        """The id of the newest message."""
        return str(max(self.history)) if self.history else None

    def permissions_of(self, member: Member) -> Permission:
        """Return what a member may do here. Source: "Permission Overwrites", the pseudocode."""
        if self.guild is None:
            return EVERYTHING
        allowed = self.guild.permissions_of(member)
        if Permission.ADMINISTRATOR in allowed:
            return EVERYTHING
        everyone = self.overwrites.get(self.guild.id)
        roles = [self.overwrites[r.id] for r in member.roles if r.id in self.overwrites]
        own = self.overwrites.get(member.user.id)
        for layer in ([everyone], roles, [own]):
            for overwrite in filter(None, layer):
                allowed &= ~overwrite.deny
            for overwrite in filter(None, layer):
                allowed |= overwrite.allow
        return allowed if Permission.VIEW_CHANNEL in allowed else Permission.NONE

    def payload(self) -> Json:
        """Return the channel object."""
        body: Json = {"id": str(self.id), "type": int(self.kind), "flags": 0}
        body["last_message_id"] = self.last_message_id
        if self.guild is None:
            return body | {"recipients": [self.recipient.payload()] if self.recipient else []}
        body |= {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": [o.payload() for o in self.overwrites.values()],
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
        }
        if self.kind is Kind.FORUM:
            body |= {"available_tags": [], "default_reaction_emoji": None}
            body |= {"default_sort_order": None, "default_forum_layout": 0}
        return body


@dataclass(eq=False)
class Thread(Channel):
    """A thread; its permissions are those of the channel it hangs from."""

    parent: Channel | None = field(default=None, repr=False)
    owner_id: int = 0
    created_at: str = ""
    auto_archive_minutes: int = 1440
    archived: bool = False
    locked: bool = False
    member_ids: set[int] = field(default_factory=set)

    def permissions_of(self, member: Member) -> Permission:
        """Return what a member may do here."""
        return self.parent.permissions_of(member) if self.parent else Permission.NONE

    def payload(self) -> Json:
        """Return the channel object of a thread."""
        return {
            "id": str(self.id),
            "type": int(self.kind),
            "guild_id": str(self.guild.id) if self.guild else None,
            "parent_id": str(self.parent.id) if self.parent else None,
            "owner_id": str(self.owner_id),
            "name": self.name,
            "last_message_id": self.last_message_id,
            "message_count": len(self.messages),
            "total_message_sent": len(self.messages),
            "member_count": len(self.member_ids),
            "rate_limit_per_user": 0,
            "flags": 0,
            "applied_tags": [],
            "thread_metadata": {
                "archived": self.archived,
                "locked": self.locked,
                "auto_archive_duration": self.auto_archive_minutes,
                "archive_timestamp": self.created_at,
                "create_timestamp": self.created_at,
            },
        }

    def membership(self, user_id: int) -> Json:
        """Return the thread member object of a user."""
        return {
            "id": str(self.id),
            "user_id": str(user_id),
            "join_timestamp": self.created_at,
            "flags": 1,
        }


@dataclass(eq=False)
class Guild:
    """A server, as Discord calls what we call a newsroom's server."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)

    def permissions_of(self, member: Member) -> Permission:
        """Return what a member may do where no channel says otherwise."""
        if member.user.id == self.owner_id:
            return EVERYTHING
        allowed = self.roles[self.id].permissions
        for role in member.roles:
            allowed |= role.permissions
        return EVERYTHING if Permission.ADMINISTRATOR in allowed else allowed

    @property
    def threads(self) -> list[Thread]:
        """The threads of all its channels that are not archived."""
        found = [thread for channel in self.channels.values() for thread in channel.threads]
        return [thread for thread in found if not thread.archived]

    def payload(self) -> Json:
        """Return the guild object, without what only GUILD_CREATE carries."""
        return {
            **dict.fromkeys(_ABSENT),
            **dict.fromkeys(_ZERO, 0),
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner_id),
            "region": "deprecated",
            "afk_timeout": 300,
            "preferred_locale": "en-US",
            "roles": [role.payload() for role in self.roles.values()],
            "emojis": [],
            "stickers": [],
            "features": [],
        }

    def arrival(self, viewer: Member, *, all_members: bool) -> Json:
        """Return the body of GUILD_CREATE as one member sees the server."""

        def seen(channel: Channel) -> bool:
            return Permission.VIEW_CHANNEL in channel.permissions_of(viewer)

        empty = ("voice_states", "presences", "stage_instances", "guild_scheduled_events")
        members = self.members.values() if all_members else [viewer]
        return {
            **self.payload(),
            **{key: [] for key in (*empty, "soundboard_sounds")},
            "joined_at": viewer.joined_at,
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [member.payload() for member in members],
            # Discord lists channels that the bot may not view as well, with their overwrites
            "channels": [channel.payload() for channel in self.channels.values()],
            "threads": [thread.payload() for thread in self.threads if seen(thread)],
        }
