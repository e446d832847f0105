"""Takes in documents that are signed with the secret of their source, each message once."""

import asyncio
import logging
from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web

from bot.errors import ArchiveError, SourceError
from bot.ports import Document
from bot.web.parts import Parts
from bot.web.problems import ProblemError
from bot.web.signing import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    WINDOW,
    is_signed,
    read_signature,
    read_timestamp,
)

log = logging.getLogger(__name__)

ADDRESS: Final = "push://"
MEDIA_TYPES: Final = frozenset(
    {"application/json", "application/xml", "text/xml", "text/plain", "application/octet-stream"}
)
SUFFIXES: Final = ("+json", "+xml")
BODY_SECONDS: Final = 30.0
"""How long a body may take to come."""
MAX_AT_ONCE: Final = 16
"""Messages that are held in memory at the same time."""
CHUNK_BYTES: Final = 65_536
NOBODY: Final = bytes(32)
"""What a message for an unknown name is checked against, so that it takes as long as any other."""
UNSIGNED: Final = "The signature is not the one of this source for this time stamp and body."


class PushDoor:
    """Answers `POST /push/NAME`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._inside = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Take in the document, and answer 202 with the ids of its articles.

        Raises:
            ProblemError: 400 headers or document cannot be read, 401 not signed by this source or
                too long ago, 408 too slow, 409 came before, 413 too large, 415 of another kind,
                503 too much at once or no place to store it. That a name is unknown is not told.
        """
        if self._inside >= MAX_AT_ONCE:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "Too many messages at once.")
        self._inside += 1
        try:
            return await self._answer(request)
        finally:
            self._inside -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        timestamp, signature = _headers(request)
        body = await self._body(request)
        name = request.match_info["name"]
        self._check(name, timestamp, signature, body)
        _check_kind(request)
        now = self._parts.clock()
        # the oldest and the youngest time stamp that are taken are two windows apart
        if not await self._parts.pushes.admit(signature, now=now, until=now + 2 * WINDOW):
            detail = "This message came before; sign what you send again with the time of sending."
            raise ProblemError(HTTPStatus.CONFLICT, detail)
        document = Document(
            ADDRESS + name, body, media_type=request.content_type, charset=request.charset or ""
        )
        ids = await self._receive(document, signature)
        log.info("push taken", extra={"source": name, "articles": len(ids)})
        return web.Response(
            status=HTTPStatus.ACCEPTED,
            body=msgspec.json.encode({"articles": ids}),
            content_type="application/json",
        )

    async def _receive(self, document: Document, signature: str) -> tuple[str, ...]:
        try:
            return await self._parts.receive(document)
        except SourceError as error:
            log.warning("push refused", extra={"source": error.address, "reason": error.reason})
            detail = f"The document {error.reason}."
            raise ProblemError(HTTPStatus.BAD_REQUEST, detail) from error
        except ArchiveError as error:
            await self._parts.pushes.forget(signature)
            log.exception("push not stored", extra={"source": document.address})
            detail = "The document cannot be stored at present; send it again."
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail) from error

    def _check(self, name: str, timestamp: str, signature: str, body: bytes) -> None:
        """Raise unless the message is signed by the source, and lately."""
        secret = self._parts.secrets.get(name)
        is_right = is_signed(secret or NOBODY, timestamp, body, signature)
        if secret is None or not is_right:
            log.warning("push not signed", extra={"source": name[:64]})
            raise ProblemError(HTTPStatus.UNAUTHORIZED, UNSIGNED)
        sent_at = read_timestamp(timestamp)
        if sent_at is None or abs(self._parts.clock() - sent_at) > WINDOW:
            detail = "The time stamp is more than five minutes from the clock of this machine."
            raise ProblemError(HTTPStatus.UNAUTHORIZED, detail)

    async def _body(self, request: web.Request) -> bytes:
        most = self._parts.max_bytes
        too_large = ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {most / 1e6:g} MB are not taken."
        )
        if (request.content_length or 0) > most:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for chunk in request.content.iter_chunked(CHUNK_BYTES):
                    body += chunk
                    if len(body) > most:
                        raise too_large
        except TimeoutError as error:
            detail = f"The message did not come within {BODY_SECONDS:g} seconds."
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, detail) from error
        return bytes(body)


def _headers(request: web.Request) -> tuple[str, str]:
    timestamp = request.headers.get(TIMESTAMP_HEADER, "")
    signature = read_signature(request.headers.get(SIGNATURE_HEADER, ""))
    if read_timestamp(timestamp) is None or not signature:
        detail = (
            f"{TIMESTAMP_HEADER} must hold the seconds since 1970, and {SIGNATURE_HEADER} sha256= "
            f"with 64 hexadecimal digits."
        )
        raise ProblemError(HTTPStatus.BAD_REQUEST, detail)
    return timestamp, signature


def _check_kind(request: web.Request) -> None:
    kind = request.content_type
    if "Content-Encoding" in request.headers:
        detail = "Packed documents are not taken; send it without Content-Encoding."
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    if kind not in MEDIA_TYPES and not kind.endswith(SUFFIXES):
        detail = "Taken are JSON, XML and plain text, named as such by Content-Type."
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
