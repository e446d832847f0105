"""Writes, changes, deletes and lists messages, with Discord's rules on nonces and mentions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from tests.discord_server.channels import (
    LOADING,
    Channel,
    Kind,
    Message,
    MessageKind,
    Thread,
)
from tests.discord_server.components import IS_COMPONENTS_V2, Json, number, text_of
from tests.discord_server.limits import check_message, check_nonce
from tests.discord_server.mentions import find_pings
from tests.discord_server.people import User
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.world import World

Files = Mapping[str, bytes]
"""Uploaded files: what is in them, by the name of the form's field (`files[0]`)."""

NONCE_SECONDS: Final = 180.0
"""How long a nonce is remembered. Discord says "the past few minutes" ("Create Message")."""

SUPPRESS_EMBEDS: Final = 1 << 2
SUPPRESS_NOTIFICATIONS: Final = 1 << 12
SENDABLE: Final = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2
CHANGEABLE: Final = SUPPRESS_EMBEDS | IS_COMPONENTS_V2
"""Flags a bot may set. Source: "Create Message" and "Edit Message", field `flags`."""

MAX_PAGE: Final = 100
"""Messages in one answer. Source: Discord API reference, "Get Channel Messages"."""


@dataclass
class Draft:
    """A message to be written: the body of the request, and what the request implies."""

    author: User
    body: Json
    kind: MessageKind = MessageKind.DEFAULT
    extra: Json = field(default_factory=dict)
    files: Files = field(default_factory=dict)


