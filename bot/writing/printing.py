"""Turns chosen sentences into words of the brief, with a name where a pronoun would stand alone."""

from collections.abc import Sequence

from bot.news import Article, Insertion, Sentence, Taken
from bot.writing.ranking import Choice, in_order


def to_sentences(chosen: Sequence[Choice], articles: Sequence[Article]) -> tuple[Sentence, ...]:
    """Return the sentences in the order of what they tell; `articles` are those of the texts.

    Where the first word of a sentence is a pronoun and the one before it does not say who is
    meant, the name stands in its place, as an insertion from the same text: "[Mira Tolland] said".
    """
    ordered = in_order(chosen)
    before: Sequence[Choice | None] = (None, *ordered)
    return tuple(
        _sentence(choice, earlier, articles[choice.text])
        for choice, earlier in zip(ordered, before, strict=False)
    )


def _sentence(choice: Choice, earlier: Choice | None, article: Article) -> Sentence:
    candidate, body = choice.candidate, article.latest.body
    whole = article.latest.passage("body", candidate.start, candidate.end)
    if candidate.name is None or candidate.pronoun is None or _names(earlier, choice, body):
        return Sentence.taken(whole, article.outlet)
    start = candidate.pronoun.span.end
    while body[start].isspace():
        start += 1
    rest = article.latest.passage("body", start, candidate.end)
    return Sentence((Insertion(candidate.name), Taken(rest, article.outlet)))


def _names(earlier: Choice | None, choice: Choice, body: str) -> bool:
    """Tell whether the sentence before it in the text is printed before it, and says who it is."""
    if earlier is None or choice.candidate.name is None or earlier.text != choice.text:
        return False
    if earlier.candidate.number + 1 != choice.candidate.number:
        return False
    said = body[earlier.candidate.start : earlier.candidate.end]
    last_name = choice.candidate.name.words.split()[-1]
    return earlier.candidate.name == choice.candidate.name or last_name in said
