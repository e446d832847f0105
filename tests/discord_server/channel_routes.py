"""The REST routes about channels, threads and messages."""

from tests.discord_server.calls import Call, Reply, Routes
from tests.discord_server.channels import Channel, Message, Thread
from tests.discord_server.components import Json
from tests.discord_server.permissions import Permission
from tests.discord_server.posts import Posts
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.seeing import conceal
from tests.discord_server.threads import Threads
from tests.discord_server.world import World


class ChannelRoutes:
    """Serves what lies under `/channels`."""

    def __init__(
        self, world: World, posts: Posts, threads: Threads, *, reads_content: bool
    ) -> None:
        self._world = world
        self._posts = posts
        self._threads = threads
        self._reads_content = reads_content

    def routes(self) -> Routes:
        """Return the handlers by method and path."""
        channel = "/channels/{channel_id}"
        message = channel + "/messages/{message_id}"
        return {
            ("GET", channel): self.get_channel,
            ("PATCH", channel): self.change_channel,
            ("DELETE", channel): self.delete_channel,
            ("POST", channel + "/typing"): self.type,
            ("GET", channel + "/messages"): self.list_messages,
            ("POST", channel + "/messages"): self.send,
            ("POST", channel + "/messages/bulk-delete"): self.delete_many,
            ("GET", channel + "/messages/pins"): self.list_pins,
            ("GET", message): self.get_message,
            ("PATCH", message): self.edit,
            ("DELETE", message): self.delete,
            ("POST", message + "/threads"): self.start_from_message,
            ("POST", channel + "/threads"): self.start,
            ("PUT", channel + "/messages/pins/{message_id}"): self.pin,
            ("DELETE", channel + "/messages/pins/{message_id}"): self.unpin,
            ("PUT", message + "/reactions/{emoji}/@me"): self.react,
            ("GET", channel + "/threads/archived/public"): self.list_archived,
            ("GET", channel + "/thread-members"): self.list_members,
            ("GET", channel + "/thread-members/{user_id}"): self.membership,
            ("PUT", channel + "/thread-members/{user_id}"): self.join,
            ("DELETE", channel + "/thread-members/{user_id}"): self.leave,
        }

    def _channel(self, call: Call, needed: Permission = Permission.NONE) -> Channel:
        return self._world.open_channel(call.number("channel_id"), needed)

    def _message(self, call: Call, needed: Permission = Permission.NONE) -> Message:
        return self._posts.find(self._channel(call, needed), call.number("message_id"))

    def _thread(self, call: Call) -> Thread:
        channel = self._channel(call)
        if not isinstance(channel, Thread):
            raise Refusal(Reason.UNKNOWN_CHANNEL)
        return channel

    def get_channel(self, call: Call) -> Reply:
        """Answer with the channel."""
        return Reply(self._channel(call).payload())

    def change_channel(self, call: Call) -> Reply:
        """Change a thread, or the name of a channel."""
        channel = self._channel(call)
        if isinstance(channel, Thread):
            return Reply(self._threads.change(channel, call.fields).payload())
        self._channel(call, Permission.MANAGE_CHANNELS)
        channel.name = call.fields.get("name", channel.name)
        self._world.tell(channel, "CHANNEL_UPDATE", channel.payload())
        return Reply(channel.payload())

    def delete_channel(self, call: Call) -> Reply:
        """Delete a thread or a channel."""
        is_thread = isinstance(self._channel(call), Thread)
        needed = Permission.MANAGE_THREADS if is_thread else Permission.MANAGE_CHANNELS
        channel = self._channel(call, needed)
        self._world.remove(channel)
        return Reply(channel.payload())

    def type(self, call: Call) -> Reply:
        """Show that the bot is typing, which nobody here sees."""
        self._channel(call, Permission.SEND_MESSAGES)
        return Reply(status=204)

    def list_messages(self, call: Call) -> Reply:
        """Answer with a page of the history."""
        page = self._posts.page(self._channel(call), call.query)
        return Reply([self._seen(message) for message in page])

    def _seen(self, message: Message) -> Json:
        # over HTTP it is what the portal allows that counts, not what the session asked for
        if self._reads_content or message.channel.guild is None:
            return message.payload
        return conceal(message.payload, self._world.bot.id)

    def send(self, call: Call) -> Reply:
        """Write a message."""
        return Reply(self._posts.send(self._channel(call), call.fields, call.files).payload)

    def get_message(self, call: Call) -> Reply:
        """Answer with one message."""
        return Reply(self._seen(self._message(call, Permission.READ_MESSAGE_HISTORY)))

    def edit(self, call: Call) -> Reply:
        """Change a message of the bot."""
        message = self._message(call)
        if message.author_id != self._world.bot.id:
            raise Refusal(Reason.NOT_THE_AUTHOR)
        return Reply(self._posts.edit(message, call.fields, call.files).payload)

    def delete(self, call: Call) -> Reply:
        """Delete a message: one of the bot, or with the permission anyone's."""
        message = self._message(call)
        if message.author_id != self._world.bot.id:
            self._channel(call, Permission.MANAGE_MESSAGES)
        self._posts.delete(message)
        return Reply(status=204)

    def delete_many(self, call: Call) -> Reply:
        """Delete several messages."""
        channel = self._channel(call, Permission.MANAGE_MESSAGES)
        for message_id in call.fields["messages"]:
            self._posts.delete(self._posts.find(channel, int(message_id)))
        return Reply(status=204)

    def start_from_message(self, call: Call) -> Reply:
        """Start the thread of a message."""
        thread = self._threads.start_from(self._message(call), call.fields)
        return Reply(self._as_member(thread), 201)

    def start(self, call: Call) -> Reply:
        """Start a thread without a message, or a post of a forum."""
        channel = self._channel(call)
        if channel.is_forum:
            thread, message = self._threads.post(channel, call.fields, call.files)
            return Reply({**self._as_member(thread), "message": message.payload}, 201)
        return Reply(self._as_member(self._threads.start(channel, call.fields)), 201)

    def _as_member(self, thread: Thread) -> dict[str, object]:
        me = self._world.bot.id
        joined = {"member": thread.membership(me)} if me in thread.member_ids else {}
        return {**thread.payload(), **joined}

    def list_pins(self, call: Call) -> Reply:
        """Answer with the pinned messages, the newest first."""
        history = sorted(self._channel(call).history.values(), key=lambda message: -message.id)
        pinned = [message for message in history if message.payload["pinned"]]
        items = [{"pinned_at": m.payload["timestamp"], "message": self._seen(m)} for m in pinned]
        return Reply({"items": items, "has_more": False})

    def pin(self, call: Call) -> Reply:
        """Pin a message."""
        self._message(call, Permission.PIN_MESSAGES).payload["pinned"] = True
        return Reply(status=204)

    def unpin(self, call: Call) -> Reply:
        """Unpin a message."""
        self._message(call, Permission.PIN_MESSAGES).payload["pinned"] = False
        return Reply(status=204)

    def react(self, call: Call) -> Reply:
        """Take the bot's reaction, which a test reads in the message."""
        message = self._message(call, Permission.ADD_REACTIONS)
        emoji = {"id": None, "name": call.path["emoji"]}
        reaction = {"emoji": emoji, "count": 1, "me": True, "me_burst": False, "burst_colors": []}
        reaction["count_details"] = {"normal": 1, "burst": 0}
        message.payload.setdefault("reactions", []).append(reaction)
        return Reply(status=204)

    def list_archived(self, call: Call) -> Reply:
        """Answer with the archived threads of a channel, the newest first."""
        threads = [thread for thread in self._channel(call).threads if thread.archived]
        listed = [thread.payload() for thread in reversed(threads)]
        return Reply({"threads": listed, "members": [], "has_more": False})

    def _user(self, call: Call) -> int:
        return self._world.bot.id if call.path["user_id"] == "@me" else call.number("user_id")

    def list_members(self, call: Call) -> Reply:
        """Answer with who is in a thread."""
        thread = self._thread(call)
        return Reply([thread.membership(user_id) for user_id in sorted(thread.member_ids)])

    def membership(self, call: Call) -> Reply:
        """Answer whether someone is in a thread."""
        thread = self._thread(call)
        if self._user(call) not in thread.member_ids:
            raise Refusal(Reason.UNKNOWN_MEMBER)
        return Reply(thread.membership(self._user(call)))

    def join(self, call: Call) -> Reply:
        """Take someone into a thread."""
        self._thread(call).member_ids.add(self._user(call))
        return Reply(status=204)

    def leave(self, call: Call) -> Reply:
        """Take someone out of a thread."""
        self._thread(call).member_ids.discard(self._user(call))
        return Reply(status=204)
