"""Goes back from a verb over what stands between it and its subject: adverbs, times, asides."""

from typing import Final

from bot.quotes.mentions import Mention
from bot.quotes.subjects import MAX_ASIDE, Subjects

MAX_LIST: Final = 12


class Asides(Subjects):
    """Reads one sentence backwards with the words of one language."""

    def skip_back(self, i: int) -> int:
        """Go back over adverbs, auxiliaries and times ("on Monday", "late last week")."""
        moved = True
        while moved and i >= 0:
            start = i
            while i >= 0 and self.reader.is_skipped(i):
                i -= 1
            i = self._skip_time_back(i)
            moved = i < start
        return i

    def _skip_time_back(self, i: int) -> int:
        if i < 0 or not self.reader.is_time(i):
            return i
        k = i
        while k >= 0 and (self.reader.is_time(k) or self.reader.low(k) in self.words.recent):
            k -= 1
        if self.reader.low(k) in self.words.time_links:
            k -= 1
        return k

    def over_aside(self, comma: int) -> tuple[Mention | None, bool]:
        """Return the subject before an aside, or in it ("the chancellor, Ana Ruiz, said").

        True with it where it is another verb's, from earlier in the sentence.
        """
        opening = self._opening_comma(comma)
        if opening is None:
            return None, False
        before = self._before_comma(opening)
        aside = self.reader.starting(opening + 1, comma)
        if aside and self._is_the_name(aside, opening, comma, before):
            return self.reader.with_role_before(aside, opening), False
        if before:
            return before, False
        return self.main_subject(opening), True

    def _is_the_name(
        self, aside: Mention, opening: int, comma: int, before: Mention | None
    ) -> bool:
        """Tell whether the aside is nothing but the name of whoever stands before it."""
        if aside.kind != "name" or aside.first != opening + 1 or aside.last != comma - 1:
            return False
        return before is None or before.kind == "nominal" or self.reader.is_role(opening - 1)

    def _before_comma(self, opening: int) -> Mention | None:
        """Return who stands before the comma, one more aside to the left where there are two."""
        i = self.skip_back(opening - 1)
        if i < 0:
            return None
        if self.reader.is_mark(i, ")"):
            return self.over_brackets(i)
        found = self.reader.ending(i)
        if found is None:
            return None
        start = found.first
        if found.kind == "nominal" and self.reader.low(start - 1) in self.words.ands:
            start = self._list_start(start)
        determined = self.reader.low(start) in self.words.determiners
        preposed = self.reader.low(start - 1) in self.words.prepositions
        outer = start - 1 - preposed
        bare = found.kind == "nominal" and self.reader.is_role(start)
        if (determined or preposed or bare) and outer > 0 and self.reader.is_mark(outer, ","):
            return self.reader.ending(self.skip_back(outer - 1)) or found
        return found

    def _list_start(self, i: int) -> int:
        """Return where "a marine ecologist and Regents professor" starts, whose end is at `i`."""
        for k in range(i - 1, max(0, i - MAX_LIST), -1):
            if self.tokens[k].kind in ("mark", "quote"):
                return k + 1
        return i

    def _opening_comma(self, comma: int) -> int | None:
        depth = 0
        for i in range(comma - 1, max(-1, comma - MAX_ASIDE), -1):
            if self.reader.is_mark(i, ")"):
                depth += 1
            elif self.reader.is_mark(i, "("):
                depth -= 1
            elif depth == 0 and self.reader.is_mark(i, ",") and not self._in_list(i, comma):
                return i
            elif self.reader.is_mark(i, ";:"):
                return None
        return None

    def _in_list(self, comma: int, stop: int) -> bool:
        """Tell whether the comma stands inside "July 4, 2016, …" and not before an aside."""
        return comma + 1 < stop and self.tokens[comma + 1].kind == "number" and comma + 2 < stop

    def over_brackets(self, closing: int) -> Mention | None:
        """Return who stands before brackets or dashes that end at `closing`."""
        if self.reader.is_mark(closing, ")]"):
            opening = "(["
        elif self.reader.is_mark(closing, "—–-") or self.tokens[closing].low.startswith("--"):
            opening = "—–--"
        else:
            return None
        for i in range(closing - 1, max(-1, closing - MAX_ASIDE), -1):
            if self.reader.is_mark(i, opening):
                return self.reader.ending(self.skip_back(i - 1))
        return None

    def antecedent(self, i: int) -> Mention | None:
        """Return who a relative pronoun at `i` stands for."""
        before = i - 1
        if self.reader.is_mark(before, ")"):
            return self.over_brackets(before)
        if self.reader.is_mark(before, ","):
            return self._before_comma(before)
        return self.reader.ending(before)
