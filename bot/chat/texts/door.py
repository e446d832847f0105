"""What is said at the door: to servers and members that it does not let in."""

from typing import Final

NO_NEWSROOM: Final = (
    "This server belongs to no newsroom of mine, so nothing is shown here. Whoever runs me adds it "
    "with `nutgraf newsroom add {server}`."
)
NO_MEMBER: Final = (
    "You belong to no server of a newsroom of mine. Ask me in your newsroom's server."
)
SEVERAL: Final = "You belong to several newsrooms: {names}. Choose one with /newsroom."
FOR_WHOM: Final = "This is for a newsroom's {role}s."
BY_ROLE: Final = "It takes one of these roles: {roles}."
BY_PERMISSION: Final = "It takes the permission {permission}, or a role that /desk set made {role}."
OFTEN: Final = (
    "You have asked for this {count} times within {minutes} minutes. Try again in {wait}."
)
FOREIGN: Final = (
    "{where} is in a server that does not belong to this newsroom, so nothing is posted there. "
    "`nutgraf newsroom add` adds a server."
)
