from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import VerificationError
from bot.language import load_lexicon, load_weights
from bot.news import (
    Article,
    Brief,
    Briefing,
    Coverage,
    Dossier,
    Insertion,
    Origin,
    Quote,
    SecondHand,
    Story,
    Taken,
    Written,
)
from bot.quotes import find_referents
from bot.text import words
from bot.writing import Findings, Limits, Update, write_brief
from bot.writing.quoted import quotations
from tests.builders import NOON, a_quote, a_revision, an_article

LEAD = "The ferry to Tern Island stops for a month from Monday, the Sound Line said."
CRACKS = "Inspectors found cracks in the hull plates of the Grey Heron last week."
BOAT = "The council will hire a fishing boat for schoolchildren and for the doctor."
SAID = "“Cracks are no joke on a winter sea,” said Mira Tolland of the Sound Line."
FERRY = f"{LEAD}\n\n{CRACKS}\n\n{SAID}\n\n{BOAT}"
RETOLD = (
    "Islanders face four weeks without their ferry, which goes into dry dock on Monday.\n\n"
    "Welders need a month to replace eleven plates of the Grey Heron, the yard in Marl said."
)


def brief_of(
    *articles: Article,
    origins: Sequence[tuple[str, ...]] = (),
    quotes: Sequence[Quote] = (),
    reports: Sequence[SecondHand] = (),
    limits: Limits | None = None,
    update: Update | None = None,
) -> Brief:
    found = origins or [(article.id,) for article in articles]
    return write_brief(
        Story("s1", tuple(Origin(ids) for ids in found)),
        {article.id: article for article in articles},
        {a.id: [q for q in quotes if q.article_id == a.id] for a in articles},
        {a.id: [r for r in reports if r.name.span.article_id == a.id] for a in articles},
        load_weights(),
        limits or Limits(),
        Findings(
            referents={a.id: find_referents(a.latest, load_lexicon()) for a in articles},
            update=update,
        ),
    )


def said(brief: Brief) -> list[str]:
    return [part.passage.words for part in list(brief.takeovers())[1:]]


def headline(brief: Brief) -> str:
    return next(brief.takeovers()).passage.words


def test_the_headline_is_the_articles_title() -> None:
    brief = brief_of(an_article(title=" Ferry to Tern Island stops \n", body=FERRY))
    assert headline(brief) == "Ferry to Tern Island stops"


def test_a_title_that_says_what_happened_is_preferred() -> None:
    asks = an_article("a1", title="What now, Tern Island?", body=FERRY)
    tells = an_article("a2", title="Tern Island ferry stops for a month", body=RETOLD)
    assert headline(brief_of(asks, tells)) == "Tern Island ferry stops for a month"


def test_without_a_title_the_first_sentence_heads_the_brief_and_is_not_said_again() -> None:
    brief = brief_of(an_article(title="", body=FERRY))
    assert headline(brief) == LEAD
    assert LEAD not in said(brief)


def test_sentences_are_marked_with_their_outlet_and_stand_in_reading_order() -> None:
    brief = brief_of(an_article(title="Ferry to Tern Island stops", body=FERRY))
    assert said(brief) == [LEAD, CRACKS, BOAT]
    assert {part.outlet for part in brief.takeovers()} == {"Harbour Courier"}


def test_furniture_is_never_taken_over() -> None:
    body = (
        "By Ada Quist\n\nShare\n\nThe ferry at its pier on Tern Island. Photo: Ada Quist / NWA\n\n"
        f"(More: Why the ferry to Tern Island stops)\n\nFerry line in trouble\n\n{FERRY}"
    )
    assert said(brief_of(an_article(title="Ferry stops", body=body))) == [LEAD, CRACKS, BOAT]


def test_a_sentence_that_leans_on_the_one_before_comes_only_behind_it() -> None:
    leaning = "But she will carry her mail bags across in a rowing boat until Easter."
    alone = brief_of(an_article(body=f"{LEAD}\n\n{SAID}\n\n{leaning}"))
    assert leaning not in said(alone)
    behind = brief_of(an_article(body=f"{LEAD}\n\n{leaning}"))
    assert said(behind) == [LEAD, leaning]


def test_when_nothing_else_is_there_a_leaning_sentence_is_better_than_none() -> None:
    leaning = "He stops the ferry to Tern Island for a month from Monday."
    assert said(brief_of(an_article(title="Ferry", body=leaning))) == [leaning]


def test_several_outlets_are_heard_and_nothing_is_said_twice() -> None:
    first = an_article("a1", title="Ferry to Tern Island stops", body=FERRY)
    again = an_article(
        "a2", outlet="Sound Post", title="Tern Island ferry stops", body=f"{LEAD}\n\n{RETOLD}"
    )
    brief = brief_of(first, again)
    assert {part.outlet for part in brief.takeovers()} == {"Harbour Courier", "Sound Post"}
    assert len(set(said(brief))) == 3


