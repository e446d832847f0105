"""Law 1 and law 2 at their root: a dossier that does not hold cannot be built, or decoded."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import (
    Derivation,
    Dossier,
    HowWritten,
    Sentence,
    Written,
    from_json,
    stands_in_marks,
    to_json,
)
from tests.builders import BODY, NOON, a_brief, a_briefing, a_quote, a_reference, an_article

ARTICLE = an_article()


def a_whole_dossier() -> Dossier:
    article = replace(ARTICLE, embargoed_until=NOON - timedelta(hours=1))
    sentence = Sentence.taken(article.latest.passage("body", 0, 56), article.outlet)
    brief = replace(a_brief(article, quotes=(a_quote(article),)), sentences=(sentence,))
    return Dossier(briefing=a_briefing(brief), articles=(article,))


def test_a_dossier_survives_json_without_loss() -> None:
    dossier = a_whole_dossier()

    assert from_json(to_json(dossier), Dossier) == dossier
    assert from_json(to_json(dossier, indent=2), Dossier) == dossier
    assert dossier.passages_checked() == 5


def _at(tree: Any, path: list[str | int]) -> Any:  # noqa: ANN401 - any JSON
    for step in path:
        tree = tree[step]
    return tree


BRIEF: list[str | int] = ["briefing", "briefs", 0]
TAMPERED = [
    ([*BRIEF, "quotes", 0, "pieces", 0, "words"], "The hull needs new paints,", "does not stand"),
    ([*BRIEF, "quotes", 0, "pieces", 0, "span", "start"], 60, "not as long as its span"),
    ([*BRIEF, "quotes", 0, "attribution", "speaker", "name", "words"], "Mira Tollund", "not stand"),
    ([*BRIEF, "sentences", 0, "parts", 0, "outlet"], "The Bugle", "is not by The Bugle"),
    ([*BRIEF, "references", 0, "address"], "https://evil.example/", "misdescribes article a1"),
    ([*BRIEF, "references", 0, "outlet"], "The Bugle", "is not by Harbour Courier"),
    ([*BRIEF, "references", 0, "revision"], 2, "not in the sources"),
    (["articles", 0, "revisions", 0, "body"], "Another text.", "not the text that was hashed"),
    (["articles", 0, "embargoed_until"], "2026-03-04T12:00:01Z", "was held when"),
    (["articles", 0, "withdrawn"], "killed", "was held when"),
    (["articles"], [], "not in the dossier"),
    (["format_version"], 2, "format_version"),
    (["briefing", "extra"], 1, "unknown field"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), TAMPERED)
def test_a_tampered_export_does_not_decode(
    path: list[str | int],
    value: Any,  # noqa: ANN401 - any JSON
    sentence: str,
) -> None:
    tree = json.loads(to_json(a_whole_dossier()))
    _at(tree, path[:-1])[path[-1]] = value

    with pytest.raises(VerificationError, match=sentence):
        from_json(json.dumps(tree), Dossier)


def test_a_quote_cannot_be_cut_out_of_a_longer_one() -> None:
    body = "“I never said that we won,” said Mira Tolland."
    article = an_article(body=body)
    start = body.index("we won")
    quote = replace(
        a_quote(article, "we won"), pieces=(article.latest.passage("body", start, start + 6),)
    )

    with pytest.raises(VerificationError, match=r"Brief 1: .*not what stands between quotation"):
        Dossier(briefing=a_briefing(a_brief(article, quotes=(quote,))), articles=(article,))


@pytest.mark.parametrize(
    "text", ["Forty people crossed.", "The Bugle says so.", "It cost 41 crowns."]
)
def test_a_model_cannot_bring_numbers_or_names_along(text: str) -> None:
    cite = ARTICLE.latest.passage("body", 0, 56)
    written = Sentence((Written(f"It stops, and {text}", (cite,)),))
    brief = replace(a_brief(ARTICLE), sentences=(written,))

    with pytest.raises(VerificationError, match="does not stand in what is cited for it"):
        Dossier(briefing=a_briefing(brief), articles=(ARTICLE,))


def test_a_model_may_use_the_names_that_it_cites() -> None:
    cite = ARTICLE.latest.passage("body", 0, 56)
    written = Sentence((Written("From Monday no ferry goes to Tern Island.", (cite,)),))
    brief = replace(a_brief(ARTICLE), sentences=(written,))

    assert Dossier(briefing=a_briefing(brief), articles=(ARTICLE,)).passages_checked() == 3


def test_a_dossier_holds_each_article_once_and_says_which_is_missing() -> None:
    briefing = a_briefing(a_brief(ARTICLE))

    with pytest.raises(VerificationError, match="holds an article twice"):
        Dossier(briefing=briefing, articles=(ARTICLE, ARTICLE))
    with pytest.raises(VerificationError, match="Article a1 is cited and not in the dossier"):
        Dossier(briefing=briefing, articles=())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format":"other"}', "\x00"])
def test_what_is_no_dossier_is_named(text: str) -> None:
    with pytest.raises(VerificationError):
        from_json(text, Dossier)


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("“", "We won.", "”"),
        ("She said “", "we won", ",” and left"),
        ('"', "We won", '."'),
        ("« ", "Nous avons gagné", " »"),
        ("„", "Wir haben gewonnen", "“, sagte er"),
        ("»", "Wir haben gewonnen", "«, sagte er"),
        ("‘", "We won’t go", ",’ he said"),
        ("``", "We won", "''"),
        ("“", "We won.", "\n\n“And more.”"),
        ("“", "We won.", ""),
        ("“", "He said “no” to me", ",” said A."),
        ('"', 'He said "no" to me', '," said A.'),
        ("「", "勝った", "」"),
    ],
)
def test_a_whole_quoted_stretch_stands_in_marks(before: str, words: str, after: str) -> None:
    assert stands_in_marks(before + words + after, len(before), len(before) + len(words))


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("“We did not ", "win", ".”"),
        ("“", "We did", " not win.”"),
        ("“", "We did", ", so to speak, not win.”"),
        ('"A," ', "said B,", ' "C"'),
        ("", "We won", "”"),
        ("“", "We won,” said A, “and left", ".”"),
        ('"', 'We won," said A, "and left', '."'),
        ("„", "Wir siegten“, sagte A, „und gingen", "“"),
        ("« ", "Nous partons », dit A, « et vite", " »"),
        ("We ", "won", ""),
        ('"', "We did", " 'not' win\""),
    ],
)
def test_a_part_of_a_stretch_does_not_stand_in_marks(before: str, words: str, after: str) -> None:
    assert not stands_in_marks(before + words + after, len(before), len(before) + len(words))


@given(st.text("“”\"'’‘«» \nab.,", max_size=40), st.data())
def test_what_stands_in_marks_has_a_mark_before_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    if stands_in_marks(text, start, end):
        assert text[:start].rstrip()[-1] in "“”\"'’‘«»"


def test_the_sources_list_is_compared_with_the_article() -> None:
    reference = replace(a_reference(ARTICLE), published_at=None)
    brief = replace(a_brief(ARTICLE), references=(reference,))

    with pytest.raises(VerificationError, match="misdescribes"):
        Dossier(briefing=a_briefing(brief), articles=(ARTICLE,))


def a_written(text: str, *derived: tuple[str, str]) -> Dossier:
    """Return a dossier whose brief has one sentence that a model wrote, citing the lead."""
    article = an_article()
    cite = article.latest.passage("body", 0, BODY.index("\n"))
    part = Written(text, (cite,), tuple(Derivation(words, source) for words, source in derived))
    brief = replace(a_brief(article), sentences=(Sentence((part,)),))
    return Dossier(briefing=a_briefing(brief), articles=(article,))


def test_what_follows_from_cited_words_verifies_with_them() -> None:
    assert a_written("The ferry stops for 1 month.", ("1 month", "a month")).briefing.briefs


@pytest.mark.parametrize(
    ("text", "derived"),
    [
        ("The ferry stops for 1 month.", ()),
        ("The ferry stops for 1 month.", (("1 month", "one month"),)),
        ("The ferry stops for 2 months.", (("1 month", "a month"),)),
        ("The ferry stops for 1 month.", (("1 month", "mont"),)),
    ],
)
def test_nothing_else_follows(text: str, derived: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(VerificationError):
        a_written(text, *derived)


def test_a_dossier_stored_before_models_wrote_still_verifies() -> None:
    stored = to_json(a_written("The ferry stops from Monday."))
    older = stored.replace(',"how":null', "").replace(',"derived":[]', "")

    assert "derived" not in older
    assert '"how"' not in older
    assert from_json(older, Dossier) == from_json(stored, Dossier)


def test_a_brief_without_its_model_says_why() -> None:
    with pytest.raises(VerificationError, match="why"):
        HowWritten()
    assert HowWritten(note="The day's money is spent.").kept == 0
