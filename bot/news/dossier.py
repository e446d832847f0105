"""A briefing with the sources it stands on, which exists only if it verifies; and its JSON."""

import re
from typing import Final, Literal, TypeVar

import msgspec

from bot.errors import VerificationError
from bot.news.articles import Article, Passage
from bot.news.briefs import Brief, Briefing, Reference
from bot.news.sentences import Written
from bot.news.speech import APOSTROPHES, MARKS, Quote
from bot.news.values import Value, require

V = TypeVar("V", bound=Value)

ASYMMETRIC_OPENING: Final = frozenset("“„‟‘‚‛«»‹›「『〝❝")
FACT: Final = re.compile(r"\d+(?:[.,:]\d+)*|\b[^\W\d_a-z]\w+")
"""A number, or a word that starts with a capital letter: what a model may not bring along."""

CLOSERS: Final = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」"}
"""Which marks close a quotation that a mark has opened; others close themselves."""

ALL_MARKS: Final = MARKS | APOSTROPHES
TAIL: Final = re.compile(r"[^\S\r\n\u2028\u2029]*[.,;:!?…–—\-)\]]*[^\S\r\n\u2028\u2029]*")
"""What may stand between the last quoted word and its closing mark."""
PARAGRAPH_ENDS: Final = ("\r", "\n", "\u2028", "\u2029")


