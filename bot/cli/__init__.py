"""The command `nutgraf`. Each subcommand imports what it needs when it runs, and no more.

Exit codes: 0 done; 1 a dossier does not verify, or a quotation is not confirmed; 2 bad input, which
is named on standard error.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from bot import __version__
from bot.cli.asynchronous import run_to_end
from bot.cli.check_quotes import check_quotes_command
from bot.cli.corrections import corrections_command
from bot.cli.lab import lab
from bot.cli.newsrooms import newsroom_group
from bot.cli.prompts import prompts_group
from bot.cli.schedules import schedule_group
from bot.cli.sources import sources_group
from bot.cli.spending import spending_command
from bot.cli.stops import stop_commands
from bot.errors import NutgrafError, VerificationError

if TYPE_CHECKING:
    from bot.news import Dossier
    from bot.settings import Settings

VERIFICATION_FAILED: Final = 1
BAD_INPUT: Final = 2
Form = Literal["terminal", "plain", "markdown", "json", "ninjs"]


def main() -> None:
    """Run the command; an expected error becomes its sentence and exit code 2."""
    try:
        cli(prog_name="nutgraf")
    except NutgrafError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The settings file.  [default: config/nutgraf.toml, if there is one]",
)
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    help="The archive to use instead of the one that the settings name.",
)
@click.pass_context
def cli(context: click.Context, config: Path | None, database: Path | None) -> None:
    """Briefings whose quotations are verified, word for word, against their stored sources.

    Start with `nutgraf demo`.
    """
    context.obj = (config, database)


def _form_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --plain, --markdown, --ninjs and --json."""
    for form, what in (
        ("json", "The briefing with its sources, for `nutgraf verify` and for machines."),
        ("ninjs", "An item of ninjs, for editorial systems."),
        ("markdown", "Markdown."),
        ("plain", "Plain text, as into a pipe."),
    ):
        command = click.option(f"--{form}", "form", flag_value=form, help=what)(command)
    return command


@cli.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--about", default="", help="Only stories that speak of these words.")
@click.option(
    "--since", default="", help="Only what is new since 18:00, yesterday 18:00, 3 hours …"
)
@_form_options
@click.pass_obj
def brief(  # noqa: PLR0917 - click passes them by name
    options: tuple[Path | None, Path | None],
    addresses: tuple[str, ...],
    about: str,
    since: str,
    form: Form | None,
) -> None:
    """Brief what stands at the addresses: files, `-`, or http(s) pages and feeds.

    Without an address, brief the newsroom's sources; `nutgraf sources` lists them.
    """
    from bot.commands import brief_addresses  # noqa: PLC0415 - see the module's docstring

    settings = _settings(options)
    if since and addresses:
        raise click.UsageError("--since is for the newsroom's sources; leave out the addresses.")
    dossier = run_to_end(brief_addresses(settings, addresses, about, since))
    _print(dossier, form, settings)
    unread = [u for u in dossier.briefing.coverage.unread if u.address in addresses]
    for missing in unread:
        click.echo(f"{missing.address}: {missing.reason}.", err=True)
    if unread:
        sys.exit(BAD_INPUT)


@cli.command()
@click.option("--since", default="", help="18:00, yesterday 18:00, 3 hours …  [default: 8 hours]")
@click.option("--markdown", is_flag=True, help="Markdown, as for a message to the next shift.")
@click.pass_obj
def handover(options: tuple[Path | None, Path | None], since: str, *, markdown: bool) -> None:
    """Print what a shift hands over: new, changed, corrected, still unconfirmed since it began."""
    from bot.commands import hand_over  # noqa: PLC0415

    click.echo(run_to_end(hand_over(_settings(options), since, markdown=markdown)), nl=False)


@cli.command()
@click.argument("question", nargs=-1)
@click.pass_obj
def ask(options: tuple[Path | None, Path | None], question: tuple[str, ...]) -> None:
    """Answer a question from the archive, in its sources' words, or say that it is not there.

    Without a QUESTION each line of the standard input is one, and goes on from the line before.
    """
    from bot.commands import ask_questions  # noqa: PLC0415
    from bot.delivery.plain import to_plain  # noqa: PLC0415

    asked = [" ".join(question)] if question else sys.stdin
    run_to_end(ask_questions(_settings(options), asked, lambda card: click.echo(to_plain(card))))


@cli.command()
@click.argument("briefing_id", metavar="ID")
@_form_options
@click.pass_obj
def show(options: tuple[Path | None, Path | None], briefing_id: str, form: Form | None) -> None:
    """Print a stored briefing again; ID may be `latest`."""
    from bot.commands import show_briefing  # noqa: PLC0415

    settings = _settings(options)
    _print(run_to_end(show_briefing(settings, briefing_id)), form, settings)