def test_sentences_stand_in_the_order_of_what_they_tell() -> None:
    first = an_article("a1", title="Ferry to Tern Island stops", body=LEAD)
    news = "The ferry to Tern Island sails again after welders mended the hull of the Grey Heron."
    latest = an_article("a2", title="Ferry sails", body=news, published_at=NOON + timedelta(days=2))
    assert said(brief_of(first, latest)) == [LEAD, news]
    assert said(brief_of(latest, first)) == [LEAD, news]


def test_no_more_words_than_allowed_are_taken_over_from_one_article() -> None:
    article = an_article(title="Ferry to Tern Island stops", body=FERRY)
    brief = brief_of(article, limits=Limits(max_words_per_article=25))
    assert sum(len(words(part.passage.words)) for part in brief.takeovers()) <= 25
    assert said(brief) == [LEAD]


def test_a_reprint_is_listed_and_not_heard() -> None:
    original = an_article("a1", title="Ferry to Tern Island stops", body=FERRY)
    reprint = an_article(
        "a2", outlet="Sound Post", title="No ferry", body=FERRY, published_at=NOON - timedelta(1)
    )
    brief = brief_of(original, reprint, origins=[("a1", "a2")])
    assert {part.outlet for part in brief.takeovers()} == {"Harbour Courier"}
    assert [(r.article_id, r.reprint) for r in brief.references] == [("a1", False), ("a2", True)]


def test_a_whole_copy_speaks_for_an_original_that_was_cut_short() -> None:
    stub = an_article("a1", title="Ferry to Tern Island stops", body=LEAD)
    whole = an_article("a2", outlet="Sound Post", title="Ferry stops", body=FERRY)
    brief = brief_of(stub, whole, origins=[("a1", "a2")])
    assert said(brief) == [LEAD, CRACKS, BOAT]


def test_the_latest_revision_is_briefed_and_the_correction_is_said() -> None:
    article = an_article(
        "a1",
        a_revision("a1", 1, title="Ferry stops", body=FERRY),
        a_revision("a1", 2, title="Ferry stops", body=FERRY.replace("Monday", "Tuesday")),
    )
    brief = brief_of(article)
    assert said(brief)[0] == LEAD.replace("Monday", "Tuesday")
    assert [(r.revision, r.corrected) for r in brief.references] == [(2, True)]


def test_quotes_of_another_revision_are_left_out() -> None:
    old = an_article("a1", a_revision("a1", 1, body=f"“Cracks,” said Mira Tolland.\n\n{FERRY}"))
    new = an_article("a1", *old.revisions, a_revision("a1", 2, body=FERRY))
    assert brief_of(new, quotes=[a_quote(old, "Cracks,")]).quotes == ()


def test_reports_at_second_hand_are_listed_once_by_name() -> None:
    body = f"According to the Marl Gazette, welders need a month. The Marl Gazette saw them. {LEAD}"
    article = an_article(body=body)
    claim = article.latest.passage("body", 0, 55)
    reports = [
        SecondHand(article.latest.passage("body", start, start + 16), "outlet", claim)
        for start in (body.index("the Marl"), body.index("The Marl"))
    ]
    assert brief_of(article, reports=reports).second_hand == (reports[0],)


def test_an_article_without_any_text_cannot_be_briefed() -> None:
    with pytest.raises(VerificationError, match="without any text"):
        brief_of(an_article(title=" ", body="\n"))


SHE = "She will replace eleven plates of the Grey Heron in the yard at Marl by Easter."
WELDER = "Emma Tolland welds the hulls of ferries."


def parts(brief: Brief) -> list[list[str]]:
    found = (p for s in brief.sentences for p in s.parts if not isinstance(p, Written))
    return [[type(part).__name__, part.passage.words] for part in found]


def test_a_name_stands_in_brackets_for_a_pronoun_that_stands_alone() -> None:
    brief = brief_of(an_article(title="Ferry stops", body=f"{WELDER} {SHE}\n\n{LEAD}"))
    rest = ["Taken", SHE.removeprefix("She ")]
    assert parts(brief)[-1] != rest  # the sentence before it says who she is
    alone = brief_of(
        an_article(title="Ferry stops", body=f"{LEAD}\n\nEmma Tolland welds hulls. {SHE}")
    )
    assert parts(alone) == [["Taken", LEAD], ["Insertion", "Emma Tolland"], rest]


def test_a_word_that_only_joins_is_cut_off_where_a_sentence_is_left() -> None:
    joined = f"{LEAD}\n\nBut Mira Tolland has found a boat for the doctor and the children."
    assert said(brief_of(an_article(title="Ferry stops", body=joined))) == [
        LEAD,
        "Mira Tolland has found a boat for the doctor and the children.",
    ]


