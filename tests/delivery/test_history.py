from datetime import UTC

from bot.delivery.history import history_card
from bot.delivery.plain import to_plain
from bot.news import Change, History, Step, digest
from tests.builders import NOON, a_revision

ONE, OTHER = a_revision(body="It costs 3 crowns."), a_revision(number=2, body="It costs 4 crowns.")


def step(number: int, *changes: Change) -> Step:
    return Step(number, NOON, digest("T"), digest("B"), changes)


def test_a_history_is_told_plainly() -> None:
    changes = (
        Change("changed figure", ONE.passage("body", 9, 10), OTHER.passage("body", 9, 10)),
        Change("vanished quote", ONE.passage("body", 0, 8)),
        Change("correction notice", None, OTHER.passage("body", 0, 8)),
    )
    history = History("a1", "Courier", (step(1), step(2, *changes), step(3, Change("cosmetic"))))

    said = to_plain(history_card(history, UTC))

    assert said.startswith("Article a1\n==========\nCourier · 3 revisions\n")
    assert "Revision 2, seen Wednesday 4 March 2026, 12:00 UTC" in said
    assert f"SHA-256 of the title {digest('T')}, of the body {digest('B')}" in said
    assert "  • changed figure · before: 3 · now: 4\n" in said
    assert "  • vanished quote · before: It costs\n" in said
    assert "  • correction notice · now: It costs\n" in said
    assert said.endswith("  • cosmetic\n")


def test_a_held_article_shows_no_words() -> None:
    said = to_plain(history_card(History("a1", "Courier", (step(1),), held=True), UTC))
    assert "The article is held" in said
