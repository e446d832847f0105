"""Applies what editors said of stories: these reports are one event, those are another."""

from collections.abc import Iterable, Sequence

from bot.news import StoryCorrection

Groups = list[list[str]]


def corrected(groups: Iterable[Sequence[str]], corrections: Sequence[StoryCorrection]) -> Groups:
    """Return the groups of article ids as the corrections, in their order, leave them.

    Articles of a correction that are in none of the groups are passed over. No article is lost and
    none comes twice.
    """
    found = [list(group) for group in groups]
    for correction in corrections:
        found = (_merged if correction.kind == "merge" else _split)(found, correction)
    return found


def _merged(groups: Groups, correction: StoryCorrection) -> Groups:
    named = {*correction.article_ids, *correction.other_ids}
    joined = [group for group in groups if named.intersection(group)]
    if len(joined) < 2:  # noqa: PLR2004 - nothing to join
        return groups
    rest = [group for group in groups if not named.intersection(group)]
    return [[article_id for group in joined for article_id in group], *rest]


def _split(groups: Groups, correction: StoryCorrection) -> Groups:
    """Take the articles out of every group that holds any of the others, into one of their own."""
    out, others = set(correction.article_ids), set(correction.other_ids)
    parts: Groups = []
    taken: list[str] = []
    for group in groups:
        if others.isdisjoint(group):
            parts.append(group)
        else:
            taken += [article_id for article_id in group if article_id in out]
            parts.append([article_id for article_id in group if article_id not in out])
    return [part for part in (*parts, taken) if part]
