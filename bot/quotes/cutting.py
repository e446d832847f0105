"""Cuts a text once for all who look in it for speech."""

from bot.paragraphs import read_paragraphs
from bot.quotes.clauses import Parser
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import find_stretches
from bot.quotes.sentences import Sentence, Sentences

Parsed = tuple[Sentence, Parser]


class CutText:
    """The paragraphs of a text, the stretches between marks in them, and their sentences.

    What was read of a paragraph's sentences is kept as long as this is, so that whoever comes next
    does not read it again. Time is linear in the length of the text.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon
        self.paragraphs = read_paragraphs(text)
        self.stretches = find_stretches(text, self.paragraphs, lexicon)
        self.sentences = Sentences(text, self.paragraphs, self.stretches, lexicon)
        self._parsed: dict[int, tuple[Parsed, ...]] = {}

    def parsed(self, paragraph: int) -> tuple[Parsed, ...]:
        """Return the sentences of the paragraph of that number in order, each with its parser."""
        if paragraph not in self._parsed:
            found = self.sentences.of(paragraph)
            self._parsed[paragraph] = tuple((s, Parser(s, self.words)) for s in found)
        return self._parsed[paragraph]
