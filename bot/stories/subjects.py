"""Says what a number counts: a topic told of people, a thing, or what money and measures are for."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bot.stories.figure_words import FigureWords, Phrases, Topic
from bot.stories.numerals import HYPHENS, Tokens, is_at, starts_with
from bot.stories.quantities import Measured
from bot.text import stem

NOUN_WITHIN: Final = 5
"""Words behind a number among which what it counts is looked for."""
TOLD_WITHIN: Final = 12
"""Words behind what is counted among which it is told what happened."""
TOLL_WITHIN: Final = 16
"""Words before a number among which "the death toll" stands."""
REACHED_WITHIN: Final = 4
"""Words before a number among which it is said that the toll reached it."""
CLEAR_COUNTS: Final = frozenset({"toll", "cases", "deaths", "arrests"})
MARKS: Final = frozenset(",;:()")
GOVERNS_WITHIN: Final = 9
PASSIVE: Final = frozenset("was were is are be been being".split())
PREPOSITIONS: Final = frozenset("in on at near aboard from of inside outside across around".split())
AFTER_PARTICIPLE: Final = PREPOSITIONS | frozenset(
    "by when after as and during while since so or over following amid with since but including "
    "this last late early overnight yesterday today".split()
)
REACHES: Final = frozenset(
    "to at of reached hit was is stands stood passed exceeded topped reaching as".split()
)
AMBIGUOUS: Final = frozenset(
    "killed murdered slain injured wounded hurt arrested detained held apprehended jailed evacuated "
    "uprooted rescued saved infected sickened displaced trapped".split()
)
"""Participles that are also the past tense of a verb with an object."""
TITLED: Final = frozenset({"aboard"})


class Subject(NamedTuple):
    """What a number counts: a topic or a stem, whom, the words for it, and how sure that is.

    `first` and `last` bound the noun; `end` is where the noun phrase behind the number ends.
    """

    name: str
    kind: str
    population: str
    first: int
    last: int
    end: int


class Noun(NamedTuple):
    """The noun behind a number: its index, or -1 where there is none, and where its phrase ends."""

    head: int
    end: int


def subject_of(tokens: Tokens, m: Measured, words: FigureWords) -> Subject:
    """Return what the number counts; a subject without a name where that is not clear."""
    noun = counted_noun(tokens, m, words)
    unit = m.quantity.unit
    if not unit or unit == "share":
        topic = _topic(tokens, m, noun, words)
        if topic and not unit:
            return _subject(topic, "topic", _population(tokens, m, noun, topic, words), noun)
    if not unit:
        return _thing(tokens, noun, words)
    if unit == "share":
        return _share(tokens, m, noun, words)
    if unit in {"score", "magnitude"}:
        return Subject(unit, unit, "", m.last, m.last, m.last)
    governors = words.measured if _is_dimension(unit) else words.money
    return _governed(tokens, m, governors, unit)


def counted_noun(tokens: Tokens, m: Measured, words: FigureWords) -> Noun:
    """Return the noun that follows a number: the first plural, or a person where there is one."""
    at = m.last
    if at < len(tokens) and tokens[at].word == "of":
        at += 1
    while at < len(tokens) and tokens[at].word in words.lists["determiners"] and at > m.last:
        at += 1
    if at < len(tokens) and tokens[at].word in words.lists["verbs"]:
        return Noun(-1, m.last)
    single = m.quantity.high == 1 and m.quantity.low == 1
    for here in range(at, min(at + NOUN_WITHIN, len(tokens))):
        token = tokens[here]
        if token.text in HYPHENS:
            continue
        if not token.text[0].isalpha() or token.word in words.lists["stops"]:
            break
        if single and token.word in words.lists["singular"]:
            return Noun(here, here + 1)
        if not single and is_plural(token.word, words):
            last = here
            while last + 1 < len(tokens) and is_plural(tokens[last + 1].word, words):
                last += 1
            return Noun(last, last + 1)
    return Noun(-1, m.last)


def is_plural(word: str, words: FigureWords) -> bool:
    """Tell whether a word looks like a plural noun."""
    if word in words.lists["plurals"]:
        return True
    if word in words.lists["stops"] or word in words.lists["said"]:
        return False
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))  # noqa: PLR2004


def _subject(name: str, kind: str, population: str, noun: Noun) -> Subject:
    if noun.head < 0:
        return Subject(name, kind, population, noun.end, noun.end, noun.end)
    return Subject(name, kind, population, noun.head, noun.head + 1, noun.end)


# --- Topics: what is told of people -----------------------------------------------------


def _topic(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    return (
        _topic_of_noun(tokens, m, noun, words)
        or _topic_behind(tokens, noun.end, words)
        or _topic_before(tokens, m, words)
        or _topic_of_toll(tokens, m, noun, words)
    )


def _topic_of_noun(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    """Read "12 deaths", "34 injured passengers", and "12 lives" where they were lost."""
    if noun.head < 0:
        return ""
    head = tokens[noun.head].word
    for topic in words.topics:
        if head in topic.nouns:
            return topic.name
        if any(starts_with(tokens, i, topic.happened) == 1 for i in range(m.last, noun.head)):
            return topic.name
    before = tokens[m.first - 1].word if m.first else ""
    if head == "lives" and before in {
        "claimed",
        "claiming",
        "cost",
        "costing",
        "took",
        "taking",
        "lost",
    }:
        return "dead"
    lost = is_at(tokens, noun.end, ("were", "lost")) or is_at(tokens, noun.end, ("lost",))
    return "dead" if head == "lives" and lost else ""


def _topic_behind(tokens: Tokens, at: int, words: FigureWords) -> str:
    """Read "… people were killed", "… died", "… dead", "… aboard were hurt"."""
    passive, found, here, limit = False, "", at, at + TOLD_WITHIN
    while here < min(limit, len(tokens)):
        topic, length = _told_at(tokens, here, passive=passive, words=words)
        if topic:
            if topic not in TITLED:
                return topic
            found, here = topic, _behind_phrase(tokens, here + length - 1, words)
            continue
        word = tokens[here].word
        if word in words.lists["auxiliaries"] or (word.endswith("ly") and word.isalpha()):
            passive = passive or word in PASSIVE
        elif word in PREPOSITIONS and not passive:
            here = _behind_phrase(tokens, here, words) - 1
        else:
            break
        here += 1
    return found


def _told_at(tokens: Tokens, at: int, *, passive: bool, words: FigureWords) -> tuple[str, int]:
    for topic in words.topics:
        if length := starts_with(tokens, at, topic.did):
            return topic.name, length
        if length := starts_with(tokens, at, topic.happened):
            if tokens[at].word not in AMBIGUOUS or passive or _stands_alone(tokens, at + length):
                return topic.name, length
    return "", 0


def _stands_alone(tokens: Tokens, at: int) -> bool:
    """Tell whether no object can follow: then "12 killed" does not mean that they killed."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    return not token.text[0].isalnum() or token.word in AFTER_PARTICIPLE


