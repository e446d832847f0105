"""Law 2: whatever a model replies, what is printed of it stands in the sources that it cites."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace as replace_fields
from datetime import UTC, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from bot.delivery.compact import edition_messages
from bot.delivery.edition import briefing_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.news import MARKS, Article, Coverage, Dossier, Taken, Written, from_json, to_json
from bot.pipeline import group, write_briefing
from bot.ports import ModelReply, ModelRequest
from bot.text import fold, words
from tests.builders import NOON, an_article
from tests.model_desk import tools_with

FERRY = an_article(
    "a1",
    title="Ferry to Tern Island stops for a month",
    body=(
        "The ferry to Tern Island stops for a month from Monday, the Sound Line said.\n\n"
        "“The hull needs new plates before the autumn storms come,” said Mira Tolland, who runs "
        "the line. “We cannot wait for 2027.”\n\n"
        "Inspectors found 12 cracks in the hull plates of the Grey Heron last week.\n\n"
        "The council of Marl will hire a fishing boat for schoolchildren and for the doctor."
    ),
)
YARD = an_article(
    "a2",
    title="Yard needs a month for the Tern Island ferry",
    body=(
        "Welders in Marl need a month to replace 11 hull plates of the Tern Island ferry.\n\n"
        "The Sound Line will pay 240,000 crowns for the work on the Grey Heron, the yard said.\n\n"
        "“She is a good ship and she will float for another 30 years,” said Odo Brand, a welder."
    ),
    outlet="Marl Post",
    published_at=NOON - timedelta(hours=2),
)
WITHHELD = "Zyxwvut"
HELD = an_article(
    "a9",
    title=f"Ferry to Tern Island is sold to {WITHHELD}",
    body=f"The Sound Line sells the ferry to Tern Island to {WITHHELD} for 9 crowns.",
    outlet="Marl Wire",
)

PIECES = [
    "The ferry to Tern Island stops for a month",
    "Inspectors found 12 cracks in the hull",
    "the Sound Line said",
    "on Tuesday 14 March",
    "The council of Marl will hire 3 boats",
    "Mira Tolland said: “We are lost.”",
    "'quite safe'",
    "Odo Brand denied it.",
    "300,000 crowns",
    "President Silvio Marandi",
    "@everyone <@123> <#45> https://evil.example/x",
    "**bold** [click](https://evil.example) `code` # Heading",
    "ids [A1.S1] (A2.S2, Q1)",
    "$house $$ {0} %s",
    "\u202egnol\u202c \u200b",
    "the exact words, copied verbatim from the article",
    "船が止まる", "naïve", "…", ".", ",", "«", "„", '"', "?", "\n\n",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=6).map(" ".join),
    st.sampled_from(PIECES),
    st.text(max_size=2000),
    st.just("The ferry stops. " * 400),
)
ids = st.lists(
    st.one_of(
        st.sampled_from([f"A{a}.S{s}" for a in (1, 2, 9) for s in range(6)]),
        st.sampled_from(["Q1", "Q2", "Q77", "", "[A1.S1]", "A1", "S1"]),
        st.text(max_size=5),
    ),
    max_size=6,
)
SUPPORTED = [
    ("A2.S4", "Inspectors discovered 12 cracks in the hull plates of the Grey Heron."),
    ("A1.S2", "The Sound Line will pay 240,000 crowns for work on the Grey Heron, the yard said."),
    ("A2.S5", "The council of Marl will hire a boat for the doctor and for schoolchildren."),
    ("A1.S1", "Welders in Marl need a month for 11 plates of the Tern Island ferry."),
    ("A2.S1", "The ferry to Tern Island stops from Monday, the Sound Line said."),
]


@st.composite
def nearly_supported(draw: st.DrawFn) -> dict[str, object]:
    """Return a line that its source bears out, or one with a word too many, too few or changed."""
    cite, text = draw(st.sampled_from(SUPPORTED))
    parts = text.split(" ")
    place = draw(st.integers(0, len(parts) - 1))
    other = draw(st.one_of(st.just(parts[place]), st.sampled_from(PIECES), st.text(max_size=8)))
    return {"cites": [cite], "text": " ".join([*parts[:place], other, *parts[place + 1 :]])}


lines = st.one_of(nearly_supported(), st.fixed_dictionaries({"cites": ids, "text": texts}))
drafts = st.fixed_dictionaries(
    {"headline": lines, "sentences": st.lists(lines, max_size=5), "quotes": ids}
)
repaired = st.fixed_dictionaries(
    {
        "sentences": st.lists(
            st.fixed_dictionaries(
                {"repairs": st.sampled_from(["F0", "F1", "F2", "F9"]), "cites": ids, "text": texts}
            ),
            max_size=4,
        )
    }
)
broken = st.one_of(
    st.sampled_from(["", "null", "[]", "{}", '{"headline": 3}', "{" * 5000, "I cannot do that."]),
    st.text(max_size=50),
)


class Babbler:
    """A model that answers anything: its replies were never held against the schema."""

    def __init__(self, first: str, second: str) -> None:
        self.first = first
        self.second = second
        self.requests: list[ModelRequest] = []

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Note the request and say what there is to say."""
        self.requests.append(request)
        content = self.first if request.schema_name == "brief" else self.second
        return ModelReply(content, "babbler @everyone **x**", "prompt")


