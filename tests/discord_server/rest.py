"""Carries the REST API over HTTP: tokens, bodies, rate limits, faults, and errors as Discord's."""

import asyncio
import json
import traceback
from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import web

from tests.discord_server.bell import Bell
from tests.discord_server.calls import Call, Handler, Reply, Respond, Routes, read_call
from tests.discord_server.checks import Violation, check_body
from tests.discord_server.faults import Fault, Faults, LostReply, Outage, RateLimited, Refused, Slow
from tests.discord_server.rates import VIA, Rates
from tests.discord_server.refusals import Reason, Refusal

PREFIX: Final = "/api/v10"
"""The version of the API that is spoken."""

OPEN_PATHS: Final = ("/interactions/", "/webhooks/", "/gateway")
"""Paths that carry a token of their own, or need none."""


class Rest:
    """The HTTP side of the server.

    `violations` holds what Discord would not have taken or this server does not know; `requests`
    every request as (method, path, body) in the order of arrival.
    """

    def __init__(
        self, token: str, rates: Rates, faults: Faults, bell: Bell, *, checks_bodies: bool
    ) -> None:
        self._checks_bodies = checks_bodies
        self._token = token
        self._rates = rates
        self._faults = faults
        self._bell = bell
        self.violations: list[Violation] = []
        self.requests: list[tuple[str, str, object]] = []

    def attach(self, application: web.Application, routes: Routes) -> None:
        """Serve the routes, and "404" for every other."""
        for (method, path), handler in routes.items():
            application.router.add_route(method, PREFIX + path, self._serve(path, handler))
        application.router.add_route("*", "/{unknown:.*}", self._serve("/unknown", self._unknown))

    def _unknown(self, _: Call) -> Reply:
        raise Refusal(Reason.NOT_FOUND)

    def _serve(self, template: str, handler: Handler) -> Respond:
        async def respond(request: web.Request) -> web.StreamResponse:
            path = request.path.removeprefix(PREFIX)
            if template == "/unknown":
                problem = "this loopback Discord does not serve it"
                self.violations.append(Violation(request.method, path, (problem,)))
            fault = self._faults.take(request.method, path)
            try:
                headers = self._admit(request, template, path)
                response = await self._answer(request, handler, fault)
                response.headers.update(headers)
            except Refusal as refusal:
                response = _as_json(refusal.payload(), status=refusal.status)
            except _TooMany as error:
                response = error.response()
            self._bell.ring()
            return await _afterwards(request, response, fault)

        return respond

    def _admit(self, request: web.Request, template: str, path: str) -> dict[str, str]:
        carries_token = request.headers.get("Authorization") == f"Bot {self._token}"
        if not carries_token and not path.startswith(OPEN_PATHS):
            raise Refusal(Reason.UNAUTHORIZED)
        if path.startswith("/interactions/"):
            return {}
        names = ("channel_id", "guild_id", "token")
        place = [request.match_info[name] for name in names if name in request.match_info]
        headers, wait = self._rates.use(" ".join([request.method, template, *place]))
        if wait:
            raise _TooMany(wait, headers)
        return headers

    async def _answer(
        self, request: web.Request, handler: Handler, fault: Fault | None
    ) -> web.StreamResponse:
        if isinstance(fault, Refused):
            return web.Response()
        if isinstance(fault, Outage) and not fault.after_effect:
            return _outage(fault)
        if isinstance(fault, RateLimited):
            raise _TooMany(fault.retry_after, {}, everywhere=fault.everywhere)
        call = await read_call(request)
        self._note(request, call)
        return self._run(request, lambda: handler(call))

    def _note(self, request: web.Request, call: Call) -> None:
        path = request.path.removeprefix(PREFIX)
        self.requests.append((request.method, path, call.body))
        checked = self._checks_bodies and call.body is not None
        violation = check_body(request.method, path, call.body) if checked else None
        if violation:
            self.violations.append(violation)

    def _run(self, request: web.Request, act: Callable[[], Reply]) -> web.StreamResponse:
        try:
            reply = act()
        except Refusal:
            raise
        except Exception:  # noqa: BLE001 (a fault of this server must not pass for one of the bot)
            problem = f"the loopback Discord failed: {traceback.format_exc()}"
            self.violations.append(Violation(request.method, request.path, (problem,)))
            return web.Response(status=500, text="the loopback Discord failed")
        if reply.body is None:
            return web.Response(status=204)
        return _as_json(reply.body, status=reply.status)


class _TooMany(Exception):  # noqa: N818 (an answer of the server, not an error in it)
    def __init__(self, wait: float, headers: dict[str, str], *, everywhere: bool = False) -> None:
        super().__init__(f"{wait} s")
        self._wait, self._headers, self._everywhere = wait, headers, everywhere

    def response(self) -> web.Response:
        scope = "global" if self._everywhere else "user"
        headers = {"Retry-After": str(max(1, round(self._wait))), "X-RateLimit-Scope": scope}
        body = {"message": "You are being rate limited.", "retry_after": self._wait}
        body["global"] = self._everywhere
        return _as_json(body, status=429, headers=headers | VIA | self._headers)


async def _afterwards(
    request: web.Request, response: web.StreamResponse, fault: Fault | None
) -> web.StreamResponse:
    if isinstance(fault, Slow):
        await asyncio.sleep(fault.seconds)
    if isinstance(fault, Outage):
        return _outage(fault)
    if isinstance(fault, (LostReply, Refused)) and request.transport:
        request.transport.close()
    return response


def _outage(fault: Outage) -> web.Response:
    return web.Response(status=fault.status, text="upstream request timeout")


def _as_json(
    body: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    # discord.py reads an answer as JSON only if its type names no charset, as Discord's does not
    content = json.dumps(body).encode()
    return web.Response(
        body=content, status=status, headers=headers, content_type="application/json"
    )
