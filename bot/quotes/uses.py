"""Tells statements from other words between marks: scare quotes, terms, titles, slogans, captions."""

from typing import Final

from bot.news import QuoteUse
from bot.paragraphs import Role
from bot.quotes.attribution import Finding
from bot.quotes.lexicon import Lexicon
from bot.text import words as words_of

LOOK_BACK: Final = 5
LONG_NAME: Final = 5
SHORT: Final = 3
"""Words up to which a stretch without a speaker is a scare quote; about 7 % of all stretches."""
WEAK_EVIDENCE: Final = frozenset({"none", "paragraph woven", "subject"})
SMALL: Final = frozenset("a an the of in on at to for and or with by from is vs".split())


def use_of(
    text: str, finding: Finding, lexicon: Lexicon, before_it: QuoteUse = "statement"
) -> QuoteUse:
    """Return what the words of a stretch are, judged by the words before it and its own shape.

    `before_it` is what the stretch before it in the same sentence is: lists of titles go on.
    """
    token = finding.sentence.tokens[finding.token]
    inner = words_of(text[token.start : token.end])
    before = _words_before(finding)
    if _is_sign(before, lexicon):
        return "slogan"
    titled = _is_title(text, token.start, token.end, inner)
    if titled and before_it == "title" and before in ([], ["and"], ["or"]):
        return "title"
    if _is_nickname(text, finding) or (len(inner) == 1 and any(c.isdigit() for c in inner[0])):
        return "term"
    if _is_show(text, finding, before, lexicon, len(inner)):
        return "title"
    strong = finding.evidence in ("tail", "colon", "lead colon")
    strong = strong and not (titled and before and before[-1] in lexicon.work_nouns)
    if not strong and _is_work(before, lexicon, titled=titled):
        return "title"
    if not strong and _is_term(before, finding, lexicon, len(inner)):
        return "term"
    woven = not finding.alone
    if woven and not strong and _names_thing(finding, lexicon) and len(inner) <= LONG_NAME:
        return "term"
    if woven and finding.evidence in WEAK_EVIDENCE and len(inner) <= SHORT:
        return "title" if titled else "scare"
    if (
        titled
        and finding.evidence in ("left", "right", "same", *WEAK_EVIDENCE)
        and len(inner) > 1
        and not _introduced(text, token.start)
    ):
        return "title"
    return "statement"


def use_in(role: Role) -> QuoteUse | None:
    """Return what stretches in a paragraph of this role are, unless their words must tell."""
    if role in ("caption", "credit"):
        return "caption"
    if role in ("teaser", "share", "byline"):
        return "title"
    return None


def _words_before(finding: Finding) -> list[str]:
    tokens = finding.sentence.tokens[max(0, finding.token - LOOK_BACK) : finding.token]
    found: list[str] = []
    for token in tokens:
        if token.kind == "quote":
            found.clear()
        elif token.kind != "mark" or token.low == ":":
            found.append(token.low)
    return found


def _is_sign(before: list[str], lexicon: Lexicon) -> bool:
    return any(word in lexicon.sign_nouns for word in before)


def _is_work(before: list[str], lexicon: Lexicon, *, titled: bool) -> bool:
    if not before:
        return False
    if before[-1] in {"titled", "entitled", "headlined", "subtitled", "captioned"}:
        return True
    return titled and any(_single(word) in lexicon.work_nouns for word in before[-3:])


def _names_thing(finding: Finding, lexicon: Lexicon) -> bool:
    """Tell whether the stretch stands between an article and a thing: the "clean sweep" rule."""
    tokens, i = finding.sentence.tokens, finding.token
    if not 0 < i < len(tokens) - 1:
        return False
    return tokens[i - 1].low in lexicon.determiners and tokens[i + 1].low in lexicon.named_things


def _is_show(text: str, finding: Finding, before: list[str], lexicon: Lexicon, size: int) -> bool:
    """Tell whether the stretch names a programme: the "Today" show; she told "Today"."""
    tokens, i = finding.sentence.tokens, finding.token
    if size > LONG_NAME or not text[tokens[i].start].isupper():
        return False
    following = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if following in lexicon.work_nouns and text[tokens[i].end - 1] not in ",.!?":
        return True
    told = before[-1:] in (["told"], ["on"]) and not _introduced(text, tokens[i].start)
    return told and size <= SHORT


def _single(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word  # noqa: PLR2004 - "news"


def _is_nickname(text: str, finding: Finding) -> bool:
    """Tell whether the stretch stands inside a name: Ana "Bird" Ruiz."""
    tokens, i = finding.sentence.tokens, finding.token
    if not 0 < i < len(tokens) - 1 or text[tokens[i].end - 1] in ",.!?":
        return False
    return (
        tokens[i - 1].kind == "name" == tokens[i + 1].kind and tokens[i].end - tokens[i].start < 20
    )  # noqa: PLR2004


def _is_term(before: list[str], finding: Finding, lexicon: Lexicon, size: int) -> bool:
    """A thing gets a name: "known as", "the word", "so-called", passive "called"."""
    if not before:
        return False
    last = before[-1]
    if any(word in lexicon.term_nouns for word in before[-2:]) and size <= SHORT + 1:
        return finding.evidence != "left" or last in lexicon.term_nouns
    if last in {"as", "the", "a", "an"} and len(before) > 1:
        last = before[-2]
    if last in {"known", "dubbed", "nicknamed", "so-called", "codenamed", "named", "christened"}:
        return True
    if "known" in before and before[-1] == "as":
        return True
    if last in lexicon.naming and finding.voice is None:
        return True
    return "call" in before and size == 1 and not _personal(finding)


def _personal(finding: Finding) -> bool:
    voice = finding.voice
    return voice is not None and (voice.entity is not None or voice.mention.kind == "pronoun")


def _is_title(text: str, start: int, end: int, inner: list[str]) -> bool:
    """Tell whether all words but the small ones are capitalised, without an end mark."""
    if len(inner) < 2 or text[end - 1] in ".!?":  # noqa: PLR2004 - one capital tells nothing
        return False
    big = [word for word in inner if word.lower() not in SMALL]
    return (
        bool(big)
        and text[start].isupper()
        and all(w[0].isupper() or w[0].isdigit() for w in big)
        and not all(w.isupper() for w in big)
    )


def _introduced(text: str, start: int) -> bool:
    """Tell whether a comma or colon stands before the opening mark, as before direct speech."""
    return text[max(0, start - 4) : start].rstrip("\"“‘'„«` \n")[-1:] in (",", ":")
