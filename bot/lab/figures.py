"""The figures of stories alone: what articles state in numbers, and where they differ."""

from typing import Any

import msgspec

from bot.lab.lines import Stage
from bot.lab.told import Told, to_article
from bot.language import load_figure_words, load_weights
from bot.news import Passage
from bot.stories.disagreements import Comparison, compare_figures
from bot.stories.figures import Stated, find_figures
from bot.stories.reports import Report


class FiguresLine(msgspec.Struct):
    """A line for `lab figures`: a story and its articles."""

    id: str
    articles: list[Told]


def figures_stage() -> Stage:
    """Return the stage from one line, a story, to its figures and how they compare.

    The record is `{id, figures, groups}`. A figure is `{article, field, start, end, text, low,
    high, unit, about, subject, kind, population, counted, role, standing, place, time, speaker}`:
    offsets are code points of the field (`title` or `body`); `low` and `high` are in base units
    and null where open; `subject` is a topic or a stem; `counted`, `place`, `time` and `speaker`
    are the article's words or null. A group is `{kind, subject, reports}` with `kind` one of
    `same`, `updated`, `differing`, `sources`, `standing`, and reports `{article, source, date,
    field, start, end, text, low, high, speaker, standing, superseded}` in order of time. Figures
    that only one article has make no group.
    """
    words, weights = load_figure_words(), load_weights()

    def figures(line: bytes) -> dict[str, Any]:
        story = msgspec.json.decode(line, type=FiguresLine)
        articles = [to_article(told) for told in story.articles]
        found = {article.id: find_figures(article, words) for article in articles}
        compared = compare_figures(articles, found, weights)
        return {
            "id": story.id,
            "figures": [figure_record(s) for a in articles for s in found[a.id]],
            "groups": [group_record(c) for c in compared if _is_shared(c)],
        }

    return figures


def _is_shared(comparison: Comparison) -> bool:
    reports = (*comparison.current, *comparison.superseded)
    return len({r.article_id for r in reports}) > 1 or comparison.kind == "sources"


def figure_record(stated: Stated) -> dict[str, Any]:
    """Return a figure as `lab figures` prints it."""
    figure = stated.figure
    return {
        "article": figure.words.span.article_id,
        **_span(figure.words),
        "low": figure.quantity.low,
        "high": figure.quantity.high,
        "unit": figure.quantity.unit,
        "about": figure.quantity.about,
        "subject": figure.subject,
        "kind": stated.kind,
        "population": stated.population,
        "counted": _words(figure.counted),
        "role": figure.role,
        "standing": figure.standing,
        "place": _words(figure.place),
        "time": _words(figure.time),
        "speaker": _words(figure.speaker),
    }


def group_record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as `lab figures` prints it."""
    replaced = [(r, True) for r in comparison.superseded]
    reports = sorted(
        [*((r, False) for r in comparison.current), *replaced],
        key=lambda pair: (pair[0].at, pair[0].article_id, pair[0].figure.words.span.start),
    )
    return {
        "kind": comparison.kind,
        "subject": comparison.subject,
        "reports": [_report(r, superseded=old) for r, old in reports],
    }


def _report(report: Report, *, superseded: bool) -> dict[str, Any]:
    figure = report.figure
    return {
        "article": report.article_id,
        "source": report.outlet,
        "date": report.at,
        **_span(figure.words),
        "low": figure.quantity.low,
        "high": figure.quantity.high,
        "speaker": _words(figure.speaker),
        "standing": figure.standing,
        "superseded": superseded,
    }


def _span(passage: Passage) -> dict[str, Any]:
    span = passage.span
    return {"field": span.field, "start": span.start, "end": span.end, "text": passage.words}


def _words(passage: Passage | None) -> str | None:
    return passage.words if passage else None
