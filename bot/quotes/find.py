"""Finds the quotes of an article: marks, speakers, uses, statements in pieces, in text order."""

from collections.abc import Sequence

from bot.news import Attribution, Passage, Quote, Revision, Speaker, stands_in_marks
from bot.paragraphs import Paragraph, read_paragraphs
from bot.quotes.attribution import Attributor, Finding
from bot.quotes.chain import outlets
from bot.quotes.clauses import Parser
from bot.quotes.confidence import CERTAIN, confidence
from bot.quotes.grouping import Judged, best_voice, group, is_direct
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch, find_stretches
from bot.quotes.mentions import Bounds
from bot.quotes.repeats import mark_repeats
from bot.quotes.sentences import Sentence, read_sentences
from bot.quotes.standing import standing_of
from bot.quotes.uses import use_in, use_of
from bot.quotes.voices import Voice
from bot.text import words


def find_quotes(revision: Revision, lexicon: Lexicon) -> tuple[Quote, ...]:
    """Return the quotes of the body in text order, each with its speaker as far as it is known.

    Words between marks that are no statements are returned too, with another `use`. Every piece of
    a quote that is not of kind block stands in marks; none crosses the end of a paragraph. Time is
    linear in the length of the body.
    """
    text = revision.body
    paragraphs = read_paragraphs(text)
    stretches = find_stretches(text, paragraphs, lexicon)
    if not stretches:
        return ()
    sentences = read_sentences(text, paragraphs, stretches, lexicon)
    findings = _attribute(text, paragraphs, sentences, lexicon)
    judged = mark_repeats(text, _judge(text, findings, paragraphs, lexicon))
    maker = _Maker(revision, stretches, lexicon)
    groups = group(judged, stretches, text)
    quotes = (maker.quote(number, pieces) for number, pieces in enumerate(groups, start=1))
    return tuple(quote for quote in quotes if _can_be_proved(quote, text))


def _can_be_proved(quote: Quote, text: str) -> bool:
    """A tangle of marks that the verification would not pass is no quote of anybody's."""
    if not all(words(piece.words) for piece in quote.pieces):
        return False
    spans = [piece.span for piece in quote.pieces]
    return quote.kind == "block" or all(stands_in_marks(text, s.start, s.end) for s in spans)


def _attribute(
    text: str,
    paragraphs: Sequence[Paragraph],
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
) -> list[Finding]:
    """Attribute the stretches of the story; those of the furniture get no speaker."""
    attributor = Attributor(text, lexicon)
    found: list[Finding] = []
    for sentence in sentences:
        if lexicon.cues and paragraphs[sentence.paragraph].role in ("story", "heading"):
            found.extend(attributor.read(sentence, Parser(sentence, lexicon)))
        else:
            quotes = sentence.quotes
            found.extend(Finding(sentence.tokens[i].number, sentence, i) for i in quotes)
    return found


def _judge(
    text: str, findings: Sequence[Finding], paragraphs: Sequence[Paragraph], lexicon: Lexicon
) -> list[Judged]:
    judged: list[Judged] = []
    for finding in findings:
        same = bool(judged) and judged[-1][0].sentence is finding.sentence
        use = use_of(text, finding, lexicon, judged[-1][1] if same else "statement")
        furniture = use_in(paragraphs[finding.sentence.paragraph].role)
        if furniture and not (furniture == "caption" and use == "slogan"):
            use = furniture
        judged.append((finding, use))
    return judged


class _Maker:
    """Makes quotes of one revision."""

    def __init__(self, revision: Revision, stretches: Sequence[Stretch], lexicon: Lexicon) -> None:
        self.revision = revision
        self.stretches = stretches
        self.words = lexicon

    def quote(self, number: int, pieces: Sequence[Judged]) -> Quote:
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
            self._attribution(finding, voice) if said else Attribution(),
            kind="block" if block else "direct" if direct else "partial",
            standing=standing_of(text, finding, voice, self.words) if said else "unknown",
            use=use,
            language="" if self.words.language.startswith("en") else self.words.language,
        )

    def _said(self, stretch: Stretch) -> Passage:
        """Cut the words out without a comma at their end: it belongs to the article's sentence."""
        body, (start, end) = self.revision.body, (stretch.start, stretch.end)
        shorter = end - 1 if body[start:end].endswith(",") else end
        fits = start < shorter and stands_in_marks(body, start, shorter)
        return self._passage((start, shorter if fits else end))

    def _passage(self, bounds: Bounds) -> Passage:
        return self.revision.passage("body", *bounds)

    def _attribution(self, finding: Finding, voice: Voice | None) -> Attribution:
        chance = confidence(finding, voice)
        clause = finding.clause
        cue = None
        if clause:
            tokens = finding.sentence.tokens
            cue = self._passage((tokens[clause.cue[0]].start, tokens[clause.cue[1]].end))
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
        role = self._passage(voice.role) if voice.role and voice.role[0] < voice.role[1] else None
        return Speaker(self._passage(voice.name), role)

    def _via(self, finding: Finding) -> tuple[Passage, ...]:
        if finding.parser is None:
            return ()
        found = dict.fromkeys(outlets(finding.parser, finding.clause, self.words))
        return tuple(self._passage(bounds) for bounds in found)
