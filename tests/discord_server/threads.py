"""Starts and changes threads, from a message, in a channel or in a forum."""

from tests.discord_server.channels import HAS_THREAD, Channel, Kind, Message, MessageKind, Thread
from tests.discord_server.components import Json
from tests.discord_server.limits import check_message, check_thread
from tests.discord_server.permissions import Permission
from tests.discord_server.posts import Draft, Files, Posts
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.world import World


class Threads:
    """The threads of all channels."""

    def __init__(self, world: World, posts: Posts) -> None:
        self._world = world
        self._posts = posts

    def start_from(self, message: Message, body: Json) -> Thread:
        """Return the new thread of a message; it has the message's id.

        Raises:
            Refusal: the message has one, the name or time is not allowed, or the permission lacks.
        """
        self._need(message.channel, Permission.CREATE_PUBLIC_THREADS)
        check_thread({"name": "", **body})
        if isinstance(message.channel, Thread) or message.channel.guild is None:
            raise Refusal(Reason.NO_TEXT_CHANNEL)
        if message.id in self._world.channels:
            raise Refusal(Reason.THREAD_EXISTS)
        thread = self._open(message.channel, message.id, Kind.PUBLIC_THREAD, body)
        starter: Json = {"message_reference": self._reference(message)}
        starter["referenced_message"] = message.payload
        self._notice(thread, MessageKind.THREAD_STARTER_MESSAGE, "", starter)
        message.payload["thread"] = thread.payload()
        self._posts.mark(message, HAS_THREAD)
        return thread

    def start(self, channel: Channel, body: Json) -> Thread:
        """Return a new thread in a text channel, private unless the body says otherwise.

        Raises:
            Refusal: the name, type or time is not allowed, or the permission lacks.
        """
        kind = Kind(body.get("type", Kind.PRIVATE_THREAD))
        public = kind is Kind.PUBLIC_THREAD
        needed = Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS
        self._need(channel, needed)
        check_thread({"name": "", **body})
        if channel.kind is not Kind.TEXT or kind not in (Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD):
            raise Refusal.form("type", "Not possible in this channel.")
        thread = self._open(channel, self._world.ids.next(), kind, body)
        if public:
            reference = {"channel_id": str(thread.id), "type": 0}
            extra = {"message_reference": reference}
            self._notice(channel, MessageKind.THREAD_CREATED, thread.name, extra)
        return thread

    def post(self, forum: Channel, body: Json, files: Files) -> tuple[Thread, Message]:
        """Return a new post of a forum and its first message, which have the same id.

        Raises:
            Refusal: the message, name or time is not allowed, or the permission lacks.
        """
        self._need(forum, Permission.SEND_MESSAGES)
        check_thread({"name": "", **body})
        if "message" not in body:
            raise Refusal.form("message", "This field is required")
        check_message({**body["message"], "attachments": [*files]})
        thread = self._open(forum, self._world.ids.next(), Kind.PUBLIC_THREAD, body)
        draft = Draft(self._world.bot, body["message"], extra={"id": str(thread.id)}, files=files)
        return thread, self._posts.write(thread, draft)

    def change(self, thread: Thread, body: Json) -> Thread:
        """Return the thread after the change.

        Raises:
            Refusal: the name or time is not allowed, or the permission lacks.
        """
        check_thread(body)
        owner = thread.owner_id == self._world.bot.id and "locked" not in body
        if not owner:
            self._need(thread, Permission.MANAGE_THREADS)
        thread.name = body.get("name", thread.name)
        thread.archived = body.get("archived", thread.archived)
        thread.locked = body.get("locked", thread.locked)
        thread.auto_archive_minutes = body.get("auto_archive_duration", thread.auto_archive_minutes)
        self._world.tell(thread, "THREAD_UPDATE", thread.payload())
        return thread

    def _open(self, parent: Channel, thread_id: int, kind: Kind, body: Json) -> Thread:
        thread = Thread(
            thread_id,
            kind,
            body["name"],
            parent.guild,
            parent=parent,
            owner_id=self._world.bot.id,
            created_at=self._world.stamp(),
            auto_archive_minutes=body.get("auto_archive_duration") or 1440,
            member_ids={self._world.bot.id},
        )
        self._world.channels[thread.id] = parent.threads_by_id[thread.id] = thread
        member = {"member": thread.membership(self._world.bot.id)}
        event = {**thread.payload(), **member, "newly_created": True}
        self._world.tell(thread, "THREAD_CREATE", event)
        return thread

    def _need(self, channel: Channel, permission: Permission) -> None:
        if permission not in self._world.bot_permissions(channel):
            raise Refusal(Reason.MISSING_PERMISSIONS)

    def _reference(self, message: Message) -> Json:
        guild = message.channel.guild
        return {
            "type": 0,
            "message_id": str(message.id),
            "channel_id": str(message.channel.id),
            "guild_id": str(guild.id) if guild else None,
        }

    def _notice(self, channel: Channel, kind: MessageKind, text: str, extra: Json) -> None:
        draft = Draft(self._world.bot, {"content": text}, kind, extra)
        message = self._posts.compose(channel, draft)
        channel.history[message.id] = message
        self._world.tell(channel, "MESSAGE_CREATE", message.payload)
