"""Tells whether somebody spoke on the record, without a name, or whether a document speaks."""

from bot.news import Standing
from bot.quotes.attribution import Finding
from bot.quotes.lexicon import Lexicon
from bot.quotes.voices import Voice
from bot.text import squeeze


def standing_of(text: str, finding: Finding, voice: Voice | None, lexicon: Lexicon) -> Standing:
    """Return the standing of a statement. An anonymous one is never upgraded."""
    if voice is None:
        return "unknown"
    if voice.entity is not None:
        return "on record"
    head = voice.mention.head
    sentence = squeeze(text[finding.sentence.start : finding.sentence.end]).lower()
    unnamed = any(phrase in sentence for phrase in lexicon.anonymous_phrases)
    if unnamed or head in lexicon.anonymous_nouns:
        return "anonymous"
    if head in lexicon.document_nouns:
        return "document"
    if head in lexicon.body_nouns or head in lexicon.spokespeople:
        return "on record"
    return "anonymous" if head in lexicon.people_nouns else "unknown"
