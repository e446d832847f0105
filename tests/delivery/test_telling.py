"""Insertions, updates, doubts and leads read the same way on every surface."""

import io
from datetime import UTC, timedelta

from msgspec.structs import replace
from rich.console import Console

from bot.console.terminal import print_card
from bot.delivery.chat_text import stretches
from bot.delivery.citing import plain
from bot.delivery.compact import edition_messages
from bot.delivery.edition import briefing_card, story_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.delivery.telling import reported_by, short_told
from bot.news import Article, Brief, Dossier, Insertion, Passage, Sentence, Taken
from tests.builders import NOON, a_brief, a_briefing, an_article

BODY = (
    "Emma Tolland welds hulls. She will mend the ferry by Easter. Who pays is not known. "
    "The ferry sails again on Friday. The yard has eleven new plates for its hull."
)
ARTICLE = an_article("a1", body=BODY)


def passage(words: str, article: Article = ARTICLE) -> Passage:
    start = article.latest.body.index(words)
    return article.latest.passage("body", start, start + len(words))


def taken(words: str, article: Article = ARTICLE) -> Sentence:
    return Sentence.taken(passage(words, article), article.outlet)


MENDED = Sentence(
    (
        Insertion(passage("Emma Tolland")),
        Taken(passage("will mend the ferry by Easter."), "Harbour Courier"),
    )
)
PRINTED = "[Emma Tolland] will mend the ferry by Easter."
BRIEF = replace(
    a_brief(ARTICLE),
    sentences=(MENDED,),
    unconfirmed=(taken("Who pays is not known."),),
    changed=(taken("The ferry sails again on Friday."),),
    told_at=NOON - timedelta(hours=5),
)


def test_an_insertion_stands_in_square_brackets_on_every_surface() -> None:
    card = story_card(a_briefing(BRIEF), BRIEF, UTC)
    screen = io.StringIO()
    print_card(Console(file=screen, force_terminal=True, width=500, color_system=None), card)
    assert PRINTED in to_plain(card)
    assert PRINTED in screen.getvalue()
    escaped = PRINTED.replace("[", r"\[").replace("]", r"\]")
    assert escaped in to_markdown(card)
    assert escaped in "\n".join(stretches(card.blocks))


def test_no_space_stands_before_a_mark_that_closes() -> None:
    body = "Emma Tolland welds. She, too, will wait."
    article = an_article("a1", body=body)
    rest = Taken(passage(", too, will wait.", article), "Harbour Courier")
    sentence = Sentence((Insertion(passage("Emma Tolland", article)), rest))
    assert plain(sentence) == "[Emma Tolland], too, will wait."


def test_what_changed_comes_first_and_what_is_unconfirmed_is_marked() -> None:
    lines = to_plain(story_card(a_briefing(BRIEF), BRIEF, UTC)).splitlines()
    new = next(n for n, line in enumerate(lines) if line == "New since 4 Mar, 07:00:")
    assert lines[new + 1] == "  • The ferry sails again on Friday. Harbour Courier [1]"
    assert lines[new + 2] == "The story so far:"
    assert lines[new + 3] == f"  • {PRINTED} Harbour Courier [1]"
    assert lines[new + 4] == "Not confirmed: Who pays is not known. Harbour Courier [1]"


def test_a_story_without_a_new_sentence_says_so() -> None:
    same = replace(BRIEF, changed=())
    line = "Told on 4 Mar, 07:00; no new sentence since: see the headline and the quotes."
    assert line in to_plain(story_card(a_briefing(same), same, UTC))
    (message,) = edition_messages(dossier(same), UTC)
    assert line in message.stretches[1].text


def test_a_story_that_was_told_before_is_an_update_on_every_surface() -> None:
    title = ARTICLE.latest.title
    assert f"Update: {title}" in to_plain(story_card(a_briefing(BRIEF), BRIEF, UTC))
    (message,) = edition_messages(dossier(BRIEF), UTC)
    assert f"### Update: {title}" in message.stretches[1].text
    first = replace(BRIEF, changed=(), told_at=None)
    assert "Update" not in to_plain(story_card(a_briefing(first), first, UTC))


