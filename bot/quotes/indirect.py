"""Indirect speech as data: what an article says in words of its own that somebody said."""

from bot.news import Attribution, Passage, Standing
from bot.news.values import Value
from bot.quotes.attribution import Report
from bot.quotes.making import Maker
from bot.quotes.standing import standing_of


class Indirect(Value, frozen=True):
    """One report of speech: the article's own words for it, who spoke, by which verb.

    `content` is what is reported ("prices would rise" of "Ruiz said prices would rise"): nobody
    said these very words, so they are never a quotation.
    """

    content: Passage
    attribution: Attribution
    standing: Standing = "unknown"


def indirect_speech(report: Report, maker: Maker) -> Indirect:
    """Make the value of what was found."""
    finding = report.finding
    tokens = finding.sentence.tokens
    first, last = report.content
    return Indirect(
        maker.passage((tokens[first].start, tokens[last].end)),
        maker.attribution(finding, finding.voice),
        standing_of(maker.revision.body, finding, finding.voice, maker.words),
    )
