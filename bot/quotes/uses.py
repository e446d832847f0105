"""Tells statements from other words between marks: scare quotes, terms, titles, slogans."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.news import QuoteUse
from bot.paragraphs import Role
from bot.quotes.attribution import Finding
from bot.quotes.lexicon import Lexicon
from bot.quotes.tokens import Token
from bot.text import words as words_of

LOOK_BACK: Final = 5
SHORT: Final = 3
"""Words up to which a stretch without a speaker is a scare quote; about 7 % of all stretches."""
LONG_NAME: Final = 5
MAX_NICKNAME_CHARS: Final = 20
WEAK: Final = frozenset({"none", "paragraph woven", "subject"})
STRONG: Final = frozenset({"tail", "colon", "lead colon"})


def use_of(
    text: str, finding: Finding, lexicon: Lexicon, before_it: QuoteUse = "statement"
) -> QuoteUse:
    """Return what the words of a stretch are, judged by the words before it and its own shape.

    `before_it` is what the stretch before it in the same sentence is: lists of titles go on.
    """
    case = _Case(text, finding, lexicon)
    listed = bool(finding.token) and not set(case.before) - lexicon.ands_or
    if any(word in lexicon.sign_nouns for word in case.before):
        return "slogan"
    if listed and (before_it == "slogan" or (before_it == "title" and case.is_titled)):
        return before_it
    if case.is_title():
        return "title"
    if case.is_term():
        return "term"
    weak = not finding.alone and finding.evidence in WEAK and case.size <= SHORT
    return "scare" if weak and not case.is_uttered else "statement"


def use_in(role: Role) -> QuoteUse | None:
    """Return what stretches in a paragraph of this role are, unless their words must tell."""
    if role in ("caption", "credit"):
        return "caption"
    if role in ("teaser", "share", "byline"):
        return "title"
    return None


@dataclass(frozen=True)
class _Case:
    """One stretch with the words around it."""

    text: str
    finding: Finding
    words: Lexicon

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.finding.sentence.tokens

    @property
    def at(self) -> int:
        return self.finding.token

    @cached_property
    def inner(self) -> list[str]:
        token = self.tokens[self.at]
        return words_of(self.text[token.start : token.end])

    @property
    def size(self) -> int:
        return len(self.inner)

    @cached_property
    def before(self) -> list[str]:
        """The words before the stretch, after the stretch before it."""
        found: list[str] = []
        for token in self.tokens[max(0, self.at - LOOK_BACK) : self.at]:
            if token.kind == "quote":
                found.clear()
            elif token.kind != "mark" or token.low == ":":
                found.append(token.low)
        return found

    @property
    def following(self) -> str:
        """The word right after the stretch, unless its own last mark ends a clause."""
        ended = self.text[self.tokens[self.at].end - 1] in ",.!?"
        return "" if ended or self.at + 1 >= len(self.tokens) else self.tokens[self.at + 1].low

    @cached_property
    def is_titled(self) -> bool:
        """All words but the small ones are capitalised, without an end mark."""
        ended = self.text[self.tokens[self.at].end - 1]
        stopped = ended in "!?" or (ended == "." and not self._is_of_work())
        return not stopped and self._has_capitals

    @cached_property
    def _has_capitals(self) -> bool:
        if self.size < 2:  # noqa: PLR2004 - one tells nothing
            return False
        big = [w for w in self.inner if w.lower() not in self.words.small_words]
        capitals = all(w[0].isupper() or w[0].isdigit() for w in big)
        shouted = all(w.isupper() for w in big)
        first = self.text[self.tokens[self.at].start]
        return bool(big) and capitals and not shouted and first.isupper()

    @cached_property
    def is_uttered(self) -> bool:
        """A verb for nothing but speech stands right before: shouting “…”."""
        return bool(self.before) and self.before[-1] in self.words.uttering

    @cached_property
    def is_strong(self) -> bool:
        """Somebody is said to have spoken these very words, as a sentence."""
        if self.is_uttered:
            return True
        return self.finding.evidence in STRONG and not (self.is_titled and self._is_of_work())

    def _is_of_work(self) -> bool:
        """A noun for a work stands right before: the film "…", an episode of "…"."""
        last = self.before[-1:]
        if last and last[0] in self.words.of_words:
            last = self.before[-2:-1]
        return bool(last) and _single(last[0]) in self.words.work_nouns

    @property
    def is_introduced(self) -> bool:
        """A comma or colon stands before the opening mark, as before direct speech."""
        start = self.tokens[self.at].start
        return self.text[max(0, start - 4) : start].rstrip("\"“‘'„«` \n")[-1:] in (",", ":")

    def is_title(self) -> bool:
        if self._is_show():
            return True
        if self.is_strong:
            return False
        if self.before and self.before[-1] in self.words.entitled:
            return True
        if not self.is_titled:
            return False
        works = any(_single(word) in self.words.work_nouns for word in self.before[-3:])
        woven = self.finding.evidence in ("left", "right", "same", *WEAK)
        return works or (woven and not self.is_introduced) or self._is_scare()

    def _is_scare(self) -> bool:
        return not self.finding.alone and self.finding.evidence in WEAK and self.size <= SHORT

    def _is_show(self) -> bool:
        """The "Morning Tide" show; she told "Today"."""
        if self.size > LONG_NAME or not self.text[self.tokens[self.at].start].isupper():
            return False
        if self.following in self.words.work_nouns:
            return True
        owned = self.at > 0 and self.tokens[self.at - 1].possessive
        before = self.before[:-1] if owned else self.before
        told = bool(before) and before[-1] in self.words.show_links and not self.is_introduced
        named = self._has_capitals and (self.size <= SHORT or owned)
        return told and (self.size == 1 or named)

    def is_term(self) -> bool:
        if self._is_nickname() or (self.size == 1 and any(c.isdigit() for c in self.inner[0])):
            return True
        if self.is_strong:
            return False
        return self._names_thing() or (bool(self.before) and self._is_naming())

    def _is_nickname(self) -> bool:
        """Stands inside a name: Ana "Bird" Ruiz."""
        token = self.tokens[self.at]
        if not self.following or not self.at or token.end - token.start > MAX_NICKNAME_CHARS:
            return False
        return self.tokens[self.at - 1].kind == "name" == self.tokens[self.at + 1].kind

    def _names_thing(self) -> bool:
        """Stands between an article and a thing: the "clean sweep" rule."""
        if not self.at or self.size > LONG_NAME:
            return False
        determined = self.tokens[self.at - 1].low in self.words.determiners
        return determined and self.following in self.words.named_things

    def _is_naming(self) -> bool:
        """A thing gets a name: "known as", "the word", "so-called", passive "called"."""
        last = self.before[-1]
        noun = any(word in self.words.term_nouns for word in self.before[-2:])
        if noun and self.size <= SHORT + 1:
            return self.finding.evidence != "left" or last in self.words.term_nouns
        if last in self.words.name_links and len(self.before) > 1:
            last = self.before[-2]
        if last in self.words.named or (last in self.words.naming and self.finding.voice is None):
            return True
        return self._has_naming_verb() and self.size == 1 and not self._is_personal()

    def _has_naming_verb(self) -> bool:
        """Tell whether "call" stands there as a verb: they call it “…”, not: their call."""
        for i in range(max(1, self.at - LOOK_BACK), self.at):
            if self.tokens[i].low in self.words.naming_bases:
                return self.tokens[i - 1].low not in self.words.determiners
        return False

    def _is_personal(self) -> bool:
        voice = self.finding.voice
        return voice is not None and (voice.entity is not None or voice.mention.kind == "pronoun")


def _single(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word  # noqa: PLR2004 - "news"
