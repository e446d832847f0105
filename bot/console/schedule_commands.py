"""`schedule …` as it is typed, at the shell's prompt and at the desk's.

Each command returns what is to be asked of the desk. Nothing but click is imported until it is
asked, since `nutgraf --help` reads this too.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.console.source_commands import Outcome

if TYPE_CHECKING:
    from bot.console.schedules import Planning
    from bot.news import Schedule

Question = Callable[["Planning", datetime], Awaitable[Outcome]]
"""Asks the desk; what it raises is a `NutgrafError`."""

NAME_HELP = "NAME is an edition's id, its name, or words that only one has in its name."
Decorated = Callable[..., Any]


def _wishes(command: Decorated) -> Decorated:
    """Add what an edition can choose."""
    for option in (
        click.option("--zone", help="Its clock, such as Europe/London."),
        click.option("--name", help="What to call it."),
        click.option("--topics", help="Only these topics, with commas between them."),
        click.option("--sources", help="Only these outlets or addresses, with commas."),
        click.option("--origins", type=click.IntRange(1, 20), help="Independent sources needed."),
        click.option("--stories", type=click.IntRange(0, 25), help="At most so many; 0: as usual."),
        click.option("--language", help="Only articles in it, such as en."),
        click.option("--prompt", help="Name of the edition prompt for the model writer."),
        click.option("--missed", type=click.Choice(["skip", "once", "all"]), help="Missed runs."),
        click.option("--when-empty", type=click.Choice(["say", "silent"]), help="On quiet days."),
    ):
        command = option(command)
    return command


@click.group("schedule", invoke_without_command=True)
@click.pass_context
def schedule(context: click.Context) -> Question | None:
    """Editions that come by themselves: when, where, of what."""
    return list_them(json=False) if context.invoked_subcommand is None else None


@schedule.command(
    "add",
    epilog="WORDS: weekdays 07:00 and 17:30 · every 2 hours from 6 to 22:00 · "
    "1st of the month 07:00 · every 30 minutes not 22:00-06:00 · cron 0 7 * * 1-5",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--channel", type=int, required=True, help="The id of its Discord channel.")
@_wishes
def add(words: tuple[str, ...], channel: int, **wishes: Any) -> Question:  # noqa: ANN401 - click's
    """Plan an edition that comes when the WORDS say."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from secrets import token_hex  # noqa: PLC0415 - see the module's docstring

        from bot.schedule_desk import Wish, preview  # noqa: PLC0415
        from bot.schedule_desk import add as add_schedule  # noqa: PLC0415

        wish = Wish(" ".join(words), **wishes)
        plan = preview(planning.schedules, wish.at or "", wish.zone or "", now=now)
        if not planning.confirm(_plan_card(plan, "This edition would come")):
            return _said("Nothing was saved.")
        place = await planning.places.find_place(channel)
        schedule_id = token_hex(4)
        plan = await add_schedule(planning.schedules, wish, place, schedule_id=schedule_id, now=now)
        hint = f"Its id is {schedule_id}; `schedule remove {schedule_id}` stops it."
        return Outcome(_plan_card(plan, "Edition planned", hint))

    return ask


@schedule.command("edit", epilog=NAME_HELP)
@click.argument("name_of_it", metavar="NAME")
@click.option("--at", help="When from now on, in words.")
@click.option("--channel", type=int, help="The id of its channel from now on.")
@_wishes
def edit(name_of_it: str, channel: int | None, **wishes: Any) -> Question:  # noqa: ANN401 - click's
    """Change what is named of an edition."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.schedule_desk import Wish  # noqa: PLC0415
        from bot.schedule_desk import edit as edit_schedule  # noqa: PLC0415

        found = await _find(planning, name_of_it)
        place = await planning.places.find_place(channel or found.channel_id)
        plan = await edit_schedule(planning.schedules, found, Wish(**wishes), place, now=now)
        return Outcome(_plan_card(plan, "Edition changed"))

    return ask


@schedule.command("list")
@click.option("--json", "json", is_flag=True, help="For machines.")
def list_command(*, json: bool) -> Question:
    """List the editions: when they come next, and how their last run went."""
    return list_them(json=json)


def list_them(*, json: bool) -> Question:
    """Return the question which editions are planned."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.schedule_desk import listing  # noqa: PLC0415
        from bot.schedule_desk.cards import listing_card  # noqa: PLC0415
        from bot.schedule_desk.machines import listing_json  # noqa: PLC0415

        entries = await listing(planning.schedules, None, now=now)
        card = listing_card(entries, _channel_name, ids=True)
        return Outcome(card, listing_json(entries) if json else None)

    return ask


