"""Reads articles as Nutgraf itself exports them: one `Article` in JSON, or a list of them."""

import re
from typing import Final

import msgspec

from bot.errors import ExtractError
from bot.news import Article
from bot.ports import Item, Reading
from bot.sources.links import canonical
from bot.text import squeeze

EXPORTED: Final = re.compile(r'"revisions"\s*:\s*\[\s*\{\s*"article_id"\s*:')
"""What every exported article has; no other JSON is decoded to see whether it is one."""
MAX_SAID: Final = 120


def is_exported(text: str) -> bool:
    """Tell whether the JSON looks like exported articles."""
    return EXPORTED.search(text) is not None


def read_articles(address: str, text: str) -> Reading:
    """Return the newest revision of each article, under its id and with its state.

    Decoding checks every hash, as everywhere. Older revisions are evidence of when they were seen,
    which is for their own archive to give.

    Raises:
        ExtractError: the JSON is broken or no such article.
    """
    try:
        found = msgspec.json.decode(text, type=Article | tuple[Article, ...])
    except (msgspec.DecodeError, RecursionError) as error:
        said = squeeze(str(error))[:MAX_SAID]
        reason = f"looks like an article that Nutgraf exported, and is none ({said})"
        raise ExtractError(address, reason) from error
    articles = (found,) if isinstance(found, Article) else found
    outlets = {article.outlet for article in articles}
    outlet = outlets.pop() if len(outlets) == 1 else ""
    return Reading("feed", outlet, tuple(map(_item, articles)))


def _item(article: Article) -> Item:
    return Item(
        guid=article.id,
        address=canonical(article.address),
        title=article.latest.title,
        body=article.latest.body,
        byline=article.byline,
        language=article.language,
        published_at=article.published_at,
        updated_at=article.updated_at,
        embargoed_until=article.embargoed_until,
        withdrawn=article.withdrawn,
        wire=article.wire,
        categories=article.categories,
    )
