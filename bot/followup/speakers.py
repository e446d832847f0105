"""Finds the quotes of the person that a question names, by name or by role."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.followup.evidence import Sources, Told
from bot.followup.questions import Term
from bot.followup.wording import keys, words_of
from bot.text import fold


@dataclass(frozen=True)
class Person:
    """Everybody of one surname who speaks in the story: keys of names and roles, and the quotes."""

    surname: str
    keys: frozenset[str]
    told: tuple[Told, ...]


def quotes_of(asked: Sequence[Term], sources: Sources) -> tuple[Told, ...]:
    """Return the quotes of whoever all the words stand for, in the order of the sources."""
    told = [t for person in _people(sources) if _is(person, asked, sources) for t in person.told]
    return tuple(t for t in sources.told if t in told)


def _people(sources: Sources) -> tuple[Person, ...]:
    grouped: dict[str, list[Told]] = {}
    for told in sources.told:
        if speaker := told.quote.speaker:
            names = [word for word, _ in words_of(speaker.name.words)]
            grouped.setdefault(fold(names[-1] if names else ""), []).append(told)
    return tuple(
        Person(surname, frozenset().union(*(_titles(t, sources) for t in told)), tuple(told))
        for surname, told in grouped.items()
        if surname
    )


def _titles(told: Told, sources: Sources) -> frozenset[str]:
    speaker = told.quote.speaker
    if speaker is None:
        return frozenset()
    role = speaker.role.words if speaker.role else ""
    return keys(f"{speaker.name.words} {role}", sources.weights)


def _is(person: Person, asked: Sequence[Term], sources: Sources) -> bool:
    return all(t.keys & person.keys or _stands_before(t, person, sources) for t in asked)


def _stands_before(term: Term, person: Person, sources: Sources) -> bool:
    """Tell whether the word is printed right before the surname, as a first name or title."""
    wanted = f"{fold(term.word)} {person.surname}"
    return any(wanted in fold(article.latest.body) for article in sources.articles)
