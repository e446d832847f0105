"""Finds the subject of a sentence, introductions skipped: the first who can act in it."""

from typing import Final

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention
from bot.quotes.phrases import Reader
from bot.quotes.sentences import Sentence

MAX_ASIDE: Final = 45
"""Tokens between the commas or dashes of an aside between subject and verb."""


class Subjects:
    """Reads one sentence with the words of one language."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.tokens = sentence.tokens
        self.words = lexicon
        self.reader = Reader(sentence, lexicon)
        self._main: Mention | None = None
        self._is_read = False

    def main_subject(self, stop: int) -> Mention | None:
        """Return the subject of the sentence as far as it stands before token `stop`."""
        if not self._is_read:
            self._main = self.subject_between(0, len(self.tokens))
            self._is_read = True
        main = self._main
        if main is None or main.last < stop:
            return main
        return self.subject_between(0, stop)

    def subject_between(self, start: int, stop: int) -> Mention | None:
        """Return the first noun phrase from `start` on that is no part of an introduction."""
        i = start
        while i < stop:
            i = self._skip_introduction(i, stop)
            if i >= stop:
                break
            found = self.reader.starting(i, stop)
            if found and self.can_act(found):
                return self._apposed(found, stop) or found
            i = max(i, found.last if found else i) + 1
            while i < stop and not self._begins_clause(i):
                i += 1
        return None

    def _apposed(self, found: Mention, stop: int) -> Mention | None:
        """Return Ruiz in "A former pilot, Ana Ruiz knows the bay": what she is comes first."""
        first = found.words[0] if found.kind == "nominal" and found.words else ""
        if first not in self.words.indefinites or not self.reader.is_mark(found.last + 1, ","):
            return None
        name = self.reader.starting(found.last + 2, stop)
        alone = name and name.kind == "name" and name.first == found.last + 2
        ends = name and self.reader.is_mark(name.last + 1, ",:;—–-")
        inside = name and name.last + 1 < stop
        return name if alone and inside and not ends else None

    def _begins_clause(self, i: int) -> bool:
        """A phrase that is nobody's failed: look on after a comma, a conjunction, a pronoun."""
        return (
            self.reader.is_mark(i - 1, ",:;—–-")
            or self.reader.low(i - 1) in self.words.new_clause
            or (self.tokens[i].kind == "word" and self.reader.low(i) in self.words.subject_pronouns)
        )

    def can_act(self, mention: Mention) -> bool:
        """Tell whether a mention may speak: a name, a pronoun, a noun for people or a body."""
        return mention.kind != "nominal" or self._can_speak(mention)

    def _can_speak(self, mention: Mention) -> bool:
        return mention.head in self.words.nouns or mention.head in self.words.titles

    def _skip_introduction(self, i: int, stop: int) -> int:
        """Skip "In a statement on Monday," and the like, up to its comma."""
        tokens = self.tokens
        while i < stop and tokens[i].kind in ("mark", "quote"):
            i += 1
        if i >= stop:
            return i
        word = tokens[i].low
        opens = word in self.words.prepositions or word in self.words.subordinators
        if not opens and not (
            tokens[i].kind == "word" and word.endswith(self.words.introducing_endings)
        ):
            return i
        for k in range(i, min(stop, i + MAX_ASIDE)):
            if self.reader.is_mark(k, ",") and not self._lists_place(k, stop):
                return k + 1
        return i + 1 if opens else i

    def _lists_place(self, comma: int, stop: int) -> bool:
        """Tell whether the comma stands inside "Austin, Texas," or "July 4, 2016,"."""
        after = comma + 1
        if after + 1 >= stop or not self.reader.is_mark(after + 1, ","):
            return False
        return self.tokens[after].kind == "number" or self.tokens[after].low in self.words.places