def test_what_a_source_does_not_know_is_told_apart() -> None:
    doubts = [
        "The cause of the cracks in the hull is not known.",
        "At the yard in Marl it is not yet clear who pays for the plates.",
    ]
    brief = brief_of(an_article(title="Ferry stops", body="\n\n".join([LEAD, *doubts])))
    assert said(brief)[0] == LEAD
    assert len(brief.sentences) == 1
    assert [p.words for s in brief.unconfirmed for p in s.passages()] == doubts
    alone = brief_of(an_article(title="Ferry stops", body="\n\n".join(doubts)))
    assert len(alone.sentences) == 2  # better than nothing
    assert alone.unconfirmed == ()


def test_what_nobody_had_said_when_the_story_was_last_told_comes_first() -> None:
    old = an_article("a1", title="Ferry to Tern Island stops", body=FERRY)
    news = "The ferry to Tern Island sails again after welders mended the hull of the Grey Heron."
    latest = an_article("a2", title="Ferry sails", body=f"{LEAD}\n\n{news}")
    start = latest.latest.body.index(news)
    new = latest.latest.passage("body", start, start + len(news))
    brief = brief_of(old, latest, update=Update(NOON, (new,)))
    assert [s.parts for s in brief.changed] == [(Taken(new, "Harbour Courier"),)]
    assert news not in [words for _, words in parts(brief)]
    assert brief.told_at == NOON
    unchanged = brief_of(old, latest, update=Update(NOON))
    assert (unchanged.changed, unchanged.told_at) == ((), NOON)


FRAGMENTS = st.sampled_from(
    [
        LEAD,
        CRACKS,
        BOAT,
        f"{WELDER} ",
        f"{SHE} ",
        "“She welds the hulls of ferries in the yard.” ",
        "It is not known who pays for the plates of the hull. ",
        "But Emma Tolland has found a boat for the doctor and the children. ",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "«",
        "»",
        " ",
        "\n\n",
        "He said: ",
        "🦆",
        "é",
        "?",
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=12).map("".join)


def insertions(brief: Brief) -> list[Taken]:
    """Return what follows an insertion: the words that it is put in front of."""
    pairs = [p for s in brief.printed() for p in zip(s.parts, s.parts[1:], strict=False)]
    return [b for a, b in pairs if isinstance(a, Insertion) and isinstance(b, Taken)]


def is_in_quotation(part: Taken, articles: Sequence[Article]) -> bool:
    span = part.passage.span
    body = next(a for a in articles if a.id == span.article_id).latest.body
    start = body.rfind("\n", 0, span.start) + 1
    end = body.find("\n", span.start)
    found = quotations(body, start, len(body) if end < 0 else end)
    return any(first < span.start - 1 and span.start < last for first, last in found)


@given(
    texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4).filter(
        lambda texts: any((title + body).strip() for title, body in texts)
    ),
    together=st.booleans(),
    told=st.booleans(),
    limits=st.builds(
        Limits,
        sentences_per_story=st.integers(1, 5),
        max_words_per_article=st.integers(20, 60),
        quotes_per_story=st.integers(0, 3),
    ),
)
def test_whatever_the_texts_the_brief_verifies_and_keeps_its_limits(
    texts: list[tuple[str, str]], *, together: bool, told: bool, limits: Limits
) -> None:
    articles = [an_article(f"a{n}", title=t, body=b) for n, (t, b) in enumerate(texts)]
    ids = tuple(article.id for article in articles)
    new = tuple(a.latest.passage("body", 0, len(a.latest.body)) for a in articles if a.latest.body)
    brief = brief_of(
        *articles,
        origins=[ids] if together else [(i,) for i in ids],
        limits=limits,
        update=Update(NOON, new[:2]) if told else None,
    )
    briefing = Briefing("b1", 1, NOON, (brief,), Coverage(1, len(articles)), stories_found=1)
    assert Dossier(briefing=briefing, articles=tuple(articles)).passages_checked() >= 1
    assert len((*brief.changed, *brief.sentences)) <= limits.sentences_per_story
    assert len({s.parts for s in brief.printed()}) == len(brief.printed())
    assert all(not is_in_quotation(i, articles) for i in insertions(brief))
    for article in articles:
        taken = [
            p.passage.words for p in brief.takeovers() if p.passage.span.article_id == article.id
        ]
        assert sum(len(words(text)) for text in taken) <= limits.max_words_per_article


@given(body=TEXTS)
def test_whatever_the_text_no_sentence_cuts_into_a_quotation(body: str) -> None:
    brief = brief_of(an_article(title="Ferry to Tern Island stops", body=body))
    for sentence in said(brief):
        assert sentence.count('"') % 2 == 0
        assert all(end <= len(sentence) for _, end in quotations(sentence, 0, len(sentence)))