def test_an_edition_counts_the_stories_that_it_does_not_tell_again() -> None:
    edition = a_briefing(BRIEF)
    again = replace(edition, coverage=replace(edition.coverage, repeats=2))
    line = "1 story, from 1 article from 1 source; nothing new in 2 stories told before."
    assert line in to_plain(briefing_card(again, UTC))
    quiet = replace(again, briefs=())
    assert "1 item seen, nothing new in 2 stories told before." in to_plain(
        briefing_card(quiet, UTC)
    )


def test_a_briefing_for_one_reader_says_since_when() -> None:
    edition = a_briefing(BRIEF)
    since = replace(edition.coverage, mark=NOON - timedelta(hours=6), since=NOON)
    edition = replace(edition, coverage=since)
    line = "New since 4 Mar, 06:00: 1 story, from 1 article from 1 source."
    assert line in to_plain(briefing_card(edition, UTC))
    (message,) = edition_messages(Dossier(briefing=edition, articles=(ARTICLE,)), UTC)
    assert line in message.stretches[0].text.replace("\\", "")


def test_a_chat_message_tells_news_and_doubts_too() -> None:
    (message,) = edition_messages(dossier(BRIEF), UTC)
    _, told, doubt, _ = message.stretches[1].text.splitlines()
    assert told.startswith("New since 4 Mar, 07:00: The ferry sails again on Friday. [Harbour")
    assert doubt.startswith("-# Not confirmed: Who pays is not known.")


def dossier(*briefs: Brief) -> Dossier:
    articles = {r.article_id: ARTICLE for brief in briefs for r in brief.references}
    return Dossier(briefing=a_briefing(*briefs), articles=tuple(articles.values()))


def test_an_edition_of_many_stories_begins_with_what_leads_it() -> None:
    titled = [an_article(f"a{n}", title=f"Story number {n}") for n in range(4)]
    briefs = [a_brief(article, story_id=f"s{n}") for n, article in enumerate(titled)]
    lead = "In this edition: Story number 0 (Harbour Courier); Story number 1 (Harbour Courier); "
    edition = a_briefing(*briefs)
    assert lead in to_plain(briefing_card(edition, UTC))
    assert "Story number 3 (" not in to_plain(briefing_card(edition, UTC))
    (message,) = edition_messages(Dossier(briefing=edition, articles=tuple(titled)), UTC)
    assert "In this edition: Story number 0" in message.stretches[0].text
    assert "In this edition" not in to_plain(briefing_card(a_briefing(*briefs[:3]), UTC))


def test_a_short_card_keeps_the_event_and_the_newest_report() -> None:
    later = an_article("a2", outlet="Sound Post", body=BODY)
    first, second = taken("Emma Tolland welds hulls."), taken("Who pays is not known.")
    newest = taken("The ferry sails again on Friday.", later)
    brief = replace(a_brief(ARTICLE, later), sentences=(first, second, newest))
    assert short_told(brief, 3) == (first, second, newest)
    assert short_told(brief, 2) == (first, newest)
    assert short_told(brief, 1) == (newest,)
    alone = replace(a_brief(ARTICLE), sentences=(first, second))
    assert short_told(alone, 1) == (first,)
    assert short_told(BRIEF, 1) == BRIEF.changed


def test_a_very_short_card_tells_the_event_and_not_what_was_said_last() -> None:
    body = (
        "Weather was mild. The ferry to Tern Island will stop for a month from Monday. "
        "The yard has eleven plates."
    )
    early = an_article("a1", body=body)
    late = an_article("a2", outlet="Sound Post", title="Month without a ferry", body=body)
    weather = taken("Weather was mild.", early)
    event = taken("The ferry to Tern Island will stop for a month from Monday.", early)
    last = taken("The yard has eleven plates.", late)
    brief = replace(a_brief(early, late), sentences=(weather, event, last))
    assert short_told(brief, 1) == (event,)
    assert short_told(brief, 2) == (event, last)


def test_many_outlets_are_counted() -> None:
    articles = [an_article(f"a{n}", outlet=f"Outlet {n}") for n in range(7)]
    assert reported_by(a_brief(*articles[:2])) == "Outlet 0 and Outlet 1"
    named = "Outlet 0, Outlet 1, Outlet 2, Outlet 3 and 3 more"
    assert reported_by(a_brief(*articles)) == named
