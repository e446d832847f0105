"""The buttons below an edition that waits for approval: approve, hold, change it."""

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.approvals import approvers
from bot.briefing.editing import Kept, edited, with_note
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, explain, reply, reply_card, say
from bot.chat.texts import reviews as texts
from bot.delivery.chat_text import stretches
from bot.delivery.citing import plain
from bot.delivery.edition import edition_line
from bot.delivery.reviewing import question
from bot.desk_briefings import show
from bot.desk_reviews import Decision, Seen, change, decide, find_review
from bot.news import Brief, Review, ReviewStep

Action = Literal["approve", "hold", "release", "edit", "note", "story", "keep"]

CUSTOM_ID: Final = re.compile(
    r"r:(?P<action>approve|hold|release|edit|note|story|keep):(?P<version>[0-9]{1,6})"
    r":(?P<story>[0-9]{1,4}):(?P<key>[^\s]{1,60})"
)
"""At most 84 characters. Source of the limit, 100: Discord API, "Component Reference"."""
LABELS: Final[Mapping[Action, str]] = {
    "approve": texts.APPROVE,
    "hold": texts.HOLD,
    "release": texts.RELEASE,
    "edit": texts.EDIT,
    "note": texts.NOTE,
}
DECISIONS: Final[Mapping[Action, Decision]] = {
    "approve": "approved",
    "hold": "held",
    "release": "released",
}
MAX_OPTIONS: Final = 25
MAX_LABEL: Final = 100
"""Options of a select menu and characters of each. Source: the same."""


class ReviewPresses(Protocol):
    """Does what a button or menu of a review asks for; the client does."""

    async def review(self, interaction: discord.Interaction, asked: "Asked") -> None:
        """Answer it."""
        ...


class Asked:
    """What a pressed button or a chosen menu of a review is about."""

    def __init__(self, action: Action, seen: Seen, story: int = 0) -> None:
        self.action = action
        self.seen = seen
        self.story = story

    @property
    def custom_id(self) -> str:
        """Return the id, which `CUSTOM_ID` reads."""
        return f"r:{self.action}:{self.seen.version}:{self.story}:{self.seen.key}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Return what the id says."""
        seen = Seen(match["key"], int(match["version"]))
        return cls(cast("Action", match["action"]), seen, int(match["story"]))


class ReviewButton(ui.DynamicItem[ui.Button[Any] | ui.Select[Any]], template=CUSTOM_ID):
    """A button or menu of a review, which works after a restart."""

    def __init__(self, asked: Asked, item: ui.Button[Any] | ui.Select[Any]) -> None:
        super().__init__(item)
        self.asked = asked

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return what was pressed or chosen, from its id."""
        return cls(Asked.of(match), cast("ui.Button[Any]", item))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand it to the client."""
        await cast("ReviewPresses", interaction.client).review(interaction, self.asked)


def review_view(review: Review, text: str) -> ui.LayoutView:
    """Return the question with what members can do; of a review that has ended, only the text."""
    view = ui.LayoutView(timeout=None)
    for part in stretches(say(text).blocks):
        view.add_item(ui.TextDisplay(part))
    if review.state in ("waiting", "held", "approved"):
        actions: list[Action] = ["approve", "hold", "edit"]
        if review.state != "waiting":
            actions = ["release" if review.state == "held" else "hold", "edit"]
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for action in actions:
            row.add_item(_button(Asked(action, Seen(review.key, review.version))))
        view.add_item(row)
    return view


async def answer_review(interaction: discord.Interaction[Any], asked: Asked, parts: Parts) -> None:
    """Do what a member asks of a review, and tell them what came of it."""
    if asked.action == "note":
        await interaction.response.send_modal(NoteModal(asked.seen, parts))
        return
    await acknowledge(interaction)
    if asked.action in DECISIONS:
        await _decide(interaction, asked, parts)
    elif asked.action == "edit":
        await _offer_stories(interaction, asked, parts)
    elif asked.action == "story":
        await _offer_parts(interaction, asked, parts)
    else:
        await _keep(interaction, asked, parts)


class NoteModal(ui.Modal):
    """Takes an editor's own words."""

    def __init__(self, seen: Seen, parts: Parts) -> None:
        super().__init__(title=texts.NOTE)
        self._seen = seen
        self._parts = parts
        self._words = ui.TextInput[Self](
            style=discord.TextStyle.paragraph, max_length=500, required=False
        )
        self.add_item(
            ui.Label(text=texts.NOTE_LABEL, description=texts.NOTE_HELP, component=self._words)
        )

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Make the next version with the note."""
        await acknowledge(interaction)
        parts, words = self._parts, self._words.value
        made = await change(
            parts.desk,
            parts.reviews,
            self._seen,
            lambda edition: with_note(edition, words),
            by=interaction.user.id,
            now=parts.clock(),
        )
        await reply_card(interaction, say(texts.NEW_VERSION.format(version=made.version)))

    async def on_error(  # type: ignore[override] # as discord.py's own Modal has it
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Tell the member what went wrong."""
        await explain(interaction, error)


