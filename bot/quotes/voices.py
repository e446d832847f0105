"""Says who is meant by a mention, as named where the article names them in full."""

from typing import Final, NamedTuple

from bot.quotes.chain import outlet_in
from bot.quotes.clauses import Parser
from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention
from bot.quotes.people import Entity, People
from bot.quotes.pronouns import ONLY, Memory, Seen

MAX_DEFINITE: Final = 6
"""Words of a phrase that may stand for somebody named before (the Republican nominee)."""
NAMED: Final = 0.97
"""Chances that the mention means the voice; shares of right ones on the development sets."""
NOUN: Final = 0.92
NAMESAKE: Final = 0.75
UNKNOWN_NOUN: Final = 0.75
OWNER: Final = 0.85
TITLE: Final = 0.82
SHARED_TITLE: Final = 0.6


class Voice(NamedTuple):
    """Who speaks: the name or noun to print, its role, how it was found and how likely it is."""

    name: Bounds
    role: Bounds | None
    mention: Mention
    entity: Entity | None
    chance: float


def is_full_name(voice: Voice) -> bool:
    """Tell whether the voice is a person with a first and a last name."""
    entity = voice.entity
    return entity is not None and entity.kind == "person" and len(entity.words) > 1


class Cast:
    """Everybody named so far in one article, and who was its subject or speaker last."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon
        self.people = People(lexicon)
        self.memory = Memory(self.people, lexicon)
        self.paragraph = -1
        self.sentence = 0

    def enter(self, paragraph: int, parser: Parser) -> None:
        """Go on to the next sentence, and take note of the names in it."""
        self.paragraph = paragraph
        self.sentence += 1
        stop = len(parser.tokens)
        for name in parser.reader.names():
            mention = self._with_role(name, parser, stop)
            entity = self.people.meet(mention)
            governed = parser.reader.low(mention.first - 1) in self.words.prepositions
            self.memory.note(Seen(entity, mention, paragraph, self.sentence, governed=governed))

    def _with_role(self, name: Mention, parser: Parser, stop: int) -> Mention:
        """Return a name with the role that stands beside it behind a comma."""
        reader = parser.reader
        if not reader.is_mark(name.last + 1, ","):
            return name
        at = name.first - 1
        if reader.is_mark(at, ",") and at and reader.is_role(at - 1):
            return reader.with_role_before(name, at)
        return reader.with_role_after(name, stop)

    def remember(self, voice: Voice, mention: Mention, *, speaker: bool) -> None:
        """Remember who was the subject of a sentence, at the place where that stands."""
        if voice.entity is None and voice.mention.kind != "nominal":
            return
        if speaker and voice.entity:
            voice.entity.last_spoke = mention.bounds[0]
        here = voice.mention
        if here is not mention:
            here = here._replace(bounds=mention.bounds)
        self.memory.note(
            Seen(
                voice.entity,
                here,
                self.paragraph,
                self.sentence,
                subject=True,
                speaker=speaker,
                chance=voice.chance,
            )
        )

    def voice(self, mention: Mention) -> Voice | None:
        """Return who is meant by a mention; nobody if a pronoun fits none of those named."""
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.kind == "name":
            entity = self.people.find(mention) or self.people.meet(mention)
            chance = NAMESAKE if self.people.is_shared(mention, entity) else NAMED
            return Voice(entity.bounds, mention.role or entity.role, mention, entity, chance)
        return self._owner(mention) or self._holder(mention) or self._noun(mention)

    def voice_in(self, mention: Mention, parser: Parser) -> Voice | None:
        """Return who is meant; what an outlet published is the outlet's."""
        voice = self.voice(mention)
        if voice is None or mention.kind != "nominal" or voice.entity is not None:
            return voice
        if (
            mention.head not in self.words.document_nouns
            and mention.head not in self.words.reporters
        ):
            return voice
        outlet = outlet_in(mention, parser.reader, self.words)
        return voice._replace(name=outlet) if outlet else voice

    def _pronoun(self, mention: Mention) -> Voice | None:
        seen, chance = self.memory.resolve(mention, self.paragraph, self.sentence)
        if seen is None:
            return None
        if seen.entity is None:
            return Voice(seen.mention.bounds, None, seen.mention, None, chance)
        self._learn_gender(seen.entity, mention, chance)
        return Voice(seen.entity.bounds, seen.entity.role, mention, seen.entity, chance)

    def _learn_gender(self, entity: Entity, mention: Mention, chance: float) -> None:
        """Learn from a pronoun that can mean nobody else."""
        gender = self.memory.gender_of(mention.head)
        if chance >= ONLY and gender and entity.gender == "unknown" and entity.kind == "person":
            entity.gender = gender

    def _owner(self, mention: Mention) -> Voice | None:
        """His statement is his, and what the firm put out is the firm's."""
        owner = self.voice(mention.owner) if mention.owner else None
        if owner is None or (owner.entity and owner.entity.kind == "outlet"):
            return None
        return owner._replace(chance=min(owner.chance, OWNER))

    def _holder(self, mention: Mention) -> Voice | None:
        """The congresswoman is the one who was called so before."""
        definite = mention.words and mention.words[0] in self.words.definites
        single = mention.head in self.words.roles and not mention.head.endswith("s")
        if not definite or not single or len(mention.words) > MAX_DEFINITE:
            return None
        holder = self.people.by_title(mention.head)
        if holder is None or not self._has_titles(holder, mention):
            return None
        several = self.people.holders(mention.head) > 1
        return Voice(
            holder.bounds, holder.role, mention, holder, SHARED_TITLE if several else TITLE
        )

    def _has_titles(self, holder: Entity, mention: Mention) -> bool:
        """The inspector general is not the attorney general."""
        others = self.words.titles.intersection(mention.words) - {mention.head}
        return others <= holder.titles

    def _noun(self, mention: Mention) -> Voice:
        known = mention.head in self.words.nouns
        return Voice(mention.bounds, None, mention, None, NOUN if known else UNKNOWN_NOUN)
