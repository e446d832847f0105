"""The sentences and quotes of a story as they can be asked for, and how well each covers terms."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final

from bot.followup.questions import Term
from bot.followup.vocabulary import Vocabulary
from bot.news import Article, Passage, Quote, Reference, Revision
from bot.paragraphs import story_paragraphs
from bot.text import WORD, Bounds, fold, sentences

AMENDMENT: Final = re.compile(r"(?:correction|clarification|editor.s note)\b", re.IGNORECASE)
"""How a paragraph begins that repeats what was wrong: printed only if it is asked for."""
ASKS_AMENDMENT: Final = frozenset({"correct", "clarif", "clarifi"})
"""The stems of words that ask for it."""

HE_OR_SHE: Final = re.compile(r"^\W*(?:he|she|they|mr\.?|mrs\.?|ms\.?)\b")
PRONOUN_CHARS: Final = 12
"""How a sentence begins that goes on about somebody, and characters in which that is seen."""

IN_PARAGRAPH: Final = 0.8
"""What a word counts that stands in the sentence's paragraph, beside 1 for the sentence itself."""
IN_TITLE: Final = 0.7
"""What a word counts that stands in the title."""
IN_REACH: Final = 0.5
"""What a word counts that stands in the paragraph before."""
ANYWHERE: Final = 0.4
"""What a word counts that the whole story is about, wherever the sentence stands."""
TOPICAL: Final = 0.3
"""What a word counts in a question when the whole story is about it."""
SHARE: Final = 0.6
"""Share of a story's articles from which a word is the story's own."""


@dataclass(frozen=True)
class Line:
    """One sentence of an article, with the keys of what stands around it.

    `alone` is false for a sentence that begins or ends within a quotation: printed by itself it
    would pass for the outlet's own words.
    """

    article: Article
    passage: Passage
    own: frozenset[str]
    paragraph: frozenset[str]
    reach: frozenset[str]
    alone: bool
    title: frozenset[str] = frozenset()
    amends: bool = False
    first: bool = False
    """Whether it opens its article."""
    refers: bool = False
    """Whether it opens with "he", "she" or "they", and so goes on about somebody."""
    dated: frozenset[str] = frozenset()
    """The keys of the day on which its article was published."""


@dataclass(frozen=True)
class Told:
    """A quote, and its words as a line of its article."""

    quote: Quote
    line: Line


