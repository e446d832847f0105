"""Title, byline, dates, address, outlet and language of a page.

Believed in this order: JSON-LD, then OpenGraph, then other `meta`, then what the page shows; a
heading comes first when one of those confirms it.
"""

import html
import re
from datetime import datetime
from typing import Final

from bot.sources.dates import parse_instant
from bot.sources.markup import Element, is_hidden, text_of
from bot.sources.page_data import PageData
from bot.text import fold, squeeze, words

SEPARATOR: Final = re.compile(r"\s+[–—\-:·•»]\s+|\s*\|\s*")
BY: Final = re.compile(
    r"^(?:(?:written\s+)?by|von|par|por|di|door|från|af|text)\b:?\s+", re.IGNORECASE
)
NO_NAME: Final = re.compile(
    r"https?:|www\.|[@/{}<>]|^\W*$|^\d|^(?:admin|author|editor|null|none|undefined)$", re.IGNORECASE
)
NAMES: Final = re.compile(r"\s*(?:[;|,]|\s(?:and|und|et|y|e|og|och|&)\s)\s*", re.IGNORECASE)
MAX_NAME_WORDS: Final = 6
MIN_TITLE_WORDS: Final = 3
AUTHOR_METAS: Final = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "cxenseparse:author", "article:author_name", "citation_author",
)  # fmt: skip
AUTHOR_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor)(?:[\s_-]*(?:name|s|link))?(?:$|\s)", re.IGNORECASE
)
PUBLISHED_METAS: Final = (
    "article:published_time", "datepublished", "og:article:published_time", "og:published_time",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
    "cxenseparse:recs:publishtime", "publish-date", "publishdate", "pubdate", "date",
    "article.published", "citation_publication_date", "article:published",
)  # fmt: skip
UPDATED_METAS: Final = (
    "article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "lastmod",
)  # fmt: skip
SITE_PARTS: Final = re.compile(r"^the\s|\.(?:com?|org|net|[a-z]{2})\b|[\W_]+")
"""What an outlet's name may lack or have beside it when it names itself as an author."""
LANGUAGE: Final = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")


def find_title(data: PageData, root: Element) -> str:
    """Return the headline without the name of the site, or nothing.

    The page's own heading is taken if what the page says elsewhere confirms it.
    """
    site = find_site(data)
    claims = [data.text("headline"), data.meta("og:title"), data.meta("twitter:title")]
    claims = [squeeze(html.unescape(claim)) for claim in claims if claim]
    titles = root.xpath("//head/title") or root.xpath("//title")
    shown = squeeze(titles[0].text_content()) if titles else ""
    for heading in _headings(root):
        kicked = [
            c
            for c in claims
            if len(words(c)) >= MIN_TITLE_WORDS and fold(heading).endswith(fold(c))
        ]
        if kicked:
            # a kicker may stand before the headline inside the same element
            return heading if fold(heading) == fold(kicked[0]) else kicked[0]
        if any(_confirms(claim, heading) for claim in (*claims, shown)):
            return heading
    for claim in (*claims, shown):
        if claim and fold(claim) != fold(site):
            return _without_site(claim, site)
    return next(iter(_headings(root)), "")


def find_byline(data: PageData, root: Element) -> str:
    """Return the authors' names, separated by commas, or nothing."""
    site = find_site(data)
    named = _names(data.names("author"))
    listed = [named, _names(data.metas_of(*AUTHOR_METAS)), _names(_shown_authors(root))]
    people = [[name for name in names if not _is_site(name, site)] for names in listed]
    # a page that names itself as an author to machines means it: what it shows may be a teaser's
    return ", ".join(people[0] or people[1] or named or people[2])


def find_published(data: PageData, root: Element) -> datetime | None:
    """Return when the page says that it was published."""
    claims = [data.text("datePublished"), data.meta(*PUBLISHED_METAS), data.text("dateCreated")]
    shown = [e.get("datetime") or "" for e in root.iter("time")]
    instants = (parse_instant(claim) for claim in (*claims, *shown[:3]))
    return next((instant for instant in instants if instant), None)


def find_updated(data: PageData) -> datetime | None:
    """Return when the page says that it was last changed."""
    return parse_instant(data.text("dateModified")) or parse_instant(data.meta(*UPDATED_METAS))


def find_address(data: PageData, root: Element) -> str:
    """Return the address that the page gives as its own, as it stands there."""
    links = root.xpath("//link[@rel='canonical']/@href")
    return str(links[0]) if links else data.meta("og:url") or data.text("url")


def find_site(data: PageData) -> str:
    """Return the outlet's name for itself, or nothing."""
    return html.unescape(data.meta("og:site_name")) or next(
        iter(data.names("publisher")), data.meta("application-name")
    )


def find_language(data: PageData, root: Element) -> str:
    """Return the BCP 47 tag that the page gives itself, or nothing."""
    element = root if root.tag == "html" else None
    attribute = (
        (element.get("lang") or element.get("xml:lang") or "") if element is not None else ""
    )
    claims = (
        attribute,
        data.text("inLanguage"),
        data.meta("og:locale"),
        data.meta("content-language"),
    )
    tags = (claim.strip().replace("_", "-") for claim in claims)
    return next((tag for tag in tags if LANGUAGE.match(tag)), "")


def _headings(root: Element) -> list[str]:
    return [t for t in (squeeze(text_of(h)) for h in root.iter("h1") if not is_hidden(h)) if t]


def _confirms(claim: str, heading: str) -> bool:
    mine, theirs = words(fold(heading)), words(fold(claim))
    if not mine or not theirs:
        return False
    shared = len(set(mine) & set(theirs))
    return shared >= 0.8 * len(set(mine)) and len(mine) > 1


def _without_site(title: str, site: str) -> str:
    """Cut the site's name, and only that, from an end of the title."""
    parts = list(SEPARATOR.finditer(title))
    if not parts or not site:
        return title
    head, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    if tail and (fold(tail) in fold(site) or fold(site) in fold(tail)):
        return head.strip()
    first = title[: parts[0].start()]
    return title[parts[0].end() :].strip() if fold(first) == fold(site) else title


def _names(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        for part in NAMES.split(BY.sub("", squeeze(html.unescape(line)))):
            name = BY.sub("", part).strip(" .")
            if name and not NO_NAME.search(name) and len(words(name)) <= MAX_NAME_WORDS:
                found.append(name)
    return list(dict.fromkeys(found))


def _is_site(name: str, site: str) -> bool:
    """Tell whether an author is the outlet: "Courier.example" or "The Courier" for "Courier"."""
    mine, theirs = (SITE_PARTS.sub("", fold(text)) for text in (name, site))
    return bool(mine) and mine == theirs


def _shown_authors(root: Element) -> list[str]:
    """Return what the page shows as its author: marked as such, or else set in a byline."""
    marked = [e for e in root.iter("a", "span", "div", "p", "address") if _is_author(e)]
    texts = [squeeze(text_of(e)) for e in marked]
    if texts:
        return texts[:4]
    classed = (
        e
        for e in root.iter("a", "span", "div", "p", "address")
        if AUTHOR_CLASS.search(e.get("class") or "")
    )
    lines = (squeeze(e.text_content()) for e in classed)
    return [line for line in lines if BY.match(line) and len(words(line)) <= 2 * MAX_NAME_WORDS][:1]


def _is_author(element: Element) -> bool:
    return "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
