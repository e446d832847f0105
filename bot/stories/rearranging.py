"""Names the parts of stories that were taken apart and put together anew."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.news import StoryChange, StoryChangeKind


@dataclass
class Rearrangement:
    """Stories `before`, the `groups` that take their place by id, and where ended ids lead."""

    before: tuple[str, ...]
    groups: dict[str, list[str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    changes: list[StoryChange] = field(default_factory=list)


def rearranged(
    before: Mapping[str, Sequence[str]],
    groups: Iterable[Sequence[str]],
    is_taken: Callable[[str], bool],
) -> Rearrangement:
    """Return the groups with their ids: each story's id goes where most of its articles go.

    An id that no group keeps leads to the group with most of its articles. A group without an id
    is called after the first of its articles whose name no other story has.
    """
    home = {article: story for story, articles in before.items() for article in articles}
    parts = sorted((list(g) for g in groups), key=lambda g: (-len(g), g[0]))
    heirs = _heirs(parts, home)
    new = Rearrangement(tuple(before))
    for number, part in enumerate(parts):
        story_id = heirs.get(number) or name_for(part, lambda n: n in before or is_taken(n))
        new.groups[story_id] = part
        new.changes += _arrivals(story_id, part, home, before)
    for ended in before.keys() - new.groups.keys():
        into = max(new.groups, key=lambda g: sum(home[a] == ended for a in new.groups[g]))
        new.redirects[ended] = into
        new.changes.append(StoryChange("merge", into, tuple(before[ended]), ended))
    return new


def kept_ids(groups: Iterable[Sequence[str]], home: Mapping[str, str]) -> dict[str, list[str]]:
    """Return groups by their ids: each id of `home` goes where most of its articles are.

    `home` has the story in which each article stood, where it stood in one. No id comes twice.
    """
    parts = sorted((list(g) for g in groups), key=lambda g: (-len(g), g[0]))
    heirs = _heirs(parts, home)
    taken = set(home.values())
    found: dict[str, list[str]] = {}
    for number, part in enumerate(parts):
        story_id = heirs.get(number) or name_for(part, taken.__contains__)
        taken.add(story_id)
        found[story_id] = part
    return found


def name_for(article_ids: Sequence[str], is_taken: Callable[[str], bool]) -> str:
    """Return the id of a new story: called after the first of its articles whose name is free."""
    endings = ("" if n == 1 else f".{n}" for n in count(1))
    names = (f"s{article_id}{ending}" for ending in endings for article_id in article_ids)
    return next(name for name in names if not is_taken(name))


def _heirs(parts: Sequence[Sequence[str]], home: Mapping[str, str]) -> dict[int, str]:
    """Return which part keeps which id: the largest overlap first, each id and part once."""
    shared = Counter(
        (number, home[a]) for number, part in enumerate(parts) for a in part if a in home
    )
    found: dict[int, str] = {}
    given: set[str] = set()
    for (number, story), _ in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if number not in found and story not in given:
            found[number] = story
            given.add(story)
    return found


def _arrivals(
    story_id: str, part: Sequence[str], home: Mapping[str, str], before: Mapping[str, Sequence[str]]
) -> list[StoryChange]:
    origins = dict.fromkeys(home[a] for a in part if home[a] != story_id)
    kind: StoryChangeKind = "move" if story_id in before else "split"
    return [
        StoryChange(kind, story_id, tuple(a for a in part if home[a] == origin), origin)
        for origin in origins
    ]
