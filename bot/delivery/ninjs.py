"""A briefing as an item of ninjs, for editorial systems that take in news as JSON.

Source: IPTC, ninjs 1.4: `uri`, `type`, `representationtype`, `version`, `versioncreated`,
`pubstatus`, `language`, `headline`, `body_text`, `body_html`, `charcount`, `wordcount`,
`copyrightholder`, `associations` (further items by a name).
"""

import json
from datetime import tzinfo
from typing import Any, Final

from bot.delivery.edition import briefing_card, headline
from bot.delivery.html import to_html
from bot.delivery.plain import to_plain
from bot.news import Briefing, Reference
from bot.text import squeeze, words

PROFILE: Final = "briefing"
HOW: Final = "Put together by Nutgraf from the sources listed; its quotations are theirs."


def to_ninjs(briefing: Briefing, zone: tzinfo) -> str:
    """Return the edition as one item, with the cited articles as its associations.

    Of an article stand there its address, outlet, title and date, and none of its text. Instants
    are in UTC, the hours of the text in `zone`.
    """
    card = briefing_card(briefing, zone)
    text = to_plain(card)
    item: dict[str, Any] = {
        "uri": f"urn:nutgraf:briefing:{briefing.id}",
        "type": "text",
        "representationtype": "complete",
        "profile": PROFILE,
        "version": str(briefing.version),
        "versioncreated": briefing.made_at.isoformat(),
        "pubstatus": "usable",
        "language": "en",
        "headline": headline(briefing, zone),
        "ednote": HOW,
        "charcount": len(text),
        "wordcount": len(words(text)),
        "body_text": text,
        "body_html": to_html(card),
        "associations": _cited(briefing),
    }
    return json.dumps(item, ensure_ascii=False, indent=2) + "\n"


def _cited(briefing: Briefing) -> dict[str, dict[str, str]]:
    """Return each article once, by its first place in the edition."""
    references = {r.article_id: r for brief in briefing.briefs for r in brief.references}
    numbered = enumerate(references.values(), start=1)
    return {f"source-{number}": _article(reference) for number, reference in numbered}


def _article(reference: Reference) -> dict[str, str]:
    facts = {
        "uri": reference.address or f"urn:nutgraf:article:{reference.article_id}",
        "type": "text",
        "representationtype": "incomplete",
        "version": str(reference.revision),
        "headline": squeeze(reference.title.words) if reference.title else "",
        "copyrightholder": squeeze(reference.outlet),
    }
    if reference.published_at:
        facts["versioncreated"] = reference.published_at.isoformat()
    return {key: value for key, value in facts.items() if value}
