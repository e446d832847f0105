"""Finds the clauses that say who speaks: a cue with its subject before, after or at a distance."""

from dataclasses import dataclass
from typing import Literal

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention, Reader
from bot.quotes.tokens import Sentence

Shape = Literal["before", "after", "according", "participle", "shared", "passive"]
MAX_ASIDE = 45
"""Tokens between the commas or dashes of an aside between subject and verb."""


@dataclass(frozen=True)
class Clause:
    """A cue, its tokens `first` to `last`, and who speaks by it; `shape` says how that was read."""

    cue: tuple[int, int]
    subject: Mention | None
    shape: Shape
    first: int
    last: int


class Parser:
    """Reads the clauses of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.tokens = sentence.tokens
        self.words = lexicon
        self.reader = Reader(sentence.tokens, lexicon)
        self._cues: tuple[int, ...] | None = None

    def cues(self) -> tuple[int, ...]:
        """Return the indices of the words that may be cues."""
        if self._cues is None:
            self._cues = tuple(i for i in range(len(self.tokens)) if self._cues_at(i))
        return self._cues

    def _cues_at(self, i: int) -> bool:
        token = self.tokens[i]
        if token.kind != "word":
            return False
        if token.low == "according":
            return self.reader.low(i + 1) == "to"
        if token.low not in self.words.cues:
            return False
        before = self.reader.low(i - 1)
        noun = before in self.words.determiners or (i > 0 and self.tokens[i - 1].possessive)
        return not noun

    # --- The subject of a cue ----------------------------------------------

    def clause_before(self, cue: int) -> Clause:
        """Return the clause of a cue whose subject stands somewhere before it."""
        if self.reader.low(cue) == "according":
            subject = self.reader.starting(cue + 2)
            last = subject.last if subject else cue + 1
            return Clause((cue, cue + 1), subject, "according", cue, last)
        word = self.reader.low(cue)
        passive = self._agent(cue)
        if passive:
            return Clause((cue, cue), passive, "passive", cue, passive.last)
        if word.endswith("ing") and not self._is_progressive(cue):
            subject = self._of_participle(cue)
            return Clause((cue, cue), subject, "participle", cue, cue)
        subject, shape = self._subject(cue)
        return Clause((cue, cue), subject, shape, subject.first if subject else cue, cue)

    def _is_progressive(self, cue: int) -> bool:
        return self.reader.low(cue - 1) in {"is", "are", "was", "were", "been", "'s", "'re"}

    def _agent(self, cue: int) -> Mention | None:
        """Return who did it in "was described by Ana Ruiz as"; nobody if there is no "by"."""
        i = cue - 1
        while i > 0 and self.reader.low(i) in self.words.adverbs:
            i -= 1
        if self.reader.low(i) not in {"was", "were", "been", "is", "are", "being"}:
            return None
        for k in range(cue + 1, min(cue + 5, len(self.tokens))):
            if self.tokens[k].kind in ("quote", "mark"):
                return None
            if self.reader.low(k) == "by":
                return self.reader.starting(k + 1)
        return None

    def _of_participle(self, cue: int) -> Mention | None:
        """A participle has the subject of the verb before it, or else of its sentence."""
        for i in range(cue - 1, -1, -1):
            if i in self.cues() and self.reader.low(i) != "according":
                clause = self.clause_around(i)
                if clause.subject:
                    return clause.subject
        return self.main_subject(0, cue)

    def _subject(self, cue: int) -> tuple[Mention | None, Shape]:
        """Return who stands before the cue as its subject, adverbs, asides and times skipped."""
        i = self._skip_back(cue - 1)
        if i < 0:
            return None, "before"
        token = self.tokens[i]
        if token.kind == "quote":
            return None, "before"
        if self.reader.is_mark(i, ","):
            return self._over_aside(i)
        if self.reader.is_mark(i, "—–") or token.low.startswith("--"):
            return self._over_dash(i), "before"
        if self.reader.is_mark(i, ")]"):
            return self._over_brackets(i), "before"
        if token.low in self.words.relatives:
            return self._antecedent(i), "before"
        if token.low in {"and", "but", "or", "then", "to", "&"}:
            return self.main_subject(0, i), "shared"
        if token.kind == "mark":
            return None, "before"
        found = self.reader.ending(i)
        if found and found.kind != "pronoun" and self._is_object(found):
            shared = self.main_subject(0, found.first)
            return (shared, "shared") if shared else (found, "shared")
        return found, "before"

    def _is_object(self, mention: Mention) -> bool:
        """Tell whether a verb of speech stands right before the noun phrase (told Ruiz)."""
        before = mention.first - 1
        return before > 0 and self.tokens[before].kind == "word" and before in self.cues()

    def _skip_back(self, i: int) -> int:
        """Go back over adverbs, auxiliaries and times ("on Monday", "late last week")."""
        moved = True
        while moved and i >= 0:
            moved = False
            while i >= 0 and self.reader.is_skipped(i):
                i, moved = i - 1, True
            k = i
            while (
                k >= 0
                and (
                    self.reader.is_time(k)
                    or self.reader.low(k)
                    in {"last", "this", "early", "late", "earlier", "next", "that", "the"}
                )
                and self.tokens[k].kind not in ("mark", "quote")
            ):
                k -= 1
            timed = any(self.reader.is_time(t) for t in range(k + 1, i + 1))
            if k < i and timed and (self.reader.is_time(i)):
                if k >= 0 and self.reader.low(k) in {"on", "in", "at", "by", "since"}:
                    k -= 1
                i, moved = k, True
        return i

    def _over_aside(self, comma: int) -> tuple[Mention | None, Shape]:
        """The subject stands before an aside, or is the aside ("the chancellor, Ana Ruiz, said")."""
        opening = self._opening_comma(comma)
        if opening is None:
            return None, "before"
        aside = self.reader.starting(opening + 1, comma)
        before = self.reader.ending(self._skip_back(opening - 1)) if opening else None
        alone = (
            aside is not None
            and aside.kind == "name"
            and aside.first == opening + 1
            and aside.last == comma - 1
        )
        if (
            aside
            and alone
            and (before is None or self._is_role(before) or self._is_role_name(opening))
        ):
            return self._with_role(aside, opening), "before"
        if before and self.reader.is_mark(before.first - 1, ",") and before.kind == "name":
            outer = self._outer(before)
            if outer:
                return outer, "before"
        if before:
            return before, "before"
        if opening and self.reader.is_mark(opening - 1, ")"):
            return self._over_brackets(opening - 1), "before"
        return self.main_subject(0, opening), "shared"

    def _outer(self, mention: Mention) -> Mention | None:
        """For "Ana Ruiz, a Democrat from Texas, who …, said": go one more aside to the left."""
        start = mention.first
        if self.reader.low(start) not in self.words.determiners:
            return None
        return self.reader.ending(self._skip_back(start - 2))

    def _is_role(self, mention: Mention) -> bool:
        return mention.kind == "nominal" and (
            mention.head in self.words.roles or mention.head in self.words.body_nouns
        )

    def _is_role_name(self, opening: int) -> bool:
        return self.reader.low(opening - 1) in self.words.roles

    def _with_role(self, mention: Mention, comma: int) -> Mention:
        role = self.reader.role_before(comma)
        return Mention(
            "name",
            mention.first,
            mention.last,
            mention.bounds,
            mention.head,
            role,
            mention.words,
            mention.titles,
        )

    def _opening_comma(self, comma: int) -> int | None:
        depth = 0
        for i in range(comma - 1, max(-1, comma - MAX_ASIDE), -1):
            if self.tokens[i].kind == "quote":
                continue
            if self.reader.is_mark(i, ")"):
                depth += 1
            elif self.reader.is_mark(i, "("):
                depth -= 1
            elif depth == 0 and self.reader.is_mark(i, ",") and self._starts_aside(i, comma):
                return i
            elif self.reader.is_mark(i, ";:"):
                return None
        return None

    def _starts_aside(self, opening: int, comma: int) -> bool:
        """A comma inside a list or a place (Austin, Texas,) does not start the aside."""
        if opening + 2 == comma and self.tokens[opening + 1].low in self.words.places:
            return True
        first = self.tokens[opening + 1]
        return first.kind != "mark" and not (first.kind == "number" and comma - opening > 2 + 2)

    def _over_dash(self, dash: int) -> Mention | None:
        for i in range(dash - 1, max(-1, dash - MAX_ASIDE), -1):
            if self.reader.is_mark(i, "—–") or self.tokens[i].low.startswith("--"):
                return self.reader.ending(self._skip_back(i - 1))
        return None

    def _over_brackets(self, closing: int) -> Mention | None:
        for i in range(closing - 1, max(-1, closing - MAX_ASIDE), -1):
            if self.reader.is_mark(i, "(["):
                return self.reader.ending(i - 1)
        return None

    def _antecedent(self, i: int) -> Mention | None:
        """Return who a relative pronoun at `i` stands for."""
        before = i - 1
        if self.reader.is_mark(before, ","):
            before -= 1
        if self.reader.is_mark(before, ")"):
            return self._over_brackets(before)
        found = self.reader.ending(before)
        return found

    # --- The subject of a stretch of words ----------------------------------

    def main_subject(self, start: int, stop: int) -> Mention | None:
        """Return the first noun phrase from `start` on that is no part of an introduction."""
        i = start
        while i < stop:
            i = self._skip_introduction(i, stop)
            if i >= stop:
                break
            found = self.reader.starting(i, stop)
            if found and (found.kind != "nominal" or self._is_speaker(found)):
                return found
            if found and found.last >= i:
                i = found.last
            i += 1
            while i < stop and self._stays(i):
                i += 1
        return None

    def _stays(self, i: int) -> bool:
        """After a failed phrase, look on at the next comma, conjunction or subject pronoun."""
        return not self.reader.is_mark(i - 1, ",:;—–-") and self.reader.low(i - 1) not in {
            "and",
            "but",
            "that",
            "because",
            "as",
        }

    def _is_speaker(self, mention: Mention) -> bool:
        return mention.head in self.words.nouns or mention.head in self.words.titles

    def _skip_introduction(self, i: int, stop: int) -> int:
        """Skip "In a statement on Monday," and the like, up to its comma."""
        word = self.reader.low(i)
        tokens = self.tokens
        while i < stop and tokens[i].kind == "mark":
            i += 1
        if i >= stop:
            return i
        word = tokens[i].low
        opens = word in self.words.prepositions or word in self.words.subordinators
        if not opens and not (tokens[i].kind == "word" and word.endswith(("ing", "ed"))):
            return i
        for k in range(i, stop):
            if tokens[k].kind == "mark" and tokens[k].low == "," and not self._in_list(k, stop):
                return k + 1
        return i if word not in self.words.prepositions else i + 1

    def _in_list(self, comma: int, stop: int) -> bool:
        """Tell whether the comma stands inside "Austin, Texas," or "July 4, 2016,"."""
        after = comma + 1
        if after + 1 >= stop or not self.reader.is_mark(after + 1, ","):
            return False
        return self.tokens[after].kind == "number" or self.tokens[after].low in self.words.places

    # --- Around a stretch ----------------------------------------------------

    def clause_around(self, cue: int) -> Clause:
        """Return the clause of a cue with its subject before it, or after it where it is inverted."""
        clause = self.clause_before(cue)
        inverted = cue > 0 and (
            self.tokens[cue - 1].kind == "quote"
            or (
                self.reader.is_mark(cue - 1, ",—–")
                and cue > 1
                and self.tokens[cue - 2].kind == "quote"
            )
        )
        if inverted or clause.subject is None:
            after = self.inverted(cue)
            if after:
                return after
        return clause

    def inverted(self, cue: int) -> Clause | None:
        """Return "said Ana Ruiz" at `cue`."""
        if self.reader.low(cue) == "according":
            clause = self.clause_before(cue)
            return clause if clause.subject else None
        subject = self.reader.starting(cue + 1)
        if subject is None or subject.first > cue + 2:
            return None
        return Clause((cue, cue), subject, "after", cue, subject.last)

    def tail(self, i: int) -> Clause | None:
        """Return the clause that begins at token `i`, right after a stretch: "said X" or "X said"."""
        while i < len(self.tokens) and (
            self.reader.is_mark(i, ",—–-.")
            or self.reader.is_skipped(i)
            or self.reader.low(i) in {"as", "and"}
        ):
            i += 1
        if i >= len(self.tokens):
            return None
        if i in self.cues():
            if self.reader.low(i).endswith("ing"):
                return None
            return self.inverted(i)
        return self._subject_first(i)

    def _subject_first(self, i: int) -> Clause | None:
        """Return "Ana Ruiz, a farmer from Vale, later told reporters" that begins at `i`."""
        if self.tokens[i].kind in ("mark", "quote"):
            return None
        for cue in self.cues():
            if cue <= i or self.tokens[cue].low.endswith("ing"):
                continue
            if any(self.tokens[k].kind == "quote" for k in range(i, cue)):
                return None
            subject, shape = self._subject(cue)
            if subject and subject.first == i:
                return Clause((cue, cue), subject, shape, i, cue)
            if cue - i > MAX_ASIDE:
                return None
        return None
