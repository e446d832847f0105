"""Says which article an item is: the keys that it may be known by, and whether a find is the same.

An article is known by guid, address and content, never by date. Guids and content count inside
their source alone; an address counts for all sources of the site that it is on, so that no source
can write into the article of another outlet.
"""

from base64 import b32encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from bot.news import Article, Revision, Source
from bot.ports import Item
from bot.sources.folding import fold_address, is_front_door
from bot.sources.links import canonical, host_of
from bot.sources.sites import speaks_for
from bot.text import fold, words

ID_CHARS: Final = 12
"""Characters of an id after its "a": 60 bits, so a billion articles share none by chance."""
MIN_CONTENT_WORDS: Final = 25
"""Fewer words than two sentences have ("No service today.") may stand in two articles."""
MIN_TRIPLES: Final = 8
SHARED_TRIPLES: Final = 0.2
"""Share of the shorter text's runs of three words; two reports of one event share some 2 %."""
LONG_WORD: Final = 4
GUID, ADDRESS, CONTENT = "g", "a", "t"


def scope_of(source: Source) -> str:
    """Return what a source's guids mean something in; a wire's files in one folder are one."""
    is_file = source.kind == "wire" and not host_of(source.address)
    return source.address.rpartition("/")[0] if is_file else source.address


def carrier_of(source: Source) -> str:
    """Return the name under which a source carries an article, never empty."""
    if source.kind == "page":
        return canonical(source.address) or source.address
    return scope_of(source) or source.address


def article_id(source: Source, item: Item) -> str:
    """Return the first id that the item's article may have; a new one has it unless it is taken.

    It comes from the item's guid, else from its address, else from its text.
    """
    if item.guid:
        return _to_id("guid", scope_of(source), item.guid)
    if _own_address(item):
        trusted = source.kind != "feed" and speaks_for(source.address, item.address)
        scope = "" if trusted else source.address
        return _to_id("address", scope, _own_address(item))
    return _to_id("text", source.address, item.title, item.body)


def second_id(source: Source, item: Item) -> str:
    """Return the id of a new article whose first id is another article's (a guid used twice)."""
    return _to_id("again", *keys_of(source, item), item.title, item.body)


def keys_of(source: Source, item: Item) -> tuple[str, ...]:
    """Return the keys that the item may be known by, the surest first, each once."""
    return tuple(dict.fromkeys(_keys(source, item)))


def _keys(source: Source, item: Item) -> Iterator[str]:
    scope = scope_of(source)
    for guid in (item.guid, *(item.wire.altids if item.wire else ())):
        if guid:
            yield _to_key(GUID, scope, guid)
            # a guid that is an address changes with the site's scheme and host
            if folded := fold_address(guid, fragment=True):
                yield _to_key(GUID, scope, folded)
    if folded := _folded(item):
        spoken_for = speaks_for(source.address, item.address)
        yield _to_key(ADDRESS, "" if spoken_for else scope, folded)
    told = [fold(word) for word in words(item.title) + words(item.body)]
    if len(told) >= MIN_CONTENT_WORDS or not (item.guid or folded):
        yield _to_key(CONTENT, scope, " ".join(told))


def is_same(article: Article, item: Item, key: str) -> bool:
    """Tell whether the article that is known by a key of the item is the item's.

    A guid that a feed uses for several items, or an address at which one text follows the other,
    names no article by itself: then the words must agree. A kill needs no words.
    """
    if item.withdrawn == "killed" or key.startswith(CONTENT) or not _has_words(item):
        return True
    if key.startswith(ADDRESS):
        return not item.guid or _are_alike(article.latest, item)
    own = item.guid and not (item.wire and item.guid in item.wire.altids)
    if item.wire and own:
        return True
    address = fold_address(article.address, fragment=article.liveblog)
    return bool(address and address == _folded(item)) or _are_alike(article.latest, item)


def address_of(item: Item) -> str:
    """Return the address that an article of the item has: canonical, of an update its own."""
    found = canonical(item.address)
    _, mark, fragment = item.address.partition("#")
    return f"{found}{mark}{fragment}" if found and item.liveblog else found


def _own_address(item: Item) -> str:
    """Return the item's address if it is the item's own, not that of the stream it stands in."""
    found = address_of(item)
    return "" if item.liveblog and "#" not in found else found


def _folded(item: Item) -> str:
    folded = fold_address(_own_address(item), fragment=item.liveblog)
    return "" if is_front_door(folded) else folded


def _has_words(item: Item) -> bool:
    return bool(words(item.title) or words(item.body))


def _are_alike(revision: Revision, item: Item) -> bool:
    """Tell whether two texts are two states of one: by runs of words, or by their titles."""
    ours, theirs = _triples(revision.body), _triples(item.body)
    shorter = min(len(ours), len(theirs))
    if shorter >= MIN_TRIPLES:
        return len(ours & theirs) >= SHARED_TRIPLES * shorter
    one, other = _long_words(revision.title), _long_words(item.title)
    return 2 * len(one & other) > min(len(one), len(other))


def _triples(text: str) -> set[tuple[str, ...]]:
    told = [fold(word) for word in words(text)]
    return set(zip(told, told[1:], told[2:], strict=False))


def _long_words(title: str) -> set[str]:
    return {fold(word) for word in words(title) if len(word) >= LONG_WORD}


def _to_id(*key: str) -> str:
    return f"a{_hashed(key)[:ID_CHARS]}"


def _to_key(kind: str, *key: str) -> str:
    return f"{kind}{_hashed((kind, *key))}"


def _hashed(key: tuple[str, ...]) -> str:
    hashed = sha256("\0".join(key).encode(errors="replace")).digest()
    return b32encode(hashed).decode("ascii").lower().rstrip("=")
