"""What `/desk` says."""

from typing import Final

DESK: Final = "What holds for the whole server"
SET: Final = "Set what holds for the whole server"
SHOW: Final = "Show what holds for the whole server, and who may do what"
OPERATIONS: Final = "The channel that hears of failures"
ZONE: Final = "The clock of this server's cards, such as Europe/London; default for the newsroom's"
LANGUAGE: Final = "Only articles in this language, such as en; default for all"
ROLE: Final = "A role of this server whose members are {kind}s from now on"
RENDERING: Final = "How editions are drawn: with components, or as plain embeds"
RENDERING_IS: Final = "Editions are drawn as {rendering}."
FORGET: Final = "Go by permissions again for these"
NOTHING: Final = (
    "Say what to set: operations, zone, language, rendering or a role. /desk show tells what is."
)
HIDDEN: Final = (
    "Discord itself hides {commands} from the role {role}. Show them to it in Server Settings, "
    "Integrations, {bot}."
)
TITLE: Final = "This server's desk"
RIGHTS: Final = "Who may do what"
OPERATIONS_IN: Final = "Operations are told in {channel}."
OPERATIONS_DIRECT: Final = (
    "Whoever planned an edition is told directly of failures; /desk set names a channel."
)
ZONE_IS: Final = "Time zone: {zone} ({origin})."
LANGUAGE_IS: Final = "Language: {language}."
ALL_LANGUAGES: Final = "all languages"
OWN: Final = "set here"
NEWSROOMS: Final = "the newsroom's, from config/nutgraf.toml"
WRITER: Final = "Briefs are written by: {writer}."
BUDGET: Final = "Budget: [budget] in config/nutgraf.toml; `nutgraf spending` shows what is spent."
RULES: Final = "House rules: house.md in the folder prompts."
NEWSROOM: Final = "Newsroom: {name}, {count} in all."
KIND: Final = "{kind}: {who}."
EVERYBODY: Final = "everybody in the server"
WITH_PERMISSION: Final = "whoever has the permission {permission}"
WITH_ROLE: Final = "the roles {roles}"
GONE: Final = "a role that is gone"
MAY: Final = "{role}s and above: {what}."
ALWAYS: Final = "The owner and administrators are chiefs in any case."
