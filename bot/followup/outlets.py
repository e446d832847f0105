"""Tells which of a story's outlets a question names."""

from collections.abc import Iterator

from bot.followup.evidence import Sources
from bot.followup.vocabulary import words_of
from bot.text import fold


def outlets_named(question: str, sources: Sources) -> tuple[str, ...]:
    """Return the outlets of the story that are named, in the order of the sources list.

    By the whole name in any case ("harbour courier"), or by its last or first word with a capital
    behind "the" ("the Courier").
    """
    words = [word.removesuffix("'s").removesuffix("’s") for word, _ in words_of(question)]
    folded = [fold(word) for word in words]
    definite = {
        folded[place]
        for place in range(1, len(words))
        if folded[place - 1] == "the" and words[place][0].isupper()
    }
    outlets = dict.fromkeys(article.outlet for article in sources.articles)
    return tuple(name for name in outlets if _is_named(name, folded, definite))


def _is_named(outlet: str, folded: list[str], definite: set[str]) -> bool:
    name = [fold(word) for word in _words(outlet)]
    if not name:
        return False
    whole = any(folded[i : i + len(name)] == name for i in range(len(folded)))
    return (whole and len(name) > 1) or bool({name[0], name[-1]} & definite)


def _words(outlet: str) -> Iterator[str]:
    """Return the words of the name without its article."""
    words = [word for word, _ in words_of(outlet)]
    yield from words[1:] if words and fold(words[0]) == "the" else words
