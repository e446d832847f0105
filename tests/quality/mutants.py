"""Makes true quotes false, or typographically different, in the ways in which that happens."""

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from bot.language import load_lexicon, load_qualifiers
from bot.news import Quote, Revision
from bot.quotes import Sources, find_quotes
from tests.builders import a_revision

SEED: Final = 20260917
MIN_WORDS: Final = 5
STORY: Final = 20
AUXILIARY: Final = re.compile(
    r"\b(is|are|was|were|will|would|can|could|has|have|had|do|does|did|should|must|may)\b(?!n't)"
)
NEGATION: Final = re.compile(r"\b(?:not|never|no)\s|n['’]t\b")
FOREIGN: Final = (
    *("das", "Schiff", "braucht", "neue", "Platten", "nous"),
    *("avons", "attendu", "cinq", "jours", "senza", "risposta"),
)
LOOKALIKES: Final = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і"}
CONDITIONS: Final = (
    ", unless the council says otherwise",
    " if the money comes",
    ", but not this year",
    " until the court decides",
    ", provided that nobody objects",
)
DENIALS: Final = (
    "I do not believe that ",
    "Nobody can say that ",
    "If it were true that ",
    "They claim that ",
    "It is wrong to say that ",
)


class Said(NamedTuple):
    """A quote as an article has it: one whole piece, its speaker, its article and its story."""

    words: str
    speaker: str
    revision: Revision
    quote: Quote
    sources: Sources


class Claim(NamedTuple):
    """What somebody claims: the words, who said them, and where they are looked up."""

    words: str
    sources: Sources
    speaker: str = ""


Mutation = Callable[[Said, random.Random], Claim | None]
"""From a true quote to a claim; `None` where the quote has nothing to change."""


def stories(texts: list[str]) -> list[Sources]:
    """Return the texts as stories of twenty articles each."""
    revisions = [a_revision(f"a{i}", title="", body=text) for i, text in enumerate(texts)]
    return [sources_of(*revisions[i : i + STORY]) for i in range(0, len(revisions), STORY)]


def sources_of(*revisions: Revision) -> Sources:
    return Sources(revisions, load_lexicon(), load_qualifiers())


def true_quotes(story: Sources) -> list[Said]:
    """Return every statement of one piece, of at least five words."""
    found = []
    for text in story.index.texts:
        if text.field == "title":
            continue
        for quote in find_quotes(text.revision, load_lexicon()):
            words = quote.pieces[0].words
            whole = len(quote.pieces) == 1 and quote.use == "statement"
            if whole and len(words.split()) >= MIN_WORDS:
                speaker = quote.speaker.name.words if quote.speaker else ""
                found.append(Said(words, speaker, text.revision, quote, story))
    return found


# --- Altered ---------------------------------------------------------------------


def negation(true: Said, dice: random.Random) -> Claim | None:
    if NEGATION.search(true.words[1:]) and dice.random() < 0.5:
        return _claim(true, true.words[0] + NEGATION.sub(" ", true.words[1:], count=1))
    if AUXILIARY.search(true.words):
        return _claim(true, AUXILIARY.sub(r"\1 not", true.words, count=1))
    return _claim(true, _insert(true.words, "never", dice))


def number(true: Said, dice: random.Random) -> Claim | None:
    digits = [m.start() for m in re.finditer(r"\d", true.words)]
    if not digits:
        return _claim(true, _insert(true.words, dice.choice(["two", "40", "1,200"]), dice))
    at = dice.choice(digits)
    other = dice.choice([d for d in "123456789" if d != true.words[at]])
    return _claim(true, true.words[:at] + other + true.words[at + 1 :])


def dropped(true: Said, dice: random.Random) -> Claim | None:
    words = true.words.split(" ")
    at = dice.randrange(1, len(words) - 1)
    if words[at] in (words[at - 1], words[at + 1]) or not re.search(r"\w", words[at]):
        return None
    return _claim(true, " ".join(words[:at] + words[at + 1 :]))


def added(true: Said, dice: random.Random) -> Claim | None:
    return _claim(true, _insert(true.words, dice.choice(["very", "soon", "the", "council"]), dice))


