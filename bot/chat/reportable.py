"""What can be reported of a story: the choices of the menu, and the report that a choice makes."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.chat.parts import Parts
from bot.chat.texts import wrong as texts
from bot.delivery.citing import plain
from bot.desk_reports import about_quote, speakers_of
from bot.errors import UnknownError
from bot.news import Brief, Briefing, WrongReport
from bot.text import squeeze

AnyInteraction = discord.Interaction[Any]

MAX_OPTIONS: Final = 25
MAX_LABEL: Final = 100
"""Options of a select, and characters of an option's label.

Source: Discord API, "Component Reference", String Select.
"""


async def report_of(
    interaction: AnyInteraction,
    parts: Parts,
    edition: Briefing,
    brief: Brief,
    *,
    kind: str,
    which: str,
) -> WrongReport:
    """Return what was chosen as a report."""

    def made(kind: Any, **facts: Any) -> WrongReport:  # noqa: ANN401 - the fields of a report
        return WrongReport(
            kind,
            edition.id,
            edition.version,
            brief.story.id,
            parts.clock(),
            f"{interaction.user.id}",
            interaction.guild_id or 0,
            **facts,
        )

    if kind == "other":
        return made("other", text=which)
    if kind == "split":
        return made("split", article_ids=(at(brief.references, which).article_id,))
    if kind == "merge":
        return made("merge", other_story=at(edition.briefs, which).story.id)
    quote_number, _, who = which.partition(":")
    quote = at(brief.quotes, quote_number)
    place = await about_quote(parts.desk, quote)
    if kind == "noquote":
        return made("not a quote", **place)
    named = () if who == "-" else await speakers_of(parts.desk, quote)
    return made("speaker", speaker=at(named, who) if named else None, **place)


def options_of(edition: Briefing, brief: Brief) -> list[discord.SelectOption]:
    """Return what can be wrong in a story: its quotes, its reports, another story, or else."""
    found: list[tuple[str, str]] = []
    for number, quote in enumerate(brief.quotes):
        words = " … ".join(squeeze(piece.words) for piece in quote.pieces)
        found.append((texts.SPEAKER.format(words=words), f"speaker:{number}"))
        found.append((texts.NO_QUOTE.format(words=words), f"noquote:{number}"))
    if len(brief.references) > 1:
        for number, reference in enumerate(brief.references):
            title = squeeze(reference.title.words) if reference.title else ""
            label = texts.SPLIT.format(title=title, outlet=squeeze(reference.outlet))
            found.append((label, f"split:{number}"))
    for number, other in enumerate(edition.briefs):
        if other is not brief:
            label = texts.MERGE.format(headline=plain(other.headline))
            found.append((label, f"merge:{number}"))
    kept = [*found[: MAX_OPTIONS - 1], (texts.OTHER, "other")]
    return [discord.SelectOption(label=_short(label), value=value) for label, value in kept]


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else f"{label[: MAX_LABEL - 1]}…"


def at(values: Sequence[Any], number: str) -> Any:  # noqa: ANN401 - of whatever is listed
    """Return the value of that number, from 0.

    Raises:
        UnknownError: there is none: what was offered has changed since.
    """
    if not number.isdecimal() or int(number) >= len(values):
        raise UnknownError(texts.GONE)
    return values[int(number)]