@schedule.command("pause", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def pause(name: tuple[str, ...]) -> Question:
    """Let an edition rest."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.schedule_desk import pause as pause_schedule  # noqa: PLC0415

        found = await _find(planning, " ".join(name))
        paused = await pause_schedule(planning.schedules, found, now=now)
        return _said(f"{'Paused' if paused else 'This was paused already'}: {found.name}.")

    return ask


@schedule.command("resume", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def resume(name: tuple[str, ...]) -> Question:
    """Let a paused edition come again, if its channel takes it."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.schedule_desk import require_place  # noqa: PLC0415
        from bot.schedule_desk import resume as resume_schedule  # noqa: PLC0415

        found = await _find(planning, " ".join(name))
        place = await planning.places.find_place(found.channel_id)
        await require_place(planning.schedules, place, by=0, now=now)
        plan = await resume_schedule(planning.schedules, found, now=now)
        return Outcome(_plan_card(plan, "Edition resumed"))

    return ask


@schedule.command("remove", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def remove(name: tuple[str, ...]) -> Question:
    """Stop an edition for good; what it has posted stays."""

    async def ask(planning: "Planning", _: datetime) -> Outcome:
        from bot.schedule_desk import remove as remove_schedule  # noqa: PLC0415

        found = await _find(planning, " ".join(name))
        await remove_schedule(planning.schedules, found)
        return _said(f"Stopped: {found.name}.")

    return ask


@schedule.command("preview")
@click.argument("words", nargs=-1, required=True)
@click.option("--zone", default="", help="The clock of the words, such as Europe/London.")
@click.option("--edition", is_flag=True, help="WORDS name an edition: show how it would be now.")
def preview(words: tuple[str, ...], zone: str, *, edition: bool) -> Question:
    """Show when the WORDS come true next; nothing is saved."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.delivery.edition import briefing_card  # noqa: PLC0415
        from bot.news import EditionOrder  # noqa: PLC0415
        from bot.schedule_desk import preview as preview_words  # noqa: PLC0415

        if not edition:
            plan = preview_words(planning.schedules, " ".join(words), zone, now=now)
            return Outcome(_plan_card(plan, "Not saved yet"))
        found = await _find(planning, " ".join(words))
        made = await planning.desk.edition(EditionOrder(found.filters), now=now)
        return Outcome(briefing_card(made.briefing, planning.desk.zone))

    return ask


@schedule.command("run", epilog=NAME_HELP)
@click.argument("name", nargs=-1, required=True)
def run(name: tuple[str, ...]) -> Question:
    """Post an edition now, beside its timetable."""

    async def ask(planning: "Planning", now: datetime) -> Outcome:
        from bot.schedule_desk import run_now  # noqa: PLC0415

        found = await _find(planning, " ".join(name))
        started = await run_now(planning.schedules, found, now=now)
        if not started:
            return _said("It is on its way already.")
        return _said("The edition is ordered: `nutgraf run`, if it runs, posts it in a moment.")

    return ask


@schedule.command("operations")
@click.option("--channel", type=int, required=True, help="The id of the Discord channel.")
def operations(channel: int) -> Question:
    """Name the channel that hears of what could not be posted, for its whole server."""

    async def ask(planning: "Planning", _: datetime) -> Outcome:
        from bot.schedule_desk import set_operations  # noqa: PLC0415

        place = await planning.places.find_place(channel)
        await set_operations(planning.schedules, place)
        return _said(f"Operations are told in {place.name} from now on.")

    return ask


async def _find(planning: "Planning", name: str) -> "Schedule":
    from bot.schedule_desk import find_schedule  # noqa: PLC0415

    return await find_schedule(planning.schedules, name, None)


def _plan_card(plan: Any, heading: str, hint: str = "") -> Any:  # noqa: ANN401 - imported later
    from bot.schedule_desk.cards import plan_card  # noqa: PLC0415

    return plan_card(plan, heading, _channel_name, hint=hint)


def _said(sentence: str) -> Outcome:
    from bot.source_desk.cards import said  # noqa: PLC0415

    return Outcome(said(sentence))


def _channel_name(channel_id: int) -> str:
    return f"channel {channel_id}"
