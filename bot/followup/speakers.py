"""Finds the quotes of the person that a question names, by name or by role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.followup.evidence import Sources, Told
from bot.followup.questions import Term
from bot.followup.vocabulary import words_of
from bot.news import Speaker
from bot.text import fold

BEFORE_NAME: Final = (2, 0)
"""Words before and after a surname among which a first name or a capitalised title stands."""
AROUND_NAME: Final = (6, 6)
"""The same of a role."""


@dataclass(frozen=True)
class Person:
    """Everybody of one surname who speaks in the story: keys of names and roles, and the quotes.

    Whoever is not named ("an official") is somebody else in every quote, with an empty surname.
    """

    surname: str
    keys: frozenset[str]
    told: tuple[Told, ...]


def quotes_of(asked: Sequence[Term], sources: Sources) -> tuple[Told, ...]:
    """Return the quotes of whoever all the words stand for, in the order of the sources."""
    meant = [person for person in _people(sources) if _is(person, asked, sources)]
    wanted = {(t.quote.article_id, t.quote.id) for person in meant for t in person.told}
    return tuple(t for t in sources.told if (t.quote.article_id, t.quote.id) in wanted)


def _people(sources: Sources) -> Iterator[Person]:
    named: dict[str, list[Told]] = {}
    for told in sources.told:
        if speaker := told.quote.speaker:
            if surname := _surname(speaker):
                named.setdefault(surname, []).append(told)
            else:
                yield Person("", _titles(told, sources), (told,))
    for surname, quotes in named.items():
        titles = frozenset().union(*(_titles(told, sources) for told in quotes))
        yield Person(surname, titles, tuple(quotes))


def _surname(speaker: Speaker) -> str:
    """Return the last word of the name, without case; nothing of "an official" or "she"."""
    names = [word for word, _ in words_of(speaker.name.words)]
    return fold(names[-1]) if names and names[-1][0].isupper() else ""


def _titles(told: Told, sources: Sources) -> frozenset[str]:
    speaker = told.quote.speaker
    if speaker is None:
        return frozenset()
    role = speaker.role.words if speaker.role else ""
    return sources.vocabulary.keys(f"{speaker.name.words} {role}")


def _is(person: Person, asked: Sequence[Term], sources: Sources) -> bool:
    return all(t.keys & person.keys or _stands_by(t, person, sources) for t in asked)


def _stands_by(term: Term, person: Person, sources: Sources) -> bool:
    """Tell whether a sentence has the word by the surname: a first name before it, a role around.

    "The mediator, Beatrix Holm" and "Holm, who mediates for the ministry" both say who is meant.
    """
    key = sources.vocabulary.key
    surname = key(person.surname) if person.surname else None
    before, after = BEFORE_NAME if term.is_fact else AROUND_NAME
    for line in sources.lines:
        if surname in line.own and term.keys & line.own:
            found = [key(word) for word, _ in words_of(line.passage.words)]
            places = [place for place, other in enumerate(found) if other == surname]
            if any(term.keys & set(found[max(0, p - before) : p + after + 1]) for p in places):
                return True
    return False
