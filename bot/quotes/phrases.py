"""Reads noun phrases forwards and backwards from a token: who stands there."""

from typing import Final

from bot.quotes.mentions import Mention
from bot.quotes.names import MAX_ROLE
from bot.quotes.nouns import MAX_PHRASE, Nouns

MAX_DEPTH: Final = 6
"""Noun phrases inside each other: the head of the office of the president of …"""


class Reader(Nouns):
    """Reads the noun phrases of one sentence with the words of one language."""

    def starting(self, i: int, stop: int | None = None) -> Mention | None:
        """Return the noun phrase that starts at token `i`, skipping adverbs before it."""
        stop = len(self.tokens) if stop is None else stop
        while i < stop and self._is_adverb(i):
            i += 1
        if i >= stop:
            return None
        if self.is_pronoun(i):
            return self.pronoun(i)
        end = self.phrase_end(i, stop)
        return self._read(i, end, stop) if end > i else None

    def _read(self, i: int, end: int, stop: int) -> Mention | None:
        """Read the noun phrase of the tokens `i` to `end`."""
        if self.low(end) in self.words.title_links and end + 1 < stop:
            joined = self._title_of(i, end, stop)
            if joined:
                return joined
        name = self.name_ending(end - 1, i)
        if name is None:
            apposed = self._apposition_name(end, stop)
            return apposed._replace(first=i) if apposed else self.nominal(i, end, stop)
        if self.is_time(name.last):
            return None
        name = self.with_country(name)
        if name.last >= stop:
            return None
        after = self._place_apposition(name, stop)
        return after._replace(first=i) if after else self.with_role_after(name, stop)

    def _title_of(self, i: int, end: int, stop: int) -> Mention | None:
        """Read "Secretary of State John Kerry": a title, a preposition, a body and a name."""
        if not self.is_role(end - 1) or self.low(i) in self.words.indefinites:
            return None
        start = end + 1
        while start < stop and self.low(start) in self.words.determiners:
            start += 1
        after = self.phrase_end(start, stop)
        if after <= start or not self.is_name(after - 1):
            return None
        first = self.run_start(after - 1, start)
        cut = self.person_start(first, after)
        if cut is None and first > start and self.is_role(first - 1):
            cut = first
        if cut is None or cut == start:
            return None
        return self.make_name(cut, after - 1, i, (self.tokens[i].start, self.tokens[cut - 1].end))

    def _place_apposition(self, name: Mention, stop: int) -> Mention | None:
        """Read "University of California, San Diego's chancellor, Ana Ruiz"."""
        comma = name.last + 1
        if name.head not in self.words.places and not self.words.org_words.intersection(name.words):
            return None
        if not self.is_mark(comma, ",") or not self.is_name(comma + 1):
            return None
        end = self.phrase_end(comma + 1, stop)
        owned = any(t.possessive for t in self.tokens[comma + 1 : end])
        return self._apposition_name(end, stop) if owned else None

    def _apposition_name(self, end: int, stop: int) -> Mention | None:
        """Read "the group's president, Ana Ruiz": a role, a comma and nothing but a name."""
        comma = end
        if self.low(comma) in self.words.prepositions:
            comma = self.skip_prepositional(comma, stop)
        known = self.is_role(end - 1) or self.low(end - 1) in self.words.quantifiers
        start = comma + 1
        if start < len(self.tokens) and self.tokens[start].kind == "number":
            start += 1
        if not self.is_mark(comma, ",") or not known or not self.is_name(start):
            return None
        last = self.phrase_end(start, stop)
        if last < min(stop, len(self.tokens)) and self.tokens[last].kind not in ("mark", "quote"):
            return None
        name = self.name_ending(last - 1, start)
        if not name or name.first != start:
            return None
        return self.with_role_before(name, comma)

    def with_role_before(self, name: Mention, comma: int) -> Mention:
        """Return the name with the role before the comma: the first lady, Ana Ruiz."""
        role = self.role_before(comma)
        titles = tuple(t.low for t in self.tokens if role and role[0] <= t.start < role[1])
        return name._replace(role=name.role or role, titles=name.titles + titles)

    def role_before(self, comma: int) -> tuple[int, int] | None:
        """Return the role that ends before a comma, without its determiner."""
        first = comma
        while first > 0 and comma - first < MAX_ROLE:
            if self.tokens[first - 1].kind in ("mark", "quote") or self.is_cue(first - 1):
                break
            first -= 1
        while first < comma and self.low(first) in self.words.determiners:
            first += 1
        return (self.tokens[first].start, self.tokens[comma - 1].end) if first < comma else None

    def with_role_after(self, name: Mention, stop: int) -> Mention:
        """Return the name with the role after its comma, if none stands in front."""
        comma = name.last + 1
        if name.role or not self.is_mark(comma, ","):
            return name
        start = comma + 1
        while start < stop and self.low(start) in self.words.determiners:
            start += 1
        end = start
        while end < stop and end - start < MAX_ROLE and self._in_role(end):
            end += 1
        if end == start or not any(self.is_role(k) for k in range(start, end)):
            return name
        titles = tuple(self.lows[start:end])
        role = (self.tokens[start].start, self.tokens[end - 1].end)
        return name._replace(role=role, titles=name.titles + titles)

    def _in_role(self, i: int) -> bool:
        token = self.tokens[i]
        return (
            token.kind not in ("quote", "mark")
            and token.low not in self.words.relatives
            and not self.is_cue(i)
        )

    def ending(self, j: int, depth: int = 0) -> Mention | None:
        """Return the noun phrase whose last token is `j`, or the one that it completes."""
        if j < 0 or depth > MAX_DEPTH or self.tokens[j].kind in ("mark", "quote"):
            return None
        if self.low(j) in self.words.pronouns:
            return self._pronoun_ending(j, depth)
        first = self._phrase_start(j)
        if first > j:
            return None
        outer = self._outer(first, j, depth)
        if outer:
            return outer
        name = self.name_ending(j, first)
        return name or self.nominal(first, j + 1, j + 1)

    def _pronoun_ending(self, j: int, depth: int) -> Mention:
        if (
            self.low(j - 1) in self.words.of_words
            and self.low(j - 2) in self.words.quantifiers
            and not depth
        ):
            bounds = (self.tokens[j - 2].start, self.tokens[j].end)
            return Mention("nominal", j - 2, j, bounds, self.low(j), words=(self.low(j - 2),))
        return self.pronoun(j)

    def _outer(self, first: int, j: int, depth: int) -> Mention | None:
        """Return the phrase that the one at `first` to `j` only completes, if there is one."""
        before = first - 1
        if before < 0 or self.low(before) not in self.words.prepositions or self._opens(before):
            return None
        if self.low(before - 1) in self.words.quantifiers:
            return self.one_of(before - 1, before, j + 1)
        if self.low(before - 1) in self.words.postposed or self._is_attributive(before - 1):
            before -= 1
        if not self._carries(before - 1):
            return None
        outer = self.ending(before - 1, depth + 1)
        if outer is None:
            return None
        if self._names_person(first, j) and self._is_title(outer):
            name = self.name_ending(j, first)
            if name:
                role = (self.tokens[outer.first].start, name.bounds[0] - 1)
                return name._replace(first=outer.first, role=name.role and role)
        return self._widened(outer, j)

    def _is_attributive(self, i: int) -> bool:
        """Tell whether a participle goes with the noun before it: a docker waiting in Vale."""
        participle = self.low(i).endswith(self.words.participle_endings) and not self.is_name(i)
        return participle and self.low(i - 1) in self.words.people_nouns

    def _names_person(self, first: int, j: int) -> bool:
        """Tell whether the phrase is a person with a role or place in front (State John Kerry)."""
        if not self.is_name(j):
            return False
        run = self.run_start(j, first)
        return self.person_start(run, j + 1) is not None or (
            run > first and self.is_role(run - 1) and not self.tokens[run - 1].possessive
        )

    def _is_title(self, outer: Mention) -> bool:
        """A title or body before a preposition belongs to the name after; "a lawyer" does not."""
        if outer.kind == "nominal":
            return not outer.words or outer.words[0] not in self.words.determiners
        return outer.head in self.words.org_words or outer.head in self.words.titles

    def _opens(self, i: int) -> bool:
        """Tell whether the preposition at `i` begins its clause (In Paris Ana Ruiz said …)."""
        return i == 0 or self.tokens[i - 1].kind in ("mark", "quote")

    def _carries(self, i: int) -> bool:
        """Tell whether what ends at `i` can carry an "of …": a name or a noun for a speaker."""
        if i < 0 or self.tokens[i].possessive:
            return False
        word = self.low(i)
        if self.is_name(i):
            return not self.is_time(i)
        return (
            self.is_role(i)
            or word in self.words.nouns
            or word in self.words.quantifiers
            or (
                self.low(i + 1) in self.words.of_words
                and self.tokens[i].kind == "word"
                and not self.is_cue(i)
            )
        )

    def _widened(self, mention: Mention, last: int) -> Mention:
        """A noun keeps its "of …" in its words, and so does a body's name; a person's does not."""
        if mention.kind == "nominal" and mention.owner is None:
            bounds = (mention.bounds[0], self.tokens[last].end)
            return mention._replace(last=last, bounds=bounds)
        if mention.kind == "name" and mention.head in self.words.org_words:
            return self.with_country(mention)._replace(last=last)
        return mention._replace(last=last)

    def _phrase_start(self, j: int) -> int:
        """Return the first token of the noun phrase that ends at `j`, determiner included."""
        first = j + 1
        for k in range(j, max(-1, j - MAX_PHRASE), -1):
            token = self.tokens[k]
            if token.kind in ("mark", "quote") or (token.kind == "word" and self._stops(k)):
                break
            first = k
            if (
                token.low in self.words.determiners
                and self.low(k - 1) not in self.words.determiners
            ):
                break
        return first

    def _stops(self, k: int) -> bool:
        word = self.low(k)
        lexicon = self.words
        if word in lexicon.name_particles and self.joins_name(k):
            return False
        if word in lexicon.ands:
            return not self.joins(k, 0)
        if self.closes(word) or (word in lexicon.pronouns and not self.owns(k)):
            return True
        noun = word in lexicon.nouns or word in lexicon.titles
        return not noun and (word in lexicon.cues or self._is_adverb(k))
