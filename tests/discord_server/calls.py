"""One request to the REST API and what comes back, apart from how HTTP carries them."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, hdrs, web

from tests.discord_server.components import Json
from tests.discord_server.refusals import Reason, Refusal


@dataclass(frozen=True)
class Call:
    """A request: numbers and words of its path, its query, its body and uploaded files."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: Mapping[str, bytes] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Return an id of the path.

        Raises:
            Refusal: it is no number.
        """
        if not self.path[name].isdigit():
            raise Refusal.form(name, f'Value "{self.path[name]}" is not snowflake.')
        return int(self.path[name])

    @property
    def fields(self) -> Json:
        """The body as an object, empty if there was none.

        Raises:
            Refusal: it is something else.
        """
        if not isinstance(self.body, dict | None):
            raise Refusal(Reason.INVALID_FORM)
        return self.body or {}


@dataclass(frozen=True)
class Reply:
    """What is answered; nothing at all means "204 No Content"."""

    body: Json | list[Json] | None = None
    status: int = 200


Handler = Callable[[Call], Reply]
"""Does what is asked at once: the server has one thread, and its state is never half changed."""

Routes = Mapping[tuple[str, str], Handler]
"""The handlers by method and path."""

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read_call(request: web.Request) -> Call:
    """Return the request, its body read as JSON or as a form with files.

    Raises:
        Refusal: the body is no JSON.
    """
    body: Any = None
    files: dict[str, bytes] = {}
    if request.content_type == "multipart/form-data":
        body, files = await _read_form(request)
    elif request.can_read_body:
        body = _parse(await request.text())
    return Call(request.match_info, request.query, body, files)


async def _read_form(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    body: Any = None
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        disposition = part.headers.get(hdrs.CONTENT_DISPOSITION, "")
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = _parse(content.decode())
        elif part.name and disposition:
            files[part.name] = content
    return body, files


def _parse(text: str) -> Any:  # noqa: ANN401 (JSON can be anything)
    if not text:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise Refusal(Reason.NO_JSON) from None
