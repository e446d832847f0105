"""Where reports differ, in few words, on every surface."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.delivery.compact import edition_messages
from bot.delivery.differing import differing_notes
from bot.delivery.edition import briefing_card, story_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from tests.news.disagreeing import a_differing_brief, a_differing_dossier

UTC = ZoneInfo("UTC")
LINE = (
    "Reports differ: Harbour Courier 12 dead (4 Mar, 12:00) [1], "
    "Coast Monitor at least 15 (the mayor; 4 Mar, 13:05) [2]"
)


def test_a_disagreement_is_one_line_with_outlets_figures_hours_and_numbers() -> None:
    (note,) = differing_notes(a_differing_brief(), UTC)
    assert "".join(run.text for run in note.runs) == LINE


def test_every_surface_says_where_reports_differ() -> None:
    dossier = a_differing_dossier()
    briefing = dossier.briefing
    assert LINE in to_plain(briefing_card(briefing, UTC))
    assert LINE in to_plain(story_card(briefing, briefing.briefs[0], UTC))
    assert "Harbour Courier 12 dead" in to_markdown(briefing_card(briefing, UTC))
    (message,) = edition_messages(dossier, UTC)
    assert any("Reports differ: Harbour Courier 12 dead" in s.text for s in message.stretches)


def test_a_claim_stands_behind_a_colon_with_how_sure_it_is() -> None:
    brief = a_differing_brief()
    (figures,) = brief.disagreements
    sure, unsure = (
        replace(report, standing=standing, speaker=None)
        for report, standing in zip(figures.reports, ("confirmed", "unconfirmed"), strict=True)
    )
    claims = replace(figures, kind="standing", topic="claim", reports=(sure, unsure))
    (note,) = differing_notes(replace(brief, disagreements=(claims,)), UTC)
    assert "".join(run.text for run in note.runs) == (
        "Reports differ: Harbour Courier: 12 (confirmed; 4 Mar, 12:00) [1], "
        "Coast Monitor: at least 15 (unconfirmed; 4 Mar, 13:05) [2]"
    )


def test_a_brief_in_which_reports_agree_says_nothing_of_it() -> None:
    assert not list(differing_notes(a_differing_brief(), UTC, at_most=0))
