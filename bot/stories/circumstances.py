"""Reads what stands around a figure: its role, how sure it is, who says so, where and when."""

from collections.abc import Iterator
from typing import Final

from bot.news import FigureRole, FigureStanding
from bot.quantities.figure_words import FigureWords
from bot.quantities.named_numbers import YEARS
from bot.quantities.numerals import Token, Tokens, is_at, stands_in, starts_with
from bot.quantities.reading import Measured
from bot.text import Bounds

CLAUSE_ENDS: Final = frozenset(",;:–—()")
SPEAKER_WORDS: Final = 7
FACTS: Final = frozenset({"money", "measure", "date", "thing", "share"})
"""Kinds of figures that may be told as a fact of what is to be."""
ANNOUNCED: Final = {"thing": "announced", "share": "announced"}
PLACE_WITHIN: Final = 8


def role_of(tokens: Tokens, m: Measured, words: FigureWords, *, year: int, kind: str) -> FigureRole:
    """Return what the figure says of its subject, as an article of that year means it.

    A sum or measure of what will be is current: bridges cost before they are built.
    """
    start, end = clause(tokens, m, words)
    before = [t.word for t in tokens[max(start, m.first - 8) : m.first]]
    if _is_change(tokens, m, before, words):
        return "change"
    if _is_previous(tokens, m, before, words):
        return "previous"
    if _is_part(tokens, m, before, words):
        return "part"
    if is_history(tokens, end, words, year=year) or _is_rate(tokens, m, words):
        return "history"
    if _is_projected(tokens, m, start, words, kind=kind):
        return "projected"
    return "current"


def clause(tokens: Tokens, m: Measured, words: FigureWords) -> Bounds:
    """Return the tokens between the marks or contrasts around a quantity."""
    ends = CLAUSE_ENDS | words.lists["splitters"]
    start, end = m.first, m.last
    while start and tokens[start - 1].word not in ends:
        start -= 1
    while end < len(tokens) and tokens[end].word not in ends:
        end += 1
    return start, end


def _is_change(tokens: Tokens, m: Measured, before: list[str], words: FigureWords) -> bool:
    changes = words.lists["changes"]
    if before[-1:] == ["by"] and any(w in changes for w in before):
        return True
    beside = {*before[-1:], *(t.word for t in tokens[m.last : m.last + 1])}
    if m.quantity.unit in {"share", "points"} and beside & changes:
        return True
    if before[-1:] and before[-1] in words.lists["increments"]:
        return True
    after = [t.word for t in tokens[m.last : m.last + 2]]
    more = after[:1] and after[0] in {"more", "further", "additional", "extra", "new", "fresh"}
    return bool(more) and after[1:] != ["than"]


def _is_previous(tokens: Tokens, m: Measured, before: list[str], words: FigureWords) -> bool:
    changed = any(t.word in words.lists["changes"] for t in tokens[max(0, m.first - 9) : m.first])
    becomes = m.last < len(tokens) and tokens[m.last].word == "to"
    if before[-1:] == ["from"] and (changed or becomes):
        return True
    if before[-2:] in (["compared", "with"], ["compared", "to"], ["up", "on"], ["instead", "of"]):
        return True
    if before[-1:] in (["not"], ["than"]) or any(w in words.lists["previous"] for w in before):
        return True
    return stands_in(tokens, max(0, m.first - 8), m.first, words.phrases["had_said"])


def _is_part(tokens: Tokens, m: Measured, before: list[str], words: FigureWords) -> bool:
    if any(w in words.lists["parts"] for w in before[-5:]) or before[-2:] == ["all", "but"]:
        return True
    if before[-1:] and before[-1] in {"last", "first", "remaining"}:
        return True
    if before[-1:] == ["of"] and before[-2:-1] and before[-2][0].isdecimal():
        return True  # "53 of 100 seats": all that there are
    after = [t.word for t in tokens[m.last : m.last + 6]]
    if after[:1] == ["of"] and after[1:2] and after[1] in {"them", "whom", "these", "those", "the"}:
        return m.quantity.unit != "share"
    if "alone" in tokens.words or _is_in_one(tokens):
        return True
    of_many = after[:1] == ["of"] and after[1:2] and after[1][0].isdecimal()
    return bool(of_many) or "others" in after[:1] or "each" in after


def _is_in_one(tokens: Tokens) -> bool:
    """Tell whether the sentence opens with a part of the place: "In one village, …"."""
    return any(is_at(tokens, 0, (word, "one")) for word in ("in", "on", "at"))


