"""Aligns the figures of a story's articles: which of them speak of the same thing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf, sqrt
from typing import Final

from bot.news import Article, Figure, Origin
from bot.stories.comparing import is_compatible, is_same
from bot.stories.figures import Stated
from bot.text import fold
from bot.weights import WordWeights

ABOUT_ALIKE: Final = {"thing": 0.5, "share": 0.4, "money": 0.35, "measure": 0.35}
"""Likeness of the words around two figures from which they speak of the same thing."""
SHARED: Final = 2
"""Words besides the subject that two such figures must share at least."""
CROWD: Final = 0.6
"""The same for figures of people of whom no topic is told, which are many things."""
LEAD: Final = 2
"""Sentences at the top, with the title, in which an article says its own figure."""
MANY: Final = 2
"""Different numbers of one name in one article from which it is not clear which of them is meant."""
LARGE: Final = 100
NEAR_FACTOR: Final = 1.6
FAR_FACTOR: Final = 4.0
FAR_ALIKE: Final = 0.7
"""The same for two numbers that are far from each other, which are seldom of one thing."""
TELLING_ALIKE: Final = 0.15
"""The same for two large numbers of the same things that are near each other."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Report:
    """A figure as one article of the story has it, with whose it is and when it was said.

    `voice` is the outlet whose text it is: a reprint speaks with its original's voice, at its
    original's hour.
    """

    stated: Stated
    article_id: str
    outlet: str
    voice: str
    at: datetime
    reprint: bool = False

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.stated.figure

    def says_same(self, other: "Report") -> bool:
        """Tell whether both say the same number within rounding and conversion."""
        converted = self.stated.written != other.stated.written
        return is_same(
            self.stated.quantity,
            other.stated.quantity,
            converted=_measured(self, converted=converted),
        )

    def agrees(self, other: "Report") -> bool:
        """Tell whether both can be true."""
        converted = self.stated.written != other.stated.written
        return is_compatible(
            self.stated.quantity,
            other.stated.quantity,
            converted=_measured(self, converted=converted),
        )


def _measured(report: Report, *, converted: bool) -> bool:
    return converted and report.stated.kind == "measure"


@dataclass(frozen=True)
class Aligned:
    """What a story's articles say of one thing, in order of time; `before` are figures that an
    article gives as what it was earlier."""

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
    alike = _Likeness(reports, weights)
    by_key: defaultdict[Key, list[Report]] = defaultdict(list)
    for report in reports:
        if key := _key(report):
            by_key[key].append(report)
    aligned: list[Aligned] = []
    for key, some in sorted(by_key.items()):
        current = [r for r in some if r.figure.role == "current"]
        before = tuple(r for r in some if r.figure.role == "previous")
        if key[0] == "topic" or _values_of_one(current) <= MANY:
            aligned += [Aligned(key, tuple(one), before) for one in _things(current, alike)]
    return tuple(a for a in aligned if a.reports)


def _reports(
    articles: Iterable[Article], found: Mapping[str, Sequence[Stated]], origins: Sequence[Origin]
) -> Iterator[Report]:
    by_id = {article.id: article for article in articles}
    original = {i: origin.article_ids[0] for origin in origins for i in origin.article_ids}
    for article in by_id.values():
        source = by_id.get(original.get(article.id, article.id), article)
        for stated in found.get(article.id, ()):
            yield Report(
                stated,
                article.id,
                article.outlet,
                source.outlet,
                source.dated(),
                reprint=source is not article,
            )


def _key(report: Report) -> Key | None:
    stated = report.stated
    if not stated.figure.subject or stated.vague:
        return None
    return stated.kind, stated.figure.subject, stated.population, stated.quantity.unit


def _values_of_one(reports: Sequence[Report]) -> int:
    """Return how many different numbers of one key the article states that has most of them."""
    distinct: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        own = distinct[report.article_id]
        if not any(report.says_same(r) for r in own):
            own.append(report)
    return max((len(own) for own in distinct.values()), default=0)


def _things(reports: Sequence[Report], alike: "_Likeness") -> Iterator[list[Report]]:
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


def speaker_key(report: Report) -> str:
    """Return who says so in a form that can be compared; empty for the article itself."""
    speaker = report.figure.speaker
    if speaker is None:
        return ""
    return fold(speaker.words.split()[-1]).removesuffix("s")


class _Likeness:
    """How alike the words around figures are, those rare in this story counting more."""

    def __init__(self, reports: Sequence[Report], weights: WordWeights) -> None:
        self.weights = weights
        self.spread = Counter(s for r in reports for s in r.stated.about)
        self.reports = len(reports)

    def speak_of_one(self, some: Report, other: Report) -> bool:
        """Tell whether two reports of one key speak of the same thing, place and day."""
        kind = some.stated.kind
        if not _same_place(some, other) or (kind != "topic" and not same_day(some, other)):
            return False
        if kind in {"topic", "magnitude"}:
            return True
        if kind == "score":
            return some.article_id != other.article_id
        shared = some.stated.about & other.stated.about
        least = CROWD if some.figure.subject == "peopl" else ABOUT_ALIKE[kind]
        if _is_telling(some, other):
            return bool(shared) and self._cosine(some, other) >= TELLING_ALIKE
        if _ratio(some, other) > FAR_FACTOR:
            least = max(least, FAR_ALIKE)
        return len(shared) >= SHARED and self._cosine(some, other) >= least

    def fits(self, report: Report, group: Sequence[Report]) -> bool:
        """Tell whether a report speaks of the same thing as a group: as one of it, against none."""
        if report.stated.kind == "topic":
            return all(self.speak_of_one(report, r) for r in group)
        return any(self.speak_of_one(report, r) for r in group) and all(
            _same_place(report, r) and same_day(report, r) for r in group
        )

    def mean(self, report: Report, group: Sequence[Report]) -> float:
        return sum(self._cosine(report, r) for r in group) / len(group)

    def _cosine(self, some: Report, other: Report) -> float:
        a, b = some.stated.about, other.stated.about
        lengths = self._square(a) * self._square(b)
        return self._square(a & b) / sqrt(lengths) if lengths else 0.0

    def _square(self, stems: Iterable[str]) -> float:
        known = self.weights.weights
        return sum(known.get(s, self.weights.unlisted) for s in stems)


def _is_telling(some: Report, other: Report) -> bool:
    """Tell whether both are large and near: such numbers seldom count two things of one name."""
    least = min(r.stated.quantity.point for r in (some, other))
    count = not some.stated.quantity.unit
    return count and least >= LARGE and _ratio(some, other) <= NEAR_FACTOR


def _ratio(some: Report, other: Report) -> float:
    low, high = sorted(abs(r.stated.quantity.point) for r in (some, other))
    return high / low if low else inf


def _same_place(some: Report, other: Report) -> bool:
    places = [r.figure.place for r in (some, other)]
    if places[0] is None or places[1] is None:
        return True
    named = [set(fold(p.words).split()) for p in places if p]
    return bool(named[0] & named[1])


def same_day(some: Report, other: Report) -> bool:
    """Tell whether two figures speak of one day, or do not say of which."""
    days = [_day(r) for r in (some, other)]
    return "" in days or days[0] == days[1]


def _day(report: Report) -> str:
    time = report.figure.time
    if time is None:
        return ""
    word = fold(time.words.split()[-1])
    if word in WEEKDAYS:
        return word
    if word in {"today", "tonight"}:
        return WEEKDAYS[report.at.weekday()]
    if word == "yesterday":
        return WEEKDAYS[(report.at - timedelta(days=1)).weekday()]
    return ""
