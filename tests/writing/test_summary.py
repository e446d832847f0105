from bot.language import load_weights
from bot.writing import summarise

LEAD = "The ferry to Tern Island stops for a month from Monday, the Sound Line said."
QUOTE = "“The hull needs new plates before it sails again,” said Mira Tolland."
BOAT = "The council will hire a fishing boat for schoolchildren and for the doctor."


def test_a_summary_is_made_of_the_documents_own_sentences() -> None:
    docs = [("", f"Share\n\n{LEAD}\n\n{QUOTE}"), ("Ferry stops", BOAT)]
    assert summarise(docs, load_weights(), sentences=3) == f"{LEAD} {BOAT}"


def test_a_summary_is_as_short_as_asked() -> None:
    docs = [("Ferry to Tern Island stops", f"{LEAD} {BOAT}")]
    assert summarise(docs, load_weights(), sentences=1) == LEAD


def test_line_breaks_in_a_sentence_become_spaces() -> None:
    wrapped = LEAD.replace("for a month", "for\na month")
    assert summarise([("", f"{wrapped}\n\n{BOAT}")], load_weights(), sentences=2).count("\n") == 0


def test_documents_without_sentences_have_an_empty_summary() -> None:
    assert summarise([("", "Share\n\nBy Ada Quist")], load_weights(), sentences=3) == ""
    assert summarise([], load_weights(), sentences=3) == ""