def is_history(tokens: Tokens, end: int, words: FigureWords, *, year: int) -> bool:
    """Tell whether the sentence up to a token speaks of another time: a past year, "last month"."""
    if any(_is_past_year(tokens, at, words, year=year) for at in tokens.years):
        return True
    if stands_in(tokens, 0, end, words.phrases["history"]):
        return True
    if tokens.words.isdisjoint(("past", "last")):
        return False
    return any(_is_long_past(tokens, at, words) for at in range(end))


def _is_long_past(tokens: Tokens, at: int, words: FigureWords) -> bool:
    """Read "the past five years", "the last two decades", "last Easter", but not "last Friday"."""
    if tokens[at].word not in {"past", "last"}:
        return False
    follows = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
    if tokens[at].word == "last" and follows.text[0].isupper() and at + 1 < len(tokens):
        return not words.has("days", follows.word)
    return any(t.word in {"months", "years", "decades"} for t in tokens[at + 1 : at + 3])


def _is_past_year(tokens: Tokens, at: int, words: FigureWords, *, year: int) -> bool:
    """Tell whether four digits are a year before that one, not what is counted ("1647 houses")."""
    value = int(tokens[at].text)
    dated = at > 0 and (words.has("dating", tokens[at - 1].word) or tokens[at - 1].text == ",")
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    counts = after.endswith("s") or words.has("plurals", after)
    return value in YEARS and value < year and (dated or not counts)


def period_of(tokens: Tokens, m: Measured, words: FigureWords) -> str:
    """Return the words for the time that a figure sums up ("first nine months"), or for none."""
    if tokens.words.isdisjoint(words.lists["periods"]):
        return _month(tokens, m, words)
    for at, token in enumerate(tokens):
        if m.first <= at < m.last or not words.has("periods", token.word):
            continue
        for first in range(at - 1, max(-1, at - 4), -1):
            if words.has("of_period", tokens[first].word):
                return " ".join(t.word for t in tokens[first : at + 1])
    return _month(tokens, m, words)


def _month(tokens: Tokens, m: Measured, words: FigureWords) -> str:
    """Return the month that the sentence is about, without a day: "in May"."""
    if tokens.words.isdisjoint(("in", "for", "since", "from")):
        return ""
    for at, token in enumerate(tokens[1:], 1):
        before = tokens[at - 1].word
        if before == "since" and words.has("days", token.word):
            return f"since {token.word}"
        if (
            before in {"in", "for", "since", "from"}
            and token.word in words.months
            and not m.first <= at < m.last
        ):
            behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if token.text[0].isupper() and not behind[:1].isdecimal():
                return f"{before} {token.word}"
    return ""


def _is_rate(tokens: Tokens, m: Measured, words: FigureWords) -> bool:
    """Tell whether the figure is so many in each day or year: of no one event."""
    if stands_in(tokens, 0, len(tokens), words.phrases["habitual"]):
        return True
    return stands_in(tokens, m.last, m.last + 3, words.phrases["rates"])


def is_anchored(tokens: Tokens, words: FigureWords) -> bool:
    """Tell whether a sentence says that it speaks of these days."""
    return any(words.has("days", t.word) for t in tokens)


def _is_projected(
    tokens: Tokens, m: Measured, start: int, words: FigureWords, *, kind: str
) -> bool:
    certain = words.lists[ANNOUNCED.get(kind, "designs")] if kind in FACTS else frozenset()
    first = max(start, m.first - 8)
    for at in range(first, m.first):
        says = tokens[at].word not in certain and tokens[at].text != "May"
        if says and starts_with(tokens, at, words.phrases["projections"]):
            return True
    behind = tokens[m.last : m.last + 5]
    unable = {at for at, t in enumerate(behind[1:]) if t.word == "not"}  # "could not pass"
    told = (
        t.text
        for at, t in enumerate(behind)
        if at not in unable and (words.has("modals", t.text) or t.text in CLAUSE_ENDS)
    )
    return words.has("modals", next(told, "")) or _is_may(tokens, start, m.first)


def _is_may(tokens: Tokens, start: int, end: int) -> bool:
    return any(t.text == "may" for t in tokens[max(start, end - 8) : end])


