"""A question to the whole window finds the story that it is about, or none."""

import pytest

from bot.desk import Desk
from bot.desk_questions import NO_STORY, ask_window, stories_for
from tests.chat.asking import hold
from tests.chat.rooms import NEWS
from tests.laws.desks import NOW, a_desk


async def a_read_desk() -> Desk:
    """Return a desk that has read its two stories."""
    desk = a_desk(NEWS)
    await desk.read_sources(now=NOW)
    return desk


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Mira Tolland say about the barge?", "The hull of the barge needs new plates"),
        ("How many crowns did the shelves cost?", "40,000 crowns"),
        ("When does the new library open?", "in October"),
    ],
)
async def test_the_story_that_is_meant_answers(question: str, words: str) -> None:
    found = await ask_window(await a_read_desk(), question, now=NOW)

    said = " ".join(passage.words for passage in found.answer.passages())
    assert words in said
    assert found.dossier
    (brief,) = found.dossier.briefing.briefs
    assert {r.article_id for r in found.answer.references} == {
        r.article_id for r in brief.references
    }


@pytest.mark.parametrize("question", ["Who won the chess final?", "???", "what is it", ""])
async def test_what_no_story_speaks_of_is_refused(question: str) -> None:
    found = await ask_window(await a_read_desk(), question, now=NOW)

    assert found.answer.refusal == NO_STORY
    assert found.dossier is None


async def test_a_story_that_does_not_say_it_refuses_by_itself() -> None:
    found = await ask_window(await a_read_desk(), "How old is the harbour crane?", now=NOW)

    assert "Not in the sources" in found.answer.refusal


async def test_nothing_held_is_asked() -> None:
    desk = await a_read_desk()
    await hold(desk.tools.archive, "Harbour")

    found = await ask_window(desk, "What did Mira Tolland say about the barge?", now=NOW)

    assert found.answer.refusal == NO_STORY


async def test_a_word_in_the_title_leads_before_one_in_the_text() -> None:
    desk = await a_read_desk()
    day = await desk.day(now=NOW)
    near = stories_for("library crane library", day.stories, day.articles, desk.tools.weights)

    titles = [day.articles[story.article_ids[0]].latest.title for story in near]
    assert set(titles) == {
        "New library for Ostervik school",
        "Harbour crane stands still until Friday",
    }
    near = stories_for("the Ostervik library", day.stories, day.articles, desk.tools.weights)
    assert len(near) == 1
