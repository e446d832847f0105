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
from bot.ports.jobs import Jobs
from bot.ports.progress import Progress
from bot.ports.subscriptions import Subscriptions
from bot.ports.timetable import Timetable

__all__ = [
    "MAX_REDIRECTS",
    "Archive",
    "Caching",
    "Channels",
    "Document",
    "Documents",
    "Jobs",
    "NotModified",
    "Posts",
    "Progress",
    "Revise",
    "Subscriptions",
    "Timetable",
    "Validators",
]
