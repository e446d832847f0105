from msgspec.structs import replace

from bot.language import load_lexicon
from bot.news import Quote, Revision, WrongReport
from bot.quotes import find_quotes
from bot.quotes.corrected import around, corrected
from tests.builders import NOON

BODY = (
    "The ferry stops on Monday.\n\n“The hull needs new plates,” said Mira Tolland on the quay.\n\n"
    "“Nobody told the council,” said Jonas Hale, a member of it."
)


def a_revision(body: str = BODY, number: int = 1) -> Revision:
    return Revision.of("a1", number, "Ferry stops", body, seen_at=NOON)


def quotes_of(revision: Revision) -> tuple[Quote, ...]:
    return find_quotes(revision, load_lexicon("en"))


def a_report(*, named: bool = True) -> WrongReport:
    revision = a_revision()
    quote = quotes_of(revision)[0]
    start, end = quote.pieces[0].span.start, quote.pieces[-1].span.end
    before, after = around(BODY, start, end, 20)
    at = BODY.index("Jonas Hale")
    who = revision.passage("body", at, at + len("Jonas Hale")) if named else None
    return WrongReport(
        "speaker",
        "b1",
        1,
        "s1",
        NOON,
        "7",
        quote=quote.pieces,
        body_sha256=revision.body_sha256,
        before=before,
        after=after,
        speaker=who,
    )


def speakers(revision: Revision, *reports: WrongReport) -> list[str]:
    found = corrected(quotes_of(revision), revision, reports)
    return [quote.speaker.name.words if quote.speaker else "" for quote in found]


def test_a_quote_has_the_speaker_that_an_editor_gave_it_and_says_so() -> None:
    first, second = corrected(quotes_of(a_revision()), a_revision(), [a_report()])
    assert speakers(a_revision(), a_report()) == ["Jonas Hale", "Jonas Hale"]
    assert (first.attribution.corrected, second.attribution.corrected) == (True, False)
    assert first.attribution.certain


def test_a_speaker_that_is_not_known_is_nobody() -> None:
    assert speakers(a_revision(), a_report(named=False)) == ["", "Jonas Hale"]


def test_it_holds_in_a_later_revision_where_the_same_words_stand() -> None:
    later = a_revision(f"Corrected on Tuesday.\n\n{BODY}\n\nMore on this soon.", 2)
    assert speakers(later, a_report()) == ["Jonas Hale", "Jonas Hale"]


def test_it_does_not_hold_for_other_words_or_elsewhere() -> None:
    other = a_revision(BODY.replace("new plates", "fresh paint"), 2)
    assert speakers(other, a_report()) == ["Mira Tolland", "Jonas Hale"]
    body = "It began on Friday.\n\nMira Tolland added: “The hull needs new plates.”"
    assert speakers(a_revision(body, 2), a_report()) == ["Mira Tolland"]


def test_what_nobody_said_is_no_statement() -> None:
    report = replace(a_report(), kind="not a quote", speaker=None)
    first, second = corrected(quotes_of(a_revision()), a_revision(), [report])
    assert (first.use, second.use) == ("term", "statement")
