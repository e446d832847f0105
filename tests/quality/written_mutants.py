"""Makes true sentences false in the ways in which models do."""

import random
import re
from typing import Final

from tests.quality.written import (
    SPEAKER,
    SPELLED,
    Claim,
    Rewriting,
    Told,
    changed,
    lower,
    names_of,
    upper,
)

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = """
January February March April May June July August September October November December
""".split()  # noqa: SIM905 - words read best so
PLAIN_MONTHS: Final = "|".join(m for m in MONTHS if m not in {"May", "March"})
DATE: Final = re.compile(
    rf"\b(?:{'|'.join(DAYS)})\b|\b(?:{PLAIN_MONTHS})\b|\b(?:1[89]|20)\d\d\b"
    r"|\b(?:last|next|this) (?:week|month|year)\b|\b(?:yesterday|today|tomorrow)\b"
)
RELATIVE: Final = ("week", "month", "year")
AUXILIARY: Final = re.compile(
    r"\b(is|are|was|were|will|would|can|could|has|have|had|does|did|should|must|may|might)\b"
    r"(?! not\b)(?!n[’']t)(?! never)(?! no )"
)
NEGATION: Final = re.compile(r"\b(?:not|never) (?!only|just)|n[’']t\b(?<!can't)(?<!won't)")
NONE: Final = re.compile(r"\bno (?=[a-z]+)(?!one\b|longer\b|matter\b|doubt\b|more\b)")
HEARSAY: Final = re.compile(r"\b(?:reportedly|allegedly|apparently|alleged|supposedly|purported) ")
UNITS: Final = {
    "million": "billion", "billion": "million", "thousand": "million", "miles": "metres",
    "percent": "percentage points", "per cent": "percentage points", "hours": "days",
    "days": "weeks", "weeks": "months", "months": "years", "years": "months", "minutes": "hours",
    "pounds": "tons", "$": "£", "£": "€", "€": "$",
}  # fmt: skip
UNIT: Final = re.compile(
    r"(?<=\d[ -])(?:million|billion|thousand|percent|per cent|miles|hours|days|weeks|months|years"
    r"|minutes|pounds)\b|[$£€](?=\d)"
)
INTENT: Final = "plans?|planned|intends?|intended|hopes?|hoped|wants?|wanted|seeks?|aims?"
FRAMES: Final = (
    "{who} said on {day} that {claim}.",
    "{who} said {claim}.",
    "{claim}, according to {who}.",
    "{claim}, {who} said.",
    "{who} told reporters that {claim}.",
    "{who} claimed on {day} that {claim}.",
    "According to {who}, {claim}.",
    "{who} alleged that {claim}.",
)
CUES: Final = re.compile(r"\b(?:sa(?:id|ys?|ying)|told|tells?|claim|according|report|announc)")
MODAL: Final = (
    (r"\b(?:may|might|could) (?=[a-z])", "will "),
    (rf"\b(?:{INTENT}) to (?=[a-z])", "will "),
    (r"\b(?:is|are) (?:likely|expected) to (?=[a-z])", "will "),
    (r"\b(?:was|were) (?:likely|expected) to (?=[a-z])", "would "),
    (r"\b(?:possibly|probably|perhaps|potentially) ", ""),
)


# --- Entities -----------------------------------------------------------------------------


def exchanged(told: Told, dice: random.Random) -> Claim | None:
    """Exchange two names of the sentence."""
    pairs = [
        (a, b)
        for a in names_of(told.words)
        for b in names_of(told.words)
        if are_strangers(a, b) and told.words.count(a) == told.words.count(b) == 1
    ]
    pairs = [(a, b) for a, b in pairs if not is_list(told.words, a, b)]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return changed(told, told.words.replace(a, "\0").replace(b, a).replace("\0", b))


def name_of_neighbour(told: Told, dice: random.Random) -> Claim | None:
    """Put a name of a neighbouring sentence, which is cited too, in place of one."""
    others = [*names_of(told.before), *names_of(told.behind)]
    return renamed(told, others, dice)


def name_of_article(told: Told, dice: random.Random) -> Claim | None:
    return renamed(told, list(told.names), dice)


def renamed(told: Told, others: list[str], dice: random.Random) -> Claim | None:
    own = names_of(told.words)
    pairs = [(a, b) for a in own for b in others if all(are_strangers(b, o) for o in own)]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return changed(told, told.words.replace(a, b, 1))


