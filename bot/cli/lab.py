"""`nutgraf lab`: each stage alone. A subcommand imports its stage when it runs, and no more."""

import sys

import click


@click.group()
def lab() -> None:
    """Run one stage alone: JSON lines from standard input to standard output."""


@lab.command("quotes")
def lab_quotes() -> None:
    """{id,text} → {id,quotes:[{start,end,text,speaker,cue,via,type}]}."""
    from bot.lab.lines import run_stage  # noqa: PLC0415
    from bot.lab.quotes import quotes_stage  # noqa: PLC0415

    sys.exit(run_stage(quotes_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("verify")
def lab_verify() -> None:
    """{id,words,speaker,sources:[{id,text}]} → {id,verdict,span,places,differences}."""
    from bot.lab.lines import run_stage  # noqa: PLC0415
    from bot.lab.quotes import verify_stage  # noqa: PLC0415

    sys.exit(run_stage(verify_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("summarise")
@click.option(
    "--sentences",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Where a line does not say.",
)
def lab_summarise(sentences: int) -> None:
    """{id,docs:[{title,body}],sentences} → {id,summary}."""
    from bot.lab.lines import run_stage  # noqa: PLC0415
    from bot.lab.writing import summarise_stage  # noqa: PLC0415

    sys.exit(run_stage(summarise_stage(sentences), sys.stdin.buffer, sys.stdout))


class WindowDays(click.ParamType[float | None]):
    """A number of days above zero, or `none`."""

    name = "N|none"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | None:
        """Return the days; `None` for `none`."""
        if value == "none":
            return None
        try:
            days = float(str(value))
        except ValueError:
            days = 0.0
        if not 0 < days < float("inf"):
            self.fail(f"{value} is neither a number of days above 0 nor `none`.", param, ctx)
        return days


@lab.command("group")
@click.option(
    "--window-days",
    type=WindowDays(),
    default="4",
    show_default=True,
    help="Days after which likeness counts half; `none`: time does not count.",
)
def lab_group(window_days: float | None) -> None:
    """{id,title,body,date,source,url} in the order of a stream → {id,cluster}."""
    from bot.lab.stories import group_lines  # noqa: PLC0415

    sys.exit(group_lines(sys.stdin.buffer, sys.stdout, window_days=window_days))


@lab.command("copies")
def lab_copies() -> None:
    """{id,title,body,date,source,url} in the order of a stream → {id,of,kind,contained}."""
    from bot.lab.lines import run_stage  # noqa: PLC0415
    from bot.lab.stories import copies_stage  # noqa: PLC0415

    sys.exit(run_stage(copies_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("extract")
def lab_extract() -> None:
    """Lines of path, tab, web address → {title,byline,date,body}, a line for every page."""
    from bot.lab.lines import run_stage  # noqa: PLC0415
    from bot.lab.sources import UNREAD, extract_page  # noqa: PLC0415

    sys.exit(run_stage(extract_page, sys.stdin.buffer, sys.stdout, unread=UNREAD))


@lab.command("feed")
@click.argument("path")
def lab_feed(path: str) -> None:
    """A feed → [{id,title,link,date}]."""
    from bot.lab.sources import read_entries  # noqa: PLC0415

    click.echo(read_entries(path))


@lab.command("wire")
@click.argument("path")
def lab_wire(path: str) -> None:
    """A file of a wire (NewsML-G2, NITF, ninjs, IPTC 7901, ANPA) → what each item states."""
    from bot.lab.sources import read_wire_fields  # noqa: PLC0415

    click.echo(read_wire_fields(path))


@lab.command("figures")
def lab_figures() -> None:
    """{id,articles:[{id,title,body,date,source}]} → {id,figures:[…],groups:[{kind,reports}]}."""
    from bot.lab.figures import figures_stage  # noqa: PLC0415
    from bot.lab.lines import run_stage  # noqa: PLC0415

    sys.exit(run_stage(figures_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("check")
def lab_check() -> None:
    """{id,sentence,cited:[text…]} → {id,verdict,reasons:[{kind,words,reason}],derived}."""
    from bot.lab.checking import check_stage  # noqa: PLC0415
    from bot.lab.lines import run_stage  # noqa: PLC0415

    sys.exit(run_stage(check_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("answer")
def lab_answer() -> None:
    """{id,question,articles:[{id,title,body,date,source}]} → {id,answer,spans}."""
    from bot.lab.answering import answer_stage  # noqa: PLC0415
    from bot.lab.lines import run_stage  # noqa: PLC0415

    sys.exit(run_stage(answer_stage(), sys.stdin.buffer, sys.stdout))


@lab.command("search")
def lab_search() -> None:
    """{id,title,body,date,source} and {id,query,limit} → {id,ranked,snippets} for each query."""
    import msgspec  # noqa: PLC0415

    from bot.lab.searching import search_lines  # noqa: PLC0415

    try:
        search_lines(sys.stdin.buffer, sys.stdout)
    except msgspec.DecodeError as error:
        click.echo(f"A line is neither a document nor a query: {error}", err=True)
        sys.exit(2)
