"""The kinds of questions, by how they open and by what stands in them (English)."""

import re
from enum import Enum
from typing import Final


class Kind(Enum):
    """What would answer the question."""

    WHO_SAID = "the quotes with these words"
    SAID = "the quotes of this speaker"
    FIRST = "the article that had it first"
    OUTLETS = "the articles that have it"
    COMPARE = "a sentence of each outlet"
    CHANGED = "what the newest texts have and the others have not"
    UNCONFIRMED = "the sentences that say what is not established"
    TIMELINE = "the sentences with a day or an hour, in order"
    WHEN = "a sentence with a day or an hour"
    AMOUNT = "a sentence with a figure"
    AGE = "a sentence with the age of somebody"
    WHO = "a sentence that names somebody"
    IDENTITY = "a sentence with a name for whom the question describes"
    NAME = "a sentence with a name beside the word for what is asked for"
    WHICH = "a sentence that names several"
    WHERE = "a sentence with a place"
    WHY = "a sentence with a reason"
    GENERAL = "a sentence"


SPEECH: Final = (
    r"(?:say|says|said|saying|tell|tells|told|telling|think|thinks|claim|claims|claimed|promise"
    r"|promised|demand|demanded|announce|announced|argue|argued|suggest|suggested|warn|warned"
    r"|predict|predicted|recommend|recommended|insist|insisted|admit|admitted|deny|denied|propose"
    r"|proposed|explain|explained|write|wrote|urge|urged|vow|vowed|pledge|pledged|apologi[sz]e"
    r"|apologi[sz]ed|state|stated|ask for|asked for|complain|complained|call|called"
    r"|add|added|believe|believes|believed)"
)
REPORT: Final = (
    r"(?:report|reports|reported|reporting|wrote|writes|publish|published|publishes|broke|carry"
    r"|carries|carried|cover|covers|covered|covering|revealed|had|has)"
)
OUTLET: Final = (
    r"(?:outlets?|papers?|newspapers?|media|sources?|sites?|stations?|agency|agencies|articles?"
    r"|publications?|broadcasters?|reports?)"
)
OPENING: Final = re.compile(
    r"(?:(?:and|so|but|ok|okay|please|hey|hi|hello|also|then|well|can you|could you|tell (?:me|us)"
    r"|do (?:you|we) know|does it say|say|exactly|in the (?:articles?|sources?)|according to the"
    r" (?:articles?|sources?|reports?))\b[\s,]*)+"
)
"""What may stand before the question proper."""
DOUBT: Final = (
    r"(?:(?:un|not (?:yet |been |officially |independently )*)"
    r"(?:confirmed|verified|known|clear|established|certain)|unsure|uncertain)"
)
ANYWHERE: Final = (
    (
        Kind.TIMELINE,
        re.compile(
            r"\b(?:time ?line|chronolog\w+|sequence of events|step by step"
            r"|in (?:what |which )?order"
            r"|how did (?:it|this|that|things|everything|the story|events) (?:all )?"
            r"(?:unfold|develop|evolve|start|begin|come about))\b"
        ),
    ),
    (
        Kind.UNCONFIRMED,
        re.compile(
            rf"\bwh(?:at|ich)\b.*\b(?:{DOUBT})\b|\b(?:still|remains?) (?:un\w+|open|{DOUBT})\b"
            r"|\b(?:unnamed|anonymous|unidentified) (?:sources?|officials?|people|persons?)\b"
            r"|\brumou?rs?\b|\bdo(?:es)?(?:n't| not) (?:we|anyone|anybody|they) (?:yet )?know\b"
            r"|\b(?:we|they) (?:do|still do)(?:n't| not) (?:yet )?know\b"
            r"|\bopen questions?\b|\bunanswered\b"
        ),
    ),
    (
        Kind.COMPARE,
        re.compile(
            r"\b(?:compare[ds]?|comparison|contradict\w*|disagree\w*|discrepanc\w+|conflicting)\b"
            rf"|\b(?:differ(?:s|ent|ently|ences?)?)\b.*\b(?:{OUTLET}|between|accounts?|versions?)\b"
            rf"|\b(?:{OUTLET}|accounts?|versions?)\b.*\bdiffer(?:s|ent|ently|ences?)?\b"
        ),
    ),
    (
        Kind.CHANGED,
        re.compile(
            r"\bwhat(?:\W{0,2}s| is| has| have| was)? (?:\w+ )?"
            r"(?:changed|new|different|the latest)\b"
            r"|\bhow (?:did|has|have) (?:the |its |their )?(?:figures?|numbers?|tolls?"
            r"|stor(?:y|ies)"
            r"|reports?|accounts?|versions?|coverage|situation|estimates?|counts?)\b.*\bchanged?\b"
            r"|\b(?:any|what) (?:news|updates?|changes?|developments?)\b"
            rf"|\bwhat did (?:the )?(?:\w+ )?"
            rf"(?:{OUTLET}|version|update|story) (?:add|change|correct)"
            r"|\b(?:has|have|did) (?:anything|something|it|this|that) changed?\b"
            r"|\bwhat (?:was|has been|were|have been) (?:corrected|updated|revised|added)\b"
        ),
    ),
)
"""What makes a question one of these kinds wherever it stands, tried in this order."""

