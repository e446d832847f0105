"""True sentences of articles with what they cite, and rewritings that stay true."""

import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from typing import Final, NamedTuple

from bot.language import load_lexicon
from bot.paragraphs import read_paragraphs
from bot.text import sentences, squeeze

SEED: Final = 20261123
WORDS: Final = range(8, 46)
NAME: Final = re.compile(
    r"(?<=[a-z,] )(?:[A-Z][a-z]+(?:[-’'][A-Za-z]+)*)(?: (?:[A-Z]\. )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)*"
)
"""Capitalised words inside a sentence."""
NO_NAME: Final = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    Mr Mrs Ms Dr The President Prime Minister Sen Rep Gov Secretary Republican Republicans Democrat
    Democrats Democratic I It He She They We But And In On At
    """.split()  # noqa: SIM905 - words read best so
)
SPELLED: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
""".split()  # noqa: SIM905 - words read best so
SPELLED_ALONE: Final = (
    rf"(?<!-)\b(?:{'|'.join(SPELLED[2:])})\b"
    r"(?! (?:hundred|thousand|million|billion|of|in|dozen)|-[^yd]|/)"
)
MONTHS: Final = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.",
    "October": "Oct.", "November": "Nov.", "December": "Dec.",
}  # fmt: skip
LOWERED: Final = frozenset(
    """
    The A An He She It They This In That His Her There Their Its At On If When More Some Many No One
    Two These Those We Our As For After Before People Police
    """.split()  # noqa: SIM905 - words read best so
)
"""First words of a sentence that are no names."""
SPEAKER: Final = (
    r"(?:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}|[Tt]he [a-z]+(?: [a-z]+)?|[A-Z]?[a-z]*[Pp]olice"
    r"|[Hh]e|[Ss]he|[Tt]hey|[Oo]fficials)"
)
DAY: Final = r"((?: on)? [A-Z][a-z]+day)?"
LED: Final = re.compile(
    rf"^({SPEAKER}) (?:also )?(said|says|told reporters|announced|added|argued|warned){DAY}"
    r"(?: that)? (?!in |on |at |to |of |the same )(.+)([.])$"
)
TAILED: Final = re.compile(
    rf"^(.+), ({SPEAKER}) (said|says|added|told reporters|announced){DAY}\.$"
)
EXACT: Final = re.compile(
    r"(?<!about )(?<!around )(?<!than )(?<!over )(?<!nearly )(?<!least )(?<!to )(?<!some )(?<!of )"
    r"(?<!-)\b([1-9]\d?),(\d\d\d)\b(?![,-]| to )(?! or)"
)


class Told(NamedTuple):
    """A true sentence: its words, what stands around it, and the names of its article."""

    words: str
    before: str
    behind: str
    article: str
    names: tuple[str, ...]

    @property
    def cited(self) -> tuple[str, ...]:
        """The sentence itself between its neighbours."""
        return tuple(text for text in (self.before, self.words, self.behind) if text)


class Claim(NamedTuple):
    """A sentence and the texts that it cites."""

    sentence: str
    cited: tuple[str, ...]


Rewriting = Callable[[Told, random.Random], Claim | None]
"""From a true sentence to a claim; `None` where the sentence has nothing to change."""


def is_held_out(article: str) -> bool:
    """Tell on which half an article is: rules were made on the other."""
    return sha256(article.encode()).digest()[0] % 2 == 1


def true_sentences(articles: Iterable[tuple[str, str]]) -> list[Told]:
    """Return the sentences of the stories, each a pair of id and body, with their neighbours."""
    found: list[Told] = []
    for article, body in articles:
        names = tuple(dict.fromkeys(names_of(squeeze(body))))
        for paragraph in read_paragraphs(body):
            if paragraph.role != "story":
                continue
            texts = [squeeze(body[a:b]) for a, b in sentences(body, paragraph.start, paragraph.end)]
            around = ["", *texts, ""]
            for at, text in enumerate(texts):
                if is_sentence(text):
                    found.append(Told(text, around[at], around[at + 2], article, names))
    return found


def is_sentence(text: str) -> bool:
    """Tell whether the text is one whole sentence of ordinary length."""
    capitals = sum(word[:1].isupper() for word in text.split())
    return (
        len(text.split()) in WORDS
        and text[0].isupper()
        and text[-1] in ".!?"
        and capitals * 2 < len(text.split())
    )


def names_of(text: str) -> list[str]:
    """Return the names inside the sentences of a text."""
    found = []
    for match in NAME.finditer(text):
        name = " ".join(w for w in match.group().split() if w.rstrip(".") not in NO_NAME)
        if name and name in text:
            found.append(name)
    return found


# --- Faithful ---------------------------------------------------------------------------


def untouched(told: Told, _: random.Random) -> Claim | None:
    return Claim(told.words, told.cited)


def alone(told: Told, _: random.Random) -> Claim | None:
    return Claim(told.words, (told.words,))


