"""Tells whether a name that somebody claims is the speaker whom an article names."""

import re
from typing import Final

from bot.news import Speaker
from bot.quotes.lexicon import Lexicon
from bot.text import fold, words

BEFORE_ASIDE: Final = re.compile(r"\s*(?:[,(;:]|\s[-–—/]\s).*", re.DOTALL)
JOINING: Final = frozenset(("and", "or", "to", "for", "against", "with", "by", "from", "about"))
OWNING: Final = frozenset(("of", "to", "for", "by"))


def is_same_speaker(
    claimed: str, speaker: Speaker, lexicon: Lexicon, *, whole: bool = False
) -> bool:
    """Tell whether the claimed name can only be this speaker's; `whole` asks for the whole name.

    The whole name may carry titles and offices before it; a last name alone, or behind titles, is
    enough; another first name, a second person or "spokesman for" before the name is not. What
    stands behind a comma, bracket or dash is left out. Case, accents and "the" do not count.
    """
    name = BEFORE_ASIDE.sub("", claimed)
    theirs, ours = _names(speaker.name.words, lexicon), _names(name, lexicon)
    if not ours or not theirs or _is_other_generation(name, speaker.name.words, lexicon):
        return False
    if ours == theirs:
        return True
    if len(theirs) > 1 and ours[-len(theirs) :] == theirs:
        return _is_office(ours[: -len(theirs)], lexicon)
    if whole or ours[-1] != theirs[-1]:
        return False
    return _is_first_name(ours[:-1], theirs[:-1], speaker, lexicon)


def last_name(speaker: Speaker, lexicon: Lexicon) -> str:
    """Return the last name, folded, if the article gives a first name too; else nothing."""
    names = _names(speaker.name.words, lexicon)
    return names[-1] if len(names) > 1 else ""


def _is_other_generation(claimed: str, name: str, lexicon: Lexicon) -> bool:
    """Tell a father from a son: a whole name without Jr. is not the son's; "Mr. Ruiz" may be."""
    ours, theirs = _generation(claimed, lexicon), _generation(name, lexicon)
    given = [word for word in _names(claimed, lexicon)[:-1] if word not in lexicon.titles]
    return ours != theirs and bool(ours or given)


def _generation(name: str, lexicon: Lexicon) -> str:
    last = [fold(word) for word in words(name)][-1:]
    return last[0].rstrip(".") if last and last[0] in lexicon.generations else ""


def _is_office(before: list[str], lexicon: Lexicon) -> bool:
    """Tell whether what stands before a whole name says what its bearer is."""
    while before and before[-1] in lexicon.titles | lexicon.nationalities | lexicon.determiners:
        before = before[:-1]
    return not JOINING & set(before) and (not before or before[-1] not in OWNING)


def _is_first_name(ours: list[str], theirs: list[str], speaker: Speaker, lexicon: Lexicon) -> bool:
    """Tell whether the words before a last name fit: nothing, a title, an initial."""
    role = _names(speaker.role.words, lexicon) if speaker.role else []
    known = lexicon.titles | lexicon.nationalities | set(role)
    left = [word for word in ours if word not in known]
    initials = [name[:1] for name in theirs]
    return left in (theirs[: len(left)], initials[: len(left)])


def _names(text: str, lexicon: Lexicon) -> list[str]:
    found = [fold(word).removesuffix("'s") for word in words(text)]
    while found and found[0] in lexicon.determiners:
        found.pop(0)
    while found and found[-1] in lexicon.name_suffixes:
        found.pop()
    return found