@dataclass(frozen=True)
class Sources:
    """All that the story's articles say, in the order of its sources list."""

    articles: tuple[Article, ...]
    lines: tuple[Line, ...]
    told: tuple[Told, ...]
    vocabulary: Vocabulary

    @cached_property
    def said(self) -> frozenset[str]:
        """Every key that stands anywhere in the sources."""
        return frozenset().union(*(line.own | line.reach for line in self.lines))

    @cached_property
    def topical(self) -> frozenset[str]:
        """The keys of what the whole story is about: in the titles, or in most articles."""
        titles = [self.vocabulary.keys(a.latest.title) for a in self.articles]
        bodies = [self.vocabulary.keys(a.latest.body) for a in self.articles]
        enough = SHARE * len(self.articles)
        counts: Counter[str] = Counter()
        for title, body in zip(titles, bodies, strict=True):
            counts.update(title | body)
        in_titles: Counter[str] = Counter(k for title in titles for k in title)
        few = len(self.articles) < 3  # noqa: PLR2004 - of one or two, "most" says nothing
        return frozenset(
            k
            for k, n in counts.items()
            if in_titles[k] * 2 >= len(titles) or (n >= enough and not few)
        )

    def of(self, outlets: Collection[str]) -> "Sources":
        """Return only what these outlets say."""
        return Sources(
            tuple(a for a in self.articles if a.outlet in outlets),
            tuple(line for line in self.lines if line.article.outlet in outlets),
            tuple(told for told in self.told if told.line.article.outlet in outlets),
            self.vocabulary,
        )

    def words_of(self, article_id: str) -> frozenset[str]:
        """Return every key that stands in the article."""
        own = (line.own | line.reach for line in self.lines if line.article.id == article_id)
        return frozenset().union(*own)

    def special(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Return the terms that the story as a whole is not about."""
        return tuple(t for t in terms if not (t.is_vague or t.is_light or t.keys & self.topical))

    def weighed(self, terms: Iterable[Term]) -> float:
        """Return what the terms count together in a question about this story."""
        return sum(t.weight * (TOPICAL if t.keys & self.topical else 1.0) for t in terms)

    def knows(self, terms: Iterable[Term]) -> bool:
        """Tell whether every name and figure among the terms stands somewhere in the sources."""
        return all(term.keys & self.said for term in terms if term.is_fact)

    def pinned(self, line: Line, terms: Iterable[Term]) -> bool:
        """Tell whether every figure, day and month among the terms stands where the line does."""
        return all(self._nearness(line, term) for term in terms if term.is_pinned)

    def unknown(self, terms: Sequence[Term]) -> float:
        """Return the share, from 0 to 1, of the plain words, or of their weight, in no source."""
        plain = [t for t in terms if not (t.is_fact or t.is_light or t.is_vague)]
        missing = [term for term in plain if not term.keys & self.said]
        total = sum(term.weight for term in plain)
        if not missing or not total:
            return 0.0
        return max(sum(t.weight for t in missing) / total, len(missing) / len(plain))

    def coverage(self, line: Line, terms: Sequence[Term]) -> float:
        """Return the share, from 0 to 1, of the terms' weight that the line has; 1 of no terms."""
        total = self.weighed(terms)
        if not total:
            return 1.0
        return sum(self.weighed([t]) * self._nearness(line, t) for t in terms) / total

    def has(self, line: Line, term: Term) -> bool:
        """Tell whether the line itself has the term, or goes on about a name just before it."""
        near = (
            line.paragraph | line.reach
            if line.refers and term.is_fact and not term.is_pinned
            else frozenset()
        )
        return bool(term.keys & (line.own | near))

    def _nearness(self, line: Line, term: Term) -> float:
        if self.has(line, term):
            return 1.0
        if term.is_pinned:
            return IN_PARAGRAPH if term.keys & (line.paragraph | line.dated) else 0.0
        if term.keys & line.paragraph:
            return IN_PARAGRAPH
        if term.keys & line.title:
            return IN_TITLE
        if term.keys & line.reach:
            return IN_REACH
        return ANYWHERE if term.keys & self.topical else 0.0


def gather(
    references: Sequence[Reference],
    articles: Mapping[str, Article],
    quotes: Mapping[str, Sequence[Quote]],
    vocabulary: Vocabulary,
) -> Sources:
    """Return what the latest revisions of the listed articles say; articles not given are left out.

    Quotes of older revisions, and words in marks that are no statements, are left out too.
    """
    ids = dict.fromkeys(r.article_id for r in references if r.article_id in articles)
    given = tuple(articles[i] for i in ids)
    lines = {article.id: tuple(_lines(article, vocabulary)) for article in given}
    told = tuple(
        Told(quote, home)
        for article in given
        for quote in quotes.get(article.id, ())
        if quote.use == "statement" and _is_current(quote, article)
        if (home := _home(quote, lines[article.id], vocabulary))
    )
    return Sources(given, tuple(chain.from_iterable(lines.values())), told, vocabulary)


def _is_current(quote: Quote, article: Article) -> bool:
    span = quote.pieces[0].span
    return (span.article_id, span.revision) == (article.id, article.latest.number)


def _lines(article: Article, vocabulary: Vocabulary) -> Iterator[Line]:
    revision = article.latest
    title = vocabulary.keys(revision.title)
    before: frozenset[str] = frozenset()
    dated = vocabulary.keys(f"{article.dated():%A %B %Y} {article.dated().day}")
    language = article.language or vocabulary.language
    first = True
    for paragraph in story_paragraphs(revision.body):
        text = revision.body[paragraph.start : paragraph.end]
        own = vocabulary.keys(text)
        amends = bool(AMENDMENT.match(text))
        for bounds in sentences(revision.body, paragraph.start, paragraph.end, language=language):
            passage = revision.passage("body", *bounds)
            yield Line(
                article,
                passage,
                vocabulary.keys(passage.words),
                own,
                title | before,
                stands_alone(revision, paragraph.start, bounds),
                title,
                amends,
                first,
                bool(HE_OR_SHE.match(fold(passage.words[:PRONOUN_CHARS]))),
                dated,
            )
            first = False
        before = own


def stands_alone(revision: Revision, paragraph: int, bounds: Bounds) -> bool:
    """Tell whether the sentence is the outlet's own: with words outside of quotation marks.

    It neither begins nor ends within a quotation of its paragraph, which starts at `paragraph`.
    """
    start, end = bounds
    before, sentence = revision.body[paragraph:start], revision.body[start:end]
    return not _unquoted(before)[1] and _is_told(*_unquoted(sentence))


def _is_told(outside: str, depth: int) -> bool:
    return depth == 0 and WORD.search(outside) is not None


def _unquoted(text: str) -> tuple[str, int]:
    """Return what stands outside of quotations, and how many of them are open at the end."""
    opening, closing = ("„«", "“”»") if "„" in text else ("“«", "”»")
    outside, depth = [], 0
    for character in text:
        if character in opening or (character == '"' and not depth):
            depth += 1
        elif character in closing or character == '"':
            depth -= 1
        elif not depth:
            outside.append(character)
    return "".join(outside), depth


def _home(quote: Quote, lines: Sequence[Line], vocabulary: Vocabulary) -> Line | None:
    """Return the quoted words as a line in their surroundings; `None` outside of the story."""
    spans = [piece.span for piece in quote.pieces]
    within = [
        line
        for line in lines
        if any(line.passage.span.start < s.end and s.start < line.passage.span.end for s in spans)
    ]
    if not within:
        return None
    return replace(
        within[0],
        passage=quote.pieces[0],
        own=frozenset().union(*(vocabulary.keys(piece.words) for piece in quote.pieces)),
        paragraph=frozenset().union(*(line.paragraph for line in within)),
        alone=False,
    )
