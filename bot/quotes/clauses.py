"""Finds the clauses that say who speaks: a cue with its subject before, after or at a distance."""

from typing import Final, Literal, NamedTuple

from bot.quotes.asides import Asides
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention
from bot.quotes.sentences import Sentence

Shape = Literal["before", "after", "according", "participle", "shared", "distant", "passive"]
MAX_AGENT: Final = 8


class Clause(NamedTuple):
    """A cue, its tokens `first` to `last`, and who speaks by it; `shape`: how that was read."""

    cue: tuple[int, int]
    subject: Mention | None
    shape: Shape
    first: int
    last: int


class Parser(Asides):
    """Reads the clauses of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        super().__init__(sentence, lexicon)
        self._clauses: dict[int, Clause] = {}
        self.cues = self._find_cues()

    def _find_cues(self) -> tuple[int, ...]:
        """Return the indices of the words that may be cues."""
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
        begins = behind < 0 or self.tokens[behind].kind == "quote"
        if begins and clause.shape != "participle":
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
        beside = self._retold(cue) or self._overheard(cue) or self._with(cue)
        if beside:
            return beside
        for i in reversed(self.cues):
            word = self.reader.low(i)
            if i < cue and word not in self.words.source_cues and word not in self.words.weak_cues:
                clause = self.clause(i)
                subject = None if clause.shape == "passive" else clause.subject
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

    def _overheard(self, cue: int) -> Mention | None:
        """Return the announcer in "the announcer can be heard saying"."""
        heard = self.reader.low(cue - 1) in self.words.overheard
        return self._subject(cue - 1)[0] if heard else None

    def _with(self, cue: int) -> Mention | None:
        """Return Ruiz in "the board sued, with its lawyer Ana Ruiz saying"."""
        subject = self.reader.ending(self.skip_back(cue - 1))
        before = subject.first - 1 if subject else 0
        led = before > 0 and self.reader.low(before) in self.words.with_words
        return subject if led and self.reader.is_mark(before - 1, ",") else None

    def _subject(self, cue: int) -> tuple[Mention | None, Shape]:
        """Return who stands before the cue as its subject, adverbs, asides and times skipped."""
        i = self.skip_back(cue - 1)
        if i < 0 or self.tokens[i].kind == "quote":
            return None, "before"
        if self.tokens[i].kind == "mark":
            return self._behind_mark(i)
        word = self.tokens[i].low
        if word in self.words.relatives:
            return self.antecedent(i), "before"
        if word in self.words.sharing:
            return self.main_subject(i), "shared"
        return self._ending(i, cue)

    def _ending(self, i: int, cue: int) -> tuple[Mention | None, Shape]:
        if self.tokens[i].low in self.words.pronouns_thing:
            word = self.reader.low(cue)
            speaks = word not in self.words.weak_cues or word in self.words.going_on
            return self.reader.pronoun(i) if speaks else None, "before"
        found = self.reader.ending(i)
        if found and self._is_object(found):
            return self.main_subject(found.first) or found, "shared"
        return (self._joined(found) or found) if found else None, "before"

    def _behind_mark(self, i: int) -> tuple[Mention | None, Shape]:
        if not self.reader.is_mark(i, ","):
            return self.over_brackets(i), "before"
        found, shared = self.over_aside(i)
        return found, "shared" if shared else "before"

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
