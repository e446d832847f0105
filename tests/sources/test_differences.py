"""What two revisions differ in: pairs written by hand, and differences that are planted."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import VerificationError
from bot.language import load_lexicon, load_notices
from bot.news import Change, Comparison, Revision, from_json, to_json
from bot.quotes import find_quotes
from bot.sources.differences import compare
from tests.builders import NOON

DATA = tomllib.loads(
    (Path(__file__).parents[1] / "data/revisions/pairs.toml").read_text(encoding="utf-8")
)
TEXTS, PAIRS = DATA["texts"], DATA["pair"]


def revision(number: int, title: str, body: str) -> Revision:
    return Revision.of("a1", number, title, body, seen_at=NOON)


def compared(before: tuple[str, str], after: tuple[str, str], language: str = "en") -> Comparison:
    one, other = revision(1, *before), revision(2, *after)
    lexicon = load_lexicon(language)
    quotes = find_quotes(one, lexicon), find_quotes(other, lexicon)
    return compare(one, other, quotes, load_notices(), language=language)


def kinds(comparison: Comparison) -> list[str]:
    return sorted(change.kind for change in comparison.changes)


def edited(pair: dict[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    text = TEXTS[pair["text"]]
    title, body = text["title"], text["body"].strip()
    changed = title if pair.get("in") == "title" else body
    assert pair["old"] in changed, pair
    new = (
        changed.replace(pair["old"], pair["new"], 1)
        if pair["old"]
        else f"{changed}\n\n{pair['new']}"
    )
    return (title, body), ((new, body) if changed is title else (title, new))


def name_of(pair: dict[str, str]) -> str:
    return f"{pair['text']}: {pair['old'][:20]} > {pair['new'][:30]}"


def test_there_are_pairs_of_every_kind_and_language() -> None:
    assert len(PAIRS) >= 60
    assert len({TEXTS[pair["text"]]["language"] for pair in PAIRS}) == 7
    assert len({kind for pair in PAIRS for kind in pair["kinds"]}) == 10


@pytest.mark.parametrize("pair", PAIRS, ids=map(name_of, PAIRS))
def test_an_edit_is_what_an_editor_would_call_it(pair: dict[str, str]) -> None:
    before, after = edited(pair)
    comparison = compared(before, after, TEXTS[pair["text"]]["language"])
    assert kinds(comparison) == list(pair["kinds"]), comparison.changes


@pytest.mark.parametrize("pair", PAIRS, ids=map(name_of, PAIRS))
def test_an_edit_that_is_taken_back_has_differences_too(pair: dict[str, str]) -> None:
    before, after = edited(pair)
    back = compared(after, before, TEXTS[pair["text"]]["language"])
    assert back.changes
    if not {"correction notice", "retraction"} & set(pair["kinds"]):
        assert (kinds(back) == ["cosmetic"]) == (list(pair["kinds"]) == ["cosmetic"])


# --- Differences that are planted -------------------------------------------------

NAMES = ("Mira Tolland", "Ode Marren", "Wiebe Ankers", "Rosa Imre", "Siv Lund", "Jonas Pell")
NOUNS = ("ferry", "bridge", "council", "market", "school", "harbour", "tower", "library", "mill")
VERBS = ("closed", "opened", "burned", "moved", "reopened", "flooded", "expanded", "collapsed")
PLACES = ("Averell", "Orrin", "Tern Island", "Port Lissa", "Vall", "Saint Orme", "Kelby")
SAYINGS = (
    "We have never seen a winter like this one",
    "Nobody told us that the money was gone",
    "The doors stay shut until the roof is mended",
    "My father built that wall with his own hands",
    "There will be no second vote on this",
    "Every child on the island learns to swim here",
)


FRAMES = (
    "The {noun} near {place} {verb} after {count} people had worked there for {days} weeks.",
    "In {place} the {noun} {verb} twice last winter, which had worked for {count} owners before.",
    "Nobody in {place} recalls why their {noun} {verb}; its {count} clerks had worked alone.",
    "Insurers had worked out that {count} crowns were missing when a {noun} in {place} {verb}.",
    "Heavy lorries had worked loose {count} stones of {place}'s {noun}, so it {verb} on Monday.",
)


@st.composite
def stories(draw: st.DrawFn) -> list[str]:
    """Paragraphs: sentences that are all different, and quotes of different people."""
    parts = zip(*(draw(st.permutations(w)) for w in (FRAMES, NOUNS, VERBS, PLACES)), strict=False)
    told = [
        frame.format(noun=noun, verb=verb, place=place, count=draw(st.integers(11, 980)), days=44)
        for frame, noun, verb, place in parts
    ]
    sayings = draw(st.lists(st.sampled_from(SAYINGS), min_size=2, max_size=4, unique=True))
    names = draw(st.permutations(NAMES))
    quotes = [f"“{said},” said {name}." for said, name in zip(sayings, names, strict=False)]
    return draw(st.permutations(told[: draw(st.integers(3, 5))] + quotes))


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[str], list[str], set[str]]:
    """A story, the story with up to three differences, and their kinds."""
    before = draw(stories())
    after = list(before)
    free = list(range(len(before)))
    found: set[str] = set()
    for kind in draw(st.lists(st.sampled_from(sorted(PLANT)), min_size=1, max_size=3, unique=True)):
        fits = [n for n in free if before[n].startswith("“") == ("quote" in kind)]
        if kind in ("added", "correction notice", "retraction", "cosmetic") or fits:
            at = draw(st.sampled_from(fits)) if fits else -1
            if kind not in ("added", "correction notice", "retraction", "cosmetic"):
                free.remove(at)
            PLANT[kind](after, before[at] if at >= 0 else "")
            found.add(kind)
    meant = found - {"cosmetic"} or {"cosmetic"}
    return before, after, meant


def plant_figure(after: list[str], paragraph: str) -> None:
    figure = next(word for word in paragraph.split() if word.isdigit())
    after[after.index(paragraph)] = paragraph.replace(figure, str(int(figure) + 7), 1)


def plant_quote(after: list[str], paragraph: str) -> None:
    first, rest = paragraph[1:].split(" ", 1)
    after[after.index(paragraph)] = f"“{first} surely {rest}"


def plant_words(after: list[str], paragraph: str) -> None:
    after[after.index(paragraph)] = paragraph.replace(" had worked ", " were busy ")


PLANT: dict[str, Callable[[list[str], str], None]] = {
    "cosmetic": lambda after, _: after.append("Updated 4 March 2026, 10:15"),
    "added": lambda after, _: after.append("A second inquiry begins in spring under a new judge."),
    "changed figure": plant_figure,
    "changed quote": plant_quote,
    "vanished quote": lambda after, paragraph: after.remove(paragraph),
    "removed": lambda after, paragraph: after.remove(paragraph),
    "reworded": plant_words,
    "correction notice": lambda after, _: after.append("Correction: The mill is in Vall."),
    "retraction": lambda after, _: after.append("This article has been withdrawn by its author."),
}


def of_planted(before: list[str], after: list[str]) -> Comparison:
    title = "A hard year"
    return compared((title, "\n\n".join(before)), (title, "\n\n".join(after)))


@settings(max_examples=100, deadline=None)
@given(planted())
def test_what_is_planted_is_found_and_nothing_else(
    plant: tuple[list[str], list[str], set[str]],
) -> None:
    before, after, meant = plant
    assert set(kinds(of_planted(before, after))) == meant


@given(stories())
def test_paragraphs_in_another_order_are_moved(story: list[str]) -> None:
    other = sorted(story)
    moved = set(kinds(of_planted(story, other))) if other != story else set()
    assert moved <= {"moved"}


texts = st.text(alphabet="ab1 .,“”\n€-’X", max_size=60)


@given(st.tuples(texts, texts), st.tuples(texts, texts))
def test_every_difference_is_typed_and_every_passage_stands(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    comparison = compared(before, after)  # its constructor replays every passage
    assert bool(comparison.changes) == (before != after)
    assert from_json(to_json(comparison), Comparison) == comparison


def test_a_change_that_does_not_stand_in_its_revisions_cannot_be_made() -> None:
    one, other = revision(1, "T", "The ferry stops."), revision(2, "T", "The ferry sails.")
    there, here = one.passage("body", 10, 15), other.passage("body", 10, 15)
    Comparison(one, other, (Change("reworded", there, here),))
    for changes in (
        (),
        (Change("reworded", here, there),),
        (Change("cosmetic"), Change("reworded", there, here)),
    ):
        with pytest.raises(VerificationError):
            Comparison(one, other, changes)
    with pytest.raises(VerificationError):
        Comparison(other, one, (Change("cosmetic"),))
    with pytest.raises(VerificationError):
        Change("vanished quote", None, here)
    with pytest.raises(VerificationError):
        Comparison(one, revision(2, "T", "The ferry stops."), (Change("cosmetic"),))


def test_long_texts_are_compared_in_good_time() -> None:
    words = " ".join(f"w{n % 97} x{n % 89}" for n in range(20_000))
    assert kinds(compared(("T", words), ("T", f"New {words} more"))) == ["reworded"]
    lines = [f"The {n}. house of the long street was sold again that year." for n in range(1_000)]
    swapped = [line.replace("sold", "let") for line in lines]
    found = kinds(compared(("T", "\n\n".join(lines)), ("T", "\n\n".join(swapped))))
    assert found == ["reworded"] * 1_000
