"""Says for each stretch between marks who speaks it, sentence by sentence down the article."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from bot.quotes.chain import is_reporter
from bot.quotes.clauses import Clause, Parser
from bot.quotes.governing import (
    find_in_brackets,
    find_left,
    find_quoted_as,
    find_right,
    find_tail,
    is_told,
)
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention
from bot.quotes.reported import find_reported
from bot.quotes.sentences import Sentence, is_heading, is_headline
from bot.quotes.voices import Cast, Voice, is_full_name

REACH: Final = 2
"""Paragraphs over which a paragraph that is nothing but a quotation keeps its speaker."""
LONG_AGO: Final = -9
NO_STRETCH: Final = -1

Evidence = Literal[
    "tail",
    "left",
    "same",
    "right",
    "brackets",
    "colon",
    "subject",
    "paragraph",
    "paragraph woven",
    "lead",
    "lead colon",
    "lead paragraph",
    "previous paragraph",
    "last speaker",
    "none",
]


@dataclass(frozen=True)
class Finding:
    """What is known of one stretch: its sentence, place in it, clause and voice."""

    stretch: int
    sentence: Sentence
    token: int
    clause: Clause | None = None
    voice: Voice | None = None
    evidence: Evidence = "none"
    parser: Parser | None = None

    @property
    def alone(self) -> bool:
        """Tell whether the sentence is nothing but this stretch."""
        return all(t.kind in ("quote", "mark") for t in self.sentence.tokens)


class Report(NamedTuple):
    """Indirect speech: who is said by which clause to have spoken, and the tokens of what."""

    finding: Finding
    content: tuple[int, int]


class Attributor:
    """Reads the sentences of one article in order and remembers who spoke."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon
        self.cast = Cast(lexicon)
        self.here: Voice | None = None
        self.last: Voice | None = None
        self.last_paragraph = LONG_AGO
        self.lead: Voice | None = None
        self.lead_paragraph = LONG_AGO
        self.lead_colon = False
        self.reports: list[Report] = []

    def read(self, sentence: Sentence, parser: Parser) -> list[Finding]:
        """Return who speaks the stretches of one sentence, and remember its names."""
        if sentence.paragraph != self.cast.paragraph:
            self.here = None
        if not sentence.quotes and is_headline(self.text, sentence):
            return []
        self.cast.enter(sentence.paragraph, parser)
        found: list[Finding] = []
        for token in sentence.quotes:
            finding = self._within(sentence, parser, token, found[-1] if found else None)
            if finding.voice is None and finding.clause is None:
                finding = self._across(sentence, parser, token)
            found.append(finding)
            self._spoke(finding)
        if not sentence.quotes:
            self._report(sentence, parser)
        self._note_subject(sentence, parser)
        return found

    def _report(self, sentence: Sentence, parser: Parser) -> None:
        """Take note of indirect speech whose speaker is known."""
        reported = find_reported(parser)
        subject = reported.clause.subject if reported else None
        voice = self.cast.voice_in(subject, parser) if subject else None
        if reported and voice:
            evidence: Evidence = "tail" if reported.before_cue else "left"
            at = reported.clause.cue[0]
            finding = Finding(NO_STRETCH, sentence, at, reported.clause, voice, evidence, parser)
            self.reports.append(Report(finding, reported.content))

    # --- Remembering ---------------------------------------------------------

    def _note_subject(self, sentence: Sentence, parser: Parser) -> None:
        """Remember the subject of the sentence, which a pronoun or bare quotation may mean."""
        if all(t.kind in ("quote", "mark") for t in sentence.tokens):
            return
        self.lead_colon = self.text[sentence.end - 1 : sentence.end] == ":"
        subject = parser.main_subject(len(sentence.tokens))
        speaking = None if sentence.quotes else self._last_cue(parser)
        voice = self.cast.voice(subject) if subject else None
        if voice and subject:
            self.cast.remember(voice, subject, speaker=speaking == subject)
        if sentence.quotes:
            return
        if speaking and speaking != subject:
            voice = self.cast.voice(speaking)
        if voice and (is_full_name(voice) or not is_heading(self.text, sentence)):
            self.lead, self.lead_paragraph = voice, sentence.paragraph

    def _last_cue(self, parser: Parser) -> Mention | None:
        for cue in reversed(parser.cues):
            if parser.reader.low(cue) not in self.words.weak_cues:
                clause = parser.clause(cue)
                if clause.subject and clause.shape != "participle":
                    return clause.subject
        return None

    def _spoke(self, finding: Finding) -> None:
        voice = finding.voice
        if voice is None:
            return
        self.here = self.last = voice
        self.last_paragraph = finding.sentence.paragraph
        self.lead = None
        if finding.clause and finding.clause.subject and voice.entity:
            self.cast.remember(voice, finding.clause.subject, speaker=True)

    # --- In the sentence -------------------------------------------------------

    def _within(
        self, sentence: Sentence, parser: Parser, token: int, before: Finding | None
    ) -> Finding:
        """Look for the clause that governs a stretch in its own sentence."""
        clause, evidence = self._clause(parser, token, before)
        number = sentence.tokens[token].number
        if evidence == "same" and before:
            return Finding(number, sentence, token, before.clause, before.voice, "same", parser)
        subject = clause.subject if clause else None
        if evidence == "brackets":
            subject = find_in_brackets(self.text, parser, token)
        voice = self.cast.voice_in(subject, parser) if subject else None
        return Finding(number, sentence, token, clause, voice, evidence, parser)

    def _clause(
        self, parser: Parser, token: int, before: Finding | None
    ) -> tuple[Clause | None, Evidence]:
        tail = find_tail(self.text, parser, token)
        left = find_left(parser, token, self.words)
        if tail and not (left and self._is_retold(tail, parser)):
            return tail, "tail"
        quoted = find_quoted_as(parser, token, self.words)
        if quoted:
            return quoted, "right"
        if left:
            return left, "left"
        if before and before.voice:
            return None, "same"
        if find_in_brackets(self.text, parser, token):
            return None, "brackets"
        right = find_right(parser, token, self.words)
        return (right, "right") if right else (None, "none")

    def _is_retold(self, tail: Clause, parser: Parser) -> bool:
        """Tell whether the clause only says which outlet passed the words on."""
        return tail.subject is not None and is_reporter(tail.subject, parser.reader, self.words)

    # --- In sentences and paragraphs before --------------------------------------

    def _across(self, sentence: Sentence, parser: Parser, token: int) -> Finding:
        """Look at the sentences and paragraphs before for the speaker of a stretch."""
        alone = all(t.kind in ("quote", "mark") for t in sentence.tokens)
        bare = alone or self._is_dropped(parser)
        found = self._bare(sentence.paragraph) if bare else self._woven(parser, token)
        return Finding(sentence.tokens[token].number, sentence, token, None, *found, parser)

    def _is_dropped(self, parser: Parser) -> bool:
        """Tell whether a verb of speech has no subject, where a language may leave it out."""
        return "dropped-subjects" in self.words.features and any(
            parser.clause(cue).subject is None for cue in parser.cues
        )

    def _woven(self, parser: Parser, token: int) -> tuple[Voice | None, Evidence]:
        """Attribute a stretch in a sentence without a cue: to its subject, or the last speaker."""
        subject = parser.main_subject(token)
        voice = self.cast.voice(subject) if subject else None
        if voice and token and parser.reader.is_mark(token - 1, ":"):
            return voice, "colon"
        if is_told(parser, token):
            return None, "none"
        if voice and voice.entity and voice.entity.kind == "person":
            return voice, "subject"
        return (self.here, "paragraph woven") if self.here else (None, "none")

    def _bare(self, paragraph: int) -> tuple[Voice | None, Evidence]:
        """Attribute a sentence that is nothing but a quotation."""
        since_lead = paragraph - self.lead_paragraph if self.lead else REACH + 1
        since_last = paragraph - self.last_paragraph if self.last else REACH + 1
        ranked: tuple[tuple[bool, Voice | None, Evidence], ...] = (
            (self.lead_colon and since_lead <= 1, self.lead, "lead colon"),
            (since_lead == 0, self.lead, "lead"),
            (self.here is not None, self.here, "paragraph"),
            (since_last == 1 and self.lead is None, self.last, "previous paragraph"),
            (since_lead == 1, self.lead, "lead paragraph"),
            (since_last <= REACH, self.last, "last speaker"),
        )
        for holds, voice, evidence in ranked:
            if holds:
                return voice, evidence
        return None, "none"