async def briefing_with(first: str, second: str) -> tuple[Dossier, Babbler]:
    model = Babbler(first, second)
    tools = tools_with(model)
    tools = replace_fields(tools, max_stories=3)
    articles = (FERRY, YARD, replace(HELD, embargoed_until=NOON + timedelta(days=1)))
    day = group(articles, tools, now=NOON)
    return await write_briefing(day, day.stories, Coverage(3, 0), tools, now=NOON), model


def written_in(dossier: Dossier) -> Iterator[Written]:
    for brief in dossier.briefing.briefs:
        for sentence in (brief.headline, *brief.sentences):
            for part in sentence.parts:
                if isinstance(part, Written):
                    yield part


def assert_holds(dossier: Dossier, model: Babbler) -> None:
    """What the law promises of every briefing, whoever wrote it."""
    articles = {a.id: a for a in (FERRY, YARD)}
    assert dossier.briefing.briefs
    assert from_json(to_json(dossier), Dossier) == dossier
    assert WITHHELD not in to_json(dossier)
    assert all(WITHHELD not in r.system + r.user and "a9" not in r.rests_on for r in model.requests)
    for part in written_in(dossier):
        assert not MARKS.intersection(part.text)
        known = fold(" ".join([*(c.words for c in part.cites), *(d.words for d in part.derived)]))
        numbers = re.findall(r"\d+(?:[.,]\d+)*", part.text)
        names = re.findall(r"(?<!^)\b[A-Z]\w+", part.text)
        for fact in map(fold, (*numbers, *names)):
            assert re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", known), (fact, part)
    for brief in dossier.briefing.briefs:
        assert_quotes_are_slices(dossier, articles)
        assert_within_caps(list(brief.takeovers()))
        assert brief.how


def assert_quotes_are_slices(dossier: Dossier, articles: Mapping[str, Article]) -> None:
    for brief in dossier.briefing.briefs:
        for quote in brief.quotes:
            for piece in quote.pieces:
                body = articles[piece.span.article_id].latest.body
                assert body[piece.span.start : piece.span.end] == piece.words


def assert_within_caps(taken: list[Taken]) -> None:
    for article_id in {t.passage.span.article_id for t in taken}:
        lent = [t.passage.words for t in taken if t.passage.span.article_id == article_id]
        assert sum(len(words(text)) for text in lent) <= 120


@settings(max_examples=30)
@given(drafts, repaired)
async def test_whatever_a_model_writes_the_briefing_stands_on_its_sources(
    draft: dict[str, object], second: dict[str, object]
) -> None:
    dossier, model = await briefing_with(json.dumps(draft), json.dumps(second))

    assert_holds(dossier, model)


@settings(max_examples=12)
@given(st.one_of(broken, drafts.map(json.dumps)), broken)
async def test_a_reply_that_is_none_costs_no_briefing(first: str, second: str) -> None:
    dossier, model = await briefing_with(first, second)

    assert_holds(dossier, model)


@settings(max_examples=20)
@given(drafts)
async def test_a_models_words_are_never_markup_or_mentions(draft: dict[str, object]) -> None:
    dossier, _ = await briefing_with(json.dumps(draft), "{}")
    card = briefing_card(dossier.briefing, UTC)
    messages = [s.text for m in edition_messages(dossier, UTC) for s in m.stretches]

    assert "babbler" in to_plain(card) or not any(written_in(dossier))
    for text in (to_markdown(card), *messages):
        assert not re.search(r"(?<!\\)@everyone|(?<!\\)<[@#]", text)
        tokens = MarkdownIt().parse(text)
        assert not [t for t in tokens if t.type in {"html_block", "fence", "code_block"}]
        links = [c for t in tokens for c in t.children or () if c.type == "link_open"]
        assert all("evil.example" not in str(link.attrs) for link in links)


async def test_what_the_sources_bear_out_is_printed_as_the_model_wrote_it() -> None:
    told = [{"cites": [cite], "text": text} for cite, text in SUPPORTED[:3]]
    headline = {"cites": ["A2.S0"], "text": "Tern Island ferry stops for a month"}
    draft = {"headline": headline, "sentences": told, "quotes": ["Q2"]}

    dossier, model = await briefing_with(json.dumps(draft), "{}")

    assert [p.text for p in written_in(dossier)] == [one["text"] for one in (headline, *told)]
    assert [
        q.speaker.name.words for b in dossier.briefing.briefs for q in b.quotes if q.speaker
    ] == ["Mira Tolland"]
    assert len(model.requests) == 1
