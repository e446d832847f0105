"""Listens on one address, for as long as a block lasts."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web

from bot.errors import SettingsError
from bot.web.parts import Parts
from bot.web.problems import problems_as_json
from bot.web.push import PushDoor

log = logging.getLogger(__name__)

STOP_SECONDS: Final = 2.0
KEEP_ALIVE_SECONDS: Final = 15.0


@asynccontextmanager
async def listen(
    address: str, parts: Parts, *, idle_seconds: float = KEEP_ALIVE_SECONDS
) -> AsyncIterator[int]:
    """Answer on "host:port" while the block lasts; gives the port, which port 0 leaves open.

    What is under way at the end has two seconds. A connection on which for `idle_seconds` no
    request has come to the end of its headers is closed.

    Raises:
        SettingsError: the address is taken, or is none of this machine.
    """
    runner = web.AppRunner(
        build_application(parts),
        access_log=None,
        # what is signed are the bytes as they come; nothing is unpacked
        auto_decompress=False,
        keepalive_timeout=idle_seconds,
        shutdown_timeout=STOP_SECONDS,
    )
    await runner.setup()
    host, _, port = address.rpartition(":")
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            raise SettingsError(
                f"web.listen: nobody can be heard on {address} ({error.strerror}); name another "
                f"address or port."
            ) from error
        log.info("listening", extra={"address": address})
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def build_application(parts: Parts) -> web.Application:
    """Return the application with its two routes."""
    application = web.Application(middlewares=[problems_as_json])

    async def health(_: web.Request) -> web.StreamResponse:
        found = await parts.health()
        is_well = found.status == "ok"
        return web.Response(
            status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE,
            body=msgspec.json.encode(found),
            content_type="application/json",
        )

    application.router.add_post("/push/{name}", PushDoor(parts).answer)
    application.router.add_get("/health", health)
    application.on_response_prepare.append(_say_little)
    return application


async def _say_little(_: web.Request, response: web.StreamResponse) -> None:
    """Leave out what the server is made of."""
    response.headers["Server"] = "Nutgraf"
    response.headers["Cache-Control"] = "no-store"
