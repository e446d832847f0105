"""Serves the sample wire on a loopback port, with the validators that a polite reader asks for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, Self

from aiohttp import ETag, web

from bot.demo.publishing import Answer, publish
from bot.demo.wire import Stage, load_wire
from bot.news import digest

HOST: Final = "127.0.0.1"
"""The only address the server listens on: nobody outside this machine can reach it."""


@dataclass(frozen=True)
class ListedFeed:
    """A feed of the running server, with the names of its outlet and publisher."""

    address: str
    outlet: str
    publisher: str


class SampleWire:
    """The sample wire as a running server: an asynchronous context manager.

    It starts at the stage `before`. While it runs, `base_url` is its address without a slash at
    the end, `host_port` the same as an address guard's allow-list takes it, and `feeds` lists what
    it serves.

    Args:
        port: the port to listen on; 0 takes a free one.
    """

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._wire = load_wire()
        self._answers: dict[str, Answer] = {}
        self._requests: Counter[str] = Counter()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Start to listen.

        Raises:
            OSError: the port is taken.
        """
        application = web.Application()
        application.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        self._show("before")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop; connections that are open are closed."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def host_port(self) -> str:
        """The exact `host:port`."""
        return f"{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://{self.host_port}"

    @property
    def feeds(self) -> tuple[ListedFeed, ...]:
        """The feeds in the order of the wire's listing."""
        found = ((feed, self._wire.outlet(feed.outlet)) for feed in self._wire.feeds)
        return tuple(
            ListedFeed(self.base_url + feed.path, outlet.name, outlet.publisher)
            for feed, outlet in found
        )

    @property
    def requests(self) -> Mapping[str, int]:
        """How many requests came for each path, those answered with 304 or 404 included."""
        return MappingProxyType(self._requests)

    def move_on(self) -> None:
        """Serve the stage `after` from now on: new articles, the correction, the kill."""
        self._show("after")

    def _show(self, stage: Stage) -> None:
        self._answers = publish(self._wire, stage, self.base_url)

    async def _answer(self, request: web.Request) -> web.Response:
        self._requests[request.path] += 1
        answer = self._answers.get(request.path)
        if answer is None:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="Not Found\n")
        response = web.Response(status=answer.status)
        if answer.status == HTTPStatus.OK:
            response.etag = ETag(_tag(answer))
            response.last_modified = answer.changed_at
        if answer.status == HTTPStatus.OK and _is_known(request, answer):
            response.set_status(HTTPStatus.NOT_MODIFIED)
            return response
        response.content_type, response.charset = answer.media_type, answer.charset
        response.body = answer.content
        return response


def _tag(answer: Answer) -> str:
    return digest(answer.content.hex())[:32]


def _is_known(request: web.Request, answer: Answer) -> bool:
    """Source: RFC 9110, section 13.2.2: a tag decides; only without one the date does."""
    if request.if_none_match is not None:
        return any(tag.value in {"*", _tag(answer)} for tag in request.if_none_match)
    since: datetime | None = request.if_modified_since
    return since is not None and answer.changed_at.astimezone(UTC) <= since
