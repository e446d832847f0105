"""*Something's wrong*: members report what is wrong in a story, editors decide on it.

Every button and menu says in its id what it is about, and what was reported is in the store, so all
of them work after a restart. Only the modal for a member's own words lives in memory.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.chat.door import Door
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, explain, reply, reply_card, say
from bot.chat.reportable import MAX_LABEL, MAX_OPTIONS, at, options_of, report_of
from bot.chat.texts import wrong as texts
from bot.chat.views import text_view
from bot.delivery.chat_text import escape
from bot.delivery.citing import plain
from bot.desk_briefings import story_of
from bot.desk_reports import MAX_TEXT, confirm, dismiss, speakers_of, submit
from bot.news import Brief, Briefing, Ruling, WrongReport
from bot.text import squeeze

AnyInteraction = discord.Interaction[Any]

MAX_BUTTONS: Final = 5
"""Buttons of a row. Source: Discord API, "Component Reference", Action Row."""
STORY: Final = r"(?P<briefing>[^:]{1,32}):(?P<version>[0-9]{1,9}):(?P<story>[0-9]{1,4})"


class Doors(Protocol):
    """What these buttons need of the client."""

    door: Door


def wrong_button(briefing_id: str, version: int, story: int, label: str = "") -> "WrongButton":
    """Return the button with which a member says what is wrong in a story.

    `story` is its number, from 1, in that version of the briefing.
    """
    return WrongButton(briefing_id, version, story, label or texts.BUTTON)


class WrongButton(ui.DynamicItem[ui.Button[Any]], template=re.compile(f"w:open:{STORY}")):
    """*Something's wrong* on a story."""

    def __init__(self, briefing_id: str, version: int, story: int, label: str) -> None:
        custom_id = f"w:open:{briefing_id}:{version}:{story}"
        style = discord.ButtonStyle.secondary
        super().__init__(ui.Button(style=style, label=label[:80], custom_id=custom_id))
        self.about = briefing_id, version, story

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(match["briefing"], int(match["version"]), int(match["story"]), texts.BUTTON)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Ask what is wrong."""
        try:
            await acknowledge(interaction)
            parts = await _parts(interaction, "wrong")
            edition, brief = await _story(parts, *self.about)
            number = edition.briefs.index(brief) + 1
            menu = WhatMenu(edition.id, edition.version, number, options_of(edition, brief))
            asked = texts.WHAT.format(headline=escape(plain(brief.headline)))
            await reply(interaction, [_asking(asked, menu)])
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)


class WhatMenu(ui.DynamicItem[ui.Select[Any]], template=re.compile(f"w:what:{STORY}")):
    """Which thing in the story is wrong."""

    def __init__(
        self,
        briefing_id: str,
        version: int,
        story: int,
        options: Sequence[discord.SelectOption] = (),
    ) -> None:
        custom_id = f"w:what:{briefing_id}:{version}:{story}"
        super().__init__(ui.Select(custom_id=custom_id, options=list(options)))
        self.about = briefing_id, version, story

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the menu that was used, from its id."""
        menu = cls(match["briefing"], int(match["version"]), int(match["story"]))
        menu.item = cast("ui.Select[Any]", item)
        return menu

    async def callback(self, interaction: AnyInteraction) -> None:
        """Take the report, or ask for what it lacks."""
        kind, _, which = _chosen(interaction).partition(":")
        try:
            if kind == "other":  # a modal must be the first answer
                await _parts(interaction, "wrong")
                await interaction.response.send_modal(OtherModal(*self.about))
                return
            await acknowledge(interaction)
            parts = await _parts(interaction, "wrong")
            edition, brief = await _story(parts, *self.about)
            if kind == "speaker":
                names = await speakers_of(parts.desk, at(brief.quotes, which))
                words = [squeeze(name.words) for name in names]
                await reply(interaction, [_asking(texts.WHO, WhoMenu(*self.about, which, words))])
                return
            report = await report_of(interaction, parts, edition, brief, kind=kind, which=which)
            await _take(interaction, parts, report)
        except Exception as error:  # noqa: BLE001
            await explain(interaction, error)