class Dossier(Value, frozen=True, kw_only=True):
    """A briefing together with the revisions that it cites: what is exported and verified.

    The constructor replays the briefing against its own articles, with no trust in who made it,
    and raises `VerificationError` naming the first thing that fails:

    - every passage, cut anew from its revision, gives the same words;
    - every piece of a quote stands between quotation marks in its source, whole;
    - every number and name in words that a model wrote stands in the passages cited for it;
    - every line of a sources list says of its article what the article says;
    - no article was held (embargoed, withheld, killed) when the briefing was made.
    """

    format: Literal["nutgraf/dossier"] = "nutgraf/dossier"
    format_version: Literal[1] = 1
    briefing: Briefing
    articles: tuple[Article, ...]

    def __post_init__(self) -> None:
        """Replay the briefing."""
        ids = [article.id for article in self.articles]
        require(len(set(ids)) == len(ids), "The dossier holds an article twice.")
        for article in self.articles:
            require(
                not article.is_held(self.briefing.made_at),
                f"Article {article.id} was held when the briefing was made.",
            )
        for number, brief in enumerate(self.briefing.briefs, start=1):
            try:
                self._replay(brief)
            except VerificationError as error:
                raise VerificationError(f"Brief {number}: {error}") from error
        for passage in (p for c in self.briefing.corrections for p in c.passages()):
            self._text_around(passage)

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            VerificationError: the dossier does not hold it.
        """
        for article in self.articles:
            if article.id == article_id:
                return article
        raise VerificationError(f"Article {article_id} is cited and not in the dossier.")

    def passages_checked(self) -> int:
        """Return how many passages the constructor has cut anew."""
        return sum(1 for _ in self.briefing.passages())

    def _replay(self, brief: Brief) -> None:
        for reference in brief.references:
            self._replay_reference(reference)
        for passage in brief.passages():
            self._text_around(passage)
        for quote in brief.quotes:
            self._replay_quote(quote)
        for sentence in brief.printed():
            for part in sentence.parts:
                if isinstance(part, Written):
                    require_facts(part)

    def _text_around(self, passage: Passage) -> str:
        """Return the whole field that the passage is cut from, once the cut is proved."""
        span = passage.span
        revision = self.article(span.article_id).revision(span.revision)
        text = revision.title if span.field == "title" else revision.body
        require(
            text[span.start : span.end] == passage.words,
            f"“{passage.words}” does not stand in its source ({span}).",
        )
        return text

    def _replay_reference(self, reference: Reference) -> None:
        article = self.article(reference.article_id)
        article.revision(reference.revision)
        said = (reference.outlet, reference.address, reference.published_at)
        true = (article.outlet, article.address, article.published_at)
        require(said == true, f"The sources list misdescribes article {article.id}: {said}.")

    def _replay_quote(self, quote: Quote) -> None:
        if quote.kind == "block":
            return
        for piece in quote.pieces:
            require(
                stands_in_marks(self._text_around(piece), piece.span.start, piece.span.end),
                f"“{piece.words}” is not what stands between quotation marks ({piece.span}).",
            )


def stands_in_marks(text: str, start: int, end: int) -> bool:
    """Tell whether the slice is a whole quoted stretch of the text, or its part in one paragraph.

    On the left an opening mark touches it (white space may stand after a mark that only opens). On
    the right, after closing punctuation, comes a mark of the same class or the end of the
    paragraph, since a quotation that runs on is closed in its last paragraph alone.
    """
    opening = text[:start].rstrip()[-1:]
    touches = start > 0 and not text[start - 1].isspace()
    if not opening or not (opening in ASYMMETRIC_OPENING or (touches and opening in ALL_MARKS)):
        return False
    tail = TAIL.match(text, end)
    closing = text[tail.end() : tail.end() + 1] if tail else ""
    same_class = MARKS if opening in MARKS else APOSTROPHES
    ends = closing in same_class or closing in ("", *PARAGRAPH_ENDS)
    return ends and not _closes_inside(text, start, end, opening)


def _closes_inside(text: str, start: int, end: int, opening: str) -> bool:
    """Tell whether the quotation that was opened is closed again before the slice ends.

    Then words between two quotations would pass as quoted. Marks that open and close inside are a
    quotation in the quotation. A mark that looks the same on both sides opens after white space.
    """
    closers = CLOSERS.get(opening, opening if opening in MARKS else "")
    depth = 0
    for at in range(start, end):
        mark = text[at]
        if mark not in closers and mark != opening:
            continue
        symmetric = opening in closers
        opens = at == start or (mark == opening and (not symmetric or text[at - 1].isspace()))
        depth += 1 if opens else -1
        if depth < 0:
            return True
    return False


def require_facts(written: Written) -> None:
    """Replay the words of a model: each of its numbers and names stands in what it cites.

    The first word of the text is excused, unless it is a number. What is `derived` stands there in
    another form: then the form that it follows from must.

    Raises:
        VerificationError: one of them does not; the sentence names it.
    """
    cited = " ".join(" ".join(cite.words.split()) for cite in written.cites)
    known = _facts_and_words(cited) | _derived_facts(written, cited)
    for match in FACT.finditer(written.text):
        fact = match.group().casefold()
        starts_sentence = match.start() == 0 and not fact[0].isdigit()
        require(
            starts_sentence or fact in known,
            f"“{match.group()}” in “{written.text}” does not stand in what is cited for it.",
        )


def _facts_and_words(text: str) -> set[str]:
    return {found.casefold() for found in (*FACT.findall(text), *re.findall(r"\w+", text))}


def _derived_facts(written: Written, cited: str) -> set[str]:
    """Return the facts that follow from words which do stand in the citations, whole."""
    facts = set()
    for derived in written.derived:
        source = re.escape(derived.source.strip())
        require(
            re.search(rf"(?<!\w){source}(?!\w)", cited, re.IGNORECASE),
            f"“{derived.source}”, from which “{derived.words}” is to follow, "
            f"does not stand in what is cited for “{written.text}”.",
        )
        facts |= _facts_and_words(derived.words)
    return facts


def to_json(value: Value, *, indent: int = 0) -> str:
    """Return the value as JSON, without loss; `indent` spaces a level, 0 for one line."""
    encoded = msgspec.json.encode(value)
    return msgspec.json.format(encoded, indent=indent).decode() if indent else encoded.decode()


def from_json(text: str | bytes, kind: type[V]) -> V:
    """Return the value that the JSON holds.

    Raises:
        VerificationError: it is not JSON, not of that kind or version, or breaks an invariant; the
            sentence names what failed and its path.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise VerificationError(str(error)) from error