def changed(true: Said, dice: random.Random) -> Claim | None:
    words = true.words.split(" ")
    at = dice.randrange(1, len(words) - 1)
    words[at] = dice.choice(["harbour", "plainly", "taken", "against"])
    return _claim(true, " ".join(words))


def trimmed_to_a_point(true: Said, dice: random.Random) -> Claim | None:
    """End the sentence where the source goes on."""
    words = true.words.split(" ")
    at = dice.randrange(2, len(words) - 1)
    if not words[at - 1][-1:].isalnum():
        return None
    return _claim(true, " ".join(words[:at]) + ".")


def trimmed_condition(true: Said, dice: random.Random) -> Claim | None:
    """Leave out a condition that the source has behind the words."""
    at = true.quote.pieces[0].span.end
    while not true.revision.body[at - 1].isalnum():
        at -= 1
    return _in_changed_source(true, at, dice.choice(CONDITIONS), at)


def trimmed_denial(true: Said, dice: random.Random) -> Claim | None:
    """Leave out a denial that the source has before the words."""
    start = true.quote.pieces[0].span.start
    return _in_changed_source(true, start, dice.choice(DENIALS), true.quote.pieces[0].span.end)


def merged(true: Said, dice: random.Random) -> Claim | None:
    others = [other for other in true_quotes_of(true) if other.words != true.words]
    if not others:
        return None
    return _claim(true, f"{true.words} {dice.choice(others).words}")