@cli.command()
@click.argument("article_id", metavar="ARTICLE_ID")
@click.pass_obj
def history(options: tuple[Path | None, Path | None], article_id: str) -> None:
    """Print when an article was changed, and what: figures, quotes, corrections, retractions.

    The ids of articles stand in a briefing's JSON.
    """
    from bot.commands import show_history  # noqa: PLC0415

    click.echo(run_to_end(show_history(_settings(options), article_id)), nl=False)


@cli.command()
@click.argument("story", metavar="STORY")
@click.pass_obj
def why(options: tuple[Path | None, Path | None], story: str) -> None:
    """Print why the reports of a story are one, and what it is worth.

    STORY is its number among the stories as they stand now, or words that it speaks of.
    """
    from bot.commands import explain  # noqa: PLC0415

    click.echo(run_to_end(explain(_settings(options), story)), nl=False)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def verify(file: Path) -> None:
    """Check every quote and citation of an exported briefing against the sources inside it.

    The words at every offset, the hashes of the texts, the sources lists, and who is given which
    words, how certainly: all is read anew from the texts inside the file. The exit code is 1, and
    the first thing that fails is named, when the briefing says something else. That the texts are
    what the outlets published, only their archive can tell.
    """
    from bot.exports import read_export, verification_report  # noqa: PLC0415

    export = read_export(file)
    try:
        click.echo(verification_report(export, str(file)))
    except VerificationError as error:
        click.echo(f"{file}: NOT VERIFIED. {error}", err=True)
        sys.exit(VERIFICATION_FAILED)


@cli.command()
@click.pass_obj
def chat(options: tuple[Path | None, Path | None]) -> None:
    """Sit at the desk: brief, story, quotes, sources, help, quit."""
    from bot.commands import chat_here  # noqa: PLC0415

    run_to_end(chat_here(_settings(options)))


@cli.command()
@click.pass_obj
def run(options: tuple[Path | None, Path | None]) -> None:
    """Run the newsroom in Discord: read, group, post on time, answer. Stops cleanly on SIGTERM."""
    from bot.discord_token import load_token  # noqa: PLC0415
    from bot.logs import set_up_logs  # noqa: PLC0415
    from bot.run import run_newsroom  # noqa: PLC0415

    settings = _whole(options)
    token = load_token(settings)
    set_up_logs()
    run_to_end(run_newsroom(settings, token))


@cli.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/demo"),
    show_default=True,
    help="Where the demo's archive and export go; made anew each time.",
)
@click.option("--browser", is_flag=True, help="In a local browser, as Discord would show it.")
def demo(data: Path, *, browser: bool) -> None:
    """Read the bundled sample wire over HTTP, print its briefing, and open the desk on it."""
    if browser:
        from bot.demo.browser import run_browser_demo  # noqa: PLC0415

        run_to_end(run_browser_demo(data))
        return
    from bot.demo.command import run_demo  # noqa: PLC0415

    run_to_end(run_demo(data))


@cli.command()
@click.option("--online", is_flag=True, help="Also ask Discord whether it takes the token.")
@click.pass_obj
def doctor(options: tuple[Path | None, Path | None], *, online: bool) -> None:
    """Say whether settings, archives, sources and token are in order, and what to do.

    The exit code is 2 if they are not.
    """
    from bot.doctor import examine  # noqa: PLC0415

    click.echo(run_to_end(examine(_whole(options), online=online)))


@cli.command()
@click.option("--application-id", type=int, help="Without it, the token tells.")
@click.pass_obj
def invite(options: tuple[Path | None, Path | None], application_id: int | None) -> None:
    """Print the link that invites the bot to a server, with the permissions that it needs."""
    from bot.chat.invite import invite_link  # noqa: PLC0415
    from bot.discord_token import application_id_of, load_token  # noqa: PLC0415

    known = application_id or application_id_of(load_token(_whole(options)))
    click.echo(invite_link(known))


def _settings(options: tuple[Path | None, Path | None]) -> "Settings":
    """Return the settings of one newsroom: of several, the one whose archive is named."""
    from bot.settings import settings_of_one  # noqa: PLC0415

    return settings_of_one(_whole(options))


def _whole(options: tuple[Path | None, Path | None]) -> "Settings":
    """Return the settings of all newsrooms; with an archive named, of that one alone."""
    from bot.settings import load_settings, with_database  # noqa: PLC0415

    config, database = options
    settings = load_settings(config)
    return with_database(settings, str(database)) if database else settings


def _print(dossier: "Dossier", form: Form | None, settings: "Settings") -> None:
    from bot.commands import print_dossier  # noqa: PLC0415

    print_dossier(dossier, form or "terminal", settings.desk.time_zone)


cli.add_command(lab)
cli.add_command(check_quotes_command(_settings))
cli.add_command(sources_group(_settings))
cli.add_command(schedule_group(_settings))
cli.add_command(newsroom_group(_whole))
cli.add_command(spending_command(_settings))
for stop_command in stop_commands(_settings):
    cli.add_command(stop_command)
cli.add_command(corrections_command(_settings))
cli.add_command(prompts_group(_settings))
