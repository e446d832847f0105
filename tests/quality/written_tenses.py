"""Makes true sentences false in when: what is to come is told as done, and what is done as to come.

Regular verbs alone.
"""

import random
import re
from typing import Final

from bot.language import inflect, load_check_words
from tests.quality.written import Claim, Told, changed

TO_COME: Final = re.compile(r"\b(?:will|would) ([a-z]{3,})\b")
DONE: Final = re.compile(
    r"(?<!would )(?<!could )(?<!might )(?<!will )(?<!may )(?<!to )"
    r"\b(?:has|have|had) ([a-z]{3,}ed)\b"
)


def done_or_planned(told: Told, dice: random.Random) -> Claim | None:
    """Tell as done what is to come, or what was done as to come."""
    options = [(m, inflect(m.group(1))[2]) for m in TO_COME.finditer(told.words) if is_regular(m)]
    options += [(m, f"will {base_of(m.group(1))}") for m in DONE.finditer(told.words)]
    if not options:
        return None
    match, new = dice.choice(options)
    return changed(told, told.words[: match.start()] + new + told.words[match.end() :])


def is_regular(match: re.Match[str]) -> bool:
    """Tell whether a regular verb follows, and no small word or adverb."""
    verb, words = match.group(1), load_check_words()
    known = (words.bases, words.function, words.negations, words.hedges)
    return not verb.endswith("ly") and not any(verb in some for some in known)


def base_of(past: str) -> str:
    """Return the form without its ending: agree, announce, sign."""
    if past.endswith(("eed", "ated")) or past[-3] in "cvsuzg":
        return past[:-1]
    if past[-3] == past[-4] and past[-3] not in "lf":
        return past[:-3]
    return past[:-2] if inflect(past[:-2])[2] == past else past[:-1]
