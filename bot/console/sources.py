"""Answers `sources …` as it is typed at the desk, with the commands that the shell has."""

import shlex
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cards import Bullets, Card, Note, Run
from bot.console.source_commands import Outcome, sources
from bot.errors import NutgrafError
from bot.source_desk import SourceDesk
from bot.source_desk.cards import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

D = TypeVar("D")


async def answer_about_sources(desk: SourceDesk, typed: str, *, now: datetime) -> Card:
    """Return the card that answers what was typed behind `sources`."""
    return await answer_typed(sources, desk, typed, now=now)


async def answer_typed(group: click.Group, desk: D, typed: str, *, now: datetime) -> Card:
    """Return the card that answers what was typed behind the group's name, as the shell would."""
    try:
        words = shlex.split(typed)
        if {"-h", "--help"} & set(words):
            return _help(group, words)
        question: Callable[[D, datetime], Awaitable[Outcome]]
        question = group.main(words, prog_name=group.name, standalone_mode=False)
        if "-" in words:
            return said("Standard input is this conversation here; give a file or an address.")
        outcome = await question(desk, now)
    except ValueError as error:
        return said(f"That cannot be understood ({error}).")
    except click.ClickException as error:
        return said(error.format_message())
    except NutgrafError as error:
        return said(str(error))
    return outcome.card


def _help(group: click.Group, words: list[str]) -> Card:
    """Return what the commands do, or how one of them is typed."""
    command = group.commands.get(words[0])
    with click.Context(group, info_name=group.name) as context:
        if command is None:
            commands = group.commands.items()
            lines = [(name, c.get_short_help_str(limit=100)) for name, c in commands]
        else:
            inner = click.Context(command, context, info_name=command.name)
            lines = [(inner.command_path, command.help or "")]
            records = (p.get_help_record(inner) for p in command.params)
            lines += [record for record in records if record]
    items = tuple((Run(name, "strong"), Run(f": {what}")) for name, what in lines)
    return Card((Bullets(items), Note((Run(f"`{group.name} NAME --help` says more."),))))
