"""Decides which stories an edition tells, and how much of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec.structs import replace

from bot.news import Article, Brief, Filters, Sentence, Story, Written
from bot.text import stem, words


def stories_about(
    stories: Sequence[Story], articles: Mapping[str, Article], question: str
) -> tuple[Story, ...]:
    """Return the stories that speak of what was asked, those that do so in their titles first.

    Every word of the question must stand, by its stem, in the story's titles and texts; an empty
    question is answered by all stories. The order within each group stays.
    """
    asked = _stems([question])
    if not asked:
        return tuple(stories)
    in_title, in_text = [], []
    for story in stories:
        revisions = [articles[i].latest for i in story.article_ids]
        if asked <= _stems(r.title for r in revisions):
            in_title.append(story)
        elif asked <= _stems(text for r in revisions for text in (r.title, r.body)):
            in_text.append(story)
    return (*in_title, *in_text)


def stories_passing(
    stories: Sequence[Story], filters: Filters, matched: Mapping[str, Collection[str]]
) -> tuple[Story, ...]:
    """Return the stories with enough origins that match one of the wanted topics, if any are.

    `matched` has, by a story's id, the names of the topics that it matches.
    """
    wanted = {name.casefold() for name in filters.topics}
    return tuple(
        story
        for story in stories
        if len(story.origins) >= filters.min_origins
        and (not wanted or wanted & {name.casefold() for name in matched.get(story.id, ())})
    )


def in_words(brief: Brief, max_words: int | None) -> Brief:
    """Return the brief with as many of its first sentences as have so many words in all.

    The first sentence stays whatever its length; `None` is no limit.
    """
    if max_words is None:
        return brief
    totals = accumulate(_length(sentence) for sentence in brief.sentences)
    fitting = sum(total <= max_words for total in totals)
    return replace(brief, sentences=brief.sentences[: max(1, fitting)])


def _length(sentence: Sentence) -> int:
    texts = (p.text if isinstance(p, Written) else p.passage.words for p in sentence.parts)
    return sum(len(words(text)) for text in texts)


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in words(text)}
