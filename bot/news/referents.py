"""Whom a pronoun stands for, where an article leaves no doubt."""

from bot.news.articles import Passage
from bot.news.values import Value, require


class Referent(Value, frozen=True):
    """A pronoun that begins a sentence, and the name of the one it means, in the same text."""

    pronoun: Passage
    name: Passage

    def __post_init__(self) -> None:
        """Check that both stand in one text."""
        homes = {(p.span.article_id, p.span.revision, p.span.field) for p in self.passages()}
        require(len(homes) == 1, f"“{self.pronoun.words}” is explained from another text.")

    def passages(self) -> tuple[Passage, Passage]:
        """Return the pronoun and the name."""
        return self.pronoun, self.name