def are_strangers(a: str, b: str) -> bool:
    """Tell whether two names share no word, nor one with the other's initials."""
    words = [{w.strip("’'.").lower()[:4] for w in name.split()} for name in (a, b)]
    initials = ["".join(w[0] for w in name.split()).lower() for name in (a, b)]
    return not words[0] & words[1] and not any(
        i in name.lower() for i, name in zip(initials, (b, a), strict=True) if len(i) > 1
    )


def is_list(text: str, a: str, b: str) -> bool:
    """Tell whether two names stand in one list, where their order says nothing."""
    first, second = sorted((text.index(a), text.index(b)))
    one = a if text.index(a) == first else b
    between = text[first + len(one) : second]
    plain = re.sub(r"[A-Z][\w’'-]*|,|\band\b|\bor\b|\bthe\b|\bof\b|&|/|-", "", between)
    return not plain.strip() or plain.strip() in {"with", "to", "between"}


# --- Numbers and dates ------------------------------------------------------------------------


def number(told: Told, dice: random.Random) -> Claim | None:
    spelled = [m for m in re.finditer(r"\b[a-z]+\b", told.words) if m.group() in SPELLED[2:]]
    digits = [m for m in re.finditer(r"\d+(?:[.,]\d+)*", told.words) if not is_year(m.group())]
    if not digits and not spelled:
        return None
    match = dice.choice([*digits, *spelled])
    other = other_number(match.group(), told, dice)
    return changed(told, told.words[: match.start()] + other + told.words[match.end() :])


def other_number(text: str, told: Told, dice: random.Random) -> str:
    """Return another number: a digit changed, a factor of ten, or one of the cited texts."""
    if not text[0].isdecimal():
        return dice.choice([w for w in SPELLED[2:] if w != text])
    near = re.finditer(r"\d+(?:[.,]\d+)*", f"{told.before} {told.behind}")
    around = [m.group() for m in near if m.group() != text]
    if around and dice.random() < 0.3:
        return dice.choice(around)
    if dice.random() < 0.2 and "." not in text:
        return text + "0" if "," not in text else text[:-1]
    at = dice.choice([i for i, c in enumerate(text) if c.isdecimal()])
    return text[:at] + dice.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def numbers_exchanged(told: Told, dice: random.Random) -> Claim | None:
    found = [m.group() for m in re.finditer(r"\b\d+(?:[.,]\d+)*\b", told.words)]
    if len(set(found)) < 2 or len(found) != len(set(found)):
        return None
    a, b = dice.sample(found, 2)
    first = rf"(?<![\d.,]){re.escape(a)}(?![.,]?\d)"
    second = rf"(?<![\d.,]){re.escape(b)}(?![.,]?\d)"
    words = re.sub(first, "\0", told.words, count=1)
    return changed(told, re.sub(second, a, words, count=1).replace("\0", b))


def unit(told: Told, dice: random.Random) -> Claim | None:
    found = list(UNIT.finditer(told.words))
    if not found:
        return None
    match = dice.choice(found)
    other = UNITS[match.group()]
    return changed(told, told.words[: match.start()] + other + told.words[match.end() :])


def is_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in {"18", "19", "20"}


def date_moved(told: Told, dice: random.Random) -> Claim | None:
    found = list(DATE.finditer(told.words))
    if not found:
        return None
    match = dice.choice(found)
    return changed(
        told,
        told.words[: match.start()] + other_date(match.group(), dice) + told.words[match.end() :],
    )


def other_date(text: str, dice: random.Random) -> str:
    for names in (DAYS, MONTHS, ("yesterday", "today", "tomorrow")):
        if text in names:
            return dice.choice([name for name in names if name != text])
    if text.isdecimal():
        return str(int(text) + dice.choice([-2, -1, 1, 2, 10]))
    which, span = text.split()
    if dice.random() < 0.5:
        return f"{which} {dice.choice([u for u in RELATIVE if u != span])}"
    return f"{dice.choice([w for w in ('last', 'next') if w != which])} {span}"


# --- Negation, modality, attribution ---------------------------------------------------------


def negation(told: Told, dice: random.Random) -> Claim | None:
    for pattern, new in ((NEGATION, ""), (NONE, "")):
        if pattern.search(told.words) and dice.random() < 0.7:
            return changed(told, pattern.sub(new, told.words, count=1))
    places = list(AUXILIARY.finditer(told.words))
    if not places:
        return None
    match = dice.choice(places)
    new = f"{match.group()} {dice.choice(['not', 'not', 'never'])}"
    return changed(told, told.words[: match.start()] + new + told.words[match.end() :])


