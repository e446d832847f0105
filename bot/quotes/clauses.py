"""Finds the clauses that say who speaks: a cue with its subject before, after or at a distance."""

from functools import cached_property
from typing import Final, Literal, NamedTuple

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention
from bot.quotes.sentences import Sentence
from bot.quotes.subjects import MAX_ASIDE, Subjects

Shape = Literal["before", "after", "according", "participle", "shared", "distant", "passive"]
MAX_AGENT: Final = 8
MAX_LIST: Final = 12


class Clause(NamedTuple):
    """A cue, its tokens `first` to `last`, and who speaks by it; `shape`: how that was read."""

    cue: tuple[int, int]
    subject: Mention | None
    shape: Shape
    first: int
    last: int


class Parser(Subjects):
    """Reads the clauses of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        super().__init__(sentence, lexicon)
        self._clauses: dict[int, Clause] = {}

    @cached_property
    def cues(self) -> tuple[int, ...]:
        """The indices of the words that may be cues."""
        known = self.words.cues
        if known.isdisjoint(self.reader.lows):
            return ()
        return tuple(
            i
            for i, token in enumerate(self.tokens)
            if token.low in known and token.kind == "word" and self._may_cue(i)
        )

    def _may_cue(self, i: int) -> bool:
        if self.tokens[i].low in self.words.linked_cues:
            return self.reader.low(i + 1) in self.words.source_links
        before = self.reader.low(i - 1)
        return before not in self.words.determiners and not (i and self.tokens[i - 1].possessive)

    # --- The subject of a cue ----------------------------------------------

    def clause(self, cue: int) -> Clause:
        """Return the clause of a cue with its subject before it, or after it where inverted."""
        if cue not in self._clauses:
            self._clauses[cue] = self._read(cue)
        return self._clauses[cue]

    def _read(self, cue: int) -> Clause:
        clause = self._read_before(cue)
        behind = cue - 1
        if self.reader.is_mark(behind, ",—–"):
            behind -= 1
        if behind < 0 or self.tokens[behind].kind == "quote":
            return self.inverted(cue) or clause
        return clause

    def _read_before(self, cue: int) -> Clause:
        if self.reader.low(cue) in self.words.source_cues:
            return self._according(cue)
        if self._is_passive(cue):
            agent = self._agent(cue)
            return Clause((cue, cue), agent, "passive", cue, cue)
        word = self.reader.low(cue)
        if word.endswith(self.words.participle_endings) and not self._is_progressive(cue):
            return Clause((cue, cue), self._of_participle(cue), "participle", cue, cue)
        subject, shape = self._subject(cue)
        subject = self._owned(subject)
        return Clause((cue, cue), subject, shape, subject.first if subject else cue, cue)

    def _according(self, cue: int) -> Clause:
        end = cue + (self.reader.low(cue + 1) in self.words.source_links)
        subject = self._owned(self.reader.starting(end + 1))
        return Clause((cue, end), subject, "according", cue, subject.last if subject else end)

    def _owned(self, subject: Mention | None) -> Mention | None:
        """In "the firm released a statement which said", the statement is the firm's."""
        if subject is None or subject.owner or subject.head not in self.words.speech_nouns:
            return subject
        if not self.words.indefinites.intersection(subject.words[:1]):
            return subject
        issuer = self.main_subject(subject.first)
        return subject._replace(owner=issuer) if issuer and issuer.last < subject.first else subject

    def _is_progressive(self, cue: int) -> bool:
        return self.reader.low(cue - 1) in self.words.being

    def _is_passive(self, cue: int) -> bool:
        """Tell whether a form of "be" stands before the cue: was described, is being called."""
        i = cue - 1
        while i > 0 and self.reader.low(i) in self.words.adverbs:
            i -= 1
        return self.reader.low(i) in self.words.being and not self.reader.low(cue).endswith(
            self.words.participle_endings
        )

    def _agent(self, cue: int) -> Mention | None:
        """Return who did it in "was described by Ana Ruiz as" or "was called “…” by Ana Ruiz"."""
        for k in range(cue + 1, min(cue + MAX_AGENT, len(self.tokens))):
            if self.tokens[k].kind == "mark":
                return None
            if self.reader.low(k) in self.words.agent_links:
                return self.reader.starting(k + 1)
        return None

    def _of_participle(self, cue: int) -> Mention | None:
        """A participle has the subject of the verb before it, or else of its sentence."""
        retold = self._retold(cue)
        if retold:
            return retold
        for i in reversed(self.cues):
            word = self.reader.low(i)
            if i < cue and word not in self.words.source_cues and word not in self.words.weak_cues:
                subject = self.clause(i).subject
                if subject and subject.first < cue and self.can_act(subject):
                    return subject
                break
        return self.main_subject(cue)

    def _retold(self, cue: int) -> Mention | None:
        """Return Ruiz in "Radio Vale quoted Ruiz as saying" and in "Ruiz was quoted as saying"."""
        if self.reader.low(cue - 1) not in self.words.as_words:
            return None
        for i in reversed(self.cues):
            if i < cue and self.reader.low(i) in self.words.retelling:
                passive = self._is_progressive(i)
                return self._subject(i)[0] if passive else self.reader.starting(i + 1)
        return None

    def _subject(self, cue: int) -> tuple[Mention | None, Shape]:
        """Return who stands before the cue as its subject, adverbs, asides and times skipped."""
        i = self._skip_back(cue - 1)
        if i < 0 or self.tokens[i].kind == "quote":
            return None, "before"
        if self.tokens[i].kind == "mark":
            aside = self.reader.is_mark(i, ",")
            return self._over_aside(i) if aside else (self._over_brackets(i), "before")
        word = self.tokens[i].low
        if word in self.words.relatives:
            return self._antecedent(i), "before"
        if word in self.words.sharing:
            return self.main_subject(i), "shared"
        found = self.reader.ending(i)
        if found and self._is_object(found):
            return self.main_subject(found.first) or found, "shared"
        return (self._joined(found) or found) if found else None, "before"

    def _joined(self, second: Mention) -> Mention | None:
        """Return both of "Ana Ruiz and Tom Vale" as one phrase, if a name stands before "and"."""
        at = second.first - 1
        if (
            second.kind != "name"
            or self.reader.low(at) not in self.words.ands
            or not self.reader.is_name(at - 1)
        ):
            return None
        first = self.reader.ending(at - 1)
        if first is None or first.kind != "name" or first.last != at - 1:
            return None
        return Mention(
            "nominal",
            first.first,
            second.last,
            (first.bounds[0], second.bounds[1]),
            second.head,
            words=(*first.words, self.reader.low(at), *second.words),
        )

    def _is_object(self, mention: Mention) -> bool:
        """Tell whether a verb of speech or an "and" stands right before (told Ruiz; and editor)."""
        before = mention.first - 1
        if mention.kind == "pronoun" or before <= 0:
            return False
        if self.reader.low(before) in self.words.ands_or:
            return mention.kind == "nominal" and mention.words[0] not in self.words.determiners
        return before in self.cues and self.reader.low(before) in self.words.telling

    def _skip_back(self, i: int) -> int:
        """Go back over adverbs, auxiliaries and times ("on Monday", "late last week")."""
        moved = True
        while moved and i >= 0:
            start = i
            while i >= 0 and self.reader.is_skipped(i):
                i -= 1
            i = self._skip_time_back(i)
            moved = i < start
        return i

    def _skip_time_back(self, i: int) -> int:
        if i < 0 or not self.reader.is_time(i):
            return i
        k = i
        while k >= 0 and (self.reader.is_time(k) or self.reader.low(k) in self.words.recent):
            k -= 1
        if self.reader.low(k) in self.words.time_links:
            k -= 1
        return k

    def _over_aside(self, comma: int) -> tuple[Mention | None, Shape]:
        """The subject stands before an aside, or is it ("the chancellor, Ana Ruiz, said")."""
        opening = self._opening_comma(comma)
        if opening is None:
            return None, "before"
        before = self._before_comma(opening)
        aside = self.reader.starting(opening + 1, comma)
        if aside and self._is_the_name(aside, opening, comma, before):
            role = aside.role or self.reader.role_before(opening)
            return aside._replace(role=role), "before"
        if before:
            return before, "before"
        return self.main_subject(opening), "shared"

    def _is_the_name(
        self, aside: Mention, opening: int, comma: int, before: Mention | None
    ) -> bool:
        """Tell whether the aside is nothing but the name of whoever stands before it."""
        if aside.kind != "name" or aside.first != opening + 1 or aside.last != comma - 1:
            return False
        return before is None or before.kind == "nominal" or self.reader.is_role(opening - 1)

    def _before_comma(self, opening: int) -> Mention | None:
        """Return who stands before the comma, one more aside to the left where there are two."""
        i = self._skip_back(opening - 1)
        if i < 0:
            return None
        if self.reader.is_mark(i, ")"):
            return self._over_brackets(i)
        found = self.reader.ending(i)
        if found is None:
            return None
        start = found.first
        if found.kind == "nominal" and self.reader.low(start - 1) in self.words.ands:
            start = self._list_start(start)
        determined = self.reader.low(start) in self.words.determiners
        preposed = self.reader.low(start - 1) in self.words.prepositions
        outer = start - 1 - preposed
        bare = found.kind == "nominal" and self.reader.is_role(start)
        if (determined or preposed or bare) and outer > 0 and self.reader.is_mark(outer, ","):
            return self.reader.ending(self._skip_back(outer - 1)) or found
        return found

    def _list_start(self, i: int) -> int:
        """Return where "a marine ecologist and Regents professor" starts, whose end is at `i`."""
        for k in range(i - 1, max(0, i - MAX_LIST), -1):
            if self.tokens[k].kind in ("mark", "quote"):
                return k + 1
        return i

    def _opening_comma(self, comma: int) -> int | None:
        depth = 0
        for i in range(comma - 1, max(-1, comma - MAX_ASIDE), -1):
            if self.reader.is_mark(i, ")"):
                depth += 1
            elif self.reader.is_mark(i, "("):
                depth -= 1
            elif depth == 0 and self.reader.is_mark(i, ",") and not self._in_list(i, comma):
                return i
            elif self.reader.is_mark(i, ";:"):
                return None
        return None

    def _in_list(self, comma: int, stop: int) -> bool:
        """Tell whether the comma stands inside "July 4, 2016, …" and not before an aside."""
        return comma + 1 < stop and self.tokens[comma + 1].kind == "number" and comma + 2 < stop

    def _over_brackets(self, closing: int) -> Mention | None:
        """Return who stands before brackets or dashes that end at `closing`."""
        if self.reader.is_mark(closing, ")]"):
            opening = "(["
        elif self.reader.is_mark(closing, "—–-") or self.tokens[closing].low.startswith("--"):
            opening = "—–--"
        else:
            return None
        for i in range(closing - 1, max(-1, closing - MAX_ASIDE), -1):
            if self.reader.is_mark(i, opening):
                return self.reader.ending(self._skip_back(i - 1))
        return None

    def _antecedent(self, i: int) -> Mention | None:
        """Return who a relative pronoun at `i` stands for."""
        before = i - 1
        if self.reader.is_mark(before, ")"):
            return self._over_brackets(before)
        if self.reader.is_mark(before, ","):
            return self._before_comma(before)
        return self.reader.ending(before)

    # --- Around a stretch ----------------------------------------------------

    def inverted(self, cue: int) -> Clause | None:
        """Return "said Ana Ruiz" at `cue`."""
        if self.reader.low(cue) in self.words.source_cues:
            clause = self._read_before(cue)
            return clause if clause.subject else None
        subject = self.reader.starting(cue + 1)
        if subject is None or subject.first > cue + 2 or self._goes_on(subject):
            return None
        return Clause((cue, cue), subject, "after", cue, subject.last)

    def _goes_on(self, subject: Mention) -> bool:
        """In "said Ruiz was late" and "said Ruiz's offer …" she is not who speaks."""
        owner = subject.kind == "name" and self.tokens[subject.last].possessive
        return owner or self.reader.low(subject.last + 1) in self.words.being

    def tail(self, i: int) -> Clause | None:
        """Return the clause that begins at token `i`, right after a stretch: "said X", "X said"."""
        start = i
        while i < len(self.tokens) and (
            self.reader.is_mark(i, ",—–-.")
            or self.reader.is_skipped(i)
            or self.reader.low(i) in self.words.as_words
            or self.reader.low(i) in self.words.ands
        ):
            i += 1
        if i >= len(self.tokens):
            return None
        if i in self.cues:
            going_on = self.reader.low(i).endswith(
                self.words.participle_endings
            ) or self._follows_and(start, i)
            return None if going_on else self.inverted(i)
        return self._subject_first(i)

    def _follows_and(self, start: int, stop: int) -> bool:
        """In "…," and referred a reporter to a letter, the reporter does not speak."""
        return any(self.reader.low(k) in self.words.ands for k in range(start, stop))

    def _subject_first(self, i: int) -> Clause | None:
        """Return "Ana Ruiz, a farmer from Vale, later told reporters" that begins at `i`."""
        if self.tokens[i].kind in ("mark", "quote"):
            return None
        for cue in self.cues:
            if cue <= i or self.tokens[cue].low.endswith(self.words.participle_endings):
                continue
            if cue - i > MAX_ASIDE or any(t.kind == "quote" for t in self.tokens[i:cue]):
                return None
            clause = self.clause(cue)
            if clause.subject and clause.shape in ("before", "shared") and clause.first == i:
                return clause
            return self._over_asides(i, cue)
        return None

    def _over_asides(self, i: int, cue: int) -> Clause | None:
        """Return "Ana Ruiz, head of the Board for Roads, Rails and Canals, told reporters"."""
        behind = self._skip_back(cue - 1)
        subject = self.reader.starting(i, cue)
        if subject is None or behind <= subject.last or subject.last + 1 >= cue:
            return None
        aside = self.reader.is_mark(subject.last + 1, ",(—–") and self.reader.is_mark(
            behind, ",)—–"
        )
        return Clause((cue, cue), subject, "before", i, cue) if aside else None
