"""Everything the chat works with, given to it at the start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.suggestions import Suggestions
from bot.desk import Desk
from bot.news import Filters, Server
from bot.ports import Documents, Operations, Posts, Reviews, Servers, Teller, Threads, Timetable
from bot.schedule_desk import ScheduleDesk, TimingWords
from bot.source_desk import SourceDesk


@dataclass(frozen=True)
class Parts:
    """One newsroom: its desk, what is remembered, and whom to tell of new schedules.

    `clock` is aware, in UTC. `links` fetches addresses that any member may name, so nothing that is
    not public; `sources` keeps the sources, and `suggestions` what is suggested while somebody
    types. `server` is the Discord server that is answered, with its settings; `Newsrooms` fills it
    in, and with it the zones of the desks.
    """

    desk: Desk
    posts: Posts
    timetable: Timetable
    clock: Callable[[], datetime]
    timing: TimingWords
    on_schedules_changed: Callable[[], Awaitable[None]]
    operations: Operations
    sources: SourceDesk
    links: Documents
    suggestions: Suggestions
    reviews: Reviews
    servers: Servers
    threads: Threads
    name: str = "newsroom"
    server: Server | None = None

    def for_server(self, server: Server) -> "Parts":
        """Return the same newsroom as it answers in that server."""
        zone = ZoneInfo(server.zone) if server.zone else self.desk.zone
        chosen = Filters(language=server.language)
        return replace(
            self,
            desk=self.desk.shown_in(zone, chosen),
            sources=replace(self.sources, zone=zone),
            server=server,
        )

    def schedule_desk(self, teller: Teller) -> ScheduleDesk:
        """Return the desk of the newsroom's schedules; `teller` reaches members directly."""
        return ScheduleDesk(
            self.timetable,
            self.operations,
            self.desk.subscriptions,
            self.timing,
            self.desk.zone,
            tuple(topic.name for topic in self.desk.tools.topics.topic),
            teller,
            self.servers,
            tuple(self.desk.tools.editions),
        )
