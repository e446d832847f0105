"""Short ways to run the stage on a text and to look at what it found."""

from bot.language import load_lexicon
from bot.news import Quote, SecondHand
from bot.quotes import find_quotes, find_second_hand
from tests.builders import a_revision


def read(body: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(a_revision(body=body), load_lexicon(language))


def second_hand(body: str) -> tuple[SecondHand, ...]:
    return find_second_hand(a_revision(body=body), load_lexicon())


def statements(body: str) -> list[Quote]:
    return [quote for quote in read(body) if quote.use == "statement"]


def who(body: str) -> list[str | None]:
    """Return the speaker's words for each statement."""
    return [q.speaker.name.words if q.speaker else None for q in statements(body)]


def words(body: str) -> list[str]:
    """Return the words of every piece, whatever its use."""
    return [piece.words for quote in read(body) for piece in quote.pieces]


def uses(body: str) -> list[str]:
    return [quote.use for quote in read(body)]
