"""Who there is on the loopback Discord: users, roles and members, as they go over the wire."""

from dataclasses import dataclass, field

from tests.discord_server.components import Json
from tests.discord_server.permissions import Permission


@dataclass(frozen=True)
class User:
    """An account, of a person or of the bot."""

    id: int
    name: str
    bot: bool = False

    @property
    def mention(self) -> str:
        """What one writes to mention them."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """Return the user object."""
        return {
            "id": str(self.id),
            "username": self.name,
            "discriminator": "0",
            "global_name": None,
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass
class Role:
    """A role of one server; that of everyone has the server's id."""

    id: int
    name: str
    permissions: Permission

    def payload(self) -> Json:
        """Return the role object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": 0 if self.name == "@everyone" else 1,
            "permissions": str(self.permissions.value),
            "managed": False,
            "mentionable": True,
            "flags": 0,
            "icon": None,
            "unicode_emoji": None,
        }


@dataclass
class Member:
    """A user on one server, with the roles given to them."""

    user: User
    joined_at: str
    roles: list[Role] = field(default_factory=list)

    def payload(self, *, with_user: bool = True) -> Json:
        """Return the member object; in an event about a message it comes without the user."""
        body: Json = {
            "nick": None,
            "avatar": None,
            "roles": [str(role.id) for role in self.roles],
            "joined_at": self.joined_at,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
            "communication_disabled_until": None,
        }
        return body | {"user": self.user.payload()} if with_user else body