def _behind_phrase(tokens: Tokens, at: int, words: FigureWords) -> int:
    """Return where a prepositional phrase ends: at the next auxiliary, topic or mark."""
    here = at + 1
    while here < min(at + 8, len(tokens)):
        token = tokens[here]
        told = any(
            starts_with(tokens, here, t.happened) or starts_with(tokens, here, t.did)
            for t in words.topics
        )
        if told or not token.text[0].isalpha() or token.word in words.lists["auxiliaries"]:
            return here
        here += 1
    return here


def _topic_before(tokens: Tokens, m: Measured, words: FigureWords) -> str:
    """Read "killing 12", "carrying 212 people"; "killed or injured 12" says neither."""
    for topic in words.topics:
        if length := _ends_at(tokens, m.first, topic.doing):
            joined = tokens[m.first - length - 1].word if m.first > length else ""
            paired = joined in {"or", "and"} and _ends_a_topic(tokens, m.first - length - 1, words)
            return "" if paired else topic.name
    return ""


def _ends_a_topic(tokens: Tokens, end: int, words: FigureWords) -> bool:
    return any(_ends_at(tokens, end, topic.doing) for topic in words.topics)


def _ends_at(tokens: Tokens, end: int, phrases: Phrases) -> int:
    """Return the length of a phrase that ends before this token; 0 for none."""
    for length in (5, 4, 3, 2, 1):
        if end - length >= 0 and starts_with(tokens, end - length, phrases) == length:
            return length
    return 0


