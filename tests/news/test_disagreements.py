"""Laws 1 and 2 for figures: a disagreement is printed from spans that replay."""

import json

import pytest
from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import Brief, Disagreement, Dossier, FigureReport, from_json, to_json
from tests.builders import an_article
from tests.news.disagreeing import (
    FIRST,
    SECOND,
    a_differing_brief,
    a_differing_dossier,
    a_disagreement,
    passage,
)


def test_a_disagreement_survives_json_without_loss() -> None:
    dossier = a_differing_dossier()
    assert from_json(to_json(dossier), Dossier) == dossier
    assert dossier.passages_checked() == 6  # headline, two titles, two figures, a speaker


def test_a_briefing_stored_before_there_were_disagreements_still_decodes() -> None:
    brief = a_differing_brief()
    old = json.loads(to_json(brief))
    del old["disagreements"]
    assert from_json(json.dumps(old), Brief) == replace(brief, disagreements=())


@pytest.mark.parametrize("forged", ["13", "99"])
def test_a_figure_that_does_not_stand_in_its_source_makes_no_dossier(forged: str) -> None:
    tree = json.loads(to_json(a_differing_dossier()))
    report = tree["briefing"]["briefs"][0]["disagreements"][0]["reports"][0]
    report["words"]["words"] = forged
    with pytest.raises(VerificationError, match="does not stand in its source"):
        from_json(json.dumps(tree), Dossier)


def test_a_speaker_that_does_not_stand_in_its_source_makes_no_dossier() -> None:
    tree = json.loads(to_json(a_differing_dossier()))
    report = tree["briefing"]["briefs"][0]["disagreements"][0]["reports"][1]
    report["speaker"]["words"] = "the baker"
    with pytest.raises(VerificationError, match="does not stand in its source"):
        from_json(json.dumps(tree), Dossier)


def test_a_figure_is_credited_to_the_outlet_that_printed_it() -> None:
    swapped = FigureReport(passage(FIRST, "12"), SECOND.outlet)
    other = a_disagreement().reports[1]
    with pytest.raises(VerificationError, match="is not by Coast Monitor"):
        replace(a_differing_brief(), disagreements=(Disagreement("differing", (swapped, other)),))


def test_it_takes_two_reports_to_disagree() -> None:
    with pytest.raises(VerificationError, match="two reports"):
        Disagreement("differing", a_disagreement().reports[:1])


@pytest.mark.parametrize("topic", ["<b>beaten</b>", "Dead", "said “nothing”", "@everyone"])
def test_what_a_disagreement_is_about_is_one_of_the_known_topics(topic: str) -> None:
    tree = json.loads(to_json(a_differing_dossier()))
    tree["briefing"]["briefs"][0]["disagreements"][0]["topic"] = topic
    with pytest.raises(VerificationError, match=r"Invalid enum value|not known"):
        from_json(json.dumps(tree), Dossier)


@pytest.mark.parametrize("words", ["12”", "“12 dead", "‘the mayor", "the group’ said", "«12»"])
def test_a_report_brings_no_quotation_mark_along(words: str) -> None:
    marked = an_article("a1", body=words).latest.passage("body", 0, len(words))
    plain = an_article("a1", body="12").latest.passage("body", 0, 2)
    for made in (
        lambda: FigureReport(marked, "Harbour Courier"),
        lambda: FigureReport(plain, "Harbour Courier", marked),
        lambda: replace(a_disagreement(), subject=marked),
    ):
        with pytest.raises(VerificationError, match="holds a quotation mark"):
            made()


def test_an_apostrophe_inside_a_word_is_no_quotation_mark() -> None:
    words = "the miners’ union's doctor"
    speaker = an_article("a1", body=words).latest.passage("body", 0, len(words))
    assert FigureReport(speaker, "Harbour Courier").words == speaker


def test_a_figure_of_a_held_article_makes_no_dossier() -> None:
    tree = json.loads(to_json(a_differing_dossier()))
    tree["articles"][1]["embargoed_until"] = "2199-01-01T00:00:00Z"
    with pytest.raises(VerificationError, match="was held"):
        from_json(json.dumps(tree), Dossier)
