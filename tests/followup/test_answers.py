"""Answers stay inside their sources, whatever is asked."""

from datetime import timedelta
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.followup import answer
from bot.language import load_question_words, load_weights
from bot.news import Answer, Quote
from tests.builders import NOON, a_quote, a_reference, a_revision, an_article
from tests.followup.samples import ask, load_story

slowly = settings(deadline=None, max_examples=50)
"""A question reads a whole story, and how long that takes depends on the machine."""

STORIES: Final = ("ferry", "budget", "festival")
WORDS: Final = [
    *("who", "what", "when", "how", "many", "much", "old", "first", "said", "did", "say", "about"),
    *("outlets", "report", "it", "that", "she", "Farrant", "Ashgrove", "206", "radar", "ferry"),
    *("library", "@everyone", "“", "”", "(", "[", ".*", "\\", "'", "-", "Stavering", "1,000"),
]

questions = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.tuples(st.sampled_from(WORDS), st.integers(1, 1500)).map(lambda w: f"{w[0]} " * w[1]),
)

FULL: Final = (
    "The ferry to Tern Island stops for a month from Monday.\n\n"
    "“The hull needs new plates,” said Mira Tolland, who runs the line. “The yard has them.”\n\n"
    "Two hundred people cross the sound on it each day.\n\n"
    "Correction: An earlier version said that four hundred people cross the sound."
)


def ask_one(question: str, body: str = FULL, *, previous: str = "") -> Answer:
    article = an_article(body=body)
    quotes: dict[str, tuple[Quote, ...]] = {}
    if "“" in body:
        quotes["a1"] = (
            a_quote(article),
            a_quote(article, "The yard has them.", quote_id="Q2"),
        )
    return answer(
        question,
        [a_reference(article)],
        {"a1": article},
        quotes,
        load_weights(),
        words=load_question_words(),
        previous=previous,
    )


def printed(found: Answer) -> list[str]:
    return [p.words for sentence in found.sentences for p in sentence.passages()]


@slowly
@given(st.sampled_from(STORIES), questions, questions)
def test_any_question_is_answered_from_the_sources_or_refused(
    event: str, question: str, previous: str
) -> None:
    found = ask(event, question, previous)

    assert bool(found.refusal) != bool(found.sentences or found.quotes)
    assert len(found.sentences) <= 6
    assert len(found.quotes) <= 3
    articles = load_story(event).articles
    for passage in found.passages():
        span = passage.span
        assert articles[span.article_id].latest.passage(span.field, span.start, span.end) == passage


@slowly
@given(questions)
def test_a_refusal_repeats_no_word_of_the_question(question: str) -> None:
    found = ask_one(question, body="A crane lifted the bell.")

    assert not found.refusal or found.refusal in {
        "Not in the sources of this story.",
        "Not in the sources of this story. The nearest thing is in Harbour Courier [1].",
    }


@slowly
@given(questions)
def test_the_same_question_gets_the_same_answer(question: str) -> None:
    assert ask("budget", question) == ask("budget", question)


def test_of_a_question_two_thousand_characters_are_read() -> None:
    assert len(ask_one("who " * 2000).question) <= 2000


def test_a_story_without_articles_is_refused() -> None:
    found = answer("What happened?", [], {}, {}, load_weights(), words=load_question_words())

    assert found.refusal == "Not in the sources of this story."


def test_an_article_that_is_not_given_is_not_searched_and_keeps_its_number() -> None:
    held, open_ = an_article("a1"), an_article("a2", outlet="Tern Post")
    found = answer(
        "How many people cross the sound?",
        [a_reference(held), a_reference(open_)],
        {"a2": open_},
        {},
        load_weights(),
        words=load_question_words(),
    )

    assert {p.span.article_id for p in found.passages()} == {"a2"}
    assert [r.article_id for r in found.references] == ["a1", "a2"]


def test_an_article_that_changed_answers_in_its_latest_words_and_is_marked() -> None:
    old = an_article()
    new = an_article(
        "a1",
        a_revision(),
        a_revision(
            number=2,
            body="Three hundred people cross the sound each day.",
            seen_at=NOON + timedelta(hours=1),
        ),
    )
    question = "How many people cross the sound?"
    found = answer(
        question,
        [a_reference(old)],
        {"a1": new},
        {"a1": ()},
        load_weights(),
        words=load_question_words(),
    )

    assert printed(found) == ["Three hundred people cross the sound each day."]
    assert [(r.revision, r.corrected) for r in found.references] == [(2, True)]


def test_a_quote_of_an_older_revision_is_not_given() -> None:
    old = an_article()
    new = an_article("a1", a_revision(), a_revision(number=2, body="Mira Tolland went home."))
    found = answer(
        "What did Mira Tolland say?",
        [a_reference(old)],
        {"a1": new},
        {"a1": (a_quote(old),)},
        load_weights(),
        words=load_question_words(),
    )

    assert not found.quotes


def test_who_said_is_answered_with_the_quote() -> None:
    found = ask_one("Who said the hull needs new plates?")

    assert [quote.id for quote in found.quotes] == ["Q1"]
    assert not found.sentences


