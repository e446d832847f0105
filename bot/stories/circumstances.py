"""Reads what stands around a figure: its role, how sure it is, who says so, where and when."""

from collections.abc import Iterator
from typing import Final

from bot.news import FigureRole, FigureStanding
from bot.quantities.figure_words import FigureWords
from bot.quantities.named_numbers import YEARS
from bot.quantities.numerals import Token, Tokens, is_at, starts_with
from bot.quantities.reading import Measured
from bot.text import Bounds

CLAUSE_ENDS: Final = frozenset(",;:–—()")
SPEAKER_WORDS: Final = 7
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
    start, end = m.first, m.last
    while start and not _parts(tokens, start - 1, words):
        start -= 1
    while end < len(tokens) and not _parts(tokens, end, words):
        end += 1
    return start, end


def _parts(tokens: Tokens, at: int, words: FigureWords) -> bool:
    return tokens[at].text in CLAUSE_ENDS or words.has("splitters", tokens[at].word)


def _is_change(tokens: Tokens, m: Measured, before: list[str], words: FigureWords) -> bool:
    changes = words.lists["changes"]
    if before[-1:] == ["by"] and any(w in changes for w in before):
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
    had_said = words.phrases["had_said"]
    return any(starts_with(tokens, at, had_said) for at in range(max(0, m.first - 8), m.first))


def _is_part(tokens: Tokens, m: Measured, before: list[str], words: FigureWords) -> bool:
    if any(w in words.lists["parts"] for w in before[-5:]) or before[-2:] == ["all", "but"]:
        return True
    if before[-1:] and before[-1] in {"last", "first", "remaining"}:
        return True
    after = [t.word for t in tokens[m.last : m.last + 6]]
    if after[:1] == ["of"] and after[1:2] and after[1] in {"them", "whom", "these", "those", "the"}:
        return m.quantity.unit != "share"
    of_many = after[:1] == ["of"] and after[1:2] and after[1][0].isdecimal()
    return bool(of_many) or "alone" in after or "others" in after[:1] or "each" in after


def is_history(tokens: Tokens, end: int, words: FigureWords, *, year: int) -> bool:
    """Tell whether the sentence up to a token speaks of another time: a past year, "last month"."""
    years = (t.text for t in tokens if len(t.text) == 4 and t.text.isdecimal())  # noqa: PLR2004 - 1998
    if any(int(text) in YEARS and int(text) < year for text in years):
        return True
    history = words.phrases["history"]
    return any(starts_with(tokens, at, history) for at in range(end))


def _is_rate(tokens: Tokens, m: Measured, words: FigureWords) -> bool:
    """Tell whether the figure is so many in each day or year: of no one event."""
    habitual = words.phrases["habitual"]
    if any(starts_with(tokens, at, habitual) for at in range(len(tokens))):
        return True
    return any(starts_with(tokens, at, words.phrases["rates"]) for at in range(m.last, m.last + 3))


def is_anchored(tokens: Tokens, words: FigureWords) -> bool:
    """Tell whether a sentence says that it speaks of these days."""
    return any(words.has("days", t.word) for t in tokens)


def _is_projected(
    tokens: Tokens, m: Measured, start: int, words: FigureWords, *, kind: str
) -> bool:
    certain = words.lists["designs"] if kind in {"money", "measure", "date"} else frozenset()
    first = max(start, m.first - 8)
    for at in range(first, m.first):
        if starts_with(tokens, at, words.phrases["projections"]) and tokens[at].word not in certain:
            return True
    behind = tokens[m.last : m.last + 5]
    told = (t.text for t in behind if words.has("modals", t.text) or t.text in CLAUSE_ENDS)
    return words.has("modals", next(told, "")) or _is_may(tokens, start, m.first)


def _is_may(tokens: Tokens, start: int, end: int) -> bool:
    return any(t.text == "may" for t in tokens[max(start, end - 8) : end])


def standing_of(tokens: Tokens, m: Measured, words: FigureWords) -> FigureStanding:
    """Return what the clause calls the figure: confirmed, unconfirmed, or neither."""
    start, end = clause(tokens, m, words)
    for at in range(start, end):
        if starts_with(tokens, at, words.phrases["unconfirmed"]):
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
    return token.text[0].isupper() and not words.has("days", token.word)


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