class WhoMenu(
    ui.DynamicItem[ui.Select[Any]], template=re.compile(f"w:who:{STORY}:(?P<quote>[0-9]{{1,3}})")
):
    """Who said the quote instead."""

    def __init__(  # noqa: PLR0917 - a quote of a story, and the names to choose from
        self, briefing_id: str, version: int, story: int, quote: str, names: Sequence[str] = ()
    ) -> None:
        custom_id = f"w:who:{briefing_id}:{version}:{story}:{quote}"
        named = [
            discord.SelectOption(label=name[:MAX_LABEL], value=f"{n}")
            for n, name in enumerate(names[: MAX_OPTIONS - 1])
        ]
        nobody = discord.SelectOption(label=texts.NOBODY, value="-")
        super().__init__(ui.Select(custom_id=custom_id, options=[*named, nobody]))
        self.about = briefing_id, version, story
        self.quote = quote

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the menu that was used, from its id."""
        number = int(match["story"])
        menu = cls(match["briefing"], int(match["version"]), number, match["quote"])
        menu.item = cast("ui.Select[Any]", item)
        return menu

    async def callback(self, interaction: AnyInteraction) -> None:
        """Take the report."""
        try:
            await acknowledge(interaction)
            parts = await _parts(interaction, "wrong")
            edition, brief = await _story(parts, *self.about)
            which = f"{self.quote}:{_chosen(interaction)}"
            report = await report_of(
                interaction, parts, edition, brief, kind="speaker", which=which
            )
            await _take(interaction, parts, report)
        except Exception as error:  # noqa: BLE001
            await explain(interaction, error)


class OtherModal(ui.Modal, title=texts.MODAL):
    """What is wrong, in the member's own words."""

    text: ui.TextInput[Any] = ui.TextInput(
        label=texts.MODAL_TEXT,
        style=discord.TextStyle.paragraph,
        max_length=MAX_TEXT,
        custom_id="text",
    )

    def __init__(self, briefing_id: str, version: int, story: int) -> None:
        super().__init__(custom_id=f"w:text:{briefing_id}:{version}:{story}")
        self.about = briefing_id, version, story

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Take the report."""
        try:
            await acknowledge(interaction)
            parts = await _parts(interaction, "wrong")
            edition, brief = await _story(parts, *self.about)
            said = self.text.value
            report = await report_of(interaction, parts, edition, brief, kind="other", which=said)
            await _take(interaction, parts, report)
        except Exception as error:  # noqa: BLE001
            await explain(interaction, error)


class RulingButton(
    ui.DynamicItem[ui.Button[Any]], template=re.compile(r"w:(?P<what>yes|no):(?P<id>[0-9]{1,18})")
):
    """*Confirm* and *Dismiss* beside a report."""

    def __init__(self, what: Literal["yes", "no"], report_id: int) -> None:
        label = texts.CONFIRM if what == "yes" else texts.DISMISS
        styles = discord.ButtonStyle
        style = styles.primary if what == "yes" else styles.secondary
        super().__init__(ui.Button(style=style, label=label, custom_id=f"w:{what}:{report_id}"))
        self.what = what
        self.report_id = report_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(cast("Literal['yes', 'no']", match["what"]), int(match["id"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Decide on the report."""
        try:
            await acknowledge(interaction)
            parts = await _parts(interaction, "wrong confirm")
            by, now = f"{interaction.user.id}", parts.clock()
            if self.what == "yes":
                await confirm(parts.desk, self.report_id, by=by, now=now)
                told = texts.CONFIRMED
            else:
                await dismiss(parts.desk, self.report_id, by=by, now=now)
                told = texts.DISMISSED
            await reply_card(interaction, say(told.format(id=self.report_id)))
        except Exception as error:  # noqa: BLE001
            await explain(interaction, error)


ITEMS: Final = (WrongButton, WhatMenu, WhoMenu, RulingButton)
"""What the client knows again in messages from before a restart."""


def ruling_view(text: str, report_id: int) -> ui.LayoutView:
    """Return a text with the buttons that decide on a report."""
    view = text_view(text)
    row = ui.ActionRow[ui.LayoutView]()
    row.add_item(RulingButton("yes", report_id))
    row.add_item(RulingButton("no", report_id))
    view.add_item(row)
    return view


def with_wrong_button(
    view: ui.LayoutView, briefing_id: str, version: int, story: int
) -> ui.LayoutView:
    """Return the message with *Something's wrong* of a story at its end."""
    row = ui.ActionRow[ui.LayoutView]()
    row.add_item(wrong_button(briefing_id, version, story))
    view.add_item(row)
    return view


async def _take(interaction: AnyInteraction, parts: Parts, report: WrongReport) -> None:
    """Keep the report; an editor may decide on their own at once."""
    door = cast("Doors", interaction.client).door
    is_editor = door.known(interaction, "wrong confirm") is not None
    ruling: Ruling = await submit(parts.desk, parts.operations, report)
    if is_editor:
        await reply(interaction, [ruling_view(texts.YOURS.format(id=ruling.id), ruling.id)])
        return
    told = texts.REPORTED.format(id=ruling.id)
    if await parts.operations.channel_of(report.newsroom_id) is None:
        told += texts.NO_OPERATIONS
    await reply_card(interaction, say(told))


def _chosen(interaction: AnyInteraction) -> str:
    data = cast("dict[str, Any]", interaction.data or {})
    values = data.get("values") or [""]
    return str(values[0])


def _asking(text: str, menu: ui.Item[Any]) -> ui.LayoutView:
    view = text_view(text)
    row = ui.ActionRow[ui.LayoutView]()
    row.add_item(menu)
    view.add_item(row)
    return view


async def _parts(interaction: AnyInteraction, doing: str) -> Parts:
    return await cast("Doors", interaction.client).door.enter(interaction, doing)


async def _story(
    parts: Parts, briefing_id: str, version: int, story: int
) -> tuple[Briefing, Brief]:
    return await story_of(parts.desk, briefing_id, version, story, now=parts.clock())