def translated(true: Said, dice: random.Random) -> Claim | None:
    words = true.words.split(" ")
    for at in dice.sample(range(len(words)), max(2, len(words) // 3)):
        words[at] = dice.choice(FOREIGN)
    return _claim(true, " ".join(words))


def wrong_speaker(true: Said, dice: random.Random) -> Claim | None:
    """Claim somebody whom no article of the story gives the words to."""
    right = {q.speaker.name.words for q in quotes_of(true) if q.speaker and _has(q, true.words)}
    lasts = {name.split()[-1] for name in right}
    others = {other.speaker for other in true_quotes_of(true)} - {""}
    named = sorted(name for name in others if name.split()[-1] not in lasts)
    return true_claim(true)._replace(speaker=dice.choice([*named, "Orla Venn"]))


def wrong_article(true: Said, _: random.Random) -> Claim | None:
    own = " ".join(true.words.split()).casefold()
    kept = [
        text.revision
        for text in true.sources.index.texts
        if text.field == "body" and own not in " ".join(text.source.split()).casefold()
    ]
    return Claim(true.words, _others(true, kept)) if kept else None


def lookalike(true: Said, dice: random.Random) -> Claim | None:
    places = [i for i, c in enumerate(true.words) if c in LOOKALIKES]
    if not places:
        return None
    at = dice.choice(places)
    other = dice.choice([LOOKALIKES[true.words[at]], true.words[at] + "\u200b"])
    return _claim(true, true.words[:at] + other + true.words[at + 1 :])


def elided(true: Said, dice: random.Random) -> Claim | None:
    words = true.words.split(" ")
    at = dice.randrange(1, len(words) - 2)
    dots = dice.choice(["…", "...", " … "])
    return _claim(true, " ".join(words[:at]) + dots + " ".join(words[at + 1 :]))


ALTERED: Final[dict[str, Mutation]] = {
    "negation": negation,
    "number": number,
    "dropped word": dropped,
    "added word": added,
    "changed word": changed,
    "trimmed to a point": trimmed_to_a_point,
    "trimmed condition": trimmed_condition,
    "trimmed denial": trimmed_denial,
    "merged": merged,
    "translated": translated,
    "wrong speaker": wrong_speaker,
    "wrong article": wrong_article,
    "look-alike letters": lookalike,
    "elided": elided,
}


# --- Typographic --------------------------------------------------------------------


def untouched(true: Said, _: random.Random) -> Claim | None:
    return true_claim(true)


def straight(true: Said, _: random.Random) -> Claim | None:
    return _typed(true, true.words.translate(str.maketrans("“”‘’", "\"\"''")))


def curly(true: Said, _: random.Random) -> Claim | None:
    words = re.sub(r"(?<=\w)'(?=\w)", "’", true.words)
    return _typed(true, re.sub(r'"(\w[^"]*)"', r"“\1”", words))


def spaced(true: Said, dice: random.Random) -> Claim | None:
    at = dice.choice([i for i, c in enumerate(true.words) if c == " "])
    space = dice.choice(["\u00a0", "  ", "\n"])
    return _typed(true, true.words[:at] + space + true.words[at + 1 :])


def dashed(true: Said, dice: random.Random) -> Claim | None:
    return _typed(
        true, re.sub(r"\s*(?:—|--|\s–\s)\s*", dice.choice([" — ", " – ", "--"]), true.words)
    )


def dotted(true: Said, _: random.Random) -> Claim | None:
    if "…" in true.words:
        return _typed(true, true.words.replace("…", "..."))
    return _typed(true, true.words.replace("...", "…"))


def pointed(true: Said, _: random.Random) -> Claim | None:
    if not true.words.endswith((",", ".")):
        return None
    return _typed(true, true.words[:-1] + ("." if true.words.endswith(",") else ""))


def marked(true: Said, dice: random.Random) -> Claim | None:
    return _typed(true, dice.choice(['"{}"', "“{}”", "«{}»", "„{}“"]).format(true.words))


def decomposed(true: Said, _: random.Random) -> Claim | None:
    return _typed(true, unicodedata.normalize("NFD", true.words))


TYPOGRAPHIC: Final[dict[str, Mutation]] = {
    "untouched": untouched,
    "straight marks": straight,
    "curly marks": curly,
    "other spaces": spaced,
    "other dashes": dashed,
    "other dots": dotted,
    "end punctuation": pointed,
    "marks around": marked,
    "decomposed": decomposed,
}


# --- Parts --------------------------------------------------------------------------


def true_claim(true: Said) -> Claim:
    return Claim(true.words, true.sources, true.speaker)


def true_quotes_of(true: Said) -> list[Said]:
    """Return the quotes of the same story, found once."""
    key = id(true.sources)
    if key not in _KNOWN:
        _KNOWN[key] = true_quotes(true.sources)
    return _KNOWN[key]


def quotes_of(true: Said) -> list[Quote]:
    """Return every quote of the story, found once."""
    key = id(true.sources)
    if key not in _QUOTES:
        revisions = [t.revision for t in true.sources.index.texts if t.field == "body"]
        _QUOTES[key] = [q for r in revisions for q in find_quotes(r, load_lexicon())]
    return _QUOTES[key]


_QUOTES: dict[int, list[Quote]] = {}
_KNOWN: dict[int, list[Said]] = {}
_OTHERS: dict[tuple[int, ...], Sources] = {}


def _has(quote: Quote, words: str) -> bool:
    return any(words in piece.words for piece in quote.pieces)


def _others(true: Said, kept: list[Revision]) -> Sources:
    key = (id(true.sources), *(int(revision.article_id[1:]) for revision in kept))
    if key not in _OTHERS:
        _OTHERS[key] = sources_of(*kept)
    return _OTHERS[key]


def _claim(true: Said, words: str) -> Claim | None:
    return Claim(words, true.sources) if words != true.words else None


def _typed(true: Said, words: str) -> Claim | None:
    return Claim(words, true.sources, true.speaker) if words != true.words else None


def _insert(words: str, new: str, dice: random.Random) -> str:
    parts = words.split(" ")
    at = dice.randrange(1, len(parts))
    return " ".join([*parts[:at], new, *parts[at:]])


def _in_changed_source(true: Said, at: int, new: str, end: int) -> Claim | None:
    """Claim the words of an article whose quotation says more."""
    body = true.revision.body
    if body.count(true.words) > 1:
        return None
    start = true.quote.pieces[0].span.start
    changed = a_revision("a1", title="", body=body[:at] + new + body[at:])
    return Claim(body[start:end], sources_of(changed))
