"""From HTML to paragraphs of text: only what a reader would see, every character of it."""

import html
import re
from typing import Any, Final

import lxml.html
from lxml import etree

from bot.text import UNSTORABLE, clean, squeeze

BLOCKS: Final = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot
    thead tr ul  head item list quote row""".split()  # noqa: SIM905 - 45 lines otherwise
)
"""Elements that begin and end a paragraph; the last five are trafilatura's names for some."""
BREAKS: Final = frozenset({"br", "lb"})
CELLS: Final = frozenset({"td", "th", "cell"})
UNSEEN: Final = frozenset(
    """audio button canvas embed figure iframe input math noscript object option script select style
    svg template textarea title video""".split()  # noqa: SIM905 - the same
)
"""Elements without text that a reader reads; a figure's caption is no part of the story."""
HIDING_STYLE: Final = re.compile(
    r"""display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):0(?:\.0+)?(?:[a-z%]+)?(?:;|!|$)
    |(?:text-indent|left|top|margin-left):-\d{3,}""",
    re.VERBOSE,
)
HIDING_CLASSES: Final = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader-only"}
)
"""Names that the usual style sheets (Bootstrap, WordPress) give to text for screen readers."""
SPACE: Final = re.compile(r"[ \t\n\r\f]+")
"""White space that HTML collapses; no-break spaces stay. Source: HTML, "ASCII whitespace"."""
MARKUP: Final = re.compile(r"<[a-zA-Z/!]")
MARKS: Final = ("“", "”", "‘", "’")
OPENING: Final = "“„«\"‘'‚‹「"
MAX_ATTRIBUTES: Final = 2_000
"""Attributes cost libxml2 the square of their number: 200,000 on one tag take it half a minute."""
ATTRIBUTE: Final = r"""[^\s/>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?"""
"""As browsers read them: a quotation mark means something only behind the equals sign."""
TAG: Final = re.compile(rf"<[A-Za-z](?:[\s/=]|{ATTRIBUTE})*+")
UNPARSED: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
"""What parsers skip as a whole; programs in it look like tags ("a<b")."""

Element = Any
"""An lxml element; the library ships no types."""


def has_monster_tag(text: str) -> bool:
    """Tell whether a tag has so many attributes that no parser should be given it."""
    tags = (match.group() for match in TAG.finditer(UNPARSED.sub("", text)))
    # an attribute takes a space and a letter at least
    long = (tag for tag in tags if len(tag) > 2 * MAX_ATTRIBUTES)
    return any(len(re.findall(ATTRIBUTE, tag)) > MAX_ATTRIBUTES for tag in long)


def parse_html(text: str) -> Element | None:
    """Return the root element of a page, or `None` when there is nothing in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(UNSTORABLE.sub("", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def drop_unseen(root: Element) -> None:
    """Remove from the tree whatever a browser would not show, and write out `q` elements' marks."""
    for element in list(root.iter()):
        if element is root or element.tag == "body" or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or is_hidden(element):
            element.drop_tree()
    for element in list(root.iter("q")):
        write_marks(element)


def is_hidden(element: Element) -> bool:
    """Tell whether the element itself, whatever is around it, is kept from the reader's eye."""
    if element.tag in {"script", "style", "template"} or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden", "").lower() == "true":
        return True
    if HIDING_CLASSES.intersection(element.get("class", "").split()):
        return True
    style = element.get("style")
    return bool(style and HIDING_STYLE.search("".join(style.lower().split())))


def write_marks(element: Element) -> None:
    """Replace a `q` element by its text between the marks that a browser would draw around it."""
    depth = sum(1 for parent in element.iterancestors() if parent.get("data-q"))
    opening, closing = MARKS[:2] if depth % 2 == 0 else MARKS[2:]
    element.tag = "span"
    if (element.text or "").lstrip()[:1] in tuple(OPENING):
        return
    element.set("data-q", "1")
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


def to_text(source: str) -> str:
    """Return the paragraphs of an HTML fragment, separated by blank lines.

    Text without markup keeps its line breaks; its character references are resolved.
    """
    if not MARKUP.search(source) or has_monster_tag(source):
        return clean(html.unescape(source)).strip()
    root = parse_html(f"<body>{source}</body>")
    if root is None:
        return ""
    drop_unseen(root)
    return text_of(root)


def to_line(source: str) -> str:
    """Return the text of an HTML fragment on one line, as titles and names stand."""
    return squeeze(to_text(source))


def text_of(root: Element) -> str:
    """Return what stands in an element: paragraphs apart by blank lines, breaks by line ends."""
    pieces: list[str] = []
    _collect(root, pieces)
    text = re.sub(r"[ \t]+", " ", "".join(pieces))
    text = re.sub(r" ?\n ?", "\n", text)
    return clean(re.sub(r"\n{3,}", "\n\n", text)).strip()


def _collect(element: Element, pieces: list[str]) -> None:
    """Add the element's text, then what follows it; a generator would pass each piece up."""
    tag = element.tag
    if isinstance(tag, str) and tag not in UNSEEN:
        edge = "\n\n" if tag in BLOCKS else "\n" if tag in BREAKS else " " if tag in CELLS else ""
        pieces += (edge, SPACE.sub(" ", element.text or ""))
        for child in element:
            _collect(child, pieces)
        pieces.append(edge if tag not in BREAKS else "")
    pieces.append(SPACE.sub(" ", element.tail or ""))
