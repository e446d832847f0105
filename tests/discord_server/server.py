"""A Discord of our own on a loopback port, for tests with the real discord.py over TCP."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self, TypeVar

from aiohttp import web

from tests.discord_server.application_routes import ApplicationRoutes
from tests.discord_server.bell import Bell
from tests.discord_server.channel_routes import ChannelRoutes
from tests.discord_server.channels import Kind, Message
from tests.discord_server.checks import Violation
from tests.discord_server.clock import Clock
from tests.discord_server.commands import Commands
from tests.discord_server.driver import Driver
from tests.discord_server.faults import Fault, Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.interactions import Interactions
from tests.discord_server.permissions import PRIVILEGED, Intent
from tests.discord_server.posts import NONCE_SECONDS, Posts
from tests.discord_server.rates import Rate, Rates
from tests.discord_server.rest import PREFIX, Rest
from tests.discord_server.threads import Threads
from tests.discord_server.world import World

HOST: Final = "127.0.0.1"

GATEWAY_PATH: Final = "/gateway"

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """What there is on the server at the start, and what Discord's portal says of the bot."""

    channels: Iterable[str] = ("briefings", "newsroom")
    forums: Iterable[str] = ()
    members: Mapping[str, Iterable[str]] = field(
        default_factory=lambda: MappingProxyType(
            {"chief": ("Chiefs",), "editor": ("Editors",), "reader": ()}
        )
    )
    bot_name: str = "Nutgraf"
    token: str = "loopback.token.for-tests"  # noqa: S105 (opens nothing but this server)
    privileged: Intent = PRIVILEGED
    nonce_seconds: float = NONCE_SECONDS
    rate: Rate = field(default_factory=Rate)
    checks_bodies: bool = True
    """Whether bodies are held against Discord's document, which takes 40 ms for an edition."""


class DiscordServer(Driver):
    """The running server, an asynchronous context manager, and the people at its clients.

    Args:
        setting: channels, members, token and limits.
        clock: the time of nonces and interaction tokens.
    """

    def __init__(self, setting: Setting | None = None, clock: Clock | None = None) -> None:
        setting = setting or Setting()
        self.token = setting.token
        self.clock = clock or Clock()
        self.bell = Bell()
        world = World(self.clock, setting.bot_name)
        posts = Posts(world, setting.nonce_seconds)
        commands = Commands(world)
        interactions = Interactions(world, posts, self.bell)
        super().__init__(world, posts, commands, interactions)
        self.gateway = Gateway(world, self.bell, setting.token, setting.privileged)
        self.faults = Faults()
        self._rest = Rest(
            setting.token,
            Rates(setting.rate),
            self.faults,
            self.bell,
            checks_bodies=setting.checks_bodies,
        )
        self._application_routes = ApplicationRoutes(
            world,
            self.gateway,
            commands,
            interactions,
            reads_content=Intent.MESSAGE_CONTENT in setting.privileged,
        )
        self._channel_routes = ChannelRoutes(
            world,
            posts,
            Threads(world, posts),
            reads_content=Intent.MESSAGE_CONTENT in setting.privileged,
        )
        self._runner: web.AppRunner | None = None
        self._port = 0
        guild = world.add_guild("The newsroom", setting.channels, setting.members)
        for forum in setting.forums:
            world.add_channel(guild, forum, Kind.FORUM)

    async def __aenter__(self) -> Self:
        """Start to listen on a free port."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop; a bot that is still connected is told to go."""
        await self.stop()

    async def start(self) -> None:
        """Listen again, on the same port and with everything as it was when it stopped."""
        application = web.Application(client_max_size=32 * 1024**2)
        application.router.add_get(GATEWAY_PATH, self.gateway.serve)
        routes = {**self._application_routes.routes(), **self._channel_routes.routes()}
        self._rest.attach(application, routes)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = self.gateway_url

    async def stop(self) -> None:
        """Be away: connections end, and new ones are refused, until it is started again."""
        await self.gateway.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """The address, without a slash at its end; `entry.point_discord_at` takes it."""
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """The address of the REST API."""
        return self.base_url + PREFIX

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return f"ws://{HOST}:{self._port}{GATEWAY_PATH}"

    @property
    def violations(self) -> list[Violation]:
        """What Discord would not have taken, or this server does not know; empty at best."""
        return self._rest.violations

    @property
    def requests(self) -> list[tuple[str, str, object]]:
        """Every request that was read: method, path below the API's address, body."""
        return self._rest.requests

    @property
    def pings(self) -> list[Message]:
        """The messages of the bot that notified somebody; empty at best."""
        mine = self.world.bot.id
        written = self._posts.written.values()
        return [message for message in written if message.pings and message.author_id == mine]

    def fail_next(self, method: str, path_pattern: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests fail whose path matches a pattern, `/channels/*/messages` say."""
        self.faults.add(method, path_pattern, fault, times)

    async def until(self, look: Callable[[], T], what: str, seconds: float = 10) -> T:
        """Return what `look` finds as soon as it is true; it is asked after every change.

        Raises:
            TimeoutError: it was not so within this many real seconds.
        """
        return await self.bell.until(look, what, seconds)

    async def until_connected(self, seconds: float = 10) -> None:
        """Wait until a bot has logged in at the gateway.

        Raises:
            TimeoutError: none did within this many real seconds.
        """
        await self.until(lambda: self.gateway.is_connected, "a bot at the gateway", seconds)

    async def until_gone(self, seconds: float = 10) -> None:
        """Wait until no bot is connected, after a `kill -9` say.

        Raises:
            TimeoutError: one still was after this many real seconds.
        """
        await self.until(lambda: not self.gateway.is_connected, "no bot", seconds)

    async def until_registered(self, name: str, seconds: float = 10) -> Mapping[str, object]:
        """Return a slash command as soon as the bot has registered it.

        Raises:
            TimeoutError: it was not there within this many real seconds.
        """

        def look() -> Mapping[str, object] | None:
            listed = [*self.commands.listed(self.guild.id), *self.commands.listed()]
            return next((command for command in listed if command["name"] == name), None)

        found = await self.until(look, f"the command {name!r}", seconds)
        return found or {}

    async def until_posts(self, place: str, count: int, seconds: float = 10) -> list[Message]:
        """Return a channel's messages as soon as there are so many.

        Raises:
            TimeoutError: there were fewer after this many real seconds.
        """
        channel = self.channel(place)
        what = f"{count} messages in {place}"
        await self.until(lambda: len(channel.messages) >= count, what, seconds)
        return channel.messages
