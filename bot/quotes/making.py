"""Makes quotes and attributions of one revision out of what was found in it."""

from collections.abc import Sequence

from bot.news import Attribution, Passage, Quote, Revision, Speaker, stands_in_marks
from bot.quotes.attribution import Finding
from bot.quotes.chain import outlets
from bot.quotes.confidence import CERTAIN, confidence
from bot.quotes.grouping import Judged, best_voice, is_direct
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch
from bot.quotes.mentions import Bounds
from bot.quotes.standing import standing_of
from bot.quotes.voices import Voice


class Maker:
    """Makes quotes of one revision."""

    def __init__(self, revision: Revision, stretches: Sequence[Stretch], lexicon: Lexicon) -> None:
        self.revision = revision
        self.stretches = stretches
        self.words = lexicon

    def quote(self, number: int, pieces: Sequence[Judged]) -> Quote:
        """Return the quote of these pieces; only a statement has a speaker."""
        text = self.revision.body
        finding, voice = best_voice(pieces)
        use = pieces[0][1]
        stretches = [self.stretches[f.stretch] for f, _ in pieces]
        block = not all(s.opened for s in stretches)
        direct = is_direct(pieces[0][0], stretches[0], text)
        said = use == "statement"
        return Quote(
            f"Q{number}",
            tuple(self._said(stretch) for stretch in stretches),
            self.attribution(finding, voice) if said else Attribution(),
            kind="block" if block else "direct" if direct else "partial",
            standing=standing_of(text, finding, voice, self.words) if said else "unknown",
            use=use,
            language="" if self.words.language.startswith("en") else self.words.language,
        )

    def _said(self, stretch: Stretch) -> Passage:
        """Cut the words out without a comma at their end: it belongs to the article's sentence."""
        body, (start, end) = self.revision.body, (stretch.start, stretch.end)
        if start < end - 1 and body[end - 1] == "," and stands_in_marks(body, start, end - 1):
            end -= 1
        return self.passage((start, end))

    def passage(self, bounds: Bounds) -> Passage:
        """Cut a passage out of the body."""
        return self.revision.passage("body", *bounds)

    def attribution(self, finding: Finding, voice: Voice | None) -> Attribution:
        """Return who speaks, by which verb and through whom, and how sure that is."""
        chance = confidence(finding, voice)
        clause = finding.clause
        cue = None
        if clause:
            tokens = finding.sentence.tokens
            cue = self.passage((tokens[clause.cue[0]].start, tokens[clause.cue[1]].end))
        return Attribution(
            speaker=self._speaker(voice),
            cue=cue,
            via=self._via(finding),
            confidence=chance,
            certain=voice is not None and chance >= CERTAIN,
        )

    def _speaker(self, voice: Voice | None) -> Speaker | None:
        if voice is None:
            return None
        role = self.passage(voice.role) if voice.role and voice.role[0] < voice.role[1] else None
        return Speaker(self.passage(voice.name), role)

    def _via(self, finding: Finding) -> tuple[Passage, ...]:
        if finding.parser is None:
            return ()
        found = dict.fromkeys(outlets(finding.parser, finding.clause, self.words))
        return tuple(self.passage(bounds) for bounds in found)
