"""Tells whether a sentence is understood alone, or leans on the one before it."""

import re
from collections.abc import Mapping
from typing import Final

from bot.news import Referent
from bot.writing.quoted import outside_quotations

DANGLING: Final = re.compile(
    r"""(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both
    |others?|another|and|but|or|nor|yet|so|then|also|too|still|instead|however|meanwhile
    |nevertheless|nonetheless|moreover|furthermore|additionally|similarly|likewise|otherwise|thus
    |therefore|hence|consequently|indeed|afterwards?|later|earlier|elsewhere|again|plus|here
    |there(?!\s+(?:is|are|was|were|will|has|have)\b)
    |(?:in|as|for|on|at|by|after|before|despite|since|with|to)\s+(?:addition|contrast|turn|fact
        |particular|a\s+result|example|instance|the\s+same\s+time|the\s+other\s+hand|that|this
        |these|those|which|it|the\s+contrary|so\s+doing|response)
    |the\s+(?:news|moves?|decision|announcement|incident|comments?|remarks|statement|developments?
        |revelations?|outcome|result|latest|change|proposal|findings|allegations?|accusations?
        |response|meeting)(?!\s+(?:by|of|to|that|in|on|from|at|for|between|against|about|with)\b)
    |(?:the\s+)?(?:former|latter|same|two)
    |(?:[\w,.]+\s+){1,4}of\s+(?:that|this|them|those|these|it)
    |(?:[\d,.]+|one|two|three|four|five|six|seven|eight|nine|ten|most|many|some|several|all|none)
        \s+(?:is|are|was|were|has|have|had)
    |il|elle|ils|elles|cela|mais|er|sie|es|aber|doch|auch|él|ella|ellos|ellas|pero)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it, in English and a little beyond."""

CONNECTIVE: Final = re.compile(
    r"""(?:(?:but|and|so|yet|however|meanwhile|still|also|moreover|furthermore|additionally
        |nevertheless|nonetheless|in\s+addition|at\s+the\s+same\s+time),?)\s+(?=(?-i:[A-Z]))""",
    re.VERBOSE | re.IGNORECASE,
)
"""What joins a sentence to the one before it, and may be cut off where a capital letter follows:
what is left begins as a sentence does, and says the same."""

PRONOUN: Final = re.compile(r"\b(?:he|she|him|her|his|hers|they|them)\b")
INDEFINITE: Final = re.compile(
    r"(?:an?|some|many|several|dozens|hundreds|thousands|up to|at least|more than|about|nearly"
    r"|[\d,.]+|two|three|four|five|six|seven|eight|nine|ten|\w+(?:-\w+)? (?:people|men|women))\s",
    re.IGNORECASE,
)
"""How a sentence begins that brings in somebody new, whom its own pronouns may mean."""
NAME: Final = re.compile(
    r"""(?<!^)(?<!\b[Ii]n\ )(?<!\b[Aa]t\ )(?<!\b[Oo]n\ )(?<!\b[Ff]rom\ )\b
    (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July|August
        |September|October|November|December)\b)[A-Z]\w+""",
    re.VERBOSE,
)
"""A name that a pronoun may stand for: neither a day nor where something happened."""
OTHERS: Final[Mapping[str, re.Pattern[str]]] = {
    "He": re.compile(r"\b(?:she|hers?|they|them)\b"),
    "She": re.compile(r"\b(?:he|him|his|they|them)\b"),
}
"""Pronouns that somebody else is meant by, where the first word is this one."""


def leans(text: str, referent: Referent | None) -> bool:
    """Tell whether the sentence is understood only behind another, once its pronoun is a name."""
    if referent is None:
        return bool(DANGLING.match(text)) or _has_loose_pronoun(text)
    told = outside_quotations(text)
    other = OTHERS[referent.pronoun.words].search(told)
    start = len(referent.pronoun.words)
    return other is not None and not NAME.search(told, start, other.start())


def _has_loose_pronoun(text: str) -> bool:
    """Tell whether a pronoun stands before anybody whom it could mean."""
    pronoun = None if INDEFINITE.match(text) else PRONOUN.search(text)
    return pronoun is not None and not NAME.search(text, 0, pronoun.start())
