from bot.quotes.lines import quote_record
from tests.quotes.reading import read, statements


def test_a_statement_interrupted_by_its_cue_is_one_quote_in_two_pieces() -> None:
    (quote,) = read("“The hull is old,” said Mira Tolland, “and the plates are thin.”")
    assert [p.words for p in quote.pieces] == ["The hull is old", "and the plates are thin."]
    assert quote.kind == "direct"


def test_a_statement_that_goes_on_after_its_cue_is_one_quote() -> None:
    (quote,) = read("“The hull is old,” Mira Tolland said. “The plates are thin.”")
    assert [p.words for p in quote.pieces] == ["The hull is old", "The plates are thin."]


def test_two_fragments_woven_into_a_sentence_are_two_partial_quotes() -> None:
    found = read("Mira Tolland called the repair “long overdue” and the delay “a scandal”.")
    assert [q.kind for q in found] == ["partial", "partial"]
    assert [q.pieces[0].words for q in found] == ["long overdue", "a scandal"]


def test_a_following_paragraph_of_words_alone_is_a_quote_of_its_own() -> None:
    text = "“The hull is old,” said Mira Tolland.\n\n“The plates are thin as well.”"
    found = read(text)
    assert len(found) == 2
    assert [q.speaker.name.words for q in found if q.speaker] == ["Mira Tolland"] * 2
    assert found[1].attribution.certain


def test_quotes_are_numbered_in_text_order() -> None:
    found = read("“The hull is old,” said Mira Tolland.\n\n“We will sue,” said Piet Arendt.")
    assert [q.id for q in found] == ["Q1", "Q2"]


def test_the_lab_gets_one_record_for_each_piece_of_a_statement() -> None:
    text = "“The hull is old,” Mira Tolland told NBC. “It needs plates.”"
    (quote,) = statements(text)
    records = quote_record(quote)
    assert [text[int(r["start"] or 0) : int(r["end"] or 0)] for r in records] == [
        "The hull is old",
        "It needs plates.",
    ]
    assert {(r["speaker"], r["cue"], r["via"], r["type"]) for r in records} == {
        ("Mira Tolland", "told", "NBC", "direct")
    }


def test_the_lab_gets_nothing_for_words_that_are_no_statement() -> None:
    (quote,) = read("A sign reading “No swimming” stands at the pier.")
    assert quote_record(quote) == []
