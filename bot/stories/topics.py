"""Says what is told of the people that a number counts: dead, injured, missing, aboard."""

from typing import Final

from bot.quantities.figure_words import FigureWords, Phrases, Topic
from bot.quantities.numerals import Tokens, is_at, starts_with
from bot.quantities.reading import Measured
from bot.stories.counted import Noun

TOLD_WITHIN: Final = 12
"""Words behind what is counted among which it is told what happened."""
PHRASE_WORDS: Final = 8
"""Words of a prepositional phrase that may stand between the two."""
TOLL_WITHIN: Final = 16
"""Words before a number among which "the death toll" stands."""
REACHED_WITHIN: Final = 4
"""Words before a number among which it is said that the toll reached it."""
MARKS: Final = frozenset(",;:()")
TITLED: Final = frozenset({"aboard"})
"""Topics that only say where the people were, where another is told of them as well."""


def topic_of(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    """Return what is told of the people that a number counts; empty where it is not clear."""
    return (
        _topic_of_noun(tokens, m, noun, words)
        or _topic_behind(tokens, noun.end, words)
        or _topic_before(tokens, m, words)
        or _topic_of_toll(tokens, m, noun, words)
    )


def _topic_of_noun(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    """Read "12 deaths", "34 injured passengers", and "12 lives" where they were lost."""
    if noun.head < 0:
        return ""
    head = tokens[noun.head].word
    told = any(t.word in words.told for t in tokens[m.last : noun.head])
    for topic in words.topics:
        if head in topic.nouns and _is_clear(tokens, head, words):
            return topic.name
        inner = range(m.last, noun.head) if told else ()
        if any(starts_with(tokens, i, topic.happened) == 1 for i in inner):
            return topic.name
    before = tokens[m.first - 1].word if m.first else ""
    if head == "lives" and words.has("taking_lives", before):
        return "dead"
    if head in words.lists["everybody"] and is_at(tokens, noun.end, ("their", "lives")):
        return "dead" if words.has("taking_lives", before) else ""
    lost = is_at(tokens, noun.end, ("were", "lost")) or is_at(tokens, noun.end, ("lost",))
    return "dead" if head == "lives" and lost else ""


def _is_clear(tokens: Tokens, noun: str, words: FigureWords) -> bool:
    """Tell whether a noun that may mean something else stands beside a word that says what."""
    clues = words.clues.get(noun)
    return clues is None or any(token.word in clues for token in tokens)


def _topic_behind(tokens: Tokens, at: int, words: FigureWords) -> str:
    """Read "… people were killed", "… died", "… dead", "… aboard were hurt"."""
    passive, found, here, limit = False, "", at, at + TOLD_WITHIN
    while here < min(limit, len(tokens)):
        topic, length = _told_at(tokens, here, passive=passive, words=words)
        if topic:
            if topic not in TITLED:
                return topic
            found, here = topic, _behind_phrase(tokens, here + length - 1, words)
            continue
        word = tokens[here].word
        if word in words.lists["auxiliaries"] or (word.endswith("ly") and word.isalpha()):
            passive = passive or words.has("passive", word)
        elif words.has("prepositions", word) and not passive:
            here = _behind_phrase(tokens, here, words) - 1
        else:
            break
        here += 1
    return found


def _told_at(tokens: Tokens, at: int, *, passive: bool, words: FigureWords) -> tuple[str, int]:
    """Return the topic that is told at a token, by the longest phrase, and its length in tokens."""
    if tokens[at].word not in words.told:
        return "", 0
    told = [
        (max(starts_with(tokens, at, t.did), _happened(tokens, at, t, words, passive=passive)), t)
        for t in words.topics
    ]
    length, topic = max(told, key=lambda pair: pair[0])
    return (topic.name, length) if length else ("", 0)


def _happened(tokens: Tokens, at: int, topic: Topic, words: FigureWords, *, passive: bool) -> int:
    length = starts_with(tokens, at, topic.happened)
    clear = passive or not words.has("ambiguous", tokens[at].word)
    return length if clear or _stands_alone(tokens, at + length, words) else 0


def _stands_alone(tokens: Tokens, at: int, words: FigureWords) -> bool:
    """Tell whether no object can follow: then "12 killed" does not mean that they killed."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    return not token.text[0].isalnum() or words.has("after_participle", token.word)


def _behind_phrase(tokens: Tokens, at: int, words: FigureWords) -> int:
    """Return where a prepositional phrase ends: at the next auxiliary, topic or mark."""
    here = at + 1
    while here < min(at + PHRASE_WORDS, len(tokens)):
        token = tokens[here]
        told = token.word in words.told and any(
            starts_with(tokens, here, t.happened) or starts_with(tokens, here, t.did)
            for t in words.topics
        )
        if told or not token.text[0].isalpha() or token.word in words.lists["auxiliaries"]:
            return here
        here += 1
    return here


def _topic_before(tokens: Tokens, m: Measured, words: FigureWords) -> str:
    """Read "killing 12", "carrying 212 people"; "killed or injured 12" says neither."""
    if not m.first or tokens[m.first - 1].word not in words.done:
        return ""
    for topic in words.topics:
        if length := _ends_at(tokens, m.first, topic.doing):
            joined = tokens[m.first - length - 1].word if m.first > length else ""
            paired = joined in {"or", "and"} and _ends_a_topic(tokens, m.first - length - 1, words)
            return "" if paired else topic.name
    return ""


def _ends_a_topic(tokens: Tokens, end: int, words: FigureWords) -> bool:
    return any(_ends_at(tokens, end, topic.doing) for topic in words.topics)


def _ends_at(tokens: Tokens, end: int, phrases: Phrases) -> int:
    """Return the length of a phrase that ends before this token; 0 for none."""
    for length in (5, 4, 3, 2, 1):
        at = end - length
        if at >= 0 and tokens[at].word in phrases and starts_with(tokens, at, phrases) == length:
            return length
    return 0


def _topic_of_toll(tokens: Tokens, m: Measured, noun: Noun, words: FigureWords) -> str:
    """Read "the death toll has risen from 12 to 15", "put the number of injured at 34"."""
    if noun.head >= 0 and tokens[noun.head].word not in words.lists["everybody"]:
        return ""
    if m.first and tokens[m.first - 1].text == ":":
        return _topic_of_label(tokens, m.first - 1, words)
    near = tokens[max(0, m.first - REACHED_WITHIN) : m.first]
    if not any(words.has("reaches", t.word) for t in near):
        return ""
    for end in range(m.first, max(0, m.first - TOLL_WITHIN), -1):
        length, topic = max((_ends_at(tokens, end, t.counts), t.name) for t in words.topics)
        if length:
            clear = length > 1 or words.has("clear_counts", tokens[end - 1].word)
            before = tokens[end - 2].word if end > 1 else ""
            return topic if clear or before in {"the", "of", "number"} else ""
        if tokens[end - 1].text in MARKS or tokens[end - 1].word == "and":
            return ""
    return ""


def _topic_of_label(tokens: Tokens, colon: int, words: FigureWords) -> str:
    """Read "Dead from the fire: 12", "Injured: 34": the first word before the colon tells."""
    start = colon
    while start and tokens[start - 1].text not in MARKS and tokens[start - 1].text != ".":
        start -= 1
    for topic in words.topics:
        label = starts_with(tokens, start, topic.counts) or starts_with(
            tokens, start, topic.happened
        )
        if label and colon - start <= TOLL_WITHIN:
            return topic.name
    return ""
