"""Says whether words stand in the stored articles of a story as somebody claims that they do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bot.news import Difference, Place, Quote, Revision, Verdict, VerdictKind
from bot.quotes.find import find_quotes
from bot.quotes.lexicon import Lexicon
from bot.quotes.matching import Index, Text, read_words
from bot.quotes.nearest import Found, find_nearest
from bot.quotes.qualifiers import Qualifiers, find_cut
from bot.quotes.said import AROUND, Home, Said
from bot.quotes.typography import Plain, typographic_differences
from bot.text import Bounds

RANKS: Final[tuple[VerdictKind, ...]] = ("exact", "typographic", "misattributed", "altered")
LEADING: Final = "'\"…— "
ENDING: Final = ".,;:"
"""Points that may end words in place of what ends them in the source; none asks or shouts."""
TRAILING: Final = LEADING + ENDING
DASHES: Final = "–―─"
"""What a dash around words may be written as, besides the plain one."""


class Sources:
    """The revisions that words are looked up in, with their quotes; made once for a story.

    Args:
        revisions: where words may stand; each is taken as it is, the latest or not.
        lexicon: what finds the quotes and knows titles.
        qualifiers: what must not be cut away.
        quotes: by article id, what `find_quotes` returned for a revision, where it is known.
    """

    def __init__(
        self,
        revisions: Sequence[Revision],
        lexicon: Lexicon,
        qualifiers: Qualifiers,
        *,
        quotes: Mapping[str, Sequence[Quote]] | None = None,
    ) -> None:
        self.index = Index(revisions)
        self.lexicon = lexicon
        self.qualifiers = qualifiers
        self._known = quotes or {}
        self._said: dict[tuple[str, int], Said] = {}

    def said(self, text: Text) -> Said:
        """Return what is said in the revision of a text, found when it is first asked for."""
        revision = text.revision
        key = revision.article_id, revision.number
        if key not in self._said:
            self._said[key] = Said(revision, self._quotes(revision), self.lexicon)
        return self._said[key]

    def _quotes(self, revision: Revision) -> Sequence[Quote]:
        known = [
            quote
            for quote in self._known.get(revision.article_id, ())
            if quote.pieces[0].span.revision == revision.number
        ]
        return known or find_quotes(revision, self.lexicon)

    def home(self, text: Text, bounds: Bounds) -> Home:
        """Return where a stretch of a text lies."""
        return self.said(text).home(text.field, *bounds)


class _Finding(NamedTuple):
    """One place with what is to be said of it."""

    kind: VerdictKind
    place: Place
    differences: tuple[Difference, ...] = ()


def verify_words(words: str, sources: Sources, *, speaker: str = "") -> Verdict:
    """Return what became of the words; white space around them does not count.

    exact: the words are a slice of a title or body that cuts no word in two, and leaves out nothing
    of their sentence that turns round or limits them: a negation or limit of their clause, a
    condition, a doubt before them, half of a number, a question mark. With a speaker, they also
    stand within one piece of a statement that the article gives to that speaker.

    typographic: so is a stretch that differs only in the form of quotation marks, hyphens, dashes,
    dots, white space or Unicode's encoding; in marks around the words; in a point or comma at their
    end where the source's own clause ends too; or in the size of the first letter of a small word.

    misattributed: exact or typographic, but not that speaker's, as far as the article says.
    altered: something was cut away, or words differ from the nearest place. stitched: fragments of
    different places, or pieces of one statement, are joined. Else not found. Whatever is in doubt
    is not exact. Takes time linear in the words and the texts.
    """
    return _Question(words.strip(), sources, speaker.strip()).answer()


class _Question:
    def __init__(self, words: str, sources: Sources, speaker: str) -> None:
        self.raw = words
        self.sources = sources
        self.speaker = speaker
        self.plain = Plain(words).text.strip()
        self.bare = self.plain.lstrip(LEADING).rstrip(TRAILING)

    def answer(self) -> Verdict:
        words = read_words(self.plain)
        if not words:
            return Verdict("not found")
        found = list(self._exact())
        if not any(finding.kind == "exact" for finding in found):
            found += self._typographic(words[0].key)
        if found:
            kind = min((finding.kind for finding in found), key=RANKS.index)
            best = [finding for finding in found if finding.kind == kind]
            return Verdict(kind, tuple(f.place for f in best), best[0].differences)
        known = self.sources.qualifiers
        index = self.sources.index
        return self._nearest(find_nearest(self.plain, words, index, self._home, known=known))

    def _home(self, text: Text, bounds: Bounds) -> tuple[object, ...]:
        return self.sources.home(text, bounds).key

    def _exact(self) -> Iterator[_Finding]:
        for text, bounds in self.sources.index.exactly(self.raw):
            yield self._judge(text, bounds, ())

    def _typographic(self, first_key: str) -> Iterator[_Finding]:
        places = list(self.sources.index.plainly(self.plain))
        for text, bounds in places:
            differences = typographic_differences(self.raw, text.source[slice(*bounds)])
            if differences:
                yield self._judge(text, bounds, differences)
        if not places:
            yield from self._bare(first_key)

    # --- Without what stands around them ----------------------------------------

    def _bare(self, first_key: str) -> Iterator[_Finding]:
        for first in self._first_letters(first_key):
            for text, bounds in self.sources.index.plainly(first + self.bare[1:]):
                if self._may_end(text, bounds) and self._may_begin(text, bounds, first):
                    found = text.source[slice(*bounds)]
                    yield self._judge(text, bounds, self._around(found, first))

    def _first_letters(self, first_key: str) -> tuple[str, ...]:
        """Return the first letter, and its other size if it begins a small word."""
        first, known = self.bare[0], self.sources.lexicon
        small = first_key in known.openers | known.determiners | known.pronouns
        return (first, first.swapcase()) if small else (first,)

    def _may_end(self, text: Text, place: Bounds) -> bool:
        """Tell whether a point behind the words claims no end that the source has not."""
        behind = self.plain[self.plain.rindex(self.bare) + len(self.bare) :]
        if not any(mark in ENDING for mark in behind):
            return True
        asks = text.source[place[1] : place[1] + 1] in ("?", "!")
        return not asks and self.sources.home(text, place).ends_at(*place)

    def _may_begin(self, text: Text, place: Bounds, first: str) -> bool:
        """Tell whether a capital claims no beginning that the source has not."""
        if first == self.bare[0] or not self.bare[0].isupper():
            return True
        head, _ = self.sources.home(text, place).rest(*place)
        return not any(map(str.isalnum, head))

    def _around(self, found: str, first: str) -> tuple[Difference, ...]:
        """Return how the words differ from a place that has them without what is around them."""
        given = self.raw.strip(AROUND)
        core = given.lstrip(LEADING + DASHES).rstrip(TRAILING + DASHES)
        ending = given[given.rindex(core) + len(core) :]
        differences = []
        if given != self.raw:
            differences.append(Difference("quotation marks", self.raw, found))
        if ending:
            differences.append(Difference("end punctuation", ending, ""))
        if first != self.bare[0]:
            differences.append(Difference("first letter", self.bare[0], first))
        differences += typographic_differences(first + core[1:], found)
        return tuple(differences) or (Difference("punctuation", self.raw, found),)

    # --- What is to be said of a place ---------------------------------------------

    def _judge(self, text: Text, bounds: Bounds, differences: tuple[Difference, ...]) -> _Finding:
        home = self.sources.home(text, bounds)
        place = home.place(text.revision.passage(text.field, *bounds))
        head, tail = home.rest(*bounds)
        known = self.sources.qualifiers
        cut = find_cut(head, place.passage.words, tail, known) or home.denied(known)
        other = self._other_speaker(text, place)
        if cut:
            return _Finding("altered", place, (*differences, cut, *other))
        if other:
            return _Finding("misattributed", place, (*differences, *other))
        return _Finding("typographic" if differences else "exact", place, differences)

    def _other_speaker(self, text: Text, place: Place) -> tuple[Difference, ...]:
        """Return the difference of speakers, if one is claimed that the article does not give."""
        if not self.speaker or self.sources.said(text).is_by(place, self.speaker):
            return ()
        named = place.speaker.name.words if place.speaker else ""
        return (Difference("speaker", self.speaker, named),)

    def _nearest(self, found: Found | None) -> Verdict:
        if found is None:
            return Verdict("not found")
        findings = [self._judge(t, b, tuple(found.differences)) for t, b in found.places]
        places = tuple(finding.place for finding in findings)
        if len(places) > 1:
            return Verdict("stitched", places, tuple(found.differences))
        return Verdict("altered", places, findings[0].differences)