PATTERNS: Final = (
    (Kind.FIRST, re.compile(rf"(?:who|(?:which|what) {OUTLET})\b.*\b{REPORT}\b.*\bfirst\b")),
    (Kind.FIRST, re.compile(rf"(?:who|(?:which|what) {OUTLET})\b.*\bfirst\b.*\b{REPORT}\b")),
    (Kind.FIRST, re.compile(r"who (?:said|told) (?:that|it|this|so) first\b")),
    (Kind.FIRST, re.compile(r"who (?:was|were) (?:the )?first to (?:say|report|tell|write)\b")),
    (Kind.FIRST, re.compile(r"who broke (?:the|this) (?:story|news)\b")),
    (Kind.OUTLETS, re.compile(rf"(?:which|what) (?:other )?{OUTLET}\b")),
    (Kind.OUTLETS, re.compile(rf"who (?:else )?(?:(?:is|are|has|have) )?(?!ha[ds]\b){REPORT}\b")),
    (
        Kind.SAID,
        re.compile(
            r"what (?:else |exactly |precisely |actually )*"
            rf"(?:did|does|do|has|have|is|was|were)\b.*\b{SPEECH}\b"
        ),
    ),
    (
        Kind.SAID,
        re.compile(
            r"(?:how|what) (?:did|does|do|has|have|was|is)\b.*\b"
            r"(?:react|reacted|reaction|respond|responded|response|comment|position|view|opinion)\b"
        ),
    ),
    (
        Kind.WHO_SAID,
        re.compile(rf"(?:by )?who(?:m)? (?:else )?(?:(?:was|is|has) )?{SPEECH}\b"),
    ),
    (
        Kind.WHO_SAID,
        re.compile(
            r"who (?:described|compared|thanked|praised|spoke|speaks|talked|talks|complained"
            r"|blamed|criticised|criticized|estimates|estimated)\b"
        ),
    ),
    (
        Kind.WHEN,
        re.compile(
            r"(?:by |until |since |at |on |in |from )?(?:when\b"
            r"|(?:what|which) (?:time|day|date|month|year|hour|weekday|morning|evening|season)\b)"
        ),
    ),
    (Kind.WHEN, re.compile(r"(?:since|until|till) when\b|how (?:soon|recently)\b")),
    (Kind.AGE, re.compile(r"how old\b|(?:at )?what age\b|what is the age\b")),
    (
        Kind.AMOUNT,
        re.compile(
            r"(?:(?:by|for|to|in|of|at|about|with) )?how"
            r" (?:many|much|long|far|big|large|tall|heavy|fast|deep|high|often|wide|small|low)\b"
        ),
    ),
    (
        Kind.AMOUNT,
        re.compile(
            r"(?:at |by |for |to )?(?:what|which) (?:percentage|per cent|percent|share|proportion"
            r"|number|amount|sum)\b|what(?:\W{0,2}s| is| was| are| were) the (?:\w+ )?"
            r"(?:number|amount"
            r"|price|cost|toll|death toll|total|percentage|share|rate|turnout|size|length|height)\b"
        ),
    ),
    (
        Kind.IDENTITY,
        re.compile(r"who(?:\W{0,2}s| is| was| are| were) (?:the|a|an|his|her|their)\b"),
    ),
    (
        Kind.NAME,
        re.compile(
            r"(?:what|which)(?:\W{0,2}s| is| was| are| were)? "
            r"(?:the |his |her |its |their )?(?:full )?"
            r"names?\b|what (?:is|was|are|were)\b.*\b(?:called|named)\W*$"
        ),
    ),
    (Kind.WHO, re.compile(r"(?:by |to |with |for |from |against )?(?:who|whom|whose)\b")),
    (
        Kind.WHERE,
        re.compile(r"(?:from |to )?where\b|in (?:what|which) (?:city|town|country|place)\b"),
    ),
    (Kind.WHY, re.compile(r"why\b|for what reason\b|what (?:is|was) the reason\b|what caused\b")),
    (Kind.WHICH, re.compile(r"(?:[a-z]+ )?which\b")),
)
"""Openings of English questions, tried in this order; each is linear in the length of the text."""

MEASURE: Final = re.compile(
    r"\bhow (many|much|long|far|big|large|tall|heavy|fast|deep|high|often|wide|small|low)\b"
)
COUNTED: Final = re.compile(r"\bhow many (?:more |other |of the |of |the )?((?:[^\W_]+\s?){1,4})")
UNCOUNTED: Final = frozenset(
    (
        *("did", "do", "does", "is", "are", "was", "were", "have", "has", "had", "will", "would"),
        *("still", "can", "could", "may", "must"),
    )
)
"""What may follow "how many" without being what is counted."""
SAID_OF: Final = re.compile(
    rf".*?\b(?:did|does|do|has|have|is|was|were)\b(.*?)"
    rf"\b(?:{SPEECH}|react|reacted|reaction|respond|responded|response|comment|position|view|opinion)\b"
)
"""Who is asked about in a question for somebody's words: what stands before the verb of speech."""
OVERVIEW: Final = re.compile(
    r"\b(?:what(?:\W{0,2}s| is| has)?"
    r" (?:happen\w*|the (?:latest|news|story)|new|going on|this about)"
    r"|summar\w+|overview|what do we know|catch me up"
    r"|(?:where|when|why|how) (?:did|was|is) (?:it|this|that))\b"
)
POINTS_BACK: Final = re.compile(
    r"\b(?:he|him|his|she|her|they|them|their|it|its|that|this|those)\b"
)
MALE_OR_FEMALE: Final = re.compile(r"\b(?:he|him|his|she|her|hers|they|them|their)\b")


def kind_of(asked: str) -> Kind:
    """Return the kind of a folded question without what stands before it."""
    for kind, pattern in ANYWHERE:
        if pattern.search(asked):
            return kind
    return next((kind for kind, pattern in PATTERNS if pattern.match(asked)), Kind.GENERAL)
