"""`nutgraf schedule`: the desk's commands on schedules, from the shell."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.asynchronous import run_to_end
from bot.console.schedule_commands import Question
from bot.console.schedule_commands import schedule as typed

if TYPE_CHECKING:
    from bot.settings import Settings

BAD_INPUT = 2
Options = tuple[Path | None, Path | None]


def schedule_group(load: Callable[[Options], "Settings"]) -> click.Group:
    """Return the group `schedule`, which asks the desk of the settings that `load` gives."""

    @click.pass_context
    def run(context: click.Context, /, question: Question | None, **_: object) -> None:
        if question is not None:
            _answer(question, load(context.obj))

    return click.Group(
        "schedule",
        commands=typed.commands,
        callback=typed.callback,
        result_callback=run,
        invoke_without_command=True,
        help=typed.help,
    )


def _answer(question: Question, settings: "Settings") -> None:
    from bot.commands import answer_about_schedules  # noqa: PLC0415 - see the module `bot.cli`

    if not run_to_end(answer_about_schedules(settings, question)):
        sys.exit(BAD_INPUT)