def test_a_sentence_inside_a_quotation_is_printed_as_a_quote_not_as_the_outlets_words() -> None:
    found = ask_one("Does the yard have plates?")

    assert "Q2" in [quote.id for quote in found.quotes]
    assert "“The yard has them.”" not in printed(found)


def test_what_a_correction_repeats_is_not_told_as_the_news() -> None:
    assert printed(ask_one("How many people cross the sound?")) == [
        "Two hundred people cross the sound on it each day."
    ]


def test_a_correction_is_told_when_it_is_asked_for() -> None:
    assert any("four hundred" in words for words in printed(ask_one("What was the correction?")))


def test_a_name_that_is_not_in_the_sources_is_refused() -> None:
    assert ask_one("What did Anton Brugg say about the hull?").refusal


def test_a_figure_that_is_not_in_the_sources_is_refused() -> None:
    assert ask_one("Do 700 people cross the sound?").refusal


def test_a_figure_in_words_is_found_by_its_digits() -> None:
    body = "Twelve boats were lost off Tern Island."

    assert printed(ask_one("Were 12 boats lost?", body)) == [body]


def test_she_is_who_the_question_before_was_about() -> None:
    found = ask_one("What did she say?", previous="Who is Mira Tolland?")

    assert [quote.id for quote in found.quotes] == ["Q1", "Q2"]


def test_she_is_who_spoke_in_the_answer_before() -> None:
    found = ask_one(
        "And what did she say about the yard?", previous="who said the hull needs new plates?"
    )

    assert "Q2" in [quote.id for quote in found.quotes]


def test_she_alone_is_nobody() -> None:
    assert ask_one("What did she say?").refusal


def test_when_was_that_asks_for_what_the_question_before_was_about() -> None:
    found = ask_one("When was that?", previous="Does the ferry to Tern Island stop?")

    assert printed(found) == ["The ferry to Tern Island stops for a month from Monday."]


def test_the_one_who_had_it_first_is_the_earliest_article() -> None:
    found = ask("land", "Who reported it first?")

    assert [p.span.article_id for p in found.passages()] == ["km-land-1"]


def test_the_outlets_that_report_are_told_with_one_passage_each() -> None:
    found = ask("power", "Which outlets report it?")
    outlets = [r.outlet for r in found.references]

    assert len(found.sentences) == len(set(outlets)) == 3


def test_of_figures_that_differ_the_newest_come_first() -> None:
    first, *_ = printed(ask("hospital", "How many people have been infected?"))

    assert "Fourteen" in first or "14" in first


def test_the_same_words_in_reprints_are_printed_once() -> None:
    found = ask("ferry", "Who said there was no panic?")

    assert len(found.quotes) == 1


def test_a_question_in_another_language_finds_the_sentence_in_it() -> None:
    found = ask("ferry", "Combien de personnes se trouvaient à bord du Maid of Stavering ?")

    assert [p.span.article_id for p in found.passages()] == ["cda-fr-ferry-1"]


def test_a_role_finds_the_person_who_has_it() -> None:
    found = ask("budget", "What did the mayor say?")

    assert {q.speaker.name.words for q in found.quotes if q.speaker} == {"Odile Farrant"}


def test_a_first_name_that_belongs_to_somebody_else_is_not_this_person() -> None:
    assert ask("budget", "What did Odile Pell say?").refusal


def test_somebody_without_a_name_does_not_speak_for_others_without_one() -> None:
    body = (
        "“The hull is old,” said an inspector of the line. "
        "“The yard is shut,” said a welder of the yard."
    )
    article = an_article(body=body)
    quotes = (
        a_quote(article, "The hull is old,", speaker="an inspector"),
        a_quote(article, "The yard is shut,", speaker="a welder", quote_id="Q2"),
    )
    found = answer(
        "What did the welder say?",
        [a_reference(article)],
        {"a1": article},
        {"a1": quotes},
        load_weights(),
        words=load_question_words(),
    )

    assert [quote.id for quote in found.quotes] == ["Q2"]


def test_how_much_is_not_answered_with_how_many() -> None:
    body = "Four anglers left Tern Island. The lamp of Tern Island was given 70 crowns."

    assert printed(ask_one("How much was the lamp given?", body)) == [
        "The lamp of Tern Island was given 70 crowns."
    ]


def test_an_age_is_told_only_of_whoever_was_asked_for() -> None:
    body = "Mira Tolland, 41, runs the line. Anton Brugg, who has 12 boats, does not."

    assert printed(ask_one("How old is Mira Tolland?", body)) == [
        "Mira Tolland, 41, runs the line."
    ]
    assert ask_one("How old is Anton Brugg?", body).refusal


def test_the_most_of_a_question_is_not_enough_without_what_it_asks() -> None:
    assert ask("ferry", "How much did the ferry cost to build?").refusal


def test_a_speakers_name_does_not_make_up_for_what_was_asked_about() -> None:
    assert ask("land", "What did Gregor Pell say about the ferry?").refusal


def test_a_question_that_names_its_speaker_takes_nothing_over_from_the_one_before() -> None:
    alone = ask_one("What did Mira Tolland say?")
    after = ask_one("What did Mira Tolland say?", previous="How many people cross each day?")

    assert alone.quotes
    assert after.quotes == alone.quotes
