"""Reads names in the tokens of a sentence: runs of capitals, titles cut off, roles kept."""

from typing import Final

from bot.quotes.lexicon import Lexicon
from bot.quotes.mentions import Bounds, Mention, is_first_name
from bot.quotes.sentences import Sentence

MAX_ROLE: Final = 14
MAX_NAME: Final = 4
"""Words in a person's name, when it is cut out of a longer run of capitals."""


class Names:
    """Reads the names of one sentence with the words of one language."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.tokens = tokens = sentence.tokens
        self.words = lexicon
        self._names: list[Mention] | None = None
        self.lows = [token.low for token in tokens]
        self._size = len(self.lows)
        self._named = [i for i in sentence.marked if tokens[i].kind == "name"]
        self._is_named = frozenset(self._named)
        self._marks = {i: tokens[i].low for i in sentence.marked if tokens[i].kind == "mark"}

    # --- What a token is ---------------------------------------------------

    def low(self, i: int) -> str:
        """Return the word at `i`, or an empty string outside of the sentence."""
        return self.lows[i] if 0 <= i < self._size else ""

    def is_mark(self, i: int, marks: str) -> bool:
        """Tell whether token `i` is one of these marks of punctuation."""
        mark = self._marks.get(i)
        return mark is not None and mark in marks

    def is_name(self, i: int) -> bool:
        """Tell whether token `i` is a capitalised word."""
        return i in self._is_named

    def is_time(self, i: int) -> bool:
        """Tell whether token `i` is a weekday, a month, a number or the like."""
        token = self.tokens[i]
        if token.surname:
            return False
        return token.kind == "number" or token.low.rstrip(".") in self.words.time_words

    def is_role(self, i: int) -> bool:
        """Tell whether token `i` says what somebody is (spokesman, senator, anthropologist)."""
        word = self.low(i)
        return word in self.words.roles or (
            self.tokens[i].kind == "word"
            and len(word) > 5  # noqa: PLR2004
            and word.endswith(self.words.agent_endings)
        )

    # --- Names -------------------------------------------------------------

    def names(self) -> list[Mention]:
        """Return every name in the sentence outside of quotations, in order."""
        if self._names is None:
            self._names = list(self._all_names())
        return self._names

    def _all_names(self) -> list[Mention]:
        found: list[Mention] = []
        floor = 0
        for i in self._named:
            if self._goes_on(i):
                continue
            start = self.run_start(i, floor)
            while start > floor and self.low(start - 1) in self.words.roles:
                start -= 1
            if (
                self.low(start) in self.words.departments
                and self.low(start - 1) in self.words.of_words
            ):
                start = max(floor, start - 2)
            name = self.name_ending(i, start)
            if name and not self.is_time(i):
                floor = i + 1
                found.append(self.with_country(name))
        return found

    def _goes_on(self, i: int) -> bool:
        if self.tokens[i].possessive:
            return False
        return self.is_name(i + 1) or (
            self.low(i + 1) in self.words.name_particles and self.joins_name(i + 1)
        )

    def run_start(self, last: int, floor: int) -> int:
        """Return the first token of the run of capitalised words that ends at `last`."""
        first = last
        while first > floor:
            if self.is_name(first - 1) and not self.tokens[first - 1].possessive:
                first -= 1
                continue
            k = first - 1
            while k > floor and self.low(k) in self.words.name_particles:
                k -= 1
            if k == first - 1 or k < floor or not self.is_name(k) or self.tokens[k].possessive:
                break
            first = k
        return first

    def joins_name(self, i: int) -> bool:
        """Tell whether the particle at `i` stands inside a name: Piet van der Linden."""
        before = after = i
        while self.low(before) in self.words.name_particles:
            before -= 1
        while self.low(after) in self.words.name_particles:
            after += 1
        return self.is_name(before) and self.is_name(after)

    def name_ending(self, last: int, floor: int) -> Mention | None:
        """Read the name that ends at `last`, with titles and role between `floor` and it."""
        if not self.is_name(last):
            return None
        first = self.run_start(last, floor)
        while last > first and self.low(last) in self.words.name_suffixes:
            last -= 1
        start = self.person_start(first, last + 1)
        start = first if start is None else start
        while start < last and self.low(start) in self.words.roles:
            if self._is_body(start, last + 1):
                break
            start += 1
        if start == last and self._is_owned_body(start, floor):
            start = self.run_start(start - 1, floor)
        if self._is_bare_title(start, last):
            return None
        role = None
        if start > floor:
            role = (self.tokens[floor].start, self.tokens[start - 1].end)
        return self.make_name(start, last, floor, role)

    def _is_owned_body(self, i: int, floor: int) -> bool:
        """Tell whether one word is a body's only with its owner: the U.S. Attorney's Office."""
        owned = i > floor and self.tokens[i - 1].possessive and self.is_name(i - 1)
        return owned and self.low(i) in self.words.org_words

    def person_start(self, first: int, end: int) -> int | None:
        """Return where a person's name starts inside a run that starts with something else."""
        for k in range(first, end - 1):
            word = self.low(k)
            if word in self.words.titles and not self._is_body(k, end):
                return self.person_start(k + 1, end) or k + 1
            if k > first and end - k <= MAX_NAME and is_first_name(word, self.words):
                earlier = any(is_first_name(self.low(i), self.words) for i in range(first, k))
                return None if earlier else k
        department = (
            self.low(first) in self.words.departments and self.low(first - 1) in self.words.of_words
        )
        if department and end - first > 1:
            return first + 1
        return None

    def _is_body(self, i: int, end: int) -> bool:
        """Tell whether a title is no person's but part of a body's name: the Justice Department."""
        after = self.low(i + 1) if i + 1 < end else ""
        return self.low(i) in self.words.org_words or after in self.words.org_words

    def _is_bare_title(self, start: int, last: int) -> bool:
        """Tell whether the run is a title without a name: Attorney General, Officials."""
        word = self.low(last)
        if word not in self.words.roles or word in self.words.outlet_words:
            return False
        return not any(is_first_name(self.low(i), self.words) for i in range(start, last + 1))

    def make_name(self, start: int, last: int, first: int, role: Bounds | None) -> Mention:
        """Return the name of tokens `start` to `last` in a noun phrase that begins at `first`."""
        if role and self.low(first) in self.words.determiners:
            role = (self.tokens[first + 1].start, role[1]) if first + 1 < start else None
        words = tuple(self.lows[start : last + 1])
        titles = tuple(self.lows[first:start])
        generation = self.low(last + 1) if self.low(last + 1) in self.words.generations else ""
        end = self.tokens[last + bool(generation)].end
        bounds = (self.tokens[start].start, end)
        return Mention(
            "name",
            first,
            last,
            bounds,
            words[-1],
            role,
            words,
            titles,
            generation=generation.rstrip("."),
        )

    def with_country(self, name: Mention) -> Mention:
        """Lengthen a body's name by its "of": University of Vale, Court of England and Wales."""
        at = name.last + 1
        body = name.head in self.words.org_words or (name.head in {"bank", "church", "university"})
        if (
            not body
            or self.low(at) not in self.words.body_links
            or self.tokens[name.last].possessive
        ):
            return name
        start = at + 2 if self.low(at + 1) in self.words.the_words else at + 1
        end = start
        while self.is_name(end) and not self.is_time(end):
            end += 1
            if self.tokens[end - 1].possessive:
                break
            if self.low(end) in self.words.ands and self.is_name(end + 1):
                end += 1
        while end > start and is_first_name(self.low(end - 2), self.words):
            end -= 2
        if end <= start:
            return name
        first = name.last - len(name.words) + 1
        words = tuple(self.lows[first:end])
        bounds = (name.bounds[0], self.tokens[end - 1].end)
        return name._replace(last=end - 1, bounds=bounds, head=words[-1], words=words)
