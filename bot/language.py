"""Reads the language data that ships with the package, once, and builds frozen values from it.

A function imports the stage whose words it reads when it is called: a command that runs one stage
need not wait for the others.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from bot.followup import QuestionWords
    from bot.quantities.figure_words import FigureWords
    from bot.quotes.lexicon import Lexicon
    from bot.quotes.qualifiers import Qualifiers
    from bot.sources.notices import Notices
    from bot.stories import StoryWords
    from bot.weights import WordWeights
    from bot.writing.checks import CheckWords

LANGUAGES: Final = frozenset({"en"})
QUOTE_LANGUAGES: Final = frozenset({"en", "fr", "de", "es", "it", "pt", "nl"})
CLOSERS: Final = ("prepositions", "phrase_closers", "relatives", "conjunctions", "auxiliaries")
"""The words that end a noun phrase."""
SHARED_LISTS: Final = (
    *("openers", "titles", "pronouns", "people_nouns", "body_nouns", "strong_cues", "time_words"),
    *("determiners", "prepositions", "auxiliaries", "conjunctions", "relatives", "source_cues"),
)
"""The words of the quote stage that written sentences are checked by too."""
VOWELS: Final = "aeiou"
UNLISTED: Final = 5.0
"""What every word weighs in a language without counts; ratios of weights alone matter."""


@cache
def load_lexicon(language: str = "en") -> "Lexicon":
    """Return the words that the quote stage knows of a language, a BCP 47 tag.

    An unknown language has no words: the stage then finds marks and offsets, and no speakers.
    """
    from bot.quotes.lexicon import Lexicon  # noqa: PLC0415 - see the module's docstring

    primary = language.partition("-")[0].lower()
    if primary not in QUOTE_LANGUAGES:
        return Lexicon(language=language)
    words = _read(f"quotes-{primary}.toml")
    names = _read("names-en.toml")
    for kind in ("male_names", "female_names"):
        words[kind] = [*words.get(kind, ()), *names[kind]]
    words["cues"] = sorted({*_cue_forms(words), *words.pop("cue_forms")})
    plurals = ("", *words.pop("plural_endings"))
    for kind in ("people_nouns", "body_nouns", "document_nouns"):
        words[kind] = [noun + ending for noun in words[kind] for ending in plurals]
    words["nouns"] = words["people_nouns"] + words["body_nouns"] + words["document_nouns"]
    words["roles"] = words["titles"] + words["people_nouns"]
    words["pronouns"] = [
        w for kind in ("male", "female", "plural") for w in words[f"pronouns_{kind}"]
    ]
    words["strong_cues"] = sorted({*words["cues"]} - {*words["weak_cues"]})
    words["closers"] = [w for kind in CLOSERS for w in words[kind]]
    families = [family.split("|") for family in words.pop("title_families", ())]
    return msgspec.convert({"language": language, "title_families": families, **words}, Lexicon)


def _cue_forms(words: dict[str, list[str]]) -> set[str]:
    """Return the regular forms: of English verbs, or every stem with every ending."""
    stems, endings = words.pop("cue_stems", []), words.pop("cue_endings", [])
    regular = {stem + ending for stem in stems for ending in endings}
    return regular | {form for verb in words.pop("cue_verbs", []) for form in inflect(verb)}


@cache
def load_qualifiers(language: str = "en") -> "Qualifiers":
    """Return the words of a language, a BCP 47 tag, that no quote may leave out.

    An unknown language has none: every cut inside a sentence then counts.
    """
    from bot.quotes.qualifiers import Qualifiers  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    if primary not in QUOTE_LANGUAGES:
        return Qualifiers()
    return msgspec.convert(_read(f"verify-{primary}.toml"), Qualifiers)


@cache
def load_notices() -> "Notices":
    """Return how articles say that they were corrected, in all languages of the house."""
    from bot.sources.notices import to_notices  # noqa: PLC0415

    text = resources.files("bot").joinpath("data", "notices.toml").read_text("utf-8")
    return to_notices(tomllib.loads(text))


def load_figure_words(language: str = "en") -> "FigureWords":
    """Return the words in which a language, a BCP 47 tag, states figures.

    An unknown language has none: no figures are then found.
    """
    from bot.quantities.figure_words import FigureWords, to_figure_words  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    if primary not in LANGUAGES:
        return FigureWords()
    text = resources.files("bot").joinpath("data", f"figures-{primary}.toml").read_text("utf-8")
    return to_figure_words(tomllib.loads(text))


def load_story_words(language: str = "en") -> "StoryWords":
    """Return what the grouping stage knows of a language, a BCP 47 tag.

    An unknown language has no words: stories are then told apart by their telling words alone.
    """
    from bot.stories import StoryWords  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    if primary not in LANGUAGES:
        return StoryWords()
    return msgspec.convert(_read(f"stories-{primary}.toml"), StoryWords)


@cache
def load_weights(language: str = "en") -> "WordWeights":
    """Return how much each word of a language, a BCP 47 tag, says.

    An unknown language has no counts: all of its words weigh the same.
    """
    from bot.weights import WordWeights, read_weights  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    if primary not in LANGUAGES:
        return WordWeights(primary, {}, unlisted=UNLISTED)
    table = resources.files("bot").joinpath("data", f"weights-{primary}.tsv").read_text("utf-8")
    return read_weights(table, language=primary)


@cache
def load_question_words(language: str = "en") -> "QuestionWords":
    """Return what the answering stage knows of a language, a BCP 47 tag.

    An unknown language has no words: questions are then answered by their own words alone.
    """
    from bot.followup import QuestionWords  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    if primary not in LANGUAGES:
        return QuestionWords()
    name = f"questions-{primary}.toml"
    lines = {"forms": _read_lines(name, "forms"), "same": _read_lines(name, "same")}
    return msgspec.convert({**_read(name), **lines}, QuestionWords)


@cache
def load_check_words(language: str = "en") -> "CheckWords":
    """Return the words by which sentences of a language, a BCP 47 tag, are checked.

    An unknown language has none: `bot.writing.checks` says what is checked without them.
    """
    from bot.writing.checks.words import CheckWords, to_check_words  # noqa: PLC0415

    primary = language.partition("-")[0].lower()
    small = _read("stopwords.toml")
    stopwords = {
        word: frozenset(name for name, some in small.items() if word in some)
        for word in {word for some in small.values() for word in some}
    }
    weights, figures = load_weights(language), load_figure_words(language)
    if primary not in QUOTE_LANGUAGES:
        return CheckWords(primary, weights, figures, stopwords)
    lexicon, qualifiers = load_lexicon(language), load_qualifiers(language)
    shared = {
        name: [*getattr(words, name)]
        for words, names in ((lexicon, SHARED_LISTS), (qualifiers, ("negations",)))
        for name in names
    }
    lists = {**shared, **_read(f"checks-{primary}.toml")}
    lists["numerals"] = [] if figures.ones else [*qualifiers.numbers]
    return to_check_words(lists, CheckWords(primary, weights, figures, stopwords))


def inflect(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular English verb: base, third person, past, participle."""
    last, before = verb[-1], verb[-2]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    stem = verb
    if last == "y" and before not in VOWELS:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif last == "e":
        past, stem = verb + "d", verb if verb.endswith("ee") else verb[:-1]
    elif _doubles(verb):
        stem = verb + last
        past = stem + "ed"
    else:
        past = verb + "ed"
    return verb, third, past, stem + "ing"


def _doubles(verb: str) -> bool:
    """Short verbs double their last consonant (quip, slam), and a few longer ones do (refer)."""
    sounds = verb.replace("qu", "q")
    closed = verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS and sounds[-3:-2] not in VOWELS
    short = sum(letter in VOWELS for letter in sounds) == 1
    return closed and (short or verb in {"admit", "refer", "rebut"})


def _read(name: str) -> dict[str, list[str]]:
    """Return the entries of each list of a data file; `_` in an entry stands for a space."""
    text = resources.files("bot").joinpath("data", name).read_text("utf-8")
    lists: dict[str, str] = tomllib.loads(text)
    return {key: [w.replace("_", " ") for w in line.split()] for key, line in lists.items()}


def _read_lines(name: str, key: str) -> list[list[str]]:
    """Return the words of each line of one list of a data file."""
    lists = tomllib.loads(resources.files("bot").joinpath("data", name).read_text("utf-8"))
    return [line.split() for line in lists[key].splitlines() if line.strip()]
