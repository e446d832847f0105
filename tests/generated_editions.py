"""Editions made by chance of whatever a text may hold: long words, any script, hostile markup."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from msgspec.structs import replace

from bot.news import (
    Article,
    Attribution,
    Brief,
    Coverage,
    Dossier,
    Origin,
    Outlet,
    Passage,
    Quote,
    Revision,
    Sentence,
    Source,
    Speaker,
    Story,
    Unread,
)
from tests.builders import NOON, a_briefing, a_reference

HOSTILE: Final = (
    "@everyone",
    "@here <@123> <@!4> <@&5> <#6> <t:0:R> </brief:7> <id:customize> <a:wave:8>",
    "**bold** __under__ ~~gone~~ ||spoiler|| *it* _it_ `code` ```py\\nfence```",
    "[click](https://evil.example) [x](javascript:alert(1)) <https://evil.example/a>",
    "discord.gg/abc https://discord.gg/abc discord.com/invite/abc",
    "# Heading",
    "-# small",
    "> said",
    ">>> all of it",
    "- item",
    "* item",
    "1. one",
    "12) twelve",
    "\\\\ \\[ \\* \\",
    "שלום עולם",
    "مرحبا بالعالم",
    "left \u202eright\u202c left",
    "never closed \u202e\u2067 turned",
    "👩‍👩‍👧‍👦👩🏽‍🚒🇳🇴",
    "e\u0301\u0302\u0303 z\u0335",
    "漢字仮名交じり文の長い見出しには空白がない",
    "a\u200bb\u2060c\ufeffd",
)
PIECES: Final = (
    "x" * 250,
    "Donaudampfschifffahrtsgesellschaft" * 9,
    "👩‍👩‍👧‍👦" * 40,
    "word " * 120,
    "שלום " * 60,
    "*" * 120,
)
LETTERS: Final = (
    "abcdefghijklmnopqrstuvwxyz     ABC019-_.,:;!?()[]{}<>*~`|#@&/\\^$%+='"
    "äöüßéèñøåæ漢字仮名한글אבגדابتث😀🎉\u200d\u200f\u0301"
)


def words(random: Random) -> str:
    """Return some text on one line, never blank and without quotation marks."""
    kind = random.random()
    if kind < 0.35:
        text = " ".join(random.choices(("ferry", "the", "hull", "Mira", "said", "12", "of"), k=8))
    elif kind < 0.65:
        text = " ".join(random.choices(HOSTILE, k=random.randint(1, 3)))
    elif kind < 0.75:
        text = random.choice(PIECES) * random.choice((1, 1, 1, 4))
    else:
        text = "".join(random.choices(LETTERS, k=random.randint(1, 90)))
    text = text.strip()
    return text if any(c.isalnum() for c in text) else f"{text} a".strip()


def an_edition(seed: int) -> Dossier:
    """Return the edition of the seed: 0 to 40 stories, mostly few."""
    random = Random(seed)  # noqa: S311 - chance that can be repeated
    stories = random.choice((0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9, 12, 20, 40))
    told = [_story(random, f"s{seed}x{number}") for number in range(stories)]
    articles = [article for _, several in told for article in several]
    unread = tuple(
        Unread(f"https://x{n}.example/{words(random)}", words(random))
        for n in range(random.choice((0, 0, 1, 6)))
    )
    briefing = a_briefing(*(brief for brief, _ in told), briefing_id=f"b{seed}")
    coverage = Coverage(9, len(articles) + 3, 3, unread, NOON)
    briefing = replace(briefing, coverage=coverage, late=words(random), due_at=NOON)
    return Dossier(briefing=briefing, articles=tuple(articles))


def _story(random: Random, story_id: str) -> tuple[Brief, list[Article]]:
    made = [_article(random, f"{story_id}a{n}") for n in range(random.choice((1, 1, 2, 4)))]
    articles = [article for article, _, _ in made]
    sentences = [
        Sentence.taken(passage, a.outlet)
        for a, said, _ in made
        for passage in said
        if random.random() < 0.7
    ]
    some = random.sample(sentences, min(len(sentences), random.randint(0, 5)))
    told_at = random.choice((None, NOON - timedelta(hours=5)))
    brief = Brief(
        Story(story_id, tuple(Origin((a.id,)) for a in articles)),
        Sentence.taken(articles[0].latest.whole_title(), articles[0].outlet),
        tuple(some[:3]),
        tuple(quote for _, _, quotes in made for quote in quotes),
        tuple(map(a_reference, articles)),
        unconfirmed=tuple(some[3:4]),
        changed=tuple(some[4:]) if told_at else (),
        told_at=told_at,
        chosen_for=random.choice(("", words(random))),
    )
    return brief, articles


def _article(random: Random, article_id: str) -> tuple[Article, list[Passage], list[Quote]]:
    told = [words(random) for _ in range(random.randint(1, 3))]
    quotes = [
        ([words(random) for _ in range(random.choice((1, 1, 2)))], words(random), words(random))
        for _ in range(random.choice((0, 1, 1, 2)))
    ]
    body, places = "", list[tuple[int, int]]()

    def add(text: str) -> None:
        nonlocal body
        places.append((len(body), len(body) + len(text)))
        body += text

    for sentence in told:
        add(sentence)
        body += "\n\n"
    for pieces, name, role in quotes:
        for piece in pieces:
            body += "“"
            add(piece)
            body += "” and "
        add(name)
        body += ", "
        add(role)
        body += "\n\n"
    revision = Revision.of(article_id, 1, words(random), body, seen_at=NOON)
    source = Source("https://courier.example/feed", "feed", Outlet(words(random)))
    tail = random.choice(("", "?q=" + "x" * 300, "/(a)_b*c[d]", "/ü ä", f"/{words(random)[:60]}"))
    article = Article(
        article_id,
        source,
        (revision,),
        address=f"https://courier.example/{article_id}{tail}",
        published_at=random.choice((None, NOON)),
    )
    cut = iter(revision.passage("body", start, end) for start, end in places)
    said = [next(cut) for _ in told]
    spoken = [_quote(random, f"Q{n}", len(quote[0]), cut) for n, quote in enumerate(quotes)]
    return article, said, spoken


def _quote(random: Random, quote_id: str, pieces: int, cut: Iterator[Passage]) -> Quote:
    said = tuple(next(cut) for _ in range(pieces))
    name, role = next(cut), next(cut)
    speaker = Speaker(name, random.choice((role, None)))
    certain = random.random() < 0.7
    who = Attribution(speaker, confidence=0.9 if certain else 0.2, certain=certain)
    return Quote(quote_id, said, who, standing="on record")
