"""What the sample wire promises: a true README, the right days and marks, nothing real in it."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest

from bot.demo.wire import EVENING, NOW, Item, load_wire, read_item

WIRE = load_wire()
EVERY = (*WIRE.first, *WIRE.revised)
README = (files("bot.demo") / "wire" / "README.md").read_text(encoding="utf-8")
CASE = re.compile(r"^\| ([\w-]+) \| (after: )?`([\w-]+)` \| (.+) \|$", re.MULTILINE)
CASES = CASE.findall(README)
DAYS = (date(2026, 9, 15), date(2026, 9, 16), date(2026, 9, 17))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {"September": 9}
REAL_OUTLETS = (
    r"Reuters|AP|AFP|BBC|CNN|NPR|PA|dpa|DPA|ANSA|EFE|Xinhua|TASS|Bloomberg|Guardian|Times|Telegraph|Post"
    r"|Economist|Spiegel|Le Monde|Figaro|Politico|Axios|ProPublica|Bellingcat|Al Jazeera|Sky News"
)


def name_of(one: Item) -> str:
    return f"{one.id}-after" if one in WIRE.revised else one.id


def item(article_id: str, *, after: bool = False) -> Item:
    found = {i.id: i for i in (WIRE.items("after") if after else WIRE.first)}
    return found[article_id]


def visible(one: Item) -> str:
    return f"{one.headline}\n\n{one.summary}\n\n{one.caption}\n\n{one.body}"


def word_count(one: Item) -> int:
    return len(one.body.split())


def shingles(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"\w+", text.casefold())
    return {tuple(found[i : i + 5]) for i in range(len(found) - 4)}


def test_the_wire_has_the_size_that_its_readme_names() -> None:
    assert len(WIRE.first) == 37
    assert "37 articles on nine events from six outlets" in README
    assert len({one.event for one in WIRE.first}) == 9
    assert {one.outlet for one in WIRE.first} == {outlet.slug for outlet in WIRE.outlets}
    assert len(WIRE.outlets) == 6
    assert len(WIRE.items("before")) == 30


def test_ids_are_unique_and_only_known_articles_are_revised() -> None:
    ids = [one.id for one in WIRE.first]
    assert len(set(ids)) == len(ids)
    assert {one.id for one in WIRE.revised} == {"hc-budget-1", "cda-hospital-2"}
    assert {one.id for one in WIRE.revised} <= set(ids)


def test_two_outlets_belong_to_one_publisher() -> None:
    assert WIRE.outlet("hc").publisher == WIRE.outlet("acw").publisher
    assert len({outlet.publisher for outlet in WIRE.outlets}) == 5


@pytest.mark.parametrize("one", WIRE.first, ids=lambda one: one.id)
def test_an_article_is_as_long_as_news_is(one: Item) -> None:
    assert 200 <= word_count(one) <= 450
    assert len(one.paragraphs) >= 6


@pytest.mark.parametrize("one", EVERY, ids=name_of)
def test_an_article_stands_in_a_feed_of_its_outlet_within_the_three_days(one: Item) -> None:
    assert WIRE.feed(one.feed).outlet == one.outlet
    assert WIRE.feed(one.feed).language == one.language
    assert one.published_at.date() in DAYS
    assert one.published_at <= one.changed_at <= NOW
    assert one.published_at.utcoffset() == timedelta(0)


def test_the_readme_lists_every_article_under_its_event() -> None:
    rows = {m[1]: m[2] for m in re.finditer(r"^\| `(\w+)` \| .+ \| (.+) \|$", README, re.MULTILINE)}
    for event in {one.event for one in WIRE.first}:
        expected = {one.id for one in WIRE.first if one.event == event}
        assert set(re.findall(r"`([\w-]+)`", rows[event])) == expected


def test_the_readme_names_every_case_of_every_article() -> None:
    listed = {(case, article_id) for case, _, article_id, _ in CASES}
    assert listed == {(case, one.id) for one in EVERY for case in one.cases}


@pytest.mark.parametrize(("case", "after", "article_id", "words"), CASES)
def test_the_words_that_the_readme_cites_stand_where_it_says(
    case: str, after: str, article_id: str, words: str
) -> None:
    one = item(article_id, after=bool(after))
    assert case in one.cases
    assert words in visible(one) + (WIRE.template(one.insert) if one.insert else "")


def test_every_case_that_the_briefing_must_stand_up_to_is_there() -> None:
    wanted = """reprinted reprint-verbatim reprint-shortened disagreeing-figures converging-figures
    second-hand quoted-by-others anonymous-official multi-paragraph-quote quotation-only-paragraph
    partial-quote pronoun-speaker pieces-around-she-said scare-quotes sign-slogan placard-in-caption
    title-of-work corrected embargoed killed hostile quiet-event follow-up same-place-other-event
    french straight-marks document-quote"""
    assert {case for case, *_ in CASES} == set(wanted.split())


def test_five_outlets_report_the_ferry_on_the_first_day_and_two_of_them_reprint() -> None:
    first_day = [o for o in WIRE.first if o.event == "ferry" and o.published_at.date() == DAYS[0]]
    assert {one.outlet for one in first_day} == {"cda", "hc", "rad", "acw", "cl"}
    original, copy, cut = item("cda-ferry-1"), item("acw-ferry-1"), item("cl-ferry-1")
    assert copy.paragraphs[:-1] == original.paragraphs
    assert copy.headline != original.headline
    inside = shingles(cut.body) & shingles(original.body)
    assert len(inside) > 0.9 * len(shingles(cut.body))
    assert word_count(cut) < 0.75 * word_count(original)


def test_articles_that_are_not_reprints_share_no_text() -> None:
    own = [one for one in WIRE.first if not one.cases or "reprint" not in one.cases[0]]
    for index, one in enumerate(own):
        for other in own[index + 1 :]:
            shared = shingles(one.body) & shingles(other.body)
            assert len(shared) < 0.08 * len(shingles(one.body)), (one.id, other.id)


def test_the_quiet_event_has_one_source_and_the_follow_up_comes_two_days_later() -> None:
    assert [one.id for one in WIRE.first if one.event == "bell"] == ["acw-bell-1"]
    first = min(one.published_at for one in WIRE.first if one.event == "ferry")
    assert item("km-ferry-3").published_at.date() - first.date() == timedelta(days=2)


def test_the_correction_changes_one_figure_and_adds_a_note() -> None:
    old, new = item("hc-budget-1"), item("hc-budget-1", after=True)
    changed = [(a, b) for a, b in zip(old.paragraphs, new.paragraphs, strict=False) if a != b]
    assert [(a.replace("4.2 million", "2.4 million"), b) for a, b in changed] == [
        changed[0][1:] * 2
    ]
    assert len(new.paragraphs) == len(old.paragraphs) + 1
    assert new.changed_at > EVENING >= old.changed_at


def test_the_killed_text_is_found_nowhere_else() -> None:
    old, new = item("cda-hospital-2"), item("cda-hospital-2", after=True)
    assert (old.state, new.state) == ("usable", "canceled")
    assert "Oakes" in old.body
    rest = "\n".join(visible(one) for one in EVERY if one is not old)
    for words in ("nine lost days", "keeps its own weather secret", "Oakes"):
        assert words not in rest


def test_embargoed_text_is_held_at_the_end_of_the_three_days() -> None:
    held = [one for one in WIRE.first if one.embargo]
    assert {WIRE.feed(one.feed).format for one in held} == {"rss", "json"}
    assert {one.embargo for one in held} == {datetime(2026, 9, 17, 12, tzinfo=UTC)}
    open_text = "\n".join(visible(one) for one in EVERY if not one.embargo)
    for secret in ("every one was walked around", "what the hurry was", "44 land sales"):
        assert secret not in open_text


@pytest.mark.parametrize("one", EVERY, ids=name_of)
def test_a_weekday_with_a_date_is_that_dates_weekday(one: Item) -> None:
    dated = re.findall(rf"({'|'.join(WEEKDAYS)}) (\d+) (\w+)(?: (\d{{4}}))?", visible(one))
    for weekday, day, month, year in dated:
        on = date(int(year or 2026), MONTHS[month], int(day))
        assert WEEKDAYS[on.weekday()] == weekday


@pytest.mark.parametrize("one", EVERY, ids=name_of)
def test_a_lead_speaks_of_days_at_most_two_days_away(one: Item) -> None:
    near = {
        WEEKDAYS[(one.published_at.date() + timedelta(days=step)).weekday()]
        for step in range(-2, 3)
    }
    assert set(re.findall("|".join(WEEKDAYS), one.paragraphs[0])) <= near


@pytest.mark.parametrize("one", EVERY, ids=name_of)
def test_marks_are_paired_except_where_a_quote_goes_on(one: Item) -> None:
    for index, paragraph in enumerate(one.paragraphs):
        if one.outlet == "rad":
            assert paragraph.count('"') % 2 == 0
            assert not re.search("[“”]", paragraph)
            continue
        assert '"' not in paragraph
        left_open = paragraph.count("“") - paragraph.count("”")
        if left_open:
            assert left_open == 1
            assert one.paragraphs[index + 1].startswith("“")


@pytest.mark.parametrize("one", EVERY, ids=name_of)
def test_no_real_outlet_is_named(one: Item) -> None:
    assert not re.search(rf"\b(?:{REAL_OUTLETS})\b", visible(one) + one.byline + one.credit)


def test_every_address_in_a_text_or_page_is_an_example() -> None:
    texts = [visible(one) for one in EVERY] + [text for _, text in WIRE.templates]
    addresses = re.findall(r"https?://([^/\s\"?)]+)", "\n".join(texts))
    known = {"www.w3.org", "schema.org"}
    assert {host for host in addresses if not host.endswith(".example")} <= known


def test_a_file_without_a_header_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"odd\.md: the file does not begin with a header"):
        read_item("odd.md", "Just words.\n")


def test_a_header_with_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"odd\.md: .*colour"):
        read_item("odd.md", '+++\ncolour = "red"\n+++\nWords.\n')


def test_what_is_not_in_the_wire_is_a_callers_mistake() -> None:
    for ask in (WIRE.outlet, WIRE.feed, WIRE.template):
        with pytest.raises(ValueError, match="nowhere"):
            ask("nowhere")
