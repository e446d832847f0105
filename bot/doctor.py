"""`nutgraf doctor`: opens everything that a run opens, and says what is in order and what to do."""

from pathlib import Path
from typing import Final

from bot.adapters.archive import SqliteArchive
from bot.app import clock, open_desk
from bot.console.progress import no_progress
from bot.delivery.phrases import count, listed
from bot.desk import Desk
from bot.discord_token import TOKEN_VARIABLE, application_id_of, load_token
from bot.errors import SettingsError
from bot.settings import NewsroomSettings, Settings, newsrooms_of
from bot.writers import examine_models

NO_TOKEN: Final = (
    "Discord: no token yet, so `nutgraf run` cannot start.\n"
    f"  To do: set {TOKEN_VARIABLE}, or name its file as discord.token_file."
)
GOOD_FORM: Final = (
    "Discord: the token has the right form (application {application}); --online asks whether "
    "Discord takes it."
)
UNREAD: Final = (
    "  To do: switch on Message Content Intent (your application, Bot), or questions in threads "
    "are answered only where I am mentioned or replied to."
)


async def examine(settings: Settings, *, online: bool = False) -> str:
    """Return what was found, a line each; with `online` Discord is asked about the token.

    Raises:
        ArchiveError: an archive cannot be opened or written.
        SettingsError: the token is none, or with `online` Discord refuses it.
        DeliveryError: Discord cannot be reached.
    """
    lines, ours = [], set[int]()
    for named, own in newsrooms_of(settings):
        async with open_desk(own, no_progress) as desk:
            lines += await _newsroom(named, own, desk)
        async with SqliteArchive.open(Path(named.database)) as archive:
            ids = {server.id for server in await archive.servers.servers()} | set(named.servers)
        lines.append(_servers(named, ids))
        ours |= ids
        lines += await examine_models(own, clock)
    return "\n".join([*lines, *await _discord(settings, ours, online=online)])


async def _newsroom(named: NewsroomSettings, own: Settings, desk: Desk) -> list[str]:
    sources = await desk.subscriptions.subscriptions()
    latest = await desk.tools.archive.find_dossier("latest")
    made = f"{latest.briefing.made_at:%Y-%m-%d %H:%M} UTC" if latest else "none yet"
    where = f" of {named.name}" if own.newsroom else ""
    lines = [
        f"Settings{where}: in order, {count(len(sources), 'source')} listed.",
        f"Archive{where}: {named.database} is open; last briefing: {made}.",
    ]
    if not sources:
        lines.append("  To do: `nutgraf sources add ADDRESS`.")
    failing = [one.outlet or one.address for one in sources if one.poll.failures]
    if failing:
        lines.append(
            f"  To do: {listed(failing)} cannot be read; `nutgraf sources health` says why."
        )
    return lines


def _servers(named: NewsroomSettings, ids: set[int]) -> str:
    if ids:
        return f"Newsroom {named.name}: {count(len(ids), 'Discord server')}."
    return (
        f"Newsroom {named.name}: no Discord server yet; the first that the bot comes to belongs to "
        "it, or `nutgraf newsroom add SERVER_ID` adds one."
    )


async def _discord(settings: Settings, ours: set[int], *, online: bool) -> list[str]:
    try:
        token = load_token(settings)
    except SettingsError:
        if online:
            raise
        return [NO_TOKEN]
    application_id = application_id_of(token)
    if not online:
        return [GOOD_FORM.format(application=application_id)]
    return await _online(token, ours)


async def _online(token: str, ours: set[int]) -> list[str]:
    from bot.chat.privileges import ask_standing  # noqa: PLC0415 - discord.py takes a while

    standing = await ask_standing(token)
    servers = count(len(standing.servers), "server")
    lines = [f"Discord: takes the token; I am {standing.name}, in {servers}."]
    if not standing.servers:
        lines.append("  To do: open the link of `nutgraf invite`.")
    if not standing.reads_messages:
        lines.append(UNREAD)
    lines += [
        f"  To do: {name} belongs to no newsroom; `nutgraf newsroom add {server_id}`."
        for server_id, name in standing.servers.items()
        if ours and server_id not in ours
    ]
    return lines
