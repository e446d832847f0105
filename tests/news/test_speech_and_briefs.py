import pytest
from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import (
    Answer,
    Attribution,
    Coverage,
    Origin,
    Quote,
    Sentence,
    Story,
    Taken,
    Unread,
    Written,
)
from tests.builders import a_brief, a_briefing, a_quote, a_reference, a_revision, an_article

ARTICLE = an_article()


def test_the_pieces_of_a_quote_are_in_order_and_apart() -> None:
    revision = a_revision()
    first, second = revision.passage("body", 0, 5), revision.passage("body", 3, 9)

    with pytest.raises(VerificationError, match="pieces of quote Q1 overlap"):
        Quote("Q1", (first, second), Attribution())
    with pytest.raises(VerificationError, match="has no words"):
        Quote("Q1", (), Attribution())


def test_a_quote_is_not_put_together_from_two_revisions() -> None:
    quote = a_quote(ARTICLE)
    other = a_revision(number=2).passage("body", 0, 5)

    with pytest.raises(VerificationError, match="put together from two revisions"):
        replace(quote, attribution=replace(quote.attribution, cue=other))


def test_nobody_is_certain_of_an_unknown_speaker() -> None:
    with pytest.raises(VerificationError, match="unknown speaker"):
        Attribution(certain=True)
    with pytest.raises(VerificationError, match="between 0 and 1"):
        Attribution(confidence=1.01)


def test_what_a_model_wrote_cites_something_and_quotes_nothing() -> None:
    cite = ARTICLE.latest.whole_title()

    assert Written("The ferry stops.", (cite,)).text == "The ferry stops."
    with pytest.raises(VerificationError, match="cites nothing"):
        Written("The ferry stops.", ())
    with pytest.raises(VerificationError, match="quotes without a source span"):
        Written("The ferry “stops”.", (cite,))
    with pytest.raises(VerificationError, match="without words"):
        Written(" ", (cite,))
    with pytest.raises(VerificationError, match="without words"):
        Sentence(())


def test_a_brief_cites_only_what_its_sources_list_shows() -> None:
    brief = a_brief(ARTICLE)
    stranger = an_article("a2").latest.passage("body", 0, 9)

    with pytest.raises(VerificationError, match="not in the sources of the brief"):
        replace(brief, sentences=(Sentence.taken(stranger, "Harbour Courier"),))
    with pytest.raises(VerificationError, match="Article a9 is not in the sources"):
        brief.number("a9")


def test_a_brief_does_not_mark_words_as_another_outlets() -> None:
    passage = ARTICLE.latest.passage("body", 0, 9)

    with pytest.raises(VerificationError, match="is not by Somebody Else"):
        replace(a_brief(ARTICLE), sentences=(Sentence((Taken(passage, "Somebody Else"),)),))


def test_a_brief_quotes_statements_only() -> None:
    slogan = replace(a_quote(ARTICLE), use="slogan")

    with pytest.raises(VerificationError, match="is no statement"):
        replace(a_brief(ARTICLE), quotes=(slogan,))


def test_a_story_counts_each_article_once() -> None:
    story = Story("s1", (Origin(("a1", "a2")), Origin(("a3",))))

    assert story.article_ids == ("a1", "a2", "a3")
    with pytest.raises(VerificationError, match="twice"):
        Story("s1", (Origin(("a1",)), Origin(("a1",))))
    with pytest.raises(VerificationError, match="no article"):
        Story("s1", ())
    with pytest.raises(VerificationError, match="without an article"):
        Origin(())


def test_a_briefing_tells_a_story_once_and_counts_honestly() -> None:
    briefing = a_briefing(a_brief())

    with pytest.raises(VerificationError, match="tells a story twice"):
        a_briefing(a_brief(), a_brief())
    with pytest.raises(VerificationError, match="More briefs than stories"):
        replace(briefing, stories_found=0)
    with pytest.raises(VerificationError, match="counted from 1"):
        replace(briefing, version=0)
    with pytest.raises(VerificationError, match="below zero"):
        Coverage(1, -1, unread=(Unread("a", "b"),))


def test_an_answer_says_something_with_a_source_or_why_not() -> None:
    sentence = Sentence.taken(ARTICLE.latest.whole_title(), ARTICLE.outlet)
    answer = Answer("What stops?", (sentence,), (a_quote(ARTICLE),), (a_reference(ARTICLE),))

    assert len(list(answer.passages())) == 3
    assert Answer("Who?", (), (), (), refusal="Not in the sources.").refusal
    with pytest.raises(VerificationError, match="either says something or says why not"):
        Answer("Who?", (), (), ())
    with pytest.raises(VerificationError, match="either says something or says why not"):
        replace(answer, refusal="Not in the sources.")
    with pytest.raises(VerificationError, match="no source of the answer"):
        replace(answer, references=())
