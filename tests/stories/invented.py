"""Makes invented news texts for tests: sentences from word lists, the same for the same seed."""

import tomllib
from pathlib import Path
from random import Random
from typing import Final

LISTS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
PLACES, SURNAMES, NOUNS, VERBS, TAILS = (
    [entry.strip() for entry in LISTS[name].split("|")]
    for name in ("places", "surnames", "nouns", "verbs", "tails")
)


def sentence(random: Random) -> str:
    """Return one sentence of about 22 words."""
    number = random.randrange(3, 900)
    return (
        f"{random.choice(SURNAMES)} said the {random.choice(NOUNS)} near "
        f"{random.choice(PLACES)} was {random.choice(VERBS)} {random.choice(TAILS)}, and {number} "
        f"{random.choice(NOUNS)} workers {random.choice(VERBS)} the {random.choice(NOUNS)} "
        f"of {random.choice(PLACES)} {random.choice(TAILS)}."
    )


def text(random: Random, sentences: int = 14) -> str:
    """Return a text of so many sentences, three to a paragraph."""
    said = [sentence(random) for _ in range(sentences)]
    return "\n\n".join(" ".join(said[n : n + 3]) for n in range(0, sentences, 3))
