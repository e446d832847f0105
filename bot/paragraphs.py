"""Tells the story from what stands around it on the page: captions, credits, teasers, share bars.

Desks call it the furniture. It stays in the stored text, since the text is evidence; whoever quotes
or summarises leaves it out.
"""

import re
from typing import Final, Literal, NamedTuple

from bot.text import paragraphs, squeeze, words

Role = Literal["story", "caption", "credit", "byline", "teaser", "share", "heading"]

AGENCIES: Final = (
    r"(?:AP|AFP|EPA|ANSA|DPA|PA|Reuters|REUTERS|Getty|Shutterstock|Alamy|iStock|Xinhua|Bloomberg)"
)
SHARE: Final = re.compile(
    r"""^\W*(?:share(?:\s+(?:this|on|via)\b.*|\s+article)?|read\s+later|save(?:\s+for\s+later)?|print(?:\s+this)?
    |e-?mail(?:\s+this)?|tweet(?:\s+this)?|facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|copy\s+link
    |comments?(?:\s*\(\d+\))?|leave\s+a\s+comment|\d+\s+(?:comments?|shares?)|listen(?:\s+to\s+this\s+article)?
    |follow\s+(?:us|me)\b.*|subscribe\b.*|sign\s+up\b.*|log\s+in\b.*|advertisement|sponsored(?:\s+content)?
    |\d+\s+min(?:ute)?s?\s+read|getty\s+images?|most\s+read|most\s+popular|trending(?:\s+now)?)\W*$""",
    re.VERBOSE | re.IGNORECASE,
)
TEASER: Final = re.compile(
    r"""^\W*(?:(?:read|see|watch|listen|hear)\s+(?:more|also|next|now)\b|(?:more|related|also|recommended|watch
    |video|photos|gallery|in\s+pictures|live|analysis|opinion|must\s+read|up\s+next|editor[’']s\s+picks?|don[’']t\s+miss)
    \s*(?:[:>|»]|stories\b|articles\b|coverage\b|from\b[^.]*$)|click\s+here\b|continue\s+reading\b|get\s+our\b.*newsletter)""",
    re.VERBOSE | re.IGNORECASE,
)
CREDIT: Final = re.compile(
    rf"""^(?:(?:photo(?:graph)?|image|picture|pic|video|graphic|illustration)s?(?:\s+credit)?\s*(?:by\b|:|/|courtesy\b).*
    |[^.!?“”"]{{2,60}}?\s*[/|]\s*{AGENCIES}(?:\s+\w+)?
    |{AGENCIES}(?:\s*[/|]\s*[^.!?]{{2,40}}|\s+(?:photo|images?))
    |(?:©|\(c\)|copyright\b).*)$""",
    re.VERBOSE | re.IGNORECASE,
)
CAPTION_END: Final = re.compile(
    rf"""(?:{AGENCIES}\s*/\s*[\w .’'-]{{3,40}}|\((?:photo|image|picture|file(?:\s+photo)?|{AGENCIES}\b)[^)]{{0,60}}\)
    |(?:photo|image|picture)(?:graph)?\s*(?:by|:)\s*[^.]{{2,50}}|\bRTX?\w{{4,12}}|\(L\)|file\s+photo|/\s*{AGENCIES})[.\s)]*$""",
    re.VERBOSE | re.IGNORECASE,
)
AGENCY_TAGS: Final = re.compile(r"\bTags:\s+[A-Z]{3,}|\bREUTERS/\w")
BYLINE: Final = re.compile(
    r"""^(?i:by|von|par|di|por|door)\s+[^\W\d_a-z][\w.’'-]*(?:[\s,&]+(?:and\s+)?(?:[^\W\d_a-z][\w.’'-]*|de|van|von|in|of)){0,12}\s*\.?$
    |^(?:published|updated|posted|last\s+(?:updated|modified))\b[^.“”"]{0,70}$
    |^[^.!?“”"]{0,60}\breports?\s+from\s+[^.!?“”"]{2,30}\.?$
    |^(?:reporting|additional\s+reporting|editing|writing)\s+by\b.*$""",
    re.VERBOSE | re.IGNORECASE,
)
SENTENCE_END: Final = re.compile(r"[.!?…:;,—][\"'”’»)\]]*$|[\"”»]$")
MAX_HEADING_WORDS: Final = 14


class Paragraph(NamedTuple):
    """One paragraph of a text: `text[start:end]`, in code points, and what it is there for."""

    start: int
    end: int
    role: Role


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the text in order, each with its role."""
    found: list[Paragraph] = []
    for start, end in paragraphs(text):
        role = role_of(text[start:end])
        if role == "story" and found and found[-1].role == "credit" and _describes(text[start:end]):
            role = "caption"
        found.append(Paragraph(start, end, role))
    return tuple(found)


def story_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return only the paragraphs that tell the story."""
    return tuple(p for p in read_paragraphs(text) if p.role == "story")


def role_of(paragraph: str) -> Role:
    """Return what one paragraph is there for, judged by its own words alone."""
    line = squeeze(paragraph)
    if SHARE.match(line) or not words(line):
        return "share"
    if BYLINE.match(line):
        return "byline"
    if TEASER.match(line) and _is_pointer(line):
        return "teaser"
    if CREDIT.match(line) and len(words(line)) <= 25:
        return "credit"
    if AGENCY_TAGS.search(line) or CAPTION_END.search(line):
        return "caption"
    if not SENTENCE_END.search(line) and len(words(line)) <= MAX_HEADING_WORDS:
        return "heading"
    return "story"


def _is_pointer(line: str) -> bool:
    """A teaser is a title behind its label, or stands in brackets; a sentence is the story's."""
    return line.startswith(("(", "[")) or not re.search(r"[.!?][\"”’)]?$", line)


def _describes(paragraph: str) -> bool:
    """Words under a picture's credit: one or two sentences in the present tense, without a cue."""
    return bool(
        re.match(r"^[^.“\"]{10,160}\b(?:hold|stand|walk|carr|pose|look|sit|wait)", paragraph)
    )