def _topic_of_toll(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    """Read "the death toll has risen from 12 to 15", "put the number of injured at 34"."""
    if noun.head >= 0 and tokens[noun.head].word not in words.lists["everybody"]:
        return ""
    near = {t.word for t in tokens[max(0, m.first - REACHED_WITHIN) : m.first]}
    if not REACHES & near:
        return ""
    for end in range(m.first, max(0, m.first - TOLL_WITHIN), -1):
        length, topic = max((_ends_at(tokens, end, t.counts), t.name) for t in words.topics)
        if length:
            clear = length > 1 or tokens[end - 1].word in CLEAR_COUNTS
            before = tokens[end - 2].word if end > 1 else ""
            return topic if clear or before in {"the", "of", "number"} else ""
        if tokens[end - 1].text in MARKS or tokens[end - 1].word == "and":
            return ""
    return ""


def _population(tokens: Tokens, m: Measured, noun: Noun, topic: str, words: FigureWords) -> str:
    """Return whom the topic counts: the stem of the noun, nothing for everybody."""
    if noun.head < 0:
        return ""
    head = tokens[noun.head].word
    nouns = next(t.nouns for t in words.topics if t.name == topic)
    whole = any(is_at(tokens, noun.head, tuple(w.split())) for w in words.lists["whole"])
    if head in words.lists["everybody"] or head in nouns or whole:
        inner = [t.word for t in tokens[m.last : noun.head]]
        kinds = [w for w in inner if is_plural(w, words) or w in words.lists["kinds"]]
        return stem(kinds[0]) if kinds else ""
    return family_of(head, words)


def family_of(noun: str, words: FigureWords) -> str:
    """Return the stem of the noun that stands for all that mean the same."""
    return stem(words.families.get(noun, noun))


# --- Things, shares, money and measures -----------------------------------------------


def _thing(tokens: Tokens, noun: Noun, words: FigureWords) -> Subject:
    if noun.head < 0:
        return _subject("", "", "", noun)
    return _subject(family_of(tokens[noun.head].word, words), "thing", "", noun)


def _share(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> Subject:
    """A share is of what follows "of"; without that it has no subject."""
    of = m.last < len(tokens) and tokens[m.last].word in {"of", "the"}
    if not of or noun.head < 0:
        return Subject("", "share", "", m.last, m.last, m.last)
    return _subject(family_of(tokens[noun.head].word, words), "share", "", noun)


def _is_dimension(unit: str) -> bool:
    return unit in {"length", "area", "mass", "volume", "speed", "power", "duration"} or (
        unit.startswith("degrees")
    )


def _governed(tokens: Tokens, m: Measured, names: Mapping[str, str], unit: str) -> Subject:
    """Return what a sum or measure is for: the nearest word for that, first of those before it."""
    kind = "measure" if _is_dimension(unit) else "money"
    for at in _nearby(tokens, m):
        if name := names.get(tokens[at].word):
            return Subject(name, kind, "", at, at + 1, m.last)
    return Subject("", kind, "", m.last, m.last, m.last)


def _nearby(tokens: Tokens, m: Measured) -> Iterator[int]:
    for at in range(m.first - 1, max(-1, m.first - GOVERNS_WITHIN), -1):
        if tokens[at].word in {";", "and", "but", "while"} or tokens[at].text[0].isdigit():
            break
        yield at
    for at in range(m.last, min(len(tokens), m.last + 5)):
        if tokens[at].word in {",", ";", "and", "but", "while", "from"}:
            return
        yield at


__all__ = ["Noun", "Subject", "Topic", "counted_noun", "family_of", "is_plural", "subject_of"]
