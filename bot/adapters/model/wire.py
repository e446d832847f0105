"""Speaks HTTP with one endpoint, through the `openai` package; its errors become ours here.

Replies are streamed: whoever stops reading closes the connection, and the server sees that with
the next word that it writes, and stops too. Measured with llama.cpp: its slot is free after 0.02 s;
asked for a whole reply at once, it went on for the 31 s that the reply took, for nobody.
"""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import httpx2
import openai
from openai.resources.chat.completions import AsyncCompletionsWithStreamingResponse

from bot.adapters.model.endpoints import Endpoint
from bot.adapters.model.failures import EndpointError, Kind, Place
from bot.adapters.model.refusals import Refusal, read_refusal
from bot.adapters.model.replies import Reply

CONNECT_SECONDS: Final = 10.0
MAX_BYTES: Final = 4_000_000
"""Longest answer, with the few hundred bytes that a stream puts around every token."""

NO_KEY: Final = "none"
"""What the package wants in place of a key; it is not sent."""

PIECES: Final = openai.AsyncStream[object]
UNSENT: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)


class BodyError(httpx2.RequestError):
    """An answer that is not read to its end.

    Args:
        kind: what the endpoint did.
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


class Bounded(httpx2.AsyncByteStream):
    """A body that is cut off once it is longer than `MAX_BYTES`."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body.

        Raises:
            BodyError: there is too much of it.
        """
        length = 0
        async for piece in self._stream:
            length += len(piece)
            if length > MAX_BYTES:
                raise BodyError("endless")
            yield piece

    async def aclose(self) -> None:
        """Close the connection, unless all was read."""
        await self._stream.aclose()


class Wire:
    """The connections to one endpoint. Open until `close`.

    Redirects are not followed, for the operator wrote where the key may go. Proxies and trusted
    certificates are those of the environment, as the operator's other programs use them, but not on
    the way to this machine itself.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._http = httpx2.AsyncClient(
            timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=not endpoint.is_here,
            # what is packed could be a thousand times as long as `MAX_BYTES`
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_bound]},
        )
        self._ask = {model: self._asking(model) for model in endpoint.models.values() if model}

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def read(self, arguments: Mapping[str, Any], max_tokens: int, place: Place) -> Reply:
        """Send the request and return the whole reply.

        Raises:
            EndpointError: there is none.
        """
        try:
            return await self._read(arguments, max_tokens, place)
        except openai.APIStatusError as error:
            lines = error.response.headers
            said = Refusal(
                error.status_code, error.body, lines.get("Retry-After", ""), lines.get("Date", "")
            )
            raise read_refusal(said, place) from error
        except openai.APIConnectionError as error:
            raise _explain(error.__cause__, place) from error
        except openai.APIError as error:  # told in the middle of a stream
            raise read_refusal(Refusal(0, error.body), place) from error
        except (httpx2.RequestError, ValueError, RecursionError) as error:
            raise _explain(error, place) from error

    async def _read(self, arguments: Mapping[str, Any], max_tokens: int, place: Place) -> Reply:
        ask = self._ask[place.model]
        reply = Reply()
        async with ask.create(**arguments, extra_headers=self._headers()) as response:
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if media_type == "application/json":
                _take_whole(reply, json.loads(await response.read()), max_tokens, place)
            else:
                # as plain values: building objects of them takes five times as long
                await _take_pieces(reply, await response.parse(to=PIECES), max_tokens, place)
        if not reply.events:
            raise EndpointError("broken" if media_type == "text/event-stream" else "address", place)
        return reply

    def _asking(self, model: str) -> AsyncCompletionsWithStreamingResponse:
        """Return what asks the model, at its own address; the connections are for all of them."""
        version = self._endpoint.api_version
        client = openai.AsyncOpenAI(
            api_key=self._endpoint.key.secret or NO_KEY,
            base_url=self._endpoint.url_of(model),
            default_query={"api-version": version} if version else None,
            max_retries=0,
            http_client=self._http,
        )
        return client.chat.completions.with_streaming_response

    def _headers(self) -> dict[str, str | openai.Omit]:
        """Return what names us. Of the environment's OPENAI_… variables none is sent."""
        secret, omit = self._endpoint.key.secret, openai.Omit()
        headers: dict[str, str | openai.Omit] = {
            "OpenAI-Organization": omit,
            "OpenAI-Project": omit,
        }
        if self._endpoint.api_version and secret:
            return headers | {"Authorization": omit, "api-key": secret}
        return headers if secret else headers | {"Authorization": omit}


async def _bound(response: httpx2.Response) -> None:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise BodyError("address")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = Bounded(response.stream)


async def _take_pieces(
    reply: Reply, pieces: AsyncIterator[object], max_tokens: int, place: Place
) -> None:
    async for piece in pieces:
        reply.add(piece)
        if reply.is_endless(max_tokens):
            raise EndpointError("endless", place)


def _take_whole(reply: Reply, body: object, max_tokens: int, place: Place) -> None:
    """Take the reply of who does not stream; some hide an error behind a status of success."""
    if not isinstance(body, Mapping):
        return
    if "choices" not in body and "error" in body:
        raise read_refusal(Refusal(0, body), place)
    if "choices" in body:
        reply.add(body)
        reply.finish = reply.finish or "stop"  # it is whole, whether it says so or not
    if reply.is_endless(max_tokens):
        raise EndpointError("endless", place)


def _explain(error: BaseException | None, place: Place) -> EndpointError:
    """Return what a failure of the connection, or of its content, was."""
    if isinstance(error, BodyError):
        return EndpointError(error.kind, place)
    if isinstance(error, UNSENT):
        return EndpointError("connection", place, charge="unsent")
    return EndpointError("broken", place)
