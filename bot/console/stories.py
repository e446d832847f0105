"""What the terminal desk says of stories: why, timeline, split, merge, follow."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from bot import desk_stories
from bot.cards import Block, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, listed
from bot.desk import Desk
from bot.desk_stories import StoryTimeline
from bot.story_cards import named, news_blocks, timeline_card, why_card

EDITOR: Final = "terminal"
"""Who gives commands here, as corrections and followed stories remember it."""

NUMBERS_STAY: Final = "The numbers stay until the next `brief`."

COMMANDS: Final = {
    "why NUMBER or words": "why these reports are one story, and what it is worth",
    "timeline NUMBER or words": "who had it first, what each report added, what is new",
    "split NUMBER: ARTICLES": "take articles, by their numbers in `why`, out of the story",
    "merge NUMBER, NUMBER": "make two stories one",
    "follow [NUMBER or words]": "follow a story: with news it comes first in editions; alone: what "
    "is new in those that you follow",
    "unfollow NUMBER or words": "follow it no longer",
}


async def why(desk: Desk, name: str, now: datetime) -> Card:
    """Return the evidence for each member of a story."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    return why_card(await desk_stories.why(desk, name, now=now))


async def timeline(desk: Desk, name: str, now: datetime) -> Card:
    """Return how a story came to be told."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    return timeline_card(await desk_stories.timeline(desk, name, now=now), desk.zone)


async def split(desk: Desk, line: str, now: datetime) -> Card:
    """Take articles out of a story."""
    name, _, rest = line.partition(":")
    numbers = [int(number) for number in re.findall(r"\d{1,6}", rest)]
    if not (name.strip() and numbers):
        return _say("Write it like `split 2: 3, 4`: the story, then the numbers of `why 2`.")
    out = await desk_stories.split(desk, name, numbers, now=now, by=EDITOR)
    return _say(f"Taken out, and remembered: {listed([named(a) for a in out])}. {NUMBERS_STAY}")


async def merge(desk: Desk, line: str, now: datetime) -> Card:
    """Make two stories one."""
    name, _, other = line.partition(",")
    if not (name.strip() and other.strip()):
        return _say("Write it like `merge 2, 5`: two stories by number or words.")
    joined = await desk_stories.merge(desk, name, other, now=now, by=EDITOR)
    return _say(
        f"One story now, of {count(len(joined), 'article')}; this is remembered. {NUMBERS_STAY}"
    )


async def follow(desk: Desk, name: str, now: datetime) -> Card:
    """Remember a story as followed, or tell what is new in those that are."""
    if not name:
        told, missing = await desk_stories.followed(desk, now=now, by=EDITOR)
        return followed_card(told, missing, desk.zone)
    first, is_new = await desk_stories.follow(desk, name, now=now, by=EDITOR)
    return _say(f"{'Followed from now on' if is_new else 'Followed already'}: {named(first)}.")


async def unfollow(desk: Desk, name: str, now: datetime) -> Card:
    """Forget that a story is followed."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    first, did = await desk_stories.unfollow(desk, name, now=now, by=EDITOR)
    return _say(f"{'Followed no longer' if did else 'It was not followed'}: {named(first)}.")


def followed_card(told: Sequence[StoryTimeline], missing: int, zone: tzinfo) -> Card:
    """Return what is new in each story that is followed."""
    if not (told or missing):
        return _say("You follow no story yet; `follow 2` follows the second of the last briefing.")
    blocks: list[Block] = [Heading("What you follow", 1)]
    for one in told:
        articles = {article.id: article for article in one.articles}
        blocks += [Heading(one.articles[-1].latest.title or "Without a title", 2)]
        blocks += news_blocks(one, articles, zone)
    if missing:
        which = count(missing, "followed story", "followed stories")
        blocks.append(Note((Run(f"Of {which} there is no report in the window."),)))
    return Card(tuple(blocks))


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
