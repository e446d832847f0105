import re
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.delivery.compact import edition_messages
from bot.delivery.edition import briefing_card
from bot.delivery.how_written import how_line
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.news import Brief, Dossier, HowWritten, Sentence, Written
from tests.builders import a_brief, a_briefing, an_article

ARTICLE = an_article()


def a_written_brief(text: str, how: HowWritten | None, story_id: str = "s1") -> Brief:
    cite = ARTICLE.latest.passage("body", 0, 56)
    written = Sentence((Written(text, (cite,)),))
    return replace(a_brief(ARTICLE, story_id=story_id), sentences=(written,), how=how)


@pytest.mark.parametrize(
    ("how", "line"),
    [
        (None, ""),
        (HowWritten("m", sources=5, kept=3), "Written by a model from 5 sources."),
        (
            HowWritten("m", sources=5, kept=3, replaced=1),
            "Written by a model from 5 sources; 1 sentence replaced.",
        ),
        (
            HowWritten("m", sources=1, kept=1, repaired=2, replaced=1, dropped=1),
            "Written by a model from 1 source; 2 sentences mended, 1 replaced and 1 left out.",
        ),
        (
            HowWritten("m", sources=2, kept=1, added=1),
            "Written by a model from 2 sources; 1 sentence added from the sources.",
        ),
        (
            HowWritten("m", sources=5, replaced=3),
            "Put together without the model: none of its sentences stood up to the checks.",
        ),
        (
            HowWritten(note="the model did not answer in time"),
            "Put together without the model: the model did not answer in time.",
        ),
    ],
)
def test_readers_are_told_how_a_brief_was_written(how: HowWritten | None, line: str) -> None:
    assert how_line(how) == line


def test_every_surface_tells_it_and_how_many_stories_went_without() -> None:
    wrote = HowWritten("gpt-x", sources=1, kept=2)
    failed = HowWritten(note="the model did not answer in time")
    briefs = (
        a_written_brief("It stops from Monday.", wrote),
        a_written_brief("It stops from Monday.", failed, "s2"),
    )
    briefing = replace(a_briefing(*briefs), writer="gpt-x")
    card = briefing_card(briefing, UTC)
    dossier = Dossier(briefing=briefing, articles=(ARTICLE,))
    chat = "\n".join(s.text for m in edition_messages(dossier, UTC) for s in m.stretches)

    for text in (to_plain(card), to_markdown(card).replace("\\", ""), chat):
        assert "Written by a model from 1 source." in text
        assert "Put together without the model: the model did not answer in time." in text
    assert "written by gpt-x (1 story without it)" in to_plain(card)


def test_a_models_sentence_carries_the_numbers_of_its_sources() -> None:
    briefing = a_briefing(a_written_brief("It stops from Monday.", None))

    assert "It stops from Monday. [1]" in to_plain(briefing_card(briefing, UTC))


@given(
    st.text(min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(["@everyone", "**x**", "[a](https://evil.example)", "<@1>", "`x`", "# x"]),
)
def test_the_name_of_a_model_is_text(name: str, markup: str) -> None:
    name = f"{name}{markup}"
    brief = a_written_brief("It stops from Monday.", HowWritten(name, sources=1, kept=1))
    briefing = replace(a_briefing(brief), writer=name)

    text = to_markdown(briefing_card(briefing, UTC))

    assert not re.search(rf"(?<!\\){re.escape(markup)}", text)
