"""Knows the names in one article: who is meant by a surname, an acronym or a role."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention, folded, is_first_name

Gender = Literal["male", "female", "unknown"]
NEARBY_CHARS: Final = 1200
RARE: Final = 5
LONG_AGO: Final = -(10**9)
JUST_SPOKE_CHARS: Final = 700
"""Within this reach a last name means the one of that name who spoke last."""
EntityKind = Literal["person", "body", "outlet", "place", "unknown"]


@dataclass(eq=False)
class Entity:
    """Somebody or something with a name: its fullest form, where that first stands, its role."""

    words: tuple[str, ...]
    bounds: Bounds
    kind: EntityKind
    gender: Gender
    role: Bounds | None = None
    titles: set[str] = field(default_factory=set)
    count: int = 0
    last_seen: int = 0
    last_spoke: int = LONG_AGO
    generation: str = ""


class People:
    """The names of one article, in the order of their mentions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon
        self.entities: list[Entity] = []
        self._by_last: dict[str, list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._by_title: dict[str, list[Entity]] = defaultdict(list)

    def meet(self, mention: Mention) -> Entity:
        """Take note of one mention of a name and return who it is."""
        entity = self.find(mention)
        if entity is None:
            entity = self._introduce(mention)
        elif len(mention.words) > len(entity.words) and entity.kind != "outlet":
            self._extend(entity, mention)
        entity.count += 1
        entity.last_seen = mention.bounds[0]
        entity.role = entity.role or mention.role
        if mention.titles:
            self._learn(entity, set(mention.titles))
        return entity

    def find(self, mention: Mention) -> Entity | None:
        """Return whom a name means, as far as it has been met; the one met last if several fit."""
        last = mention.words[-1]
        same = [e for e in self._by_last.get(last, ()) if self._agree(e, mention)]
        if len(same) == 1:
            return same[0]
        if same:
            return max(same, key=lambda e: _rank(e, mention))
        if len(mention.words) == 1:
            first = [e for e in self._by_first.get(last, ()) if e.kind == "person"]
            if first:
                return max(first, key=lambda e: e.last_seen)
            return self._by_acronym.get(last.replace(".", ""))
        return None

    def is_shared(self, mention: Mention, meant: Entity) -> bool:
        """Tell whether one name may well mean somebody else of that last name.

        Somebody else counts who was named nearby, or nearly as often.
        """
        if len(mention.words) > 1:
            return False
        return any(
            other is not meant
            and other.kind == "person"
            and len(other.words) > 1
            and self._agree(other, mention)
            and (
                mention.bounds[0] - other.last_seen < NEARBY_CHARS
                or other.count * RARE > meant.count
            )
            for other in self._by_last.get(mention.words[-1], ())
        )

    def by_title(self, title: str) -> Entity | None:
        """Return the last person who was called by this title or role."""
        holders = self._holders(title)
        return max(holders, key=lambda e: e.last_seen) if holders else None

    def holders(self, title: str) -> int:
        """Return how many people were called by this title or role."""
        return len(self._holders(title))

    def _holders(self, title: str) -> list[Entity]:
        same = {title}
        for family in self.words.title_families:
            if title in family:
                same |= family
        return [e for t in sorted(same) for e in self._by_title.get(t, ())]

    def _agree(self, entity: Entity, mention: Mention) -> bool:
        given, other = entity.words[:-1], mention.words[:-1]
        if entity.generation != mention.generation and (mention.generation or other):
            return False
        if given and other:
            return _compatible(given, other)
        gender = self._gender((), mention.titles)
        return gender in ("unknown", entity.gender) or entity.gender == "unknown"

    def _introduce(self, mention: Mention) -> Entity:
        kind = self._kind(mention)
        gender = self._gender(mention.words, mention.titles) if kind != "place" else "unknown"
        entity = Entity(
            mention.words,
            mention.bounds,
            kind,
            gender,
            mention.role,
            generation=mention.generation,
        )
        self.entities.append(entity)
        self._index(entity)
        return entity

    def _extend(self, entity: Entity, mention: Mention) -> None:
        kind = self._kind(mention)
        entity.words, entity.bounds = mention.words, mention.bounds
        entity.kind = entity.kind if entity.kind == "person" else kind
        if entity.gender == "unknown":
            entity.gender = self._gender(mention.words, mention.titles)
        self._by_first[mention.words[0]].append(entity)

    def _index(self, entity: Entity) -> None:
        self._by_last[entity.words[-1]].append(entity)
        if len(entity.words) > 1:
            self._by_first[entity.words[0]].append(entity)
            letters = "".join(w[0] for w in entity.words if w not in self.words.small_words)
            if entity.kind != "person":
                self._by_acronym.setdefault(letters, entity)

    def _learn(self, entity: Entity, titles: set[str]) -> None:
        for title in titles & self.words.roles:
            if title not in entity.titles:
                entity.titles.add(title)
                self._by_title[title].append(entity)
        if entity.gender == "unknown" and titles:
            entity.gender = self._gender((), tuple(titles))

    def _kind(self, mention: Mention) -> EntityKind:
        words = mention.words
        lexicon = self.words
        if is_first_name(words[0], lexicon) and len(words) > 1:
            return "person"
        if words[-1] in lexicon.outlet_words and (
            len(words) > 1 or words[-1] in lexicon.outlet_acronyms
        ):
            return "outlet"
        if lexicon.org_words.intersection(words) or (len(words) == 1 and _is_acronym(mention)):
            return "body"
        if words[-1] in lexicon.places:
            return "place"
        if lexicon.titles.intersection(mention.titles):
            return "person"
        return (
            "person"
            if len(words) in (2, 3) and words[0] not in lexicon.nationalities
            else "unknown"
        )

    def _gender(self, words: tuple[str, ...], titles: tuple[str, ...]) -> Gender:
        lexicon = self.words
        if not lexicon.female_titles.isdisjoint(titles):
            return "female"
        if not lexicon.male_titles.isdisjoint(titles):
            return "male"
        if len(words) <= 1:
            return "unknown"
        first = folded(words[0])
        first = first if is_first_name(first, lexicon) else first.partition("-")[0]
        male, female = first in lexicon.male_names, first in lexicon.female_names
        if male != female:
            return "male" if male else "female"
        return "unknown"


def _rank(entity: Entity, mention: Mention) -> tuple[bool, bool, bool, bool, int]:
    """Rank those of one last name: who just spoke, has a full name, is a person, is named most."""
    spoke = len(mention.words) == 1 and mention.bounds[0] - entity.last_spoke < JUST_SPOKE_CHARS
    elder = not entity.generation
    return spoke, elder, len(entity.words) > 1, entity.kind == "person", entity.count


def _compatible(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if set(given) & set(other):
        return True
    a, b = given[0].rstrip("."), other[0].rstrip(".")
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def _is_acronym(mention: Mention) -> bool:
    word = mention.words[0]
    return 1 < len(word) <= 5 and not set(word) & set("aeiouy")  # noqa: PLR2004
