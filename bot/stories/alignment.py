"""Aligns the figures of a story's articles: which of them speak of the same thing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.news import Article, Origin
from bot.stories.figures import Stated
from bot.stories.reports import Report, originals, speaker_key
from bot.stories.speaking_of import UNNAMED, Likeness
from bot.weights import WordWeights

LEAD: Final = 2
"""Sentences at the top, with the title, in which an article says its own figure."""
MANY: Final = 2
"""Different numbers of one name in one article; of more it is not clear which one is meant."""
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Aligned:
    """What a story's articles say of one thing, in order of time.

    `before` are figures that an article gives as what it was earlier.
    """

    key: Key
    reports: tuple[Report, ...]
    before: tuple[Report, ...] = ()


def align(
    articles: Sequence[Article],
    found: Mapping[str, Sequence[Stated]],
    weights: WordWeights,
    origins: Sequence[Origin] = (),
) -> tuple[Aligned, ...]:
    """Return the current figures of the articles, those of one thing together.

    `found` holds each article's figures by its id. The result does not depend on the order of the
    articles. Figures that no other speaks of stand alone. An article whose own figures of a thing
    contradict each other without saying who says which is left out of it.
    """
    reports = sorted(
        _reports(articles, found, origins),
        key=lambda r: (r.at, r.article_id, r.stated.sentence, r.figure.words.span.start),
    )
    alike = Likeness(reports, weights)
    everybody = _everybody(reports)
    by_key: defaultdict[Key, list[Report]] = defaultdict(list)
    for report in reports:
        if key := _key(report, everybody):
            by_key[key].append(report)
    aligned: list[Aligned] = []
    for key, some in sorted(by_key.items()):
        current = [r for r in some if r.figure.role == "current"]
        before = tuple(r for r in some if r.figure.role == "previous")
        if key[0] != "topic":
            current = _clear_names(current)
        aligned += [Aligned(key, tuple(one), before) for one in _things(current, alike)]
    return tuple(a for a in aligned if a.reports)


def _reports(
    articles: Sequence[Article], found: Mapping[str, Sequence[Stated]], origins: Sequence[Origin]
) -> Iterator[Report]:
    source_of = originals(articles, origins)
    for article in {article.id: article for article in articles}.values():
        source = source_of[article.id]
        for stated in found.get(article.id, ()):
            yield Report(
                stated,
                article.id,
                article.outlet,
                source.outlet,
                source.dated(),
                reprint=source is not article,
            )


def _everybody(reports: Sequence[Report]) -> frozenset[tuple[str, str]]:
    """Return the articles, each with a topic, in which those who were there are all it counts."""
    own: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        whole = report.stated.present or not report.stated.population
        if report.stated.kind == "topic" and report.figure.role == "current" and whole:
            own[report.article_id, report.figure.subject].append(report)
    return frozenset(key for key, some in own.items() if all(some[0].says_same(r) for r in some))


def _key(report: Report, everybody: Collection[tuple[str, str]]) -> Key | None:
    """Return by what a figure may be compared; the name of a sum or measure is looked at later."""
    stated, subject = report.stated, report.figure.subject
    if stated.vague or (not subject and stated.kind not in UNNAMED):
        return None
    whole = stated.present and (report.article_id, subject) in everybody
    name = "" if stated.kind in UNNAMED else subject
    return stated.kind, name, "" if whole else stated.population, stated.quantity.unit


def _clear_names(reports: Sequence[Report]) -> list[Report]:
    """Return the reports without those of a name of which an article states many numbers."""
    distinct: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        own = distinct[report.article_id, report.figure.subject]
        if not any(report.says_same(r) for r in own):
            own.append(report)
    many = {name for (_, name), own in distinct.items() if len(own) > MANY}
    return [r for r in reports if r.figure.subject not in many]


def _things(reports: Sequence[Report], alike: "Likeness") -> Iterator[list[Report]]:
    """Return the reports of one key as groups that speak of one thing each."""
    groups: list[list[Report]] = []
    for report in reports:
        fits = [g for g in groups if alike.fits(report, g)]
        if fits:
            max(fits, key=lambda g: alike.mean(report, g)).append(report)
        else:
            groups.append([report])
    for group in groups:
        yield [r for r in group if r in _clear(group)]


def _clear(group: Sequence[Report]) -> list[Report]:
    """Return the reports of articles that say one figure of the thing, or say who says which."""
    by_article: defaultdict[str, list[Report]] = defaultdict(list)
    for report in group:
        by_article[report.article_id].append(report)
    return [report for own in by_article.values() for report in _own(own)]


def _own(own: Sequence[Report]) -> Sequence[Report]:
    first = own[0]
    if all(first.agrees(r) and r.agrees(s) for r in own for s in own):
        return own
    if len({speaker_key(r) for r in own} - {""}) == len(own):
        return own
    leading = [r for r in own if r.stated.sentence < LEAD]
    highest = max(own, key=lambda r: r.stated.quantity.point)
    is_total = first.stated.kind == "topic" and any(highest.says_same(r) for r in leading)
    return [r for r in own if r.says_same(highest)] if is_total else []
