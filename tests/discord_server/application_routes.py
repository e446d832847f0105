"""The REST routes about the bot itself, its commands, servers, people and interactions."""

from tests.discord_server.calls import Call, Reply, Routes
from tests.discord_server.channels import Message
from tests.discord_server.commands import Commands
from tests.discord_server.gateway import Gateway
from tests.discord_server.interactions import Interaction, Interactions
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.world import World

MESSAGE_CONTENT_FLAGS = 1 << 18
"""Source: Discord API reference, "Application Flags": GATEWAY_MESSAGE_CONTENT."""


class ApplicationRoutes:
    """Serves what is not about a channel."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        commands: Commands,
        interactions: Interactions,
        *,
        reads_content: bool,
    ) -> None:
        self._reads_content = reads_content
        self._world = world
        self._gateway = gateway
        self._commands = commands
        self._interactions = interactions

    def routes(self) -> Routes:
        """Return the handlers by method and path."""
        answer = "/webhooks/{application_id}/{token}/messages/{message}"
        return {
            ("GET", "/gateway"): self.gateway,
            ("GET", "/gateway/bot"): self.gateway,
            ("GET", "/users/@me"): self.me,
            ("GET", "/users/@me/guilds"): self.my_guilds,
            ("POST", "/users/@me/channels"): self.open_direct,
            ("GET", "/users/{user_id}"): self.user,
            ("GET", "/oauth2/applications/@me"): self.application,
            ("GET", "/applications/@me"): self.application,
            ("GET", "/guilds/{guild_id}"): self.guild,
            ("GET", "/guilds/{guild_id}/channels"): self.guild_channels,
            ("GET", "/guilds/{guild_id}/roles"): self.guild_roles,
            ("GET", "/guilds/{guild_id}/threads/active"): self.guild_threads,
            ("GET", "/guilds/{guild_id}/members/{user_id}"): self.guild_member,
            ("POST", "/interactions/{interaction_id}/{token}/callback"): self.acknowledge,
            ("POST", "/webhooks/{application_id}/{token}"): self.follow_up,
            ("GET", answer): self.get_answer,
            ("PATCH", answer): self.edit_answer,
            ("DELETE", answer): self.delete_answer,
            **self._command_routes("/applications/{application_id}"),
            **self._command_routes("/applications/{application_id}/guilds/{guild_id}"),
        }

    def _command_routes(self, scope: str) -> Routes:
        one = scope + "/commands/{command_id}"
        return {
            ("GET", scope + "/commands"): self.list_commands,
            ("PUT", scope + "/commands"): self.replace_commands,
            ("POST", scope + "/commands"): self.put_command,
            ("GET", one): self.get_command,
            ("PATCH", one): self.edit_command,
            ("DELETE", one): self.delete_command,
        }

    def gateway(self, _: Call) -> Reply:
        """Answer where the gateway is."""
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return Reply({"url": self._gateway.url, "shards": 1, "session_start_limit": limit})

    def me(self, _: Call) -> Reply:
        """Answer with the bot's user."""
        return Reply(self._world.bot.payload())

    def my_guilds(self, _: Call) -> Reply:
        """Answer with the servers the bot is on."""
        return Reply([guild.payload() for guild in self._world.guilds.values()])

    def user(self, call: Call) -> Reply:
        """Answer with a user."""
        user = self._world.users.get(call.number("user_id"))
        if user is None:
            raise Refusal(Reason.UNKNOWN_USER)
        return Reply(user.payload())

    def open_direct(self, call: Call) -> Reply:
        """Answer with the channel of direct messages with a user."""
        user = self._world.users.get(int(call.fields["recipient_id"]))
        if user is None:
            raise Refusal(Reason.UNKNOWN_USER)
        return Reply(self._world.direct_channel(user).payload())

    def application(self, _: Call) -> Reply:
        """Answer with the bot's application."""
        owner = next(iter(self._world.users.values())).payload()
        return Reply(
            {
                "id": str(self._world.application_id),
                "name": self._world.bot.name,
                "icon": None,
                "description": "",
                "bot_public": False,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": MESSAGE_CONTENT_FLAGS if self._reads_content else 0,
                "owner": owner,
                "team": None,
                "interactions_endpoint_url": None,
            }
        )

    def guild(self, call: Call) -> Reply:
        """Answer with a server."""
        return Reply(self._world.find_guild(call.number("guild_id")).payload())

    def guild_channels(self, call: Call) -> Reply:
        """Answer with the channels of a server."""
        guild = self._world.find_guild(call.number("guild_id"))
        return Reply([channel.payload() for channel in guild.channels.values()])

    def guild_roles(self, call: Call) -> Reply:
        """Answer with the roles of a server."""
        guild = self._world.find_guild(call.number("guild_id"))
        return Reply([role.payload() for role in guild.roles.values()])

    def guild_threads(self, call: Call) -> Reply:
        """Answer with the threads of a server that are not archived."""
        threads = self._world.find_guild(call.number("guild_id")).threads
        joined = [t.membership(self._world.bot.id) for t in threads]
        return Reply({"threads": [thread.payload() for thread in threads], "members": joined})

    def guild_member(self, call: Call) -> Reply:
        """Answer with a member of a server."""
        member = self._world.find_guild(call.number("guild_id")).members.get(call.number("user_id"))
        if member is None:
            raise Refusal(Reason.UNKNOWN_MEMBER)
        return Reply(member.payload())

    def _scope(self, call: Call) -> int | None:
        if call.number("application_id") != self._world.application_id:
            raise Refusal(Reason.MISSING_ACCESS)
        if "guild_id" not in call.path:
            return None
        return self._world.find_guild(call.number("guild_id")).id

    def list_commands(self, call: Call) -> Reply:
        """Answer with the commands of a scope."""
        return Reply(self._commands.listed(self._scope(call)))

    def replace_commands(self, call: Call) -> Reply:
        """Put these commands in place of all of a scope."""
        return Reply(self._commands.replace(self._scope(call), call.body))

    def put_command(self, call: Call) -> Reply:
        """Register a command."""
        return Reply(self._commands.put(self._scope(call), call.fields), 201)

    def get_command(self, call: Call) -> Reply:
        """Answer with one command."""
        return Reply(self._commands.find(self._scope(call), call.number("command_id")))

    def edit_command(self, call: Call) -> Reply:
        """Change a command."""
        scope = self._scope(call)
        old = self._commands.find(scope, call.number("command_id"))
        return Reply(self._commands.put(scope, {**old, **call.fields}))

    def delete_command(self, call: Call) -> Reply:
        """Take a command away."""
        self._commands.remove(self._scope(call), call.number("command_id"))
        return Reply(status=204)

    def acknowledge(self, call: Call) -> Reply:
        """Take the first answer to an interaction."""
        interaction = self._interactions.acknowledge(
            call.number("interaction_id"), call.path["token"], call.fields, call.files
        )
        wanted = call.query.get("with_response", "").lower() in {"1", "true"}
        return Reply(self._interactions.receipt(interaction)) if wanted else Reply(status=204)

    def follow_up(self, call: Call) -> Reply:
        """Take a further answer."""
        message = self._interactions.follow_up(
            call.number("application_id"), call.path["token"], call.fields, call.files
        )
        return Reply(message.payload)

    def _answer(self, call: Call) -> tuple[Interaction, Message]:
        return self._interactions.answer_of(
            call.number("application_id"), call.path["token"], call.path["message"]
        )

    def get_answer(self, call: Call) -> Reply:
        """Answer with the original answer or a follow-up."""
        return Reply(self._answer(call)[1].payload)

    def edit_answer(self, call: Call) -> Reply:
        """Change the original answer or a follow-up."""
        message = self._answer(call)[1]
        return Reply(self._interactions.change(message, call.fields, call.files).payload)

    def delete_answer(self, call: Call) -> Reply:
        """Delete the original answer or a follow-up."""
        self._interactions.remove(*self._answer(call))
        return Reply(status=204)
