"""What the terminal desk says of stories: why, split, merge, follow."""

import re
from datetime import datetime
from typing import Final

from bot import desk_stories
from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.delivery.phrases import count, listed
from bot.desk import Desk
from bot.desk_stories import StoryEvidence
from bot.news import Article
from bot.stories import MemberEvidence

EDITOR: Final = "terminal"
"""Who gives commands here, as corrections and followed stories remember it."""

COMMANDS: Final = {
    "why NUMBER or words": "why these reports are one story, and what it is worth",
    "split NUMBER: ARTICLES": "take articles, by their numbers in `why`, out of the story",
    "merge NUMBER, NUMBER": "make two stories one",
    "follow NUMBER or words": "remember the story as followed",
}


async def why(desk: Desk, name: str, now: datetime) -> Card:
    """Return the evidence for each member of a story."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    return why_card(await desk_stories.why(desk, name, now=now))


async def split(desk: Desk, line: str, now: datetime) -> Card:
    """Take articles out of a story."""
    name, _, rest = line.partition(":")
    numbers = [int(number) for number in re.findall(r"\d{1,6}", rest)]
    if not (name.strip() and numbers):
        return _say("Write it like `split 2: 3, 4`: the story, then the numbers of `why 2`.")
    out = await desk_stories.split(desk, name, numbers, now=now, by=EDITOR)
    return _say(f"Taken out, and remembered: {listed([_named(a) for a in out])}.")


async def merge(desk: Desk, line: str, now: datetime) -> Card:
    """Make two stories one."""
    name, _, other = line.partition(",")
    if not (name.strip() and other.strip()):
        return _say("Write it like `merge 2, 5`: two stories by number or words.")
    joined = await desk_stories.merge(desk, name, other, now=now, by=EDITOR)
    return _say(f"One story now, of {count(len(joined), 'article')}; this is remembered.")


async def follow(desk: Desk, name: str, now: datetime) -> Card:
    """Remember a story as followed."""
    if not name:
        return _say("Which story? Give its number in the last briefing, or words from it.")
    first, is_new = await desk_stories.follow(desk, name, now=now, by=EDITOR)
    return _say(f"{'Followed from now on' if is_new else 'Followed already'}: {_named(first)}.")


def why_card(found: StoryEvidence) -> Card:
    """Return the members of a story, numbered by date, each with what it shares with the others."""
    lines = [
        _member_runs(article, evidence)
        for article, evidence in zip(found.articles, found.members, strict=True)
    ]
    title = f"Why {count(len(lines), 'report')} {'is' if len(lines) == 1 else 'are'} one story"
    value = Note((Run(f"Worth {found.value.score:.1f}: {found.value.explained()}."),))
    return Card((Heading(title, 1), value, Bullets(tuple(lines), numbered=True)))


def _member_runs(article: Article, evidence: MemberEvidence) -> tuple[Run, ...]:
    if not evidence.of_others:
        return Run(_named(article)), Run(": the only report so far")
    facts = [f"nearness {evidence.nearness:.1f} (1 is enough)"]
    if evidence.shared:
        facts.append(f"shares {', '.join(evidence.shared)}")
    if evidence.days:
        facts.append(f"names a day that {evidence.days} of {evidence.of_others} others name")
    return Run(_named(article)), Run(f": {'; '.join(facts)}")


def _named(article: Article) -> str:
    return f"{article.outlet}, {article.latest.title or 'without a title'}"


def _say(sentence: str) -> Card:
    return Card((Paragraph((Run(sentence),)),))
