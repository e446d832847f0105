"""Which message of an edition tells which stories: settled when it is made, kept with its posts.

Between two messages of an edition a story may be withdrawn. If the rest were packed anew then, a
story would move into the message that is posted already, or be told twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Final

from bot.delivery.chat_text import stretches
from bot.delivery.compact import (
    CONTINUED,
    MAX_UNITS,
    NAMED,
    ChatMessage,
    Stretch,
    brevities,
    edition_messages,
    head_stretches,
    message_number,
    pack,
    post_keys,
    story_stretches,
)
from bot.delivery.correcting import correction_card
from bot.delivery.edition import foot, late_note
from bot.news import Brief, Dossier, Post, Schedule
from bot.news.posts import ANSWER

TAKEN_BACK: Final = "-# What stood in this message was taken back."


def stories_of_messages(dossier: Dossier, zone: tzinfo) -> tuple[tuple[str, ...], ...]:
    """Return for each message of the edition the ids of the stories that begin in it."""
    briefs = dossier.briefing.briefs
    return tuple(
        tuple(briefs[s.story - 1].story.id for s in message.stretches if s.story)
        for message in edition_messages(dossier, zone)
    )


def posts_of_edition(
    occurrence: str, schedule: Schedule, dossier: Dossier, zone: tzinfo
) -> tuple[Post, ...]:
    """Return the posts of a schedule's edition for an occurrence, one for each message."""
    edition, told = dossier.briefing, stories_of_messages(dossier, zone)
    return tuple(
        Post(
            key,
            schedule.channel_id,
            edition.id,
            edition.version,
            target=schedule.target,
            messages=len(told),
            stories=stories,
            first_story=1 + sum(map(len, told[:before])),
        )
        for before, (key, stories) in enumerate(
            zip(post_keys(occurrence, len(told)), told, strict=True)
        )
    )


def posts_of_answer(
    name: str, channel_id: int, message_ids: Sequence[int], *, dossier: Dossier, zone: tzinfo
) -> tuple[Post, ...]:
    """Return the posts of an edition that answered a command, which stand as these messages."""
    edition, told = dossier.briefing, stories_of_messages(dossier, zone)
    return tuple(
        Post(
            key,
            channel_id,
            edition.id,
            edition.version,
            tried_at=edition.made_at,
            message_id=message_id,
            messages=len(told),
            stories=stories,
            first_story=1 + sum(map(len, told[:before])),
        )
        for before, (key, message_id, stories) in enumerate(
            zip(post_keys(f"{ANSWER}{name}", len(told)), message_ids, told, strict=True)
        )
    )


def message_of(post: Post, dossier: Dossier, zone: tzinfo) -> ChatMessage | None:
    """Return the post's message: of the stories that it was to tell, those that still stand.

    `None` if it has nothing to say any more. A post that was stored before stories were kept with
    it, or whose stories need a second message, gets what its number gives as the edition is now.
    """
    if post.shows == "correction":
        return _correction(post, dossier)
    if post.messages:
        for brevity in range(brevities(len(post.stories))):
            packed = pack(_parts(post, dossier, zone, brevity), _closings(post, dossier))
            if len(packed) == 1:
                then = post.version if post.version != dossier.briefing.version else 0
                return replace(packed[0], counted_in=then)
    messages = edition_messages(dossier, zone)
    number = message_number(post.key)
    return messages[number - 1] if number <= len(messages) else None


def _parts(post: Post, dossier: Dossier, zone: tzinfo, brevity: int) -> Iterator[Stretch]:
    if message_number(post.key) == 1:
        yield from head_stretches(dossier.briefing, zone, brevity)
    else:
        yield from (Stretch(text) for text in stretches(late_note(dossier.briefing, zone)))
    own = _own(post, dossier)
    if post.stories and not own:
        yield Stretch(TAKEN_BACK)
    yield from story_stretches(own, zone, brevity)


def _correction(post: Post, dossier: Dossier) -> ChatMessage:
    *blocks, foot_note = correction_card(dossier.briefing, post.version).blocks
    texts = [Stretch(text) for text in stretches(blocks)]
    closing = stretches([foot_note])[0]
    whole = ChatMessage(tuple(texts), closing)
    # passages are sentences: only words that nobody would print are longer than a message
    return whole if whole.units <= MAX_UNITS else ChatMessage(tuple(texts[:1]), closing)


def _own(post: Post, dossier: Dossier) -> Sequence[tuple[int, Brief]]:
    """Return what still stands of the post's stories, with their numbers as they were stored."""
    standing = {brief.story.id: brief for brief in dossier.briefing.briefs}
    numbered = enumerate(post.stories, start=post.first_story)
    return [(number, standing[i]) for number, i in numbered if i in standing]


def _closings(post: Post, dossier: Dossier) -> Sequence[str]:
    if message_number(post.key) < post.messages:
        return (CONTINUED,)
    return stretches(foot(dossier.briefing, named=NAMED))
