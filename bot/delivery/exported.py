"""A briefing as the content of a file, in each of the forms in which it leaves the house."""

from datetime import tzinfo
from typing import Final, Literal

from bot.delivery.edition import briefing_card
from bot.delivery.markdown import to_markdown
from bot.delivery.ninjs import to_ninjs
from bot.news import Dossier, to_json

Form = Literal["markdown", "json", "ninjs"]
ENDINGS: Final = {"markdown": "md", "json": "json", "ninjs": "ninjs.json"}


def exported(dossier: Dossier, form: Form, zone: tzinfo) -> tuple[str, bytes]:
    """Return a file's name and content: Markdown, the dossier that `nutgraf verify` proves, ninjs.

    Local times are in `zone`. The names of files are made of the briefing's id alone.
    """
    match form:
        case "markdown":
            text = to_markdown(briefing_card(dossier.briefing, zone))
        case "json":
            text = to_json(dossier, indent=2) + "\n"
        case _:
            text = to_ninjs(dossier.briefing, zone)
    return f"briefing-{dossier.briefing.id}.{ENDINGS[form]}", text.encode()
