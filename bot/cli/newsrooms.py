"""`nutgraf newsroom`: which Discord servers belong to the newsroom."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bot.cli.asynchronous import run_to_end
from bot.cli.sources import Options

if TYPE_CHECKING:
    from bot.settings import Settings


def newsroom_group(load: Callable[[Options], "Settings"]) -> click.Group:
    """Return the group `newsroom`, on the archives of the settings that `load` gives."""
    named = click.option("--newsroom", "name", help="Its name, if there are several.")
    server = click.argument("server_id", metavar="SERVER_ID", type=click.IntRange(1, 2**63 - 1))

    @click.group("newsroom")
    def newsroom() -> None:
        """List the Discord servers that belong to the newsroom; add and remove them.

        Nothing is shown to any other server. The first server that the bot comes to belongs to a
        newsroom that has none. In Discord, with developer mode on, Copy Server ID gives the id.
        """

    @newsroom.command("list")
    @click.pass_obj
    def listing(options: Options) -> None:
        """Print the servers of each newsroom."""
        from bot.newsroom_commands import list_servers  # noqa: PLC0415 - see the module `bot.cli`

        click.echo(run_to_end(list_servers(load(options))), nl=False)

    @newsroom.command()
    @server
    @named
    @click.pass_obj
    def add(options: Options, server_id: int, name: str | None) -> None:
        """Let a server belong to the newsroom."""
        from bot.newsroom_commands import add_one  # noqa: PLC0415

        click.echo(run_to_end(add_one(load(options), server_id, name)))

    @newsroom.command()
    @server
    @named
    @click.pass_obj
    def remove(options: Options, server_id: int, name: str | None) -> None:
        """Let a server belong no longer; its editions are paused."""
        from bot.newsroom_commands import remove_one  # noqa: PLC0415

        click.echo(run_to_end(remove_one(load(options), server_id, name)))

    return newsroom