async def _decide(interaction: discord.Interaction[Any], asked: Asked, parts: Parts) -> None:
    now = parts.clock()
    decision = DECISIONS[asked.action]
    member = interaction.user.id
    review = await decide(parts.reviews, asked.seen, decision, by=member, now=now)
    steps = await parts.reviews.steps(review.key)
    if interaction.message:
        text = await _question(review, steps, parts, interaction)
        # a client's default does not hold for edits
        nobody = discord.AllowedMentions.none()
        await interaction.message.edit(view=review_view(review, text), allowed_mentions=nobody)
    if decision != "approved":
        said = texts.HELD if decision == "held" else texts.RELEASED
    elif review.state == "approved":
        when = texts.AT_ITS_TIME if now < review.due_at else texts.AT_ONCE
        said = texts.APPROVED.format(when=when)
    else:
        given = len(approvers(review, steps))
        said = texts.ONE_OF.format(given=given, needed=review.approvals)
    await reply_card(interaction, say(said))


async def _question(
    review: Review,
    steps: Sequence[ReviewStep],
    parts: Parts,
    interaction: discord.Interaction[Any],
) -> str:
    """Return the question as it stands now, with who agreed or holds it."""
    schedule = await parts.timetable.find_schedule(review.schedule_id)
    dossier = await show(parts.desk, review.briefing_id, review.version, now=parts.clock())
    asked = question(review, schedule, edition_line(dossier.briefing)) if schedule else ""
    agreed = approvers(review, steps)
    if review.state == "held":
        who, state = [s.member_id for s in steps if s.action == "held"][-1:], texts.STATE_HELD
    else:
        who, state = list(agreed), texts.STATE_APPROVED
    if not who:
        return asked
    names = ", ".join(_name(interaction, member) for member in who)
    return f"{asked}\n\n{texts.BY.format(state=state, names=names)}."


async def _offer_stories(interaction: discord.Interaction[Any], asked: Asked, parts: Parts) -> None:
    dossier = await _edition(asked, parts)
    options = [
        discord.SelectOption(label=_label(plain(brief.headline)), value=str(number))
        for number, brief in enumerate(dossier, start=1)
    ]
    menu = ui.Select[Any](
        custom_id=Asked("story", asked.seen).custom_id,
        placeholder=texts.CHOOSE_STORY,
        options=options[:MAX_OPTIONS],
    )
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(texts.WHICH))
    view.add_item(ui.ActionRow(ReviewButton(Asked("story", asked.seen), menu)))
    view.add_item(ui.ActionRow(_button(Asked("note", asked.seen))))
    await reply(interaction, [view])


async def _offer_parts(interaction: discord.Interaction[Any], asked: Asked, parts: Parts) -> None:
    number = int(_chosen(interaction)[0])
    brief = (await _edition(asked, parts))[number - 1]
    options = _options(brief)
    ask = Asked("keep", asked.seen, number)
    menu = ui.Select[Any](
        custom_id=ask.custom_id,
        placeholder=texts.KEEP,
        options=options,
        min_values=0,
        max_values=len(options),
    )
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(texts.KEPT))
    view.add_item(ui.ActionRow(ReviewButton(ask, menu)))
    await reply(interaction, [view])


async def _keep(interaction: discord.Interaction[Any], asked: Asked, parts: Parts) -> None:
    brief = (await _edition(asked, parts))[asked.story - 1]
    offered = {option.value for option in _options(brief)}
    # what a menu had no room for was not offered, so it stays
    gone = offered - set(_chosen(interaction))
    every = {f"s{n}" for n in range(len(brief.printed()))} | {
        f"q{n}" for n in range(len(brief.quotes))
    }
    kept = every - gone
    wanted = Kept(
        {int(value[1:]) for value in kept if value[0] == "s"},
        {int(value[1:]) for value in kept if value[0] == "q"},
    )
    made = await change(
        parts.desk,
        parts.reviews,
        asked.seen,
        lambda edition: edited(edition, brief.story.id, wanted),
        by=interaction.user.id,
        now=parts.clock(),
    )
    await reply_card(interaction, say(texts.NEW_VERSION.format(version=made.version)))


async def _edition(asked: Asked, parts: Parts) -> tuple[Brief, ...]:
    review = await find_review(parts.reviews, asked.seen.key)
    now = parts.clock()
    shown = await show(parts.desk, review.briefing_id, asked.seen.version, now=now)
    return shown.briefing.briefs


def _options(brief: Brief) -> list[discord.SelectOption]:
    sentences = (*brief.changed, *brief.sentences, *brief.unconfirmed)
    offered = [(f"s{n}", texts.SENTENCE, plain(s)) for n, s in enumerate(sentences)]
    for number, quote in enumerate(brief.quotes):
        words = " […] ".join(piece.words for piece in quote.pieces)
        offered.append((f"q{number}", texts.QUOTE, words))
    return [
        discord.SelectOption(label=_label(words), value=value, description=kind, default=True)
        for value, kind, words in offered[:MAX_OPTIONS]
    ]


def _button(asked: Asked) -> ReviewButton:
    style = discord.ButtonStyle
    return ReviewButton(
        asked,
        ui.Button(
            style=style.success if asked.action == "approve" else style.secondary,
            label=LABELS[asked.action],
            custom_id=asked.custom_id,
        ),
    )


def _chosen(interaction: discord.Interaction[Any]) -> list[str]:
    data = cast("Mapping[str, Any]", interaction.data or {})
    return list(data.get("values", []))


def _label(words: str) -> str:
    return shorten(words, MAX_LABEL, placeholder="…") or "…"


def _name(interaction: discord.Interaction[Any], member_id: int) -> str:
    if interaction.user.id == member_id:
        return interaction.user.display_name
    member = interaction.guild and interaction.guild.get_member(member_id)
    return member.display_name if member else str(member_id)
