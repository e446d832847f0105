"""Reads who is meant from the tokens of a sentence: names with roles, pronouns, nouns for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.quotes.lexicon import Lexicon
from bot.quotes.tokens import Token

MentionKind = Literal["name", "pronoun", "nominal"]
Bounds = tuple[int, int]
MAX_NOUN_PHRASE = 14
MAX_ROLE = 14


@dataclass(frozen=True)
class Mention:
    """Somebody mentioned in one sentence: tokens `first` to `last`, both included.

    `bounds` cut the name (or the whole noun phrase) from the text, `role` the words beside it that
    say who that is. `head` is the last word of a name, the pronoun, or the noun that counts.
    `owner` is whose statement it is, if it is one ("Ruiz's letter").
    """

    kind: MentionKind
    first: int
    last: int
    bounds: Bounds
    head: str
    role: Bounds | None = None
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    owner: "Mention | None" = None


class Reader:
    """Reads noun phrases of one sentence with the words of one language."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.words = lexicon

    # --- What a token is ---------------------------------------------------

    def low(self, i: int) -> str:
        """Return the word at `i`, or an empty string outside of the sentence."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def is_mark(self, i: int, marks: str) -> bool:
        """Tell whether token `i` is one of these marks of punctuation."""
        if not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        return token.kind == "mark" and token.low in marks

    def is_pronoun(self, i: int) -> bool:
        """Tell whether token `i` stands for a person or persons named elsewhere."""
        return self.low(i) in self.words.pronouns

    def is_cue(self, i: int) -> bool:
        """Tell whether token `i` may be a verb of speech."""
        return self.tokens[i].kind == "word" and self.low(i) in self.words.cues

    def is_skipped(self, i: int) -> bool:
        """Tell whether token `i` may stand between a subject and its verb."""
        word = self.low(i)
        if self.tokens[i].kind == "word":
            return (
                word in self.words.adverbs
                or word in self.words.auxiliaries
                or (word.endswith("ly") and len(word) > 4)  # noqa: PLR2004 - not "fly"
            )
        return False

    def is_time(self, i: int) -> bool:
        """Tell whether token `i` is a weekday, a month or the like."""
        return self.low(i).rstrip(".") in self.words.time_words or self.tokens[i].kind == "number"

    # --- Forwards ----------------------------------------------------------

    def starting(self, i: int, stop: int | None = None) -> Mention | None:
        """Return the noun phrase that starts at token `i`, skipping adverbs before it."""
        stop = len(self.tokens) if stop is None else stop
        while i < stop and self.is_skipped(i):
            i += 1
        if i >= stop:
            return None
        if self.is_pronoun(i) and not self._owns(i):
            return self._pronoun(i)
        end = self._phrase_end(i, stop)
        if end <= i:
            return None
        return self._read(i, end, stop)

    def _owns(self, i: int) -> bool:
        return self.low(i) in {"his", "her", "their"} and not self._ends_after(i)

    def _ends_after(self, i: int) -> bool:
        return i + 1 >= len(self.tokens) or self.tokens[i + 1].kind in ("mark", "quote")

    def _phrase_end(self, i: int, stop: int) -> int:
        """Return the index after the last token of the noun phrase without its "of …"."""
        j = i
        while j < min(stop, i + MAX_NOUN_PHRASE):
            token = self.tokens[j]
            word = token.low
            if token.kind in ("quote", "mark"):
                break
            if token.kind == "word" and not self._belongs(word, j, i):
                break
            if (
                token.kind == "name"
                and j > i
                and self.is_time(j)
                and self.tokens[j - 1].kind != "word"
            ):
                break
            j += 1
        return j

    def _belongs(self, word: str, j: int, first: int) -> bool:
        lexicon = self.words
        if word in {"and", "&"}:
            return self._joins(j, first)
        if word in lexicon.name_particles and j > first and self.tokens[j - 1].kind == "name":
            return j + 1 < len(self.tokens) and self.tokens[j + 1].kind == "name"
        closed = (
            word in lexicon.prepositions
            or word in lexicon.relatives
            or word in lexicon.conjunctions
            or word in lexicon.auxiliaries
            or (word in lexicon.pronouns and not (j == first and self._owns(j)))
        )
        if closed or word == "to":
            return False
        noun = word in lexicon.nouns or word in lexicon.titles
        if word in lexicon.cues and not noun:
            return False
        if noun or word in lexicon.determiners or j == first:
            return True
        if word in lexicon.adverbs:
            return False
        return not (
            self.tokens[j - 1].kind == "name"
            and not self.tokens[j - 1].possessive
            and not self._noun_ahead(j)
        )

    def _noun_ahead(self, j: int) -> bool:
        """After a name a plain word belongs to the phrase only as part of a role before a name."""
        for k in range(j, min(j + 4, len(self.tokens))):
            word = self.tokens[k].low
            if word in self.words.titles or word in self.words.nouns:
                return True
            if self.tokens[k].kind != "word" or word in self.words.prepositions:
                return False
        return False

    def _joins(self, j: int, first: int) -> bool:
        """Tell whether "and" at `j` joins words of one role (trade and industry commissioner)."""
        return (
            j > first
            and j + 2 < len(self.tokens)
            and self.tokens[j - 1].kind == "word"
            and self.tokens[j + 1].kind == "word"
            and not self.is_cue(j + 1)
            and self._noun_ahead(j + 1)
        )

    def _pronoun(self, i: int) -> Mention:
        token = self.tokens[i]
        return Mention("pronoun", i, i, (token.start, token.end), token.low)

    def _read(self, i: int, end: int, stop: int) -> Mention | None:
        """Read the noun phrase of the tokens `i` to `end`."""
        if self.low(end) == "of" and end + 1 < stop:
            joined = self._title_of(i, end, stop)
            if joined:
                return joined
        name = self._name_ending(end - 1, i)
        if name and name.kind == "name":
            return self._with_role_after(name, stop)
        following = self._apposition_name(end, stop)
        if following:
            return following
        return self._nominal(i, end, stop)

    def _title_of(self, i: int, end: int, stop: int) -> Mention | None:
        """Read "Secretary of State John Kerry": a title, "of", a body and a name."""
        if self.low(end - 1) not in self.words.titles and self.low(end - 1) not in self.words.nouns:
            return None
        start = end + 1
        while start < stop and self.low(start) in self.words.determiners:
            start += 1
        after = self._phrase_end(start, stop)
        if after <= start or self.tokens[after - 1].kind != "name":
            return None
        first = self._run_start(after - 1, start)
        cut = self._person_start(first, after)
        if cut is None or cut <= first:
            return None
        bounds = (self.tokens[i].start, self.tokens[cut - 1].end)
        return self._make_name(cut, after - 1, i, bounds)

    def _person_start(self, first: int, end: int) -> int | None:
        """Return where a person's name starts inside a run that starts with something else."""
        for k in range(first, end):
            word = self.low(k)
            if k > first and end - k <= 4 and (k + 1 < end) and is_first_name(word, self.words):  # noqa: PLR2004
                return k
            if word in self.words.titles and k + 1 < end:
                return self._person_start(k + 1, end) or k + 1
        if self.low(first) in self.words.departments and end - first > 1:
            return first + 1
        return None

    def _apposition_name(self, end: int, stop: int) -> Mention | None:
        """Read "the group's president, Ana Ruiz": a role, a comma and nothing but a name."""
        comma = end
        if self.low(comma) in {"of", "at", "for", "in"}:
            comma = self._skip_prepositional(comma, stop)
        if not self.is_mark(comma, ",") or self.low(end - 1) not in self.words.roles:
            return None
        last = self._phrase_end(comma + 1, stop)
        if last <= comma + 1 or any(t.kind != "name" for t in self.tokens[comma + 1 : last]):
            if not (last > comma + 1 and self.tokens[comma + 1].kind == "name"):
                return None
        if last < stop and not (
            self.tokens[last].kind in ("mark", "quote")
            or self.is_cue(last)
            or self.is_skipped(last)
        ):
            return None
        name = self._name_ending(last - 1, comma + 1)
        if not name or name.kind != "name" or name.first != comma + 1:
            return None
        role = self.role_before(comma)
        return Mention(
            "name", name.first, name.last, name.bounds, name.head, role, name.words, name.titles
        )

    def _skip_prepositional(self, i: int, stop: int) -> int:
        while i < stop and self.low(i) in self.words.prepositions:
            i = max(self._phrase_end(i + 1, stop), i + 1)
        return i

    # --- Backwards ---------------------------------------------------------

    def ending(self, j: int, depth: int = 0) -> Mention | None:
        """Return the noun phrase whose last token is `j`, or the one that a phrase there is "of"."""
        if j < 0 or depth > 6:  # noqa: PLR2004 - deeper nesting of "of" phrases is not prose
            return None
        token = self.tokens[j]
        if token.kind in ("mark", "quote"):
            return None
        if self.is_pronoun(j):
            return self._pronoun(j)
        first = self._phrase_start(j)
        if first > j:
            return None
        before = first - 1
        if before >= 0 and self.low(before) in self.words.prepositions and not self._opens(before):
            outer = self.ending(before - 1, depth + 1) if self._attaches(before - 1) else None
            if outer:
                return self._widened(outer, j)
        found = self._name_ending(j, first)
        return found if found and found.kind == "name" else self._nominal(first, j + 1, j + 1)

    def _opens(self, i: int) -> bool:
        """Tell whether the preposition at `i` begins its clause (In Paris Ana Ruiz said …)."""
        return i == 0 or self.tokens[i - 1].kind in ("mark", "quote") or self.low(i) == "that"

    def _attaches(self, i: int) -> bool:
        """Tell whether what ends at `i` can carry an "of …": a name or a noun for a speaker."""
        if i < 0 or self.tokens[i].possessive:
            return False
        word = self.low(i)
        return (
            (self.tokens[i].kind == "name" and not self.is_time(i))
            or word in self.words.nouns
            or word in self.words.titles
            or word in {"one", "some", "many", "most", "all", "several"}
            or (self.low(i + 1) == "of" and self.tokens[i].kind == "word" and not self.is_cue(i))
        )

    def _widened(self, mention: Mention, last: int) -> Mention:
        """A noun keeps its "of …" in its words; a name does not."""
        if mention.kind != "nominal":
            return Mention(
                mention.kind,
                mention.first,
                last,
                mention.bounds,
                mention.head,
                mention.role,
                mention.words,
                mention.titles,
                mention.owner,
            )
        bounds = (mention.bounds[0], self.tokens[last].end)
        return Mention(
            "nominal",
            mention.first,
            last,
            bounds,
            mention.head,
            None,
            mention.words,
            mention.titles,
            mention.owner,
        )

    def _phrase_start(self, j: int) -> int:
        """Return the first token of the noun phrase that ends at `j`, determiner included."""
        lexicon = self.words
        first = j + 1
        for k in range(j, max(-1, j - MAX_NOUN_PHRASE), -1):
            token = self.tokens[k]
            word = token.low
            if token.kind in ("mark", "quote") or word in lexicon.prepositions:
                break
            if word in lexicon.conjunctions and not self._joins(k, 0):
                break
            if word in lexicon.relatives or (
                word in lexicon.pronouns
                and not token.possessive
                and word not in {"his", "her", "their"}
            ):
                break
            noun = word in lexicon.nouns or word in lexicon.titles
            if token.kind == "word" and (word in lexicon.cues or self.is_skipped(k)) and not noun:
                break
            first = k
            if word in lexicon.determiners and self.low(k - 1) not in lexicon.determiners:
                break
        return first

    # --- Names -------------------------------------------------------------

    def names(self) -> list[Mention]:
        """Return every name in the sentence outside of quotations, in order."""
        found: list[Mention] = []
        floor = 0
        for i, token in enumerate(self.tokens):
            if token.kind != "name":
                continue
            goes_on = (
                i + 1 < len(self.tokens)
                and self.tokens[i + 1].kind == "name"
                and not token.possessive
            ) or (
                i + 2 < len(self.tokens)
                and self.tokens[i + 1].low in self.words.name_particles
                and self.tokens[i + 2].kind == "name"
                and not token.possessive
            )
            if goes_on:
                continue
            start = self._run_start(i, floor)
            while start > floor and (self.low(start - 1) in self.words.roles):
                start -= 1
            name = self._name_ending(i, start)
            floor = i + 1
            if name and not self.is_time(i):
                found.append(name)
        return found

    def _run_start(self, last: int, floor: int) -> int:
        """Return the first token of the run of capitalised words that ends at `last`."""
        first = last
        while first > floor:
            before = self.tokens[first - 1]
            particle = (
                before.low in self.words.name_particles
                and first - 2 >= floor
                and self.tokens[first - 2].kind == "name"
                and not self.tokens[first - 2].possessive
            )
            if particle:
                first -= 2
            elif before.kind == "name" and not before.possessive:
                first -= 1
            else:
                break
        return first

    def _name_ending(self, last: int, floor: int) -> Mention | None:
        """Read the name that ends at `last`, with its titles and role in front."""
        token = self.tokens[last]
        if token.kind != "name":
            return None
        first = self._run_start(last, floor)
        while last > first and self.low(last) in self.words.name_suffixes:
            last -= 1
        start = self._person_start(first, last + 1)
        start = first if start is None else start
        while start < last and self.low(start) in self.words.titles:
            start += 1
        if start == last and self.low(last) in self.words.titles and self._is_bare_title(last):
            return None
        role_start = floor
        role = (
            (self.tokens[role_start].start, self.tokens[start - 1].end) if start > floor else None
        )
        return self._make_name(start, last, floor, role)

    def _is_bare_title(self, i: int) -> bool:
        return self.low(i) not in self.words.outlet_words and not is_first_name(
            self.low(i), self.words
        )

    def _make_name(self, start: int, last: int, first: int, role: Bounds | None) -> Mention:
        if role and self.low(first) in self.words.determiners and first + 1 < start:
            role = (self.tokens[first + 1].start, role[1])
        elif role and self.low(first) in self.words.determiners:
            role = None
        words = tuple(t.low for t in self.tokens[start : last + 1])
        titles = tuple(t.low for t in self.tokens[first:start])
        bounds = (self.tokens[start].start, self.tokens[last].end)
        return Mention("name", first, last, bounds, words[-1], role, words, titles)

    def role_before(self, comma: int) -> Bounds | None:
        """Return the role that ends before a comma, without its determiner."""
        first = comma
        while first > 0 and comma - first < MAX_ROLE:
            token = self.tokens[first - 1]
            if token.kind in ("mark", "quote") or self.is_cue(first - 1):
                break
            first -= 1
        while first < comma and self.low(first) in self.words.determiners:
            first += 1
        return (self.tokens[first].start, self.tokens[comma - 1].end) if first < comma else None

    def _with_role_after(self, name: Mention, stop: int) -> Mention:
        """Add the role that follows between commas, if none stands in front."""
        comma = name.last + 1
        if name.role or not self.is_mark(comma, ","):
            return name
        start = comma + 1
        while start < stop and self.low(start) in self.words.determiners:
            start += 1
        end = start
        while (
            end < stop
            and end - start < MAX_ROLE
            and self.tokens[end].kind != "quote"
            and not self.is_mark(end, ",;:()—–")
            and self.low(end) not in self.words.relatives
            and not self.is_cue(end)
        ):
            end += 1
        inside = {t.low for t in self.tokens[start:end]}
        if end == start or not inside & self.words.roles:
            return name
        role = (self.tokens[start].start, self.tokens[end - 1].end)
        return Mention(
            "name", name.first, name.last, name.bounds, name.head, role, name.words, name.titles
        )

    # --- Nouns -------------------------------------------------------------

    def _nominal(self, first: int, end: int, stop: int) -> Mention | None:
        """Read the tokens as a noun phrase that names nobody: "a spokesman for the ministry"."""
        while first < end and self.is_skipped(first):
            first += 1
        if first >= end:
            return None
        head = self._head(first, end)
        if head is None:
            return None
        last = end - 1
        if self.low(end) in {"of", "for", "at", "from", "in", "with", "on"} and end < stop:
            last = max(last, self._skip_prepositional(end, stop) - 1)
        bounds = (self.tokens[first].start, self.tokens[last].end)
        return Mention(
            "nominal",
            first,
            last,
            bounds,
            self.low(head),
            words=tuple(t.low for t in self.tokens[first:end]),
            owner=self._owner(first, head),
        )

    def _head(self, first: int, end: int) -> int | None:
        """Return the noun that counts: the last known one, else the last word."""
        for k in range(end - 1, first - 1, -1):
            word = self.low(k)
            if (word in self.words.nouns or word in self.words.titles) and not self.tokens[
                k
            ].possessive:
                return k
        word = self.low(end - 1)
        plain = self.tokens[end - 1].kind in ("word", "name") and word not in self.words.openers
        return end - 1 if plain and word not in self.words.determiners and end - first > 0 else None

    def _owner(self, first: int, head: int) -> Mention | None:
        """Return whose statement, letter or tweet it is."""
        if self.low(head) not in self.words.speech_nouns:
            return None
        for k in range(head - 1, first - 1, -1):
            if self.low(k) in {"his", "her", "their"}:
                return self._pronoun(k)
            if self.tokens[k].possessive and self.tokens[k].kind == "name":
                return self._name_ending(k, first)
        return None


def is_first_name(word: str, lexicon: Lexicon) -> bool:
    """Tell whether the word, in lower case, is a first name that people commonly have."""
    return word in lexicon.male_names or word in lexicon.female_names
