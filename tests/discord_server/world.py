"""The state of the loopback Discord: its servers, channels and people, and who hears of changes."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from tests.discord_server.channels import Channel, Guild, Kind, Overwrite, Thread
from tests.discord_server.clock import Clock, Snowflakes
from tests.discord_server.components import Json
from tests.discord_server.people import Member, Role, User
from tests.discord_server.permissions import USUAL, Intent, Permission
from tests.discord_server.refusals import Reason, Refusal


class Publish(Protocol):
    """Tells the connected bot of an event, if it asked for such events."""

    def __call__(self, event: str, data: Json, intent: Intent) -> None:
        """Send the event, or keep it for a session that may be resumed."""


class World:
    """Everything that Discord knows, apart from commands and interactions."""

    def __init__(self, clock: Clock, bot_name: str) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.application_id = self.ids.next()
        self.bot = User(self.ids.next(), bot_name, bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.publish: Publish = _nobody_listens

    def stamp(self) -> str:
        """Return the time as Discord writes it."""
        return self.clock.now().isoformat()

    def add_guild(
        self, name: str, channels: Iterable[str], members: Mapping[str, Iterable[str]]
    ) -> Guild:
        """Return a new server with text channels, and members with the roles named for each.

        A member of that name on another server is the same user. Nobody who is a member owns it.
        """
        guild = Guild(self.ids.next(), name, owner_id=self.ids.next())
        guild.roles[guild.id] = Role(guild.id, "@everyone", USUAL)
        self.guilds[guild.id] = guild
        guild.members[self.bot.id] = Member(self.bot, self.stamp())
        for channel in channels:
            self.add_channel(guild, channel)
        for member, roles in members.items():
            self.add_member(guild, member, roles)
        self.publish(
            "GUILD_CREATE", guild.arrival(self.me(guild), all_members=False), Intent.GUILDS
        )
        return guild

    def add_member(self, guild: Guild, name: str, roles: Iterable[str] = ()) -> Member:
        """Return a new member; roles that are not there yet are made, without permissions."""
        user = next((u for u in self.users.values() if u.name == name), None)
        user = user or User(self.ids.next(), name)
        self.users[user.id] = user
        given = [self._role(guild, role) for role in roles]
        guild.members[user.id] = Member(user, self.stamp(), given)
        return guild.members[user.id]

    def _role(self, guild: Guild, name: str) -> Role:
        for role in guild.roles.values():
            if role.name == name:
                return role
        role = Role(self.ids.next(), name, Permission.NONE)
        guild.roles[role.id] = role
        return role

    def add_channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
        """Return a new channel of a server."""
        channel = Channel(self.ids.next(), kind, name, guild)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self.publish("CHANNEL_CREATE", channel.payload(), Intent.GUILDS)
        return channel

    def direct_channel(self, user: User) -> Channel:
        """Return the channel in which the bot and a person write to each other."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(self.ids.next(), Kind.DM, "", recipient=user)
        self.channels[channel.id] = channel
        return channel

    def remove(self, channel: Channel) -> None:
        """Delete a channel or thread with all that is in it."""
        for thread in channel.threads:
            self.remove(thread)
        del self.channels[channel.id]
        if isinstance(channel, Thread):
            if channel.parent:
                del channel.parent.threads_by_id[channel.id]
            self.tell(channel, "THREAD_DELETE", channel.payload())
        elif channel.guild:
            del channel.guild.channels[channel.id]
            self.publish("CHANNEL_DELETE", channel.payload(), Intent.GUILDS)

    def overwrite(self, channel: Channel, overwrite: Overwrite) -> None:
        """Change what a role or member may do in a channel."""
        channel.overwrites[overwrite.id] = overwrite
        self.publish("CHANNEL_UPDATE", channel.payload(), Intent.GUILDS)

    def me(self, guild: Guild) -> Member:
        """Return the bot as a member."""
        return guild.members[self.bot.id]

    def member_in(self, channel: Channel, user: User) -> Member:
        """Return a user as a member of the channel's server (in a direct message: as they are)."""
        if channel.guild is None:
            return Member(user, self.stamp())
        return channel.guild.members[user.id]

    def bot_permissions(self, channel: Channel) -> Permission:
        """Return what the bot may do in a channel."""
        return channel.permissions_of(self.member_in(channel, self.bot))

    def find_guild(self, guild_id: int) -> Guild:
        """Return the server.

        Raises:
            Refusal: there is none.
        """
        if guild_id not in self.guilds:
            raise Refusal(Reason.UNKNOWN_GUILD)
        return self.guilds[guild_id]

    def open_channel(self, channel_id: int, needed: Permission = Permission.NONE) -> Channel:
        """Return the channel, in which the bot has the permissions needed.

        Raises:
            Refusal: there is none, the bot may not see it, or it lacks one of the permissions.
        """
        channel = self.channels.get(channel_id)
        if channel is None:
            raise Refusal(Reason.UNKNOWN_CHANNEL)
        allowed = self.bot_permissions(channel)
        if Permission.VIEW_CHANNEL not in allowed:
            raise Refusal(Reason.MISSING_ACCESS)
        if needed not in allowed:
            raise Refusal(Reason.MISSING_PERMISSIONS)
        return channel

    def tell(self, channel: Channel, event: str, data: Json) -> None:
        """Publish what happened in a channel, unless the bot may not see it."""
        if Permission.VIEW_CHANNEL not in self.bot_permissions(channel):
            return
        intent = Intent.GUILDS
        if event.startswith("MESSAGE"):
            intent = Intent.GUILD_MESSAGES if channel.guild else Intent.DIRECT_MESSAGES
            if channel.guild:
                data = {**data, "guild_id": str(channel.guild.id)}
        self.publish(event, data, intent)


def _nobody_listens(event: str, data: Json, intent: Intent) -> None:
    """Drop the event: no gateway is attached yet."""