def attribution_behind(told: Told, _: random.Random) -> Claim | None:
    match = LED.match(told.words)
    if not match or '"' in told.words or "“" in told.words:
        return None
    speaker, verb, day, claim, stop = match.groups()
    speaker = (
        speaker
        if speaker.split(maxsplit=1)[0] not in {"The", "He", "She", "They"}
        else lower(speaker)
    )
    return Claim(f"{upper(claim)}, {speaker} {verb}{day or ''}{stop}", told.cited)


def attribution_before(told: Told, _: random.Random) -> Claim | None:
    match = TAILED.match(told.words)
    if not match or '"' in told.words or "“" in told.words:
        return None
    claim, speaker, verb, day = match.groups()
    return Claim(f"{upper(speaker)} {verb}{day or ''} that {lower(claim)}.", told.cited)


def spelled_out(told: Told, _: random.Random) -> Claim | None:
    def spell(match: re.Match[str]) -> str:
        return SPELLED[int(match.group())] if int(match.group()) <= 20 else match.group()

    if is_quoting(told) or re.search(r"\d[.,:/-]\d|\d(?:st|nd|rd|th)|[A-Z] \d|[$£€]", told.words):
        return None
    return changed(
        told, re.sub(r"(?<![-–])\b[1-9]\d?\b(?![%,.:’'-]| [A-Z]| in \d)", spell, told.words)
    )


def in_digits(told: Told, _: random.Random) -> Claim | None:
    def figure(match: re.Match[str]) -> str:
        return str(SPELLED.index(match.group()))

    if is_quoting(told):
        return None
    return changed(told, re.sub(SPELLED_ALONE, figure, told.words, count=1))


def rounded(told: Told, _: random.Random) -> Claim | None:
    match = EXACT.search(told.words)
    if not match or match.group(2) == "000" or told.words[match.start() - 1] in "$£€-–":
        return None
    near = f"about {round(int(match.group(1) + match.group(2)), -2):,}"
    return changed(told, told.words[: match.start()] + near + told.words[match.end() :])


def without_brackets(told: Told, _: random.Random) -> Claim | None:
    return changed(told, re.sub(r" \([^()]+\)", "", told.words))


def without_apposition(told: Told, _: random.Random) -> Claim | None:
    return changed(
        told,
        re.sub(
            r"(?<=[A-Z][a-z]{3}), (?:an?|the|who|which) [^,“\"]+,(?= [a-z])",
            "",
            told.words,
            count=1,
        ),
    )


def without_clause(told: Told, _: random.Random) -> Claim | None:
    cut = re.sub(r", (?:which|where|while|whose|as well as|including) [^,“\"]+\.$", ".", told.words)
    return changed(told, cut) if len(cut.split()) >= 6 else None


def joined(told: Told, dice: random.Random) -> Claim | None:
    if not is_sentence(told.behind) or any(mark in told.words + told.behind for mark in '“”"?!'):
        return None
    if told.behind.split(maxsplit=1)[0] not in {*LOWERED, *names_first(told.behind)}:
        return None
    joint = dice.choice([", and ", "; ", ", while "])
    return Claim(told.words.rstrip(".") + joint + lower(told.behind), told.cited)


def names_first(text: str) -> set[str]:
    """Return the first word of a text if it is a first name."""
    first = text.split(maxsplit=1)[0]
    return {first} if first.lower() in first_names() else set()


def surname_only(told: Told, _: random.Random) -> Claim | None:
    full = [n for n in names_of(told.words) if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", n)]
    people = [n for n in full if n.split()[0].lower() in first_names()]
    if not people:
        return None
    return changed(told, told.words.replace(people[0], people[0].split()[-1]))


def short_months(told: Told, _: random.Random) -> Claim | None:
    def shorten(match: re.Match[str]) -> str:
        return MONTHS[match.group()]

    return changed(told, re.sub(rf"\b(?:{'|'.join(MONTHS)})\b(?= \d)", shorten, told.words))


def another_said(told: Told, dice: random.Random) -> Claim | None:
    return changed(told, re.sub(r"\bsaid\b", dice.choice(["stated", "added", "noted"]), told.words))


FAITHFUL: Final[dict[str, Rewriting]] = {
    "untouched": untouched,
    "untouched, alone": alone,
    "attribution behind": attribution_behind,
    "attribution before": attribution_before,
    "number spelled out": spelled_out,
    "number in digits": in_digits,
    "rounded": rounded,
    "without brackets": without_brackets,
    "without apposition": without_apposition,
    "without last clause": without_clause,
    "two joined": joined,
    "surname only": surname_only,
    "short months": short_months,
    "another word for said": another_said,
}


# --- Parts ------------------------------------------------------------------------------


def changed(told: Told, words: str) -> Claim | None:
    """Return the claim if its words are not those of the sentence."""
    return Claim(words, told.cited) if words != told.words else None


def is_quoting(told: Told) -> bool:
    return any(mark in told.words for mark in '“”"')


def upper(text: str) -> str:
    return text[0].upper() + text[1:]


def lower(text: str) -> str:
    """Return the text without its capital, unless it begins with a name or an acronym."""
    first = text.split(maxsplit=1)[0]
    return text[0].lower() + text[1:] if first in LOWERED else text


@cache
def first_names() -> frozenset[str]:
    lexicon = load_lexicon()
    return lexicon.male_names | lexicon.female_names
