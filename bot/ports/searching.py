"""The archive as it is searched: by words, names, phrases and what limits them."""

from typing import Protocol

from bot.news import Article, Instant, Value


class Limits(Value, frozen=True):
    """What narrows a search; what is empty narrows nothing. `until` is not part of the time.

    Names of outlets count without case.
    """

    since: Instant | None = None
    until: Instant | None = None
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str = ""
    story_id: str = ""


class Sought(Value, frozen=True):
    """A word that was looked for: its stem, its forms in the archive, and how much it tells.

    Forms are folded. The weight grows with how rare the word is.
    """

    stem: str
    forms: tuple[str, ...]
    weight: float


class Match(Value, frozen=True):
    """An article whose latest text has words of the search, and how well it matches.

    More is better; the number compares matches of one search only. `story_id` is of the story that
    the article stands in, or empty.
    """

    article: Article
    rank: float
    story_id: str = ""


class Matches(Value, frozen=True):
    """What a search found, best first.

    `words` are what was looked for, `phrases` whole phrases; `mended` says which words were taken
    for a typing error, and for what.
    """

    found: tuple[Match, ...] = ()
    words: tuple[Sought, ...] = ()
    phrases: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()


class Searching(Protocol):
    """Finds stored articles by their words."""

    async def search(
        self, words: str, *, now: Instant, limits: Limits = ..., limit: int = 200
    ) -> Matches:
        """Return the articles whose latest revisions match, roughly ranked, at most `limit`.

        Words in quotation marks must stand in this order. Of other words the frequent are dropped,
        inflected forms count, and case and accents do not. A word that no text has is taken for the
        nearest that there is. Nothing of an article held at `now` is returned or counted.

        Raises:
            ArchiveError: the store cannot be read.
            ValueError: `now` is not aware.
        """
        ...
