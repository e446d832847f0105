"""What an editor can ask for of the newsroom's sources, one function each, for every surface."""

from bot.source_desk.adding import Added, add
from bot.source_desk.desk import ReadingLimits, SourceDesk
from bot.source_desk.health import Health, health_of
from bot.source_desk.keeping import listing, pause, remove, resume
from bot.source_desk.lists import Imported, export_opml, import_opml, take_opml
from bot.source_desk.trial import Trial, try_address
from bot.source_desk.trial_items import TriedItem

__all__ = [
    "Added",
    "Health",
    "Imported",
    "ReadingLimits",
    "SourceDesk",
    "Trial",
    "TriedItem",
    "add",
    "export_opml",
    "health_of",
    "import_opml",
    "listing",
    "pause",
    "remove",
    "resume",
    "take_opml",
    "try_address",
]
