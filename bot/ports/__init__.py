"""What the stages need from outside, each as a small protocol with a fake in `tests/fakes.py`."""

from bot.ports.archive import Archive, Revise
from bot.ports.channels import Channels, Posts
from bot.ports.documents import (
    MAX_REDIRECTS,
    Caching,
    Document,
    Documents,
    NotModified,
    Validators,
)
from bot.ports.folders import Dropped, DroppedFiles, Folders, Look, TriedFile
from bot.ports.jobs import Claim, Jobs
from bot.ports.marks import Marks
from bot.ports.meter import (
    MILLIONTHS,
    Accounts,
    Meter,
    PlannedCall,
    Purse,
    Reservation,
    Spent,
)
from bot.ports.model import Model, ModelReply, ModelRequest, ModelTask, Payer, Rung, Usage
from bot.ports.operations import Operations, Teller
from bot.ports.places import Place, Places
from bot.ports.progress import Progress
from bot.ports.pushes import Pushes
from bot.ports.queries import MAX_QUERIES, Queries
from bot.ports.reader import Reader
from bot.ports.readings import Item, Reading
from bot.ports.replies import Replies
from bot.ports.reports import Reports
from bot.ports.reviews import Reviews
from bot.ports.robots import Robots
from bot.ports.searching import Limits, Match, Matches, Searching, Sought
from bot.ports.servers import Servers
from bot.ports.sightings import Sighting
from bot.ports.stops import Stops
from bot.ports.stories import Stories
from bot.ports.subscriptions import Subscriptions
from bot.ports.threads import Threads
from bot.ports.timetable import Planned, Timetable
from bot.ports.wordings import Wordings

__all__ = [
    "MAX_QUERIES",
    "MAX_REDIRECTS",
    "MILLIONTHS",
    "Accounts",
    "Archive",
    "Caching",
    "Channels",
    "Claim",
    "Document",
    "Documents",
    "Dropped",
    "DroppedFiles",
    "Folders",
    "Item",
    "Jobs",
    "Limits",
    "Look",
    "Marks",
    "Match",
    "Matches",
    "Meter",
    "Model",
    "ModelReply",
    "ModelRequest",
    "ModelTask",
    "NotModified",
    "Operations",
    "Payer",
    "Place",
    "Places",
    "Planned",
    "PlannedCall",
    "Posts",
    "Progress",
    "Purse",
    "Pushes",
    "Queries",
    "Reader",
    "Reading",
    "Replies",
    "Reports",
    "Reservation",
    "Reviews",
    "Revise",
    "Robots",
    "Rung",
    "Searching",
    "Servers",
    "Sighting",
    "Sought",
    "Spent",
    "Stops",
    "Stories",
    "Subscriptions",
    "Teller",
    "Threads",
    "Timetable",
    "TriedFile",
    "Usage",
    "Validators",
    "Wordings",
]