def modality(told: Told, dice: random.Random) -> Claim | None:
    fitting = [(p, new) for p, new in MODAL if re.search(p, told.words)]
    if not fitting:
        return None
    pattern, new = dice.choice(fitting)
    return changed(told, re.sub(pattern, new, told.words, count=1))


def attribution_dropped(told: Told, dice: random.Random) -> Claim | None:
    """Leave out who says so: before or behind the claim, or the word that makes it hearsay."""
    if any(mark in told.words for mark in '“”"'):
        return None
    verbs = r"(?:said|says|told reporters|claimed|announced|reported|argued|warned|added|alleged)"
    day = r"(?:(?: on)? [A-Z][a-z]+day)?"
    led = re.match(rf"^{SPEAKER} (?:also |has |have )?{verbs}{day} that (.+)$", told.words)
    tail = re.match(rf"^(.+?),? (?:{SPEAKER} {verbs}|according to [^,]+){day}\.$", told.words)
    front = re.match(r"^According to [^,]+, (.+)$", told.words)
    options = [upper(m.group(1)) for m in (led, front) if m]
    if tail and len(tail.group(1).split()) > 4:
        options.append(tail.group(1).rstrip(",") + ".")
    if HEARSAY.search(told.words):
        options.append(upper(HEARSAY.sub("", told.words)))
    return changed(told, dice.choice(options)) if options else None


def claim_as_fact(told: Told, dice: random.Random) -> Claim | None:
    """State a true sentence where the cited text only gives it as somebody's claim."""
    if any(mark in told.words for mark in '“”"?!') or CUES.search(told.words) or not told.names:
        return None
    claim, frame = told.words.rstrip("."), dice.choice(FRAMES)
    text = claim if frame.startswith("{claim}") else lower(claim)
    said = frame.format(who=dice.choice(told.names), day=dice.choice(DAYS), claim=text)
    return Claim(told.words, tuple(t for t in (told.before, said, told.behind) if t))


# --- Two stories --------------------------------------------------------------------------------


def merged(told: Told, other: Told, dice: random.Random) -> Claim | None:
    """Begin with one story and go on with another; cite the first, or both."""
    a, b = told.words.split(), other.words.split()
    if any(mark in told.words + other.words for mark in '“”"'):
        return None
    way = dice.choice(["halves", "halves", "predicate", "whole"])
    if way == "whole":
        joint = dice.choice([", and ", " as ", ", while "])
        return Claim(told.words.rstrip(".?!") + joint + lower(other.words), told.cited)
    if way == "predicate":
        first, second = predicate(told.words), predicate(other.words)
        if not first or not second:
            return None
        words = told.words[:first] + other.words[second:]
    else:
        words = " ".join(a[: dice.randrange(4, len(a) - 3)] + b[dice.randrange(3, len(b) - 3) :])
    cited = told.cited if dice.random() < 0.5 else (told.words, other.words)
    return Claim(words, cited)


def predicate(text: str) -> int:
    """Return where the first auxiliary stands, 0 if there is none behind some words."""
    match = re.search(r"\b(?:is|are|was|were|will|has|have|had|would|said)\b", text)
    return match.start() if match and match.start() > 10 else 0


def name_of_stranger(told: Told, other: Told, dice: random.Random) -> Claim | None:
    """Put a name of another article in place of one."""
    article = " ".join((*told.names, *told.cited)).lower()
    strange = [n for n in other.names if not any(w in article for w in n.lower().split())]
    return renamed(told, strange, dice)


MUTANTS: Final[dict[str, Rewriting]] = {
    "names exchanged": exchanged,
    "name of a neighbour": name_of_neighbour,
    "name of the article": name_of_article,
    "number changed": number,
    "numbers exchanged": numbers_exchanged,
    "unit changed": unit,
    "negation flipped": negation,
    "modality dropped": modality,
    "date moved": date_moved,
    "attribution dropped": attribution_dropped,
    "claim as fact": claim_as_fact,
}
WITH_ANOTHER: Final = {"name of a stranger": name_of_stranger, "two stories merged": merged}
"""Mutations that need a sentence of another article."""
