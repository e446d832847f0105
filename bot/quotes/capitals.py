"""Tells names from words that have a capital only by their place, or because they are nouns."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import is_first_name
from bot.quotes.tokens import Cut, Kind, Token

BEFORE_CAPITAL: Final = ':"•–—-(['
"""Marks after which a word has a capital as at the start of a sentence."""


class Capitals:
    """Knows which words one text writes small, and which with a capital inside a sentence."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon
        self.noun_capitals = "noun-capitals" in lexicon.features
        self.common: set[str] = set()
        self.proper: set[str] = set()
        self.surnames: set[str] = set()

    # --- Learning ----------------------------------------------------------------

    def learn(self, cut: Cut) -> None:
        """Learn from one paragraph."""
        tokens = cut.tokens
        self.common.update([token.low for token in tokens if token.kind == "word"])
        for i in cut.marked:
            token = tokens[i]
            if token.kind != "name" or not i:
                continue
            before: Kind = tokens[i - 1].kind
            if before == "word":
                self.proper.add(token.low)
            elif before == "name" and is_first_name(tokens[i - 1].low, self.words):
                self._learn_surname(tokens[i - 1], token)

    def _learn_surname(self, first: Token, last: Token) -> None:
        """Learn that Mills and May are surnames here, and no mills and no month."""
        if last.low in self.words.time_words:
            self.surnames.add(last.low)
        elif not first.possessive and not self._is_role(last.low):
            self.proper.add(last.low)

    def _is_role(self, word: str) -> bool:
        return word in self.words.roles or word in self.words.nouns

    # --- Telling -----------------------------------------------------------------

    def lower(self, tokens: list[Token], marked: Iterable[int]) -> None:
        """Make those plain words, in place, that are capitalised only by their place.

        `tokens` are a sentence's, `marked` the indices of its tokens that may be names.
        """
        for i in marked:
            token = tokens[i]
            if token.kind != "name":
                continue
            if token.low in self.surnames:
                tokens[i] = token._replace(surname=True)
            elif self._is_plain(tokens, i):
                tokens[i] = Token("word", *token[1:])

    def _is_plain(self, tokens: Sequence[Token], i: int) -> bool:
        if self.noun_capitals and self._is_noun(tokens, i):
            return True
        if tokens[i].low in self.words.pronouns:
            return True
        before = tokens[i - 1] if i else None
        fresh = before is None or before.kind == "quote"
        if before is not None and before.kind == "mark":
            fresh = before.low in BEFORE_CAPITAL
        return self._is_plain_by_place(tokens, i, fresh=fresh)

    def _is_noun(self, tokens: Sequence[Token], i: int) -> bool:
        """Tell a noun from a name, where both begin with a capital letter."""
        token, lexicon = tokens[i], self.words
        low = token.low
        if is_first_name(low, lexicon) or self.text[token.start : token.end].isupper():
            return False
        if low in lexicon.nouns or low in lexicon.roles or low.endswith(lexicon.noun_endings):
            return True
        before = tokens[i - 1] if i else None
        if before is None or before.kind != "word":
            return False
        return before.low in lexicon.determiners or self._is_adjective(before.low)

    def _is_adjective(self, word: str) -> bool:
        lexicon = self.words
        return word.endswith(lexicon.adjective_endings) and not (
            word in lexicon.cues
            or word in lexicon.auxiliaries
            or word in lexicon.adverbs
            or word in lexicon.prepositions
            or word in lexicon.conjunctions
            or word in lexicon.subordinators
            or word in lexicon.nouns
            or word in lexicon.roles
        )

    def _is_plain_by_place(self, tokens: Sequence[Token], i: int, *, fresh: bool) -> bool:
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        before_name = following is not None and following.kind == "name" and not token.possessive
        if token.low in self.words.openers:
            named = before_name and token.low in self.proper and not self._is_small(token.low)
            return (fresh and not named) or len(token.low) == 1
        return fresh and not before_name and self._is_common(token, following)

    def _is_small(self, word: str) -> bool:
        return (
            word in self.words.determiners
            or word in self.words.prepositions
            or word in self.words.pronouns
        )

    def _is_common(self, token: Token, following: Token | None) -> bool:
        """Tell whether a capital at the start of a sentence stands on a common word."""
        word, lexicon = token.low, self.words
        if word in self.proper or following is None or token.possessive:
            return False
        if word in self.common or word in lexicon.adverbs:
            return True
        if word in lexicon.nouns or word in lexicon.cues or word.endswith(lexicon.plain_endings):
            return word not in lexicon.org_words or word in lexicon.plural_bodies
        if word.endswith(lexicon.past_endings) and following.low in lexicon.prepositions:
            return True
        plural = word.endswith("s") and following.kind == "word" and following.low in lexicon.cues
        return plural and not following.low.endswith(("s", "d"))
