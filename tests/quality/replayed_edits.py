"""What newsrooms do to articles after they are posted: edits of the sample wire's articles.

Each edit is of one kind and is drawn at random. Those that matter change something that a brief of
the article cites; the others change how it is set, or what stands around it.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Final

from bot.demo.wire import Item, load_wire
from bot.news import Brief, Taken

OTHER_WORDS: Final = ("lantern", "orchard", "granite", "velvet", "harpoon", "saffron", "bramble")
"""Words that no article of the wire uses."""

Edit = Callable[[str, Brief, random.Random], str | None]
"""From a body and the brief that cites it to another body; `None` if there is nothing to edit."""


def wire_items() -> tuple[Item, ...]:
    """Return the wire's articles in English that have a text to edit."""
    items = load_wire().items("after")
    found = [i for i in items if i.is_open and i.language == "en" and len(i.paragraphs) > 1]
    return tuple(found)


def other_word_in_quote(body: str, brief: Brief, chance: random.Random) -> str | None:
    """Put another word into a cited quote."""
    pieces = [piece for quote in brief.quotes for piece in quote.pieces]
    long = [p for p in pieces if len(re.findall(r"\w+", p.words)) >= 4]
    if not long:
        return None
    span = chance.choice(long).span
    words = list(re.finditer(r"\w{3,}", body[span.start : span.end]))
    if not words:
        return None
    word = chance.choice(words)
    start = span.start + word.start()
    return f"{body[:start]}{chance.choice(OTHER_WORDS)}{body[span.start + word.end() :]}"


def quote_gone(body: str, brief: Brief, chance: random.Random) -> str | None:
    """Take a cited quote out, with its sentence and who said it."""
    if not brief.quotes:
        return None
    quote = chance.choice(brief.quotes)
    start, end = quote.pieces[0].span.start, quote.pieces[-1].span.end
    first = body.rfind("\n\n", 0, start) + 2 if "\n\n" in body[:start] else 0
    last = body.find("\n\n", end)
    left = body[:first] + (body[last + 2 :] if last >= 0 else "")
    return left.strip() or None


def other_figure(body: str, brief: Brief, chance: random.Random) -> str | None:
    """Put another number in the place of one that a sentence of the brief gives."""
    found = [
        (p.start + m.start(), p.start + m.end())
        for p in _told(brief)
        for m in re.finditer(r"(?<![\w.,:])\d{1,3}(?![\w:]|[.,]\d)", body[p.start : p.end])
    ]
    if not found:
        return None
    start, end = chance.choice(found)
    other = int(body[start:end]) + chance.randint(1, 40)
    return f"{body[:start]}{other}{body[end:]}"


def sentence_gone(body: str, brief: Brief, chance: random.Random) -> str | None:
    """Take out a sentence that the brief tells."""
    spans = [*_told(brief)]
    if not spans:
        return None
    span = chance.choice(spans)
    left = f"{body[: span.start].rstrip(' ')} {body[span.end :].lstrip(' ')}"
    return re.sub(r" ?\n\n ?(\n\n)?", "\n\n", left).strip() or None


def other_marks(body: str, brief: Brief, chance: random.Random) -> str | None:  # noqa: ARG001 - of `Edit`
    """Set the text in another way: marks, spaces, dashes, a stamp of the time."""
    ways: list[Callable[[str], str]] = [
        lambda text: re.sub("[“”]", '"', text),
        lambda text: text.replace("’", "'"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}", chance.randint(1, 20)),
        lambda text: text.replace(" – ", " — ").replace(" - ", " – "),
        lambda text: f"{text}\n\nUpdated {chance.randint(10, 23)}:{chance.randint(10, 59)}",
        lambda text: text.replace("\n\n", "\n\n\n"),
    ]
    edited = body
    for way in chance.sample(ways, chance.randint(1, 3)):
        edited = way(edited)
    return edited if edited != body else None


MATTER: Final[dict[str, Edit]] = {
    "changed quote": other_word_in_quote,
    "removed quote": quote_gone,
    "changed figure": other_figure,
    "removed sentence": sentence_gone,
}
COSMETIC: Final[dict[str, Edit]] = {"cosmetic": other_marks}


def another_layout(page: str, chance: random.Random) -> str:
    """Dress the page anew: classes, wrappers, comments and marked words, the words untouched."""
    page = re.sub(r"<p>", f'<p class="c{chance.randint(1, 99)}"><!-- {chance.random()} -->', page)
    page = page.replace("<body", f'<body data-build="{chance.randint(1, 9999)}"', 1)
    return page.replace("</p>\n", "</p>\n" * 1 + "<div></div>\n", chance.randint(0, 3))


def walled(page: str, chance: random.Random) -> str:
    """Put the text behind a wall after its first paragraphs."""
    wall = "<p>Subscribe to read on.</p><form><input type='password' name='p'></form>"
    return _cut_paragraphs(page, chance.uniform(0.1, 0.5), wall)


def truncated(page: str, chance: random.Random) -> str:
    """Leave only the first part of the text, cut off in a sentence."""
    shown = _cut_paragraphs(page, chance.uniform(0.1, 0.4))
    *_, last = re.finditer(PARAGRAPH, shown)
    words = last.group(1).split(" ")
    left = " ".join(words[: max(3, len(words) // 2)]).rstrip('.,”"')
    return f"{shown[: last.start(1)]}{left}…{shown[last.end(1) :]}"


def with_related_links(page: str, chance: random.Random) -> str:
    """Add a box of links to other stories."""
    links = "".join(
        f'<li><a href="/x{n}">{chance.choice(OTHER_WORDS).title()} fair opens in {n + 2} towns</a>'
        for n in range(chance.randint(2, 6))
    )
    box = f'<aside class="related"><h3>Related stories</h3><ul>{links}</ul></aside>'
    places = [place for place in ("</article>", "</body>") if place in page]
    place = chance.choice(places)
    return page.replace(place, f"{box}{place}", 1)


PageEdit = Callable[[str, random.Random], str]
AROUND: Final[dict[str, PageEdit]] = {
    "layout": another_layout,
    "paywall": walled,
    "truncation": truncated,
    "related links": with_related_links,
}


PARAGRAPH: Final = re.compile(r"<p[^>]*>([^<]{80,})</p>")
"""A paragraph of the story: what stands around it is shorter, or holds links."""


def _cut_paragraphs(page: str, share: float, then: str = "") -> str:
    """Return the page with only the first of its paragraphs, at least one, and what follows."""
    places = [match.span() for match in PARAGRAPH.finditer(page)]
    keep = max(1, int(share * len(places)))
    for start, end in reversed(places[keep:]):
        page = page[:start] + page[end:]
    last = places[keep - 1][1]
    return page[:last] + then + page[last:]


class _Told:
    """Where a told sentence stands in the body."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


def _told(brief: Brief) -> Iterator[_Told]:
    for sentence in brief.sentences:
        for part in sentence.parts:
            if isinstance(part, Taken) and part.passage.span.field == "body":
                yield _Told(part.passage.span.start, part.passage.span.end)
