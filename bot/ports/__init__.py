"""What the stages need from outside, each as a small protocol with a fake in `tests/fakes.py`."""

from bot.ports.archive import Archive, Revise
from bot.ports.channels import Channels, Posts
from bot.ports.documents import Document, Documents
from bot.ports.jobs import Jobs
from bot.ports.progress import Progress
from bot.ports.stories import Stories
from bot.ports.timetable import Timetable

__all__ = [
    "Archive",
    "Channels",
    "Document",
    "Documents",
    "Jobs",
    "Posts",
    "Progress",
    "Revise",
    "Stories",
    "Timetable",
]
