"""Says for each stretch between marks who speaks it, sentence by sentence down the article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.quotes.chain import REPORTERS, is_reporter, outlet_in
from bot.quotes.clauses import Clause, Parser
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch
from bot.quotes.mentions import Bounds, Mention
from bot.quotes.people import Entity, People
from bot.quotes.pronouns import Memory, Seen
from bot.quotes.tokens import Sentence, end_mark

MAX_DEFINITE: Final = 4
"""Words of a phrase that may stand for somebody named before: the Republican presidential nominee."""
REACH: Final = 2
"""Paragraphs over which a paragraph that is nothing but a quotation keeps its speaker."""


@dataclass(frozen=True)
class Voice:
    """Who speaks: the name or noun to print, its role, how it was found and how likely it is."""

    name: Bounds
    role: Bounds | None
    mention: Mention
    entity: Entity | None
    chance: float


@dataclass(frozen=True)
class Finding:
    """What is known of one stretch: its sentence, place in it, clause and voice."""

    stretch: int
    sentence: Sentence
    token: int
    clause: Clause | None
    voice: Voice | None
    evidence: str

    @property
    def alone(self) -> bool:
        """Tell whether the sentence is nothing but this stretch."""
        return all(t.kind in ("quote", "mark") for t in self.sentence.tokens)


class Attributor:
    """Reads the sentences of one article in order and remembers who spoke."""

    def __init__(self, text: str, stretches: Sequence[Stretch], lexicon: Lexicon) -> None:
        self.text = text
        self.stretches = stretches
        self.words = lexicon
        self.people = People(lexicon)
        self.memory = Memory(self.people, lexicon)
        self.findings: list[Finding] = []
        self.last: Voice | None = None
        self.last_paragraph = -9
        self.lead: Voice | None = None
        self.lead_paragraph = -9
        self.lead_colon = False
        self.here: Voice | None = None
        self.paragraph = -1
        self.number = 0

    def read(self, sentence: Sentence, parser: Parser) -> None:
        """Attribute the stretches of one sentence and remember its names."""
        self.number += 1
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.here = sentence.paragraph, None
        names = parser.reader.names()
        met = {m.first: (m, self.people.meet(m)) for m in names}
        self._note_names(sentence, met, parser)
        if sentence.quotes:
            self._attribute(sentence, parser)
        self._note_subject(sentence, parser)

    # --- Remembering ---------------------------------------------------------

    def _note_names(
        self, sentence: Sentence, met: dict[int, tuple[Mention, Entity]], parser: Parser
    ) -> None:
        for mention, entity in met.values():
            governed = parser.reader.low(mention.first - 1) in self.words.prepositions
            self.memory.note(
                Seen(entity, mention, sentence.paragraph, self.number, governed=governed)
            )

    def _note_subject(self, sentence: Sentence, parser: Parser) -> None:
        """Remember the subject of the sentence, which a pronoun or bare quotation may mean."""
        n = len(sentence.tokens)
        if all(t.kind in ("quote", "mark") for t in sentence.tokens):
            return
        subject = parser.main_subject(n)
        speaking = self._last_cue(parser) if not sentence.quotes else None
        meant = self.voice(subject, sentence) if subject else None
        if meant and subject:
            self._remember(meant, subject, sentence, speaker=speaking == subject)
        voice = self.voice(speaking, sentence) if speaking and speaking != subject else meant
        if voice and not sentence.quotes:
            self.lead, self.lead_paragraph = voice, sentence.paragraph
        self.lead_colon = self.text[sentence.end - 1 : sentence.end] == ":"

    def _last_cue(self, parser: Parser) -> Mention | None:
        for cue in reversed(parser.cues):
            if parser.reader.low(cue) not in self.words.weak_cues:
                clause = parser.clause(cue)
                if clause.subject and clause.shape != "participle":
                    return clause.subject
        return None

    def _remember(
        self, voice: Voice, mention: Mention, sentence: Sentence, *, speaker: bool
    ) -> None:
        """Remember who was the subject of a sentence, at the place where that stands."""
        if voice.entity is None and voice.mention.kind != "nominal":
            return
        here = (
            voice.mention
            if voice.mention is mention
            else replace(voice.mention, bounds=mention.bounds)
        )
        self.memory.note(
            Seen(voice.entity, here, sentence.paragraph, self.number, subject=True, speaker=speaker)
        )

    # --- Who is meant ----------------------------------------------------------

    def voice(self, mention: Mention, sentence: Sentence) -> Voice | None:
        """Return who is meant by a mention, as named where the article names them in full."""
        if mention.kind == "pronoun":
            seen, chance = self.memory.resolve(mention, sentence.paragraph, self.number)
            if seen is None:
                return None
            if seen.entity is None:
                return Voice(seen.mention.bounds, None, seen.mention, None, chance)
            return Voice(seen.entity.bounds, seen.entity.role, mention, seen.entity, chance)
        if mention.kind == "name":
            entity = self.people.find(mention) or self.people.meet(mention)
            return Voice(entity.bounds, mention.role or entity.role, mention, entity, 0.97)
        return self._nominal_voice(mention, sentence)

    def _nominal_voice(self, mention: Mention, sentence: Sentence) -> Voice | None:
        if mention.owner:
            owner = self.voice(mention.owner, sentence)
            if owner and (owner.entity is None or owner.entity.kind != "outlet"):
                return replace(owner, chance=min(owner.chance, 0.85))
        definite = mention.words and mention.words[0] in ("the", "this", "that")
        if definite and mention.head in self.words.roles and mention.bounds[1] > 0:
            holder = self.people.by_title(mention.head)
            if holder and len(mention.words) <= MAX_DEFINITE:
                several = self.people.holders(mention.head) > 1
                return Voice(holder.bounds, holder.role, mention, holder, 0.6 if several else 0.82)
        known = mention.head in self.words.nouns
        return Voice(mention.bounds, None, mention, None, 0.92 if known else 0.75)

    # --- Attribution -----------------------------------------------------------

    def _attribute(self, sentence: Sentence, parser: Parser) -> None:
        before: Finding | None = None
        for token in sentence.quotes:
            finding = self._within(sentence, parser, token, before)
            if finding.voice is None and finding.clause is None:
                finding = self._across(sentence, parser, token)
            self.findings.append(finding)
            before = finding
            if finding.voice:
                self._spoke(finding)

    def _spoke(self, finding: Finding) -> None:
        voice = finding.voice
        if voice is None:
            return
        self.here = self.last = voice
        self.last_paragraph = finding.sentence.paragraph
        self.lead = None
        if finding.clause and finding.clause.subject and voice.entity:
            mention = finding.clause.subject
            self.memory.note(
                Seen(
                    voice.entity,
                    mention,
                    finding.sentence.paragraph,
                    self.number,
                    subject=True,
                    speaker=True,
                )
            )

    def _find(
        self, sentence: Sentence, parser: Parser, token: int, clause: Clause, evidence: str
    ) -> Finding:
        number = sentence.tokens[token].number
        subject = clause.subject
        voice = self.voice(subject, sentence) if subject else None
        if voice and subject and subject.kind == "nominal" and voice.entity is None:
            outlet = outlet_in(subject, parser.reader, self.words)
            published = subject.head in self.words.document_nouns or subject.head in REPORTERS
            if outlet and published:
                voice = replace(voice, name=outlet)
        return Finding(number, sentence, token, clause, voice, evidence)

    def _within(
        self, sentence: Sentence, parser: Parser, token: int, before: Finding | None
    ) -> Finding:
        """Look for the clause that governs a stretch in its own sentence."""
        number = sentence.tokens[token].number
        tail = self._tail(sentence, parser, token)
        left = self._left(sentence, parser, token)
        retold = (
            left and tail and tail.subject and is_reporter(tail.subject, parser.reader, self.words)
        )
        if tail and not retold:
            return self._find(sentence, parser, token, tail, "tail")
        if left:
            return self._find(sentence, parser, token, left, "left")
        if before and before.voice:
            return Finding(number, sentence, token, before.clause, before.voice, "same")
        right = self._right(sentence, parser, token)
        if right:
            return self._find(sentence, parser, token, right, "right")
        return Finding(number, sentence, token, None, None, "none")

    def _tail(self, sentence: Sentence, parser: Parser, token: int) -> Clause | None:
        """Return "said X" or "X said" right after the stretch, if the stretch ends there."""
        last = end_mark(self.text, sentence.tokens[token]) or ";"
        comma = parser.reader.is_mark(token + 1, ",—–-")
        if token + 1 >= len(sentence.tokens) or not (comma or last in ",?!.—–-…"):
            if not (token == 0 and token + 1 in parser.cues):
                return None
        clause = parser.tail(token + 1)
        if clause is None or clause.subject is None or clause.first > token + 4:
            return None
        return clause

    def _left(self, sentence: Sentence, parser: Parser, token: int) -> Clause | None:
        """Return the nearest good clause before the stretch, else the nearest with a subject."""
        fallback: Clause | None = None
        for cue in reversed(parser.cues):
            if cue >= token or self._is_shut(parser, cue, token):
                continue
            clause = parser.clause(cue)
            if clause.subject is None or clause.last >= token:
                continue
            if self._is_good(clause, parser):
                return clause
            fallback = fallback or clause
        return fallback

    def _is_good(self, clause: Clause, parser: Parser) -> bool:
        """Tell whether a clause is speech by somebody who can speak."""
        subject = clause.subject
        if subject is None or parser.reader.low(clause.cue[0]) in self.words.weak_cues:
            return False
        return subject.kind != "nominal" or subject.head in self.words.nouns | self.words.titles

    def _is_shut(self, parser: Parser, cue: int, token: int) -> bool:
        """Tell whether the cue stands in an aside between dashes or brackets that ends before."""
        between = parser.tokens[cue:token]
        shut = sum(t.kind == "mark" and t.low in ")—–" for t in between)
        if not shut:
            return False
        before = sum(t.kind == "mark" and t.low in "(—–" for t in parser.tokens[:cue])
        return before % 2 == 1

    def _right(self, sentence: Sentence, parser: Parser, token: int) -> Clause | None:
        """Return a clause after the stretch, not next to it: "…" would cost jobs, Ruiz said."""
        for cue in reversed(parser.cues):
            if cue <= token:
                return None
            clause = parser.clause(cue)
            after = clause.subject is not None and clause.subject.first > token
            if after and clause.shape != "passive" and self._is_good(clause, parser):
                return clause
        return None

    def _across(self, sentence: Sentence, parser: Parser, token: int) -> Finding:
        """Look at the sentences and paragraphs before for the speaker of a stretch."""
        number = sentence.tokens[token].number
        alone = all(t.kind in ("quote", "mark") for t in sentence.tokens)
        colon = parser.reader.is_mark(token - 1, ":") if token else False
        if not alone:
            subject = parser.main_subject(token)
            voice = self.voice(subject, sentence) if subject else None
            if voice and colon:
                return Finding(number, sentence, token, None, voice, "colon")
            listened = any(parser.clause(c).shape == "passive" for c in parser.cues if c < token)
            if listened:
                return Finding(number, sentence, token, None, None, "none")
            if voice and voice.entity and voice.entity.kind == "person":
                return Finding(number, sentence, token, None, voice, "subject")
            if self.here:
                return Finding(number, sentence, token, None, self.here, "paragraph woven")
            return Finding(number, sentence, token, None, None, "none")
        return self._bare(sentence, number, token)

    def _bare(self, sentence: Sentence, number: int, token: int) -> Finding:
        """Attribute a sentence that is nothing but a quotation."""
        paragraph = sentence.paragraph
        if self.lead and self.lead_colon and paragraph - self.lead_paragraph <= 1:
            return Finding(number, sentence, token, None, self.lead, "lead colon")
        if self.lead and self.lead_paragraph == paragraph:
            return Finding(number, sentence, token, None, self.lead, "lead")
        if self.here:
            return Finding(number, sentence, token, None, self.here, "paragraph")
        if self.last and paragraph - self.last_paragraph == 1 and self.lead is None:
            return Finding(number, sentence, token, None, self.last, "previous paragraph")
        if self.lead and paragraph - self.lead_paragraph == 1:
            return Finding(number, sentence, token, None, self.lead, "lead paragraph")
        if self.last and paragraph - self.last_paragraph <= REACH:
            return Finding(number, sentence, token, None, self.last, "last speaker")
        return Finding(number, sentence, token, None, None, "none")
