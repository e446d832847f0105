"""Reads noun phrases that name nobody: where they end, and which noun in them counts."""

from typing import Final

from bot.quotes.mentions import Mention
from bot.quotes.names import Names

MAX_PHRASE: Final = 14
MAX_ROLE_WORDS: Final = 6


class Nouns(Names):
    """Reads the nouns of one sentence with the words of one language."""

    def is_pronoun(self, i: int) -> bool:
        """Tell whether token `i` stands for a person or persons named elsewhere."""
        return self.low(i) in self.words.pronouns and not self.owns(i)

    def is_cue(self, i: int) -> bool:
        """Tell whether token `i` may be a verb of speech."""
        return self.tokens[i].kind == "word" and self.tokens[i].low in self.words.cues

    def is_skipped(self, i: int) -> bool:
        """Tell whether token `i` may stand between a subject and its verb."""
        token = self.tokens[i]
        word = token.low
        return token.kind == "word" and (
            word in self.words.adverbs
            or word in self.words.auxiliaries
            or (
                word.endswith(self.words.adverb_endings)
                and len(word) > 4  # noqa: PLR2004
                and word not in self.words.nouns
            )
        )

    def _is_adverb(self, i: int) -> bool:
        return self.is_skipped(i) and self.low(i) not in self.words.determiners

    def owns(self, i: int) -> bool:
        """Tell whether the pronoun at `i` stands before what it owns: her verdict."""
        if self.low(i) not in self.words.possessives:
            return False
        return i + 1 < len(self.tokens) and self.tokens[i + 1].kind not in ("mark", "quote")

    def closes(self, word: str) -> bool:
        """Tell whether a word ends the noun phrase before it."""
        return word in self.words.closers

    def phrase_end(self, i: int, stop: int) -> int:
        """Return the index after the last token of the noun phrase, without its "of …"."""
        j = i
        while j < min(stop, i + MAX_PHRASE):
            token = self.tokens[j]
            if token.kind in ("quote", "mark"):
                break
            if token.kind == "word" and not self._belongs(token.low, j, i):
                break
            if token.kind == "name" and j > i and self.is_time(j) and self.is_name(j - 1):
                break
            j += 1
        return j

    def _belongs(self, word: str, j: int, first: int) -> bool:
        lexicon = self.words
        if word in lexicon.ands:
            return self.joins(j, first)
        if word in lexicon.name_particles and j > first and self.joins_name(j):
            return True
        if self.closes(word) or (word in lexicon.pronouns and j > first):
            return False
        noun = word in lexicon.nouns or word in lexicon.titles
        cue = word in lexicon.cues
        if cue and not noun:
            return False
        if j == first or self.low(j - 1) in lexicon.determiners:
            return True
        speaks = noun and not cue and word not in lexicon.determiners
        return speaks or self._modifies(word, j)

    def _modifies(self, word: str, j: int) -> bool:
        """Tell whether a plain word goes on with the phrase: it is no adverb and no verb."""
        if word in self.words.determiners or word in self.words.adverbs:
            return False
        after_name = self.is_name(j - 1) and not self.tokens[j - 1].possessive
        return self._role_ahead(j) if after_name else not self._is_verb(word, j)

    def _is_verb(self, word: str, j: int) -> bool:
        """After a noun for a speaker, a word in -ed, -ing or -s is more often its verb."""
        return self.low(j - 1) in self.words.nouns and (
            word.endswith(self.words.verb_endings) or word in self.words.cues
        )

    def _role_ahead(self, j: int) -> bool:
        """After a name, plain words belong to the phrase only as a role (Vale police chief …)."""
        last = -1
        for k in range(j, min(j + MAX_ROLE_WORDS, len(self.tokens))):
            token = self.tokens[k]
            word = token.low
            if token.kind != "word":
                return token.kind == "name" and last >= 0 and self.is_role(last)
            if (
                self.closes(word)
                or word in self.words.determiners
                or (word.endswith(self.words.past_endings) and k > j)
            ):
                break
            if word in self.words.cues and word not in self.words.nouns:
                break
            last = k
        return last >= 0 and (
            self.low(last) in self.words.nouns or self.low(last) in self.words.titles
        )

    def joins(self, j: int, first: int) -> bool:
        """Tell whether "and" at `j` joins words of one role (trade and industry commissioner)."""
        return (
            j > first
            and j + 1 < len(self.tokens)
            and self.tokens[j - 1].kind == "word"
            and self.tokens[j + 1].kind == "word"
            and self.low(j + 1) not in self.words.pronouns
            and not self.is_cue(j + 1)
            and self._role_ahead(j + 1)
        )

    def skip_prepositional(self, i: int, stop: int) -> int:
        """Return the index after the chain of "of …", "in …", "for …" that starts at `i`."""
        while i + 1 < stop and self.low(i) in self.words.prepositions:
            end = self.phrase_end(i + 1, stop)
            when = self.is_time(i + 1) and self.low(end) not in self.words.prepositions
            if end <= i + 1 or when:
                break
            i = end
        return i

    def pronoun(self, i: int) -> Mention:
        """Return the pronoun at `i` as a mention."""
        token = self.tokens[i]
        return Mention("pronoun", i, i, (token.start, token.end), token.low)

    def nominal(self, first: int, end: int, stop: int) -> Mention | None:
        """Read the tokens as a noun phrase that names nobody: "a spokesman for the ministry"."""
        while first < end and self._is_adverb(first):
            first += 1
        if first >= end:
            return None
        if (
            self.low(end) in self.words.of_words
            and self.low(end - 1) in self.words.quantifiers
            and end + 1 < stop
        ):
            return self.one_of(first, end, stop)
        head = self._head(first, end)
        if head is None:
            return None
        last = end - 1
        if self.low(end) in self.words.prepositions and end < stop:
            last = max(last, self.skip_prepositional(end, stop) - 1)
        bounds = (self.tokens[first].start, self.tokens[last].end)
        words = tuple(self.lows[first:end])
        return Mention(
            "nominal",
            first,
            last,
            bounds,
            self.low(head),
            words=words,
            owner=self._owner(first, head),
        )

    def one_of(self, first: int, end: int, stop: int) -> Mention | None:
        """Read "one of the victims", whose noun stands after "of"."""
        after = self.phrase_end(end + 1, stop)
        head = self._head(end + 1, after) if after > end + 1 else None
        if head is None:
            return None
        bounds = (self.tokens[first].start, self.tokens[after - 1].end)
        words = tuple(self.lows[first:after])
        return Mention("nominal", first, after - 1, bounds, self.low(head), words=words)

    def _head(self, first: int, end: int) -> int | None:
        """Return the noun that counts: the last known one after a possessive, else the last."""
        for k in range(end - 1, first - 1, -1):
            if self.tokens[k].possessive and k < end - 1:
                break
            word = self.low(k)
            if word in self.words.nouns or word in self.words.titles:
                return k
        token = self.tokens[end - 1]
        plain = token.kind in ("word", "name") and token.low not in self.words.openers
        return end - 1 if plain and token.low not in self.words.determiners else None

    def _owner(self, first: int, head: int) -> Mention | None:
        """Return whose statement, letter or tweet it is."""
        if self.low(head) not in self.words.speech_nouns:
            return None
        for k in range(head - 1, first - 1, -1):
            if self.low(k) in self.words.possessives and self.low(k) in self.words.pronouns:
                return self.pronoun(k)
            if self.tokens[k].possessive and self.is_name(k):
                return self.name_ending(k, first)
        return None
