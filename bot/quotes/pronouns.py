"""Says who "he", "she" and "they" are: the subject before them whose gender agrees."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Mention
from bot.quotes.people import Entity, Gender, People

REACH_PARAGRAPHS: Final = 4
MEMORY: Final = 60
KNOWN: Final = 4.0
"""How well a person of the gender fits; a likely person without a known gender fits less."""
LIKELY: Final = 2.0
ONLY: Final = 0.93
"""The chance for somebody of unknown gender, where nobody else can be meant."""
BY_FIT: Final = 0.95
BY_LIKELIHOOD: Final = 0.8
THEY: Final = 0.55
CLEAR: Final = 3.0
"""The lead in rank from which on somebody else is hardly meant."""


class Seen(NamedTuple):
    """Somebody named in the text: in which paragraph and sentence, as its subject or speaker.

    `chance` is how likely it is that this one was meant, where a pronoun or noun stood there.
    """

    entity: Entity | None
    mention: Mention
    paragraph: int
    sentence: int
    subject: bool = False
    governed: bool = False
    speaker: bool = False
    chance: float = 1.0


class _Candidate(NamedTuple):
    """Whom a pronoun may mean: how likely, how near, how well the gender fits."""

    rank: float
    nearness: int
    fit: float
    seen: Seen


@dataclass
class Memory:
    """Who was named so far, the newest last."""

    people: People
    lexicon: Lexicon
    seen: deque[Seen] = field(default_factory=lambda: deque(maxlen=MEMORY))

    def gender_of(self, pronoun: str) -> Gender | None:
        """Return the gender that a pronoun asks for; nothing for "they"."""
        if pronoun in self.lexicon.pronouns_male:
            return "male"
        return "female" if pronoun in self.lexicon.pronouns_female else None

    def note(self, seen: Seen) -> None:
        """Remember one mention."""
        self.seen.append(seen)

    def resolve(self, mention: Mention, paragraph: int, sentence: int) -> tuple[Seen | None, float]:
        """Return whom the pronoun means and how likely that is, 0 to 1.

        Preference: the subject nearest before it in its paragraph, the last speaker, the subject
        nearest before, anybody nearest. A gender known to disagree excludes.
        """
        gender = self.gender_of(mention.head)
        ranked = sorted(self._candidates(mention, gender, paragraph, sentence), reverse=True)
        if not ranked:
            return None, 0.0
        chance = self._chance(ranked, gender, paragraph)
        return ranked[0].seen, min(chance, ranked[0].seen.chance)

    def _candidates(
        self, mention: Mention, gender: Gender | None, paragraph: int, sentence: int
    ) -> list[_Candidate]:
        """Return everybody whom the pronoun may mean, each with the likeliest mention."""
        fits = self._fit_thing if mention.head in self.lexicon.pronouns_thing else self._fit
        found: dict[object, _Candidate] = {}
        for back, seen in enumerate(reversed(self.seen)):
            if paragraph - seen.paragraph > REACH_PARAGRAPHS:
                break
            fit = fits(seen, gender) if seen.mention.bounds[0] < mention.bounds[0] else 0
            if fit == 0:
                continue
            rank = self._rank(seen, fit, paragraph, sentence) - back * 0.01
            who = seen.entity or seen.mention.head
            if who not in found or rank > found[who].rank:
                found[who] = _Candidate(rank, -back, fit, seen)
        return list(found.values())

    def _rank(self, seen: Seen, fit: float, paragraph: int, sentence: int) -> float:
        """Weigh a candidate: its part in the sentence, its gender, its distance."""
        here = paragraph == seen.paragraph
        rank = (
            10 + fit - 2.0 * (paragraph - seen.paragraph) - 0.3 * min(sentence - seen.sentence, 8)
        )
        if seen.subject:
            rank += 4 if here and fit >= LIKELY else 2
        if seen.speaker:
            rank += 2
        if seen.governed:
            rank -= 1.5
        return max(rank, 0.01)

    def _fit(self, seen: Seen, gender: Gender | None) -> float:
        entity = seen.entity
        if entity is None:
            return self._fit_noun(seen.mention, gender)
        if gender is None:
            if entity.words[-1].endswith("s") and len(entity.words) == 1:
                return KNOWN
            return 3 if entity.kind in ("body", "outlet") else 0
        if entity.kind in ("body", "outlet", "place") and entity.gender == "unknown":
            return 0
        if entity.gender == gender:
            return KNOWN
        return (2 if entity.kind == "person" else 1) if entity.gender == "unknown" else 0

    def _fit_thing(self, seen: Seen, _: Gender | None) -> float:
        """Weigh a candidate for "it": a body, an outlet or a document."""
        if seen.entity is not None:
            return KNOWN if seen.entity.kind in ("body", "outlet") else 0
        head = seen.mention.head
        thing = head in self.lexicon.body_nouns or head in self.lexicon.document_nouns
        return KNOWN if thing and head not in self.lexicon.plural_bodies else 0

    def _fit_noun(self, mention: Mention, gender: Gender | None) -> float:
        head = mention.head
        if mention.kind != "nominal" or head not in self.lexicon.nouns:
            return 0
        plural = (
            (head.endswith("s") and not head.endswith("ss"))
            or head in self.lexicon.plural_bodies
            or head in self.lexicon.plural_nouns
        )
        first = mention.words[0] if mention.words else ""
        if gender is None:
            return KNOWN if plural else 3 if head in self.lexicon.body_nouns else 0
        if plural and first not in self.lexicon.indefinites:
            return 0
        if head in self.lexicon.people_nouns:
            named = {"male": self.lexicon.male_titles, "female": self.lexicon.female_titles}
            for kind, words in named.items():
                if head in words:
                    return 4 if kind == gender else 0
            return 2.5
        return 0

    def _chance(self, ranked: list[_Candidate], gender: Gender | None, paragraph: int) -> float:
        if gender is None:
            return THEY
        best = ranked[0]
        chance = BY_FIT if best.fit == KNOWN else BY_LIKELIHOOD
        spoken_of = best.seen.subject or best.seen.speaker
        away = paragraph - best.seen.paragraph
        if spoken_of and away <= 1 and _is_clear(ranked):
            return chance if best.fit == KNOWN else max(chance, ONLY)
        rivals = sum(c.fit == KNOWN and c.seen.entity is not None for c in ranked)
        if rivals > 1:
            near = away <= (1 if best.seen.speaker else 0)
            chance -= (0.03 if near else 0.06) * min(rivals - 1, 3)
        if not spoken_of:
            chance -= 0.12
        return max(chance - 0.05 * away, 0.2)


def _is_clear(ranked: list[_Candidate]) -> bool:
    """Tell whether nobody else comes near: one person of the gender, or far likelier than all."""
    best = ranked[0]
    if best.seen.entity is None or best.seen.entity.kind != "person":
        return False
    others = [c.rank for c in ranked[1:] if c.fit >= LIKELY]
    if best.fit < KNOWN:
        return not others
    return not others or best.rank - max(others) >= CLEAR
