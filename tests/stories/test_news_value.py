"""A story's worth is said with its reasons, and one topic does not fill an edition."""

from datetime import timedelta

from msgspec.structs import replace

from bot.catalogues import load_topics
from bot.news import Article, Origin, Story, WireFacts
from bot.stories import NewsValue, Topic, Topics, in_order, news_value
from tests.builders import NOON, an_article

PORTS = Topics((Topic("ports", words=("ferry",), places=("Port Ellen",)),))


def told(*articles: Article) -> tuple[Story, dict[str, Article]]:
    by_id = {article.id: article for article in articles}
    return Story(f"s{articles[0].id}", tuple(Origin((i,)) for i in by_id)), by_id


def test_the_explanation_names_every_fact() -> None:
    reports = [an_article(f"a{n}", outlet=f"Outlet {n}") for n in range(4)]
    reports[0] = replace(reports[0], wire=WireFacts(urgency=1))
    story, articles = told(*reports)
    value = news_value(story, articles, PORTS, now=NOON + timedelta(hours=2))
    assert value.explained() == (
        "4 origins, 2 h old, 4 reports in the last 3 h, urgency 1, matches ports"
    )


def test_more_origins_newer_reports_urgency_and_topics_are_worth_more() -> None:
    now = NOON + timedelta(hours=5)
    plain, more, newer = (
        told(an_article("a1")),
        told(an_article("a1"), an_article("a2")),
        told(an_article("a1", published_at=NOON + timedelta(hours=4))),
    )
    urgent = told(replace(an_article("a1"), wire=WireFacts(urgency=2)))
    base = news_value(*plain, Topics(), now=now).score
    for story in (more, newer, urgent):
        assert news_value(*story, Topics(), now=now).score > base
    assert news_value(*plain, PORTS, now=now).score > base


def test_a_topic_matches_what_a_source_files_its_items_under() -> None:
    shipping = Topics((Topic("ports", categories=("Shipping",)),))
    said = told(an_article("a1", title="Shipping news", body="Shipping was late."))
    assert news_value(*said, shipping, now=NOON).topics == ()
    filed = told(replace(an_article("a1"), categories=("Local", "shipping & trade")))
    assert news_value(*filed, shipping, now=NOON).topics == ("ports",)


def test_what_is_watched_for_counts_and_is_said() -> None:
    watched = Topics(watch=PORTS.topic)
    story = told(an_article("a1", title="Ferry stops"))
    value = news_value(*story, watched, now=NOON)
    assert value.score > news_value(*story, Topics(), now=NOON).score
    assert value.explained() == "1 origin, 0 h old, watched as ports"


def test_outlets_that_carry_a_story_or_come_back_to_it_make_it_prominent() -> None:
    now = NOON + timedelta(hours=6)
    a1, a2, a3 = (an_article(f"a{n}", outlet=o) for n, o in ((1, "Post"), (2, "Sun"), (3, "Post")))
    articles = {article.id: article for article in (a1, a2, a3)}

    def value(*ids: str) -> NewsValue:
        return news_value(Story("s1", (Origin(ids),)), articles, Topics(), now=now)

    alone, reprinted, twice = value("a1"), value("a1", "a2"), value("a1", "a3")
    assert alone.score < twice.score < reprinted.score
    assert reprinted.explained() == "1 origin, 2 outlets carry it, 6 h old"
    assert twice.explained() == "1 origin, 1 outlet came back to it, 6 h old"


def test_categories_take_turns_unless_nearly_all_have_them() -> None:
    stories = [
        told(replace(an_article(f"a{n}"), categories=("News", "Sport") if n < 2 else ("News",)))
        for n in range(6)
    ]
    articles = {i: a for _, by_id in stories for i, a in by_id.items()}
    found = in_order([story for story, _ in stories], articles, Topics(), now=NOON)
    assert [story.id for story, _ in found] == ["sa0", "sa2", "sa3", "sa4", "sa5", "sa1"]


def test_what_is_watched_for_does_not_take_turns() -> None:
    ferries = [told(an_article(f"f{n}", title="Ferry stops")) for n in range(3)]
    other = told(an_article("o1", title="Library opens", body="Nine thousand books."))
    articles = {i: a for _, by_id in (*ferries, other) for i, a in by_id.items()}
    watched = Topics(watch=PORTS.topic)
    found = in_order([s for s, _ in (*ferries, other)], articles, watched, now=NOON)
    assert [story.id for story, _ in found] == ["sf0", "sf1", "sf2", "so1"]


def test_a_topic_matches_whole_words_only() -> None:
    story, articles = told(an_article("a1", title="Ferryman retires", body="He was eighty."))
    assert news_value(story, articles, PORTS, now=NOON).topics == ()


def test_topics_take_turns() -> None:
    ferries = [told(an_article(f"f{n}", title="Ferry stops")) for n in range(3)]
    other = told(an_article("o1", title="Library opens", body="Nine thousand books."))
    articles = {i: a for _, by_id in (*ferries, other) for i, a in by_id.items()}
    found = in_order([s for s, _ in (*ferries, other)], articles, PORTS, now=NOON)
    assert [story.id for story, _ in found] == ["sf0", "so1", "sf1", "sf2"]


def test_the_shipped_topics_are_none() -> None:
    assert load_topics() == Topics()


def test_what_three_reported_yesterday_comes_before_what_two_did_at_night() -> None:
    night, yesterday = NOON + timedelta(hours=10), NOON
    outbreak = told(*(an_article(f"a{n}", published_at=yesterday) for n in range(3)))
    rescue = told(*(an_article(f"b{n}", published_at=night) for n in range(2)))
    articles = outbreak[1] | rescue[1]
    now = NOON + timedelta(hours=14)
    found = in_order([rescue[0], outbreak[0]], articles, Topics(), now=now)
    assert [story.id for story, _ in found] == ["sa0", "sb0"]


def test_stories_of_equal_worth_stay_in_the_order_given() -> None:
    stories = [told(an_article(f"a{n}")) for n in (2, 0, 1)]
    articles = {i: a for _, by_id in stories for i, a in by_id.items()}
    found = in_order([story for story, _ in stories], articles, Topics(), now=NOON)
    assert [story.id for story, _ in found] == ["sa2", "sa0", "sa1"]