class Posts:
    """The messages of all channels."""

    def __init__(self, world: World, nonce_seconds: float = NONCE_SECONDS) -> None:
        self._world = world
        self._nonce_seconds = nonce_seconds
        self._nonces: dict[tuple[int, str], tuple[datetime, int]] = {}
        self.written: dict[int, Message] = {}

    def send(self, channel: Channel, body: Json, files: Files) -> Message:
        """Return the message that the bot sends, or the first one with the same enforced nonce.

        Raises:
            Refusal: the bot may not write here, or the message is over a limit.
        """
        self._check_may_send(channel, body, files)
        nonce, enforced = body.get("nonce"), bool(body.get("enforce_nonce"))
        check_nonce(nonce, enforced=enforced)
        known = self._find_by_nonce(channel, nonce) if enforced else None
        if known:
            return known
        if isinstance(channel, Thread) and channel.archived:
            if channel.locked:
                raise Refusal(Reason.THREAD_IS_ARCHIVED)
            channel.archived = False
            self._world.tell(channel, "THREAD_UPDATE", channel.payload())
        body = {**body, "flags": int(body.get("flags") or 0) & SENDABLE}
        message = self.write(channel, Draft(self._world.bot, body, files=files))
        if nonce is not None:
            key = (channel.id, str(nonce))
            self._nonces[key] = (self._world.clock.now(), message.id)
        return message

    def _check_may_send(self, channel: Channel, body: Json, files: Files) -> None:
        if channel.kind is Kind.FORUM:
            raise Refusal(Reason.NO_TEXT_CHANNEL)
        in_thread = isinstance(channel, Thread)
        allowed = self._world.bot_permissions(channel)
        needed = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        if needed not in allowed or (files and Permission.ATTACH_FILES not in allowed):
            raise Refusal(Reason.MISSING_PERMISSIONS)
        if body.get("message_reference") and Permission.READ_MESSAGE_HISTORY not in allowed:
            raise Refusal(Reason.NO_HISTORY_FOR_REPLY)

    def _find_by_nonce(self, channel: Channel, nonce: str | int | None) -> Message | None:
        sent_at, message_id = self._nonces.get((channel.id, str(nonce)), (None, 0))
        if sent_at is None:
            return None
        if self._world.clock.now() - sent_at > timedelta(seconds=self._nonce_seconds):
            return None
        return channel.history.get(message_id)

    def write(self, channel: Channel, draft: Draft, *, tell: bool = True) -> Message:
        """Return the new message; an ephemeral one is not put into the channel.

        Raises:
            Refusal: it is empty or over a limit, or replies to a message that is not there.
        """
        message = self.compose(channel, draft)
        if not message.flags & LOADING:
            check_message(message.payload)
        self.written[message.id] = message
        if not message.is_ephemeral:
            channel.history[message.id] = message
        if tell and not message.is_ephemeral:
            event = {**message.payload, **self._author_as_member(channel, draft.author)}
            self._world.tell(channel, "MESSAGE_CREATE", event)
        return message

    def compose(self, channel: Channel, draft: Draft) -> Message:
        """Return the message as it would be stored.

        Raises:
            Refusal: it replies to a message that is not there.
        """
        body, world = draft.body, self._world
        message = Message(
            {
                "id": str(world.ids.next()),
                "channel_id": str(channel.id),
                "author": draft.author.payload(),
                "type": int(draft.kind),
                "timestamp": world.stamp(),
                "edited_timestamp": None,
                "tts": bool(body.get("tts")),
                "pinned": False,
                "content": (body.get("content") or "").strip(),
                "embeds": body.get("embeds") or [],
                "components": body.get("components") or [],
                "attachments": _attachments(world, draft),
                "flags": int(body.get("flags") or 0),
            },
            channel,
            files=_contents(draft),
        )
        if body.get("nonce") is not None:
            message.payload["nonce"] = body["nonce"]
        message.payload.update(draft.extra)
        number(message.payload["components"])
        replied_to = self._refer(message, body.get("message_reference"))
        self._settle_mentions(message, body.get("allowed_mentions"), replied_to)
        return message

    def _refer(self, message: Message, reference: Json | None) -> str | None:
        if not reference:
            return None
        original = message.channel.history.get(int(reference["message_id"]))
        if original is None:
            if reference.get("fail_if_not_exists", True):
                raise Refusal.form("message_reference", "Unknown message")
            return None
        message.payload["type"] = int(MessageKind.REPLY)
        message.payload["message_reference"] = {
            "type": 0,
            "message_id": str(original.id),
            "channel_id": str(message.channel.id),
            "guild_id": str(message.channel.guild.id) if message.channel.guild else None,
        }
        message.payload["referenced_message"] = original.payload
        return str(original.author_id)

    def _settle_mentions(
        self, message: Message, allowed: Json | None, replied_to: str | None
    ) -> None:
        message.allowed_mentions = allowed
        message.pings = find_pings(text_of(message.payload), allowed, replied_to)
        ids = {
            kind: [p[5:] for p in message.pings if p.startswith(kind)] for kind in ("user", "role")
        }
        users = [self._world.users[int(i)] for i in ids["user"] if int(i) in self._world.users]
        message.payload |= {
            "mentions": [
                user.payload() | self._author_as_member(message.channel, user) for user in users
            ],
            "mention_roles": ids["role"],
            "mention_everyone": "everyone" in message.pings,
        }

    def _author_as_member(self, channel: Channel, author: User) -> Json:
        if channel.guild is None or author.id not in channel.guild.members:
            return {}
        return {"member": channel.guild.members[author.id].payload(with_user=False)}

    def edit(self, message: Message, body: Json, files: Files | None = None) -> Message:
        """Return the message after the change; nobody hears of a change to an ephemeral one.

        Raises:
            Refusal: as it would stand, it is empty or over a limit.
        """
        changed = {**message.payload, **self._changes(message, body, files or {})}
        check_message(changed)
        number(changed["components"])
        message.payload = changed
        message.files |= _contents(Draft(self._world.bot, body, files=files or {}))
        if "content" in body or "components" in body:
            allowed = body.get("allowed_mentions", message.allowed_mentions)
            self._settle_mentions(message, allowed, None)
        if not message.is_ephemeral:
            self._world.tell(message.channel, "MESSAGE_UPDATE", message.payload)
        message.edits += 1
        return message

    def _changes(self, message: Message, body: Json, files: Files) -> Json:
        was_loading = message.is_loading
        edited = None if was_loading else self._world.stamp()
        changes: dict[str, Any] = {"edited_timestamp": edited}
        flags = message.flags & ~LOADING
        if body.get("flags") is not None:
            # the flag IS_COMPONENTS_V2 stays once it is set
            flags = (flags & ~SUPPRESS_EMBEDS) | (int(body["flags"]) & CHANGEABLE)
        changes["flags"] = flags
        for key, empty in (("content", ""), ("embeds", []), ("components", [])):
            if key in body:
                changes[key] = body[key] or empty
        changes["content"] = str(changes.get("content", message.payload["content"])).strip()
        if "attachments" in body or files:
            draft = Draft(self._world.bot, body, files=files)
            kept = {str(listed.get("id")) for listed in body.get("attachments") or ()}
            old = message.payload["attachments"]
            stay = [a for a in old if a["id"] in kept or "attachments" not in body]
            changes["attachments"] = stay + _attachments(self._world, draft)
        return changes

    def mark(self, message: Message, flag: int) -> None:
        """Set a flag of a message."""
        message.payload["flags"] = message.flags | flag
        if not message.is_ephemeral:
            self._world.tell(message.channel, "MESSAGE_UPDATE", message.payload)

    def delete(self, message: Message) -> None:
        """Take the message out of its channel."""
        message.channel.history.pop(message.id, None)
        self.written.pop(message.id, None)
        gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if not message.is_ephemeral:
            self._world.tell(message.channel, "MESSAGE_DELETE", gone)

    def find(self, channel: Channel, message_id: int) -> Message:
        """Return the message.

        Raises:
            Refusal: the channel has no such message.
        """
        if message_id not in channel.history:
            raise Refusal(Reason.UNKNOWN_MESSAGE)
        return channel.history[message_id]

    def page(self, channel: Channel, query: Mapping[str, str]) -> list[Message]:
        """Return messages, newest first, as "Get Channel Messages" chooses them.

        Raises:
            Refusal: the limit is not between 1 and 100.
        """
        limit = int(query.get("limit", 50))
        if not 1 <= limit <= MAX_PAGE:
            raise Refusal.form("limit", f"Must be between 1 and {MAX_PAGE}.")
        if Permission.READ_MESSAGE_HISTORY not in self._world.bot_permissions(channel):
            return []
        found = sorted(channel.history.values(), key=lambda message: -message.id)
        if "around" in query:
            middle = int(query["around"])
            nearest = sorted(found, key=lambda message: abs(message.id - middle))[:limit]
            return [message for message in found if message in nearest]
        if "after" in query:
            newer = [message for message in found if message.id > int(query["after"])]
            return newer[-limit:]
        before = int(query.get("before", self._world.ids.next()))
        return [message for message in found if message.id < before][:limit]


def _names(draft: Draft) -> dict[str, str]:
    told = {str(a.get("id")): a.get("filename") for a in draft.body.get("attachments") or ()}
    fields = {name: name.removeprefix("files[").removesuffix("]") for name in draft.files}
    return {name: told.get(number) or f"file{number}" for name, number in fields.items()}


def _contents(draft: Draft) -> dict[str, bytes]:
    return {name: draft.files[field_name] for field_name, name in _names(draft).items()}


def _attachments(world: World, draft: Draft) -> list[Json]:
    made = []
    for name, content in _contents(draft).items():
        identity = str(world.ids.next())
        # nothing is served there; a test reads `Message.files`
        url = f"https://cdn.example/attachments/{identity}/{name}"
        size = len(content)
        made.append({"id": identity, "filename": name, "size": size, "url": url, "proxy_url": url})
    return made
