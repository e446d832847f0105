"""Tells the story from what stands around it on the page: captions, credits, teasers, share bars.

Desks call it the furniture. It stays in the stored text, since the text is evidence; whoever quotes
or summarises leaves it out.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from bot.text import WORD, paragraphs, squeeze, words

Role = Literal["story", "caption", "credit", "byline", "teaser", "share", "heading"]

MAX_HEADING_WORDS: Final = 14
MAX_CREDIT_WORDS: Final = 25
MAX_BYLINE_WORDS: Final = 16
MAX_FURNITURE_CHARS: Final = 240
"""Characters above which a paragraph is the story or a caption, and nothing else."""
CAPTION_TAIL_CHARS: Final = 160
"""Characters at the end of a paragraph in which a caption's credit stands."""

MAX_REMEMBERED_CHARS: Final = 30_000
"""Characters of a text above which its paragraphs are not remembered: 64 such texts are 2 MB."""

AGENCY: Final = (
    r"(?:AP|AFP|EPA|ANSA|DPA|PA|Reuters|Getty|Shutterstock|Alamy|iStock|Xinhua|Bloomberg|Agency)"
)
"""Names that end a picture credit; agencies and picture libraries that credit lines name."""

SHARE: Final = re.compile(
    r"""\W*(?:
      share(?:\s+(?:this|on|via)\b.*|\s+article)? | read\s+later | save(?:\s+for\s+later)?
    | print(?:\s+this)? | e-?mail(?:\s+this)? | tweet(?:\s+this)? | copy\s+link
    | facebook | twitter | whatsapp | linkedin | reddit | pinterest | telegram | x
    | comments?(?:\s*\(\d+\))? | leave\s+a\s+comment | \d+\s+(?:comments?|shares?)
    | listen(?:\s+to\s+this\s+article)? | follow\s+(?:us|me)\b.* | subscribe\b.* | sign\s+up\b.*
    | log\s+in\b.* | advertisement | sponsored(?:\s+content)? | \d+\s+min(?:ute)?s?\s+read
    | most\s+read | most\s+popular | trending(?:\s+now)?
    )\W*""",
    re.VERBOSE | re.IGNORECASE,
)
TEASER: Final = re.compile(
    r"""\W*(?:
      (?:read|see|watch|listen|hear)\s+(?:more|also|next|now)\b.*
    | (?:more|related|also|recommended|watch|video|photos|gallery|in\s+pictures|live|analysis
        |opinion|must\s+read|up\s+next|editor[’']s\s+picks?|don[’']t\s+miss)
      \s*(?:[:>|»]|stories\b|articles\b|coverage\b|from\b).*
    | click\s+here\b.* | continue\s+reading\b.* | get\s+our\b.*\bnewsletter.*
    )""",
    re.VERBOSE | re.IGNORECASE,
)
CREDIT: Final = re.compile(
    rf"""(?:photo(?:graph)?|image|picture|pic|video|graphic|illustration)s?
        (?:\s+credit)?\s*(?:by\b|:|/|courtesy\b).*
    | [^.!?“”"/|]{{2,60}}[/|]\s*(?:\w+\s+){{0,3}}{AGENCY}(?:\s+\w+)?
    | {AGENCY}(?:\s*[/|]\s*[^.!?]{{2,40}}|\s+(?:photo|images?))
    | (?:©|\(c\)|copyright\b).*""",
    re.VERBOSE | re.IGNORECASE,
)
CAPTION_END: Final = re.compile(
    rf"""(?: {AGENCY}\s*/\s*[\w .’'-]{{3,40}}
    | \((?:photo|image|picture|file(?:\s+photo)?|{AGENCY}\b)[^)]{{0,60}}\)
    | \b(?:photo|image|picture)(?:graph)?\s*(?:by|:)\s*[^.]{{2,50}}
    | \bfile\s+photo | /\s*{AGENCY} | \bRTX?\w{{4,12}} )[.\s)]*$
    | \bTags:\s+[A-Z]{{3,}}""",
    re.VERBOSE | re.IGNORECASE,
)
CAPTION_HINTS: Final = ("/", "(", "photo", "image", "picture", " rt", "tags:")
"""One of these stands in whatever `CAPTION_END` matches; looking for them first is much faster."""
BYLINE: Final = re.compile(
    r"""(?i:by|von|par|di|por|door)\s+[A-ZÀ-Þ][\w.’'-]*
        (?:(?:\s|,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)+[A-ZÀ-Þ][\w.’'-]*
          |\s+(?:de|van|von|der|di|da|in|of|the|for))*
    | (?i:published|updated|posted|last\s+(?:updated|modified))\b[^.“”"]{0,70}
    | (?i:(?:additional\s+)?reporting|editing|writing)\s+by\b[^“”"]{0,120}""",
    re.VERBOSE,
)
SENTENCE_END: Final = re.compile(r"(?:[.!?…:;,—][\"'”’»)\]]*|[\"”»])$")


class Paragraph(NamedTuple):
    """One paragraph of a text: `text[start:end]`, in code points, and what it is there for."""

    start: int
    end: int
    role: Role


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the text in order, each with its role.

    Quotes, figures, claims and sentences of one text are looked for one after the other, so those
    of the last few texts are remembered.
    """
    return _remembered(text) if len(text) <= MAX_REMEMBERED_CHARS else _read(text)


def _read(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(a, b, role_of(text[a:b])) for a, b in paragraphs(text))


_remembered: Final = lru_cache(maxsize=64)(_read)


def story_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return only the paragraphs that tell the story."""
    return tuple(p for p in read_paragraphs(text) if p.role == "story")


def role_of(paragraph: str) -> Role:
    """Return what one paragraph is there for, judged by its own words alone."""
    line = squeeze(paragraph)
    if len(line) > MAX_FURNITURE_CHARS:
        return "caption" if _ends_as_caption(line) else "story"
    if not WORD.search(line) or SHARE.fullmatch(line):
        return "share"
    if TEASER.match(line) and _points_elsewhere(line):
        return "teaser"
    return _role_of_line(line)


def _role_of_line(line: str) -> Role:
    if BYLINE.fullmatch(line) and len(words(line)) <= MAX_BYLINE_WORDS:
        return "byline"
    if CREDIT.fullmatch(line) and len(words(line)) <= MAX_CREDIT_WORDS:
        return "credit"
    if _ends_as_caption(line):
        return "caption"
    if not SENTENCE_END.search(line) and len(words(line)) <= MAX_HEADING_WORDS:
        return "heading"
    return "story"


def _ends_as_caption(line: str) -> bool:
    tail = f" {line[-CAPTION_TAIL_CHARS:]}"
    lowered = tail.lower()
    return any(hint in lowered for hint in CAPTION_HINTS) and bool(CAPTION_END.search(tail))


def _points_elsewhere(line: str) -> bool:
    """Tell a title behind its label, or in brackets, from a sentence that starts like one."""
    return line.startswith(("(", "[")) or not re.search(r"[.!?][\"”’)]?$", line)
