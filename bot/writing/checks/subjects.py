"""Checks that who does or says something in a sentence does or says it in a cited one.

Only subjects that are certain count: a name with its verb behind it, and whose decision it is to do
something. A source that leaves open who did it contradicts nobody.
"""

from collections.abc import Iterator
from typing import Final

from bot.news.speech import MARKS
from bot.writing.checks.aspect import before, is_adverb, is_past
from bot.writing.checks.content import is_supported
from bot.writing.checks.reading import Reading, Run
from bot.writing.checks.roles import proper_stems
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault

BETWEEN: Final = 3
"""Auxiliaries and adverbs between a name and its verb."""
OWNED: Final = 5
"""Words between an owner's name and the "to" of what is decided: "Tarn's old council's plan"."""
AND: Final = "and"


def find_subjects(written: Reading, sources: Sources) -> Iterator[Fault]:
    """Return what a name says that nobody says in a source, or does that another does there."""
    for run in written.named:
        verb = _verb_of(written, run)
        if verb < 0:
            continue
        if written.words[verb] in written.vocabulary.said and not _may_say(written, verb, sources):
            words = written.slice((run[0], verb + 1))
            yield Fault("attribution", words, "nobody says anything in a cited sentence")
        for done in (verb, _infinitive_of(written, verb)):
            if done >= 0 and (other := _another(written, run, done, sources)):
                words = written.slice((run[0], done + 1))
                yield Fault("role", words, f"there the source has “{other}”")


def _may_say(written: Reading, verb: int, sources: Sources) -> bool:
    """Tell whether a source has the verb, another by which somebody says something, or a quote."""
    said = written.vocabulary.said
    return is_supported(written, verb, sources) or any(
        not said.isdisjoint(source.words) or not MARKS.isdisjoint(source.text)
        for source in sources.sentences
    )


def _another(written: Reading, run: Run, verb: int, sources: Sources) -> str:
    """Return whom the sources have where the sentence has this name; empty if it may be right."""
    ours, found = proper_stems(written, run), ""
    for source in sources.sentences:
        for at in source.places.get(written.stems[verb], ()):
            subjects = _subjects_at(source, at)
            if not subjects or any(ours & proper_stems(source, other) for other in subjects):
                return ""
            found = source.slice(subjects[0])
    return found


def _verb_of(reading: Reading, run: Run) -> int:
    """Return the verb behind a name and those joined to it, -1 if none follows at once."""
    words, at = reading.vocabulary, run[1]
    ends = dict(reading.named)
    while at + 1 < len(reading.words) and reading.words[at] == AND and at + 1 in ends:
        at = ends[at + 1]
    verb = at
    while verb < min(at + BETWEEN, len(reading.words)) and _is_skipped(reading, verb):
        verb += 1
    if verb >= len(reading.words) or verb in reading.naming or _is_owner(reading, at - 1):
        return -1
    passive = not words.passive.isdisjoint(reading.words[at:verb])
    telling = verb in reading.content and not passive
    return verb if telling and _is_verb(reading, verb) else -1


def _is_skipped(reading: Reading, at: int) -> bool:
    return reading.words[at] in reading.vocabulary.auxiliaries or is_adverb(reading, at)


def _is_verb(reading: Reading, at: int) -> bool:
    return reading.words[at] in reading.vocabulary.said or is_past(reading, at)


def _infinitive_of(reading: Reading, verb: int) -> int:
    """Return what the subject of a verb says, decides or plans to do: the word behind its "to"."""
    words = reading.vocabulary
    plans = reading.words[verb] in words.said or reading.words[verb] in words.plans
    at = verb + 2
    follows = plans and at < len(reading.words) and reading.words[at - 1] == "to"
    return at if follows and at in reading.content and at not in reading.naming else -1


def _subjects_at(source: Reading, at: int) -> list[Run]:
    """Return the names that certainly do what the verb says, none if that is open."""
    if (to := before(source, at)) > 0 and source.words[to] == "to":
        return _owners(source, to)
    for run in source.named:
        if run[1] <= at and _verb_of(source, run) == at and _begins_phrase(source, run[0]):
            return [other for other in source.named if _verb_of(source, other) == at]
    return []


def _owners(source: Reading, to: int) -> list[Run]:
    """Return whose plan it is: the name before "government's decision to"."""
    if source.words[to - 1] not in source.vocabulary.plans:
        return []
    for run in reversed(source.named):
        between = range(run[1] - 1, to - 1)
        if run[1] <= to - 1 and len(between) <= OWNED:
            plain = all(at in source.content for at in between)
            return [run] if plain and any(_is_owner(source, at) for at in between) else []
    return []


def _is_owner(reading: Reading, at: int) -> bool:
    return reading.words[at].endswith(("'s", "s'"))


def _begins_phrase(source: Reading, first: int) -> bool:
    """Tell whether a name is a phrase of its own, not the end of one: "the mayor of Tarn"."""
    return (
        first == 0
        or source.tokens[first - 1].text in {",", "”", '"'}
        or (source.words[first - 1] in source.vocabulary.relatives)
    )
