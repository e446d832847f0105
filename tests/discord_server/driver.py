"""A person at the client: sends commands, presses buttons, fills in forms and writes messages."""

from collections.abc import Mapping, Sequence

from tests.discord_server.channels import Channel, Guild, Kind, Message, Overwrite, Thread
from tests.discord_server.commands import Commands
from tests.discord_server.components import BUTTON, SELECTS, Json, find
from tests.discord_server.interactions import Asked, Interaction, Interactions
from tests.discord_server.people import Member, Role
from tests.discord_server.permissions import Intent, Permission
from tests.discord_server.picking import Picked, command_data, modal_data, select_data
from tests.discord_server.posts import Draft, Posts
from tests.discord_server.world import World

Place = Channel | str | None
"""A channel or thread, the name of a channel, or the first channel of the first server."""


class Driver:
    """What people do; all of it waits for nothing, the bot's answers are awaited afterwards."""

    def __init__(
        self, world: World, posts: Posts, commands: Commands, interactions: Interactions
    ) -> None:
        self.world = world
        self.commands = commands
        self.interactions = interactions
        self._posts = posts

    @property
    def guild(self) -> Guild:
        """The first server."""
        return next(iter(self.world.guilds.values()))

    def channel(self, place: Place = None, guild: Guild | None = None) -> Channel:
        """Return a channel by its name, or the first one.

        Raises:
            LookupError: there is none of that name.
        """
        if isinstance(place, Channel):
            return place
        channels = (guild or self.guild).channels.values()
        for channel in channels:
            if place in (None, channel.name):
                return channel
        raise LookupError(f"no channel {place!r}; there is {[c.name for c in channels]}")

    def member(self, name: str, guild: Guild | None = None) -> Member:
        """Return a member by name.

        Raises:
            LookupError: there is none of that name.
        """
        members = (guild or self.guild).members.values()
        for member in members:
            if member.user.name == name:
                return member
        raise LookupError(f"no member {name!r}; there is {[m.user.name for m in members]}")

    def direct(self, member: str = "editor") -> Channel:
        """Return the channel of direct messages between the bot and a member."""
        return self.world.direct_channel(self.member(member).user)

    def role(self, name: str, guild: Guild | None = None) -> Role:
        """Return a role by name.

        Raises:
            LookupError: there is none of that name.
        """
        roles = (guild or self.guild).roles.values()
        for role in roles:
            if role.name == name:
                return role
        raise LookupError(f"no role {name!r}; there is {[role.name for role in roles]}")

    def grant(self, role: str, permissions: Permission) -> None:
        """Give permissions to a role, on the first server."""
        changed = self.role(role)
        changed.permissions |= permissions
        told = {"guild_id": str(self.guild.id), "role": changed.payload()}
        self.world.publish("GUILD_ROLE_UPDATE", told, Intent.GUILDS)

    def deny(self, place: Place, permissions: Permission) -> None:
        """Take these permissions, and only these, from the bot in a channel."""
        self._overwrite(place, Permission.NONE, permissions)

    def allow(self, place: Place, permissions: Permission) -> None:
        """Give permissions to the bot in a channel; nothing is denied there any more."""
        self._overwrite(place, permissions, Permission.NONE)

    def _overwrite(self, place: Place, allow: Permission, deny: Permission) -> None:
        channel = self.channel(place)
        self.world.overwrite(channel, Overwrite(self.world.bot.id, 1, allow, deny))

    async def slash(
        self,
        name: str,
        options: Mapping[str, Picked] | None = None,
        *,
        member: str = "editor",
        channel: Place = None,
    ) -> Interaction:
        """Send a slash command, subcommands separated by blanks (`schedule add`).

        Raises:
            LookupError: the bot registered no such command or option.
            ValueError: the client would not send these values.
            PermissionError: the client does not offer the command to this member.
        """
        return self._send(Asked.COMMAND, name, options or {}, (member, channel))

    async def autocomplete(
        self,
        name: str,
        options: Mapping[str, Picked],
        focused: str | None = None,
        *,
        member: str = "editor",
        channel: Place = None,
    ) -> list[Json]:
        """Return the choices that the bot offers while an option, by default the last, is typed.

        Raises:
            LookupError: the bot registered no such command or option.
            TimeoutError: nothing came within 3 seconds.
        """
        focused = focused or list(options)[-1]
        asked = self._send(Asked.AUTOCOMPLETE, name, options, (member, channel), focused=focused)
        await asked.acknowledged()
        return asked.choices or []

    def _send(
        self,
        kind: Asked,
        name: str,
        options: Mapping[str, Picked],
        who_where: tuple[str, Place],
        *,
        focused: str | None = None,
    ) -> Interaction:
        place, who = self._at(*who_where)
        first, *rest = name.split()
        command = self.commands.named(first, 1, place.guild.id if place.guild else None)
        _check_offered(command, who, place)
        data = command_data(command, rest, options, guild=place.guild, focused=focused)
        return self.interactions.begin(kind, data, who, place)

    async def use_on(self, message: Message, name: str, member: str = "editor") -> Interaction:
        """Choose an entry of a message's menu ("Apps").

        Raises:
            LookupError: the bot registered no such entry.
        """
        place, who = self._at(member, message.channel)
        command = self.commands.named(name, 3, place.guild.id if place.guild else None)
        _check_offered(command, who, place)
        data = {"id": command["id"], "name": name, "type": 3, "target_id": str(message.id)}
        data |= {"guild_id": command["guild_id"]} if "guild_id" in command else {}
        data["resolved"] = {"messages": {str(message.id): message.payload}}
        return self.interactions.begin(Asked.COMMAND, data, who, place)

    async def press(self, message: Message, name: str, member: str = "editor") -> Interaction:
        """Press a button, given by its custom id or else its label.

        Raises:
            LookupError: the message has no such button, or it is disabled.
        """
        button = find(message.payload["components"], name, frozenset({BUTTON}))
        if "custom_id" not in button:
            raise LookupError(f"{name!r} is a link: the bot does not hear of it")
        data = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": button["id"]}
        return self._touch(message, data, member)

    async def choose(
        self, message: Message, custom_id: str, values: Sequence[str], member: str = "editor"
    ) -> Interaction:
        """Choose values in a select; ids, if it lists people or places.

        Raises:
            LookupError: the message has no such select, or it is disabled.
            ValueError: these values cannot be chosen.
        """
        select = find(message.payload["components"], custom_id, SELECTS)
        return self._touch(message, select_data(select, values, message.channel.guild), member)

    def _touch(self, message: Message, data: Json, member: str) -> Interaction:
        place, who = self._at(member, message.channel)
        return self.interactions.begin(Asked.COMPONENT, data, who, place, message=message)

    async def submit_modal(
        self, opened: Interaction, typed: Mapping[str, str | Sequence[str]]
    ) -> Interaction:
        """Fill in the form with which the bot answered, and send it.

        Raises:
            LookupError: the bot opened no form, or it has no such field.
            ValueError: the client would not send these texts.
            TimeoutError: nothing came within 3 seconds.
        """
        data = modal_data(await opened.form(), typed)
        return self.interactions.begin(
            Asked.MODAL, data, opened.member, opened.channel, message=opened.message
        )

    async def say(
        self,
        place: Place,
        text: str,
        member: str = "editor",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
    ) -> Message:
        """Return the message that a member wrote; a reply notifies its author unless not `ping`."""
        channel, who = self._at(member, place)
        if isinstance(channel, Thread):
            channel.archived = False
            channel.member_ids.add(who.user.id)
        body: Json = {"content": text}
        if reply_to:
            body["message_reference"] = {"message_id": str(reply_to.id)}
            parse = ["users", "roles", "everyone"]
            body["allowed_mentions"] = {"parse": parse, "replied_user": ping}
        return self._posts.write(channel, Draft(who.user, body))

    async def delete(self, message: Message) -> None:
        """Delete a message, as its author or a moderator does."""
        self._posts.delete(message)

    def _at(self, member: str, place: Place) -> tuple[Channel, Member]:
        channel = self.channel(place)
        if channel.kind is Kind.DM:
            return channel, self.member(member)
        return channel, self.member(member, channel.guild)


def _check_offered(command: Json, member: Member, place: Channel) -> None:
    needed = command.get("default_member_permissions")
    if needed is None or place.guild is None:
        return
    # "0" stands for: administrators only, until the server's settings say otherwise
    permission = Permission(int(needed)) or Permission.ADMINISTRATOR
    if permission not in place.permissions_of(member):
        raise PermissionError(f"{member.user.name} is not offered /{command['name']}")
