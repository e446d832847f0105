"""Law 2 on real replies: what 131 replies of small models come to, as somebody has read it.

`recorded_replies.toml` has for each model how many of its lines were kept, replaced and dropped,
and the digests of the sentences that were kept, by what a reader found: `faithful` to the sentence
cited, or `wrong`. Their words are a third party's and stay outside. A sentence that nobody has read
fails the test, which prints it.
"""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.model_writing import Attempt
from bot.news import MARKS, Briefing, Coverage, Dossier, Written, digest
from tests.quality.recorded_replies import (
    FOLDER,
    SEEN_AT,
    Recorded,
    recorded,
    shown,
    the_story,
    write,
)

READ = tomllib.loads((Path(__file__).parent / "recorded_replies.toml").read_text("utf-8"))
DIGEST_CHARS = 12

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not FOLDER.exists(), reason="needs ../shared/model-replies"),
]
attempts: dict[str, tuple[Recorded, Attempt]] = {}


async def all_attempts() -> list[tuple[Recorded, Attempt]]:
    """Return what each reply came to, made once for all tests."""
    if not attempts:
        for reply in recorded():
            attempts[f"{reply.model} {reply.name}"] = reply, await write(reply)
    return list(attempts.values())


def written(attempt: Attempt) -> list[Written]:
    sentences = (attempt.brief.headline, *attempt.brief.sentences)
    return [part for s in sentences for part in s.parts if isinstance(part, Written)]


async def test_every_brief_verifies_and_quotes_nobody_but_the_source() -> None:
    quotes = {*shown().quotes.values(), *the_story().base.quotes}
    for reply, attempt in await all_attempts():
        brief = attempt.brief
        briefing = Briefing("b1", 1, SEEN_AT, (brief,), Coverage(1, 1), 1)
        articles = tuple(the_story().articles.values())
        assert Dossier(briefing=briefing, articles=articles).briefing == briefing
        assert brief.sentences, reply.name
        assert brief.how
        assert set(brief.quotes) <= quotes
        for part in written(attempt):
            assert not MARKS.intersection(part.text)


async def test_every_sentence_that_is_printed_was_read_and_found_faithful() -> None:
    unread = {
        part.text: digest(part.text)[:DIGEST_CHARS]
        for _, attempt in await all_attempts()
        for part in written(attempt)
        if digest(part.text)[:DIGEST_CHARS] not in READ["faithful"]
    }

    assert {text: code for text, code in unread.items() if code not in READ["wrong"]} == {}
    assert len(unread) == len(READ["wrong"]), "a sentence that was wrong is printed no more"


async def test_the_verdicts_are_those_that_were_read() -> None:
    found: dict[str, Counter[str]] = {}
    for reply, attempt in await all_attempts():
        counts = found.setdefault(f"{reply.model} {reply.mode}", Counter())
        if attempt.rulings is None:
            counts["unusable"] += 1
            continue
        lines = (attempt.rulings.headline, *attempt.rulings.sentences)
        counts.update(ruling.verdict for ruling in lines)

    assert {name: dict(sorted(counts.items())) for name, counts in sorted(found.items())} == {
        name: dict(sorted(counts.items())) for name, counts in sorted(READ["verdicts"].items())
    }