def standing_of(tokens: Tokens, m: Measured, words: FigureWords) -> FigureStanding:
    """Return what the clause calls the figure: confirmed, unconfirmed, or neither."""
    start, end = clause(tokens, m, words)
    if stands_in(tokens, start, end, words.phrases["unconfirmed"]):
        return "unconfirmed"
    denied = any(tokens[at].word in {"not", "yet"} for at in range(start, end))
    confirmed = any(tokens[at].word in words.lists["confirmed"] for at in range(start, end))
    if confirmed:
        return "unconfirmed" if denied else "confirmed"
    return "stated"


# --- Who says so, where, when ----------------------------------------------------------


def speaker_of(tokens: Tokens, m: Measured, words: FigureWords) -> Bounds | None:
    """Return the tokens that name who is said to give the figure, by a light rule.

    "According to X" near the figure; X before "said" in the figure's clause; ", X said" behind it.
    """
    start, end = clause(tokens, m, words)
    for at in range(m.first - 1, start - 1, -1):
        if tokens[at].word in words.lists["sources"]:
            return _named(tokens, start, at, words)
    for at in [*range(start, end), *range(end, min(end + 3, len(tokens)))]:
        if is_at(tokens, at, ("according", "to")):
            return _named(tokens, at + 2, _phrase_end(tokens, at + 2), words)
    for at in range(m.last, len(tokens)):
        if words.has("splitters", tokens[at].word) or tokens[at].text == ";":
            break
        if tokens[at].word in words.lists["said"]:
            return _around_cue(tokens, at, words)
    return None


def _around_cue(tokens: Tokens, at: int, words: FigureWords) -> Bounds | None:
    """Return who stands before "said" behind a comma, or after it ("…, said the mayor")."""
    comma = next((i for i in range(at, -1, -1) if tokens[i].text in CLAUSE_ENDS), -1)
    if comma < 0:
        return None
    if comma == at - 1:
        return _named(tokens, at + 1, _phrase_end(tokens, at + 1), words)
    return _named(tokens, comma + 1, at, words)


def _phrase_end(tokens: Tokens, at: int) -> int:
    here = at
    while here < len(tokens) and tokens[here].text[0].isalpha():
        here += 1
    return here


def _named(tokens: Tokens, first: int, last: int, words: FigureWords) -> Bounds | None:
    """Return the tokens without articles before and auxiliaries behind; none if it is too long."""
    while first < last and tokens[first].word in {"the", "a", "an", "but", "and"}:
        first += 1
    while last > first and tokens[last - 1].word in words.lists["auxiliaries"]:
        last -= 1
    on_day = last > first + 1 and words.has("days", tokens[last - 1].word)
    last -= 2 if on_day and tokens[last - 2].word == "on" else int(on_day)
    is_name = 0 < last - first <= SPEAKER_WORDS and tokens[first].text[0].isalpha()
    pronoun = tokens[first].word in {"it", "he", "she", "they", "who", "which", "we", "that"}
    return (first, last) if is_name and not pronoun else None


def place_of(tokens: Tokens, m: Measured, end: int, words: FigureWords) -> Bounds | None:
    """Return the tokens of the place that qualifies a figure: "in Tarn", or the first words."""
    for at in range(end, min(end + PLACE_WITHIN, len(tokens) - 1)):
        if tokens[at].text in CLAUSE_ENDS or tokens[at].text[0].isdecimal():
            break
        if tokens[at].word in {"in", "at", "near"} and (found := _name_at(tokens, at + 1, words)):
            return found
    if (
        tokens[0].word in {"in", "at"}
        and (found := _name_at(tokens, 1, words))
        and found[1] <= m.first
    ):
        return found
    return None


def _name_at(tokens: Tokens, at: int, words: FigureWords) -> Bounds | None:
    first = at + 1 if at < len(tokens) and tokens[at].word == "the" else at
    last = first
    while last < len(tokens) and _is_name(tokens[last], words):
        last += 1
    return (first, last) if last > first else None


def _is_name(token: Token, words: FigureWords) -> bool:
    calendar = words.has("days", token.word) or token.word in words.months
    return token.text[0].isupper() and not calendar


def time_of(tokens: Tokens, m: Measured, words: FigureWords) -> Bounds | None:
    """Return the tokens of the day that qualifies a figure: "on Tuesday", "by Friday evening"."""
    start, end = clause(tokens, m, words)
    for at in _outwards(start, m.first, m.last, end):
        if words.has("days", tokens[at].word):
            first = at - 1 if at > start and tokens[at - 1].word in {"on", "by", "late"} else at
            return first, at + 1
    return None


def _outwards(start: int, first: int, last: int, end: int) -> Iterator[int]:
    yield from range(last, end)
    yield from range(first - 1, start - 1, -1)
