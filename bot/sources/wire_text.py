"""Reads the two text formats of older wires, IPTC 7901 and ANPA 1312.

Sources: IPTC 7901, "The IPTC Recommended Message Format": SOH, source and number, priority,
category, word count; STX, text; ETX, day and time, EOT. ANPA 1312, "High-Speed Wire Transmission":
SYN SYN SOH, service, number; selector, priority, category, format, keyword, version; STX, text,
whose headings begin with `^`; ETX, date and time.
"""

import re
from datetime import UTC, datetime
from itertools import takewhile
from typing import Final

from bot.sources.dates import to_utc
from bot.sources.encodings import decode_markup
from bot.sources.wire_items import WireItem
from bot.text import clean, squeeze

WITHIN: Final = 400
"""Bytes that a header fills at most."""
IPTC_HEADER: Final = re.compile(
    r"\x01(?P<source>[a-z]{2,4})(?P<number>\d{3,5})\s+(?P<priority>\d)\s+(?P<category>\w+)[^\n]*\n"
    r"\s*(?P<slug>[^\n\x02]*)\s*\x02",
)
ANPA_HEADER: Final = re.compile(
    r"\x16\x16\x01(?P<service>\w)(?P<number>\d+)\x1f[^\n]*\n"
    r"(?P<priority>[a-z]) (?P<category>\w)\x13?[\x11\x12\x14]+ (?P<slug>[^\n]*)\n\s*\x02",
)
ANPA_PRIORITIES: Final = {"f": "1", "b": "2", "u": "3", "r": "4", "d": "5"}
"""Flash, bulletin, urgent, regular, deferred, as urgencies of the IPTC."""
TITLE_END: Final = re.compile(r"\s=\s*\n")
BYLINE: Final = re.compile(r"^By\s+\S", re.IGNORECASE)
NOTE: Final = re.compile(r"^\(?Eds?\b[:.]?|^EDITORS?\b", re.IGNORECASE)
PICTURE: Final = re.compile(r"^(?:AP )?(?:Photo|Graphic|Video)s?\b|^With\b")
IPTC_DATE: Final = re.compile(r"\x03(\d\d)(\d\d)(\d\d)(?:\s+GMT)?\s+([A-Za-z]{3})\s+(\d\d)\b")
ANPA_DATE: Final = re.compile(r"\x03\S*?-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)GMT")
MONTHS: Final = (
    ("jan",), ("feb",), ("mar", "mär"), ("apr",), ("may", "mai"), ("jun",), ("jul",), ("aug",),
    ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip
PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]{2,}\S)|\n\t")
LINE_CODES: Final = re.compile(r"[\x08\x0c\x0e-\x1f]+")
"""Codes of the teletypesetter: tables, rules, thin spaces."""


def is_wire_text(content: bytes) -> bool:
    """Tell whether the bytes begin with the header of one of the two formats."""
    head = content[:WITHIN].decode("latin-1").lstrip("\r\n")
    return bool(IPTC_HEADER.match(_lines(head)) or ANPA_HEADER.match(_lines(head)))


def read_wire_text(content: bytes) -> WireItem:
    """Return the one item of a text that `is_wire_text`."""
    text = _lines(decode_markup(content)).lstrip("\n")
    header = IPTC_HEADER.match(text)
    return _read_iptc(text, header) if header else _read_anpa(text)


def _read_iptc(text: str, header: re.Match[str]) -> WireItem:
    message = text[header.end() :].partition("\x03")[0]
    end = TITLE_END.search(message)
    head = message[: end.start()] if end else message.partition("\n\n")[0]
    body = message[end.end() if end else len(head) :]
    lines = [line for line in map(squeeze, head.split("\n")) if line]
    titles = [line for line in lines if not BYLINE.match(line)]
    at = _stamp(_iptc_date(text))
    return WireItem(
        "iptc7901",
        id=_identifier(header["source"] + header["number"], at),
        itemclass="text",
        versioncreated=at,
        urgency=header["priority"],
        slugline=squeeze(header["slug"]),
        headline=max(titles, key=len, default=""),
        # "EXTRA", "1ST LEAD", "CORRECTION" stand above the headline
        ednote=tuple(line for line in titles if line != max(titles, key=len)),
        byline=tuple(line for line in lines if BYLINE.match(line)),
        body=_paragraphs(body),
    )


def _read_anpa(text: str) -> WireItem:
    header = ANPA_HEADER.match(text)
    if header is None:
        raise ValueError("The text is in none of the two formats.")
    message = text[header.end() :].partition("\x03")[0]
    lines = message.split("\n")
    above = sum(1 for _ in takewhile(_is_heading, lines))
    heads = [squeeze(LINE_CODES.sub(" ", line).strip(" ^").rstrip("<= ")) for line in lines[:above]]
    heads = [head for head in heads if head]
    titles = [h for h in heads[1:] if not (NOTE.match(h) or BYLINE.match(h) or PICTURE.match(h))]
    at = _stamp(_anpa_date(text))
    return WireItem(
        "anpa",
        id=_identifier(header["service"] + header["number"], at),
        itemclass="text",
        versioncreated=at,
        urgency=ANPA_PRIORITIES.get(header["priority"], ""),
        slugline=heads[0] if heads else squeeze(header["slug"]),
        headline=titles[0] if titles else "",
        ednote=tuple(head for head in heads if NOTE.match(head)),
        byline=tuple(head for head in heads if BYLINE.match(head)),
        body=_paragraphs("\n".join(lines[above:])),
    )


def _is_heading(line: str) -> bool:
    return not line.strip() or line.lstrip("\x08").startswith("^")


def _paragraphs(text: str) -> str:
    parts = (squeeze(clean(LINE_CODES.sub(" ", part))) for part in PARAGRAPH.split(text))
    return "\n\n".join(part.strip(" <^") for part in parts if part.strip(" <^_="))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _iptc_date(text: str) -> datetime | None:
    match = IPTC_DATE.search(text)
    if match is None:
        return None
    day, hour, minute, name, year = match.groups()
    months = (n for n, names in enumerate(MONTHS, start=1) if name.lower() in names)
    return _instant(year, next(months, 0), day, hour, minute)


def _anpa_date(text: str) -> datetime | None:
    match = ANPA_DATE.search(text)
    if match is None:
        return None
    month, day, year, hour, minute = match.groups()
    return _instant(year, int(month), day, hour, minute)


def _instant(year: str, month: int, *rest: str) -> datetime | None:
    day, hour, minute = map(int, rest)
    try:
        return to_utc(datetime(2000 + int(year), month, day, hour, minute, tzinfo=UTC))
    except ValueError:
        return None


def _identifier(number: str, at: str) -> str:
    """Return number and instant: numbers begin anew every day. Without an instant there is none."""
    return f"{number}-{at}" if at else ""


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""
