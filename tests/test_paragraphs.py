import pytest

from bot.paragraphs import read_paragraphs, role_of, story_paragraphs

PAGE = """\
By Ilse Ankar and Tom Reddick
Published 15 September 2026, 08:10

Share
Read Later

Mira Tolland / Coastline Agency

Protesters hold a placard reading “Save the ferry” outside the town hall. (Photo: Mira Tolland)

The ferry to Tern Island stops for a month from Monday.

More: Why the hull needs new plates

Two hundred people cross the sound on it each day.

© 2026 Harbour Courier. All rights reserved.
"""


def test_the_story_is_told_apart_from_its_furniture() -> None:
    assert [p.role for p in read_paragraphs(PAGE)] == [
        "byline",
        "byline",
        "share",
        "share",
        "credit",
        "caption",
        "story",
        "teaser",
        "story",
        "credit",
    ]
    assert [PAGE[p.start : p.end] for p in story_paragraphs(PAGE)] == [
        "The ferry to Tern Island stops for a month from Monday.",
        "Two hundred people cross the sound on it each day.",
    ]


@pytest.mark.parametrize(
    ("paragraph", "role"),
    [
        ("• Share", "share"),
        ("* * *", "share"),
        ("ADVERTISEMENT", "share"),
        ("3 min read", "share"),
        ("(More: Why the hull needs new plates)", "teaser"),
        ("READ MORE: Ferry stops", "teaser"),
        ("Related stories", "teaser"),
        ("Photo by Mira Tolland", "credit"),
        ("By Ilse Ankar", "byline"),
        ("Updated 17 September 2026", "byline"),
        ("What happens next", "heading"),
        ("The mayor waves from the quay. (File photo)", "caption"),
    ],
)
def test_furniture_is_known_by_its_own_words(paragraph: str, role: str) -> None:
    assert role_of(paragraph) == role


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Monday the ferry had stopped, and two hundred islanders were left on the quay.",
        "Share prices fell by a tenth on the Harbour Exchange.",
        "More than forty people were taken off the ferry, the harbour master said.",
        "Watch now for the tide, he told them.",
        "Related claims are heard next week.",
        "“We wait.”",
        "Live music returns to the quay on Friday.",
        "Photographs show cracks in the northern wall.",
        "Published figures show a fall in traffic of one third since the spring of last year.",
    ],
)
def test_a_sentence_of_the_story_is_not_taken_for_furniture(paragraph: str) -> None:
    assert role_of(paragraph) == "story"
