"""What is answered when something is wrong: JSON with one sentence, and nothing about ourselves.

Source: RFC 9457, "Problem Details for HTTP APIs".
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import msgspec
from aiohttp import web

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ProblemError(Exception):
    """A request that is answered with a problem.

    Args:
        status: the status of the answer.
        detail: a sentence for whoever sent the request.
    """

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@web.middleware
async def problems_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer whatever goes wrong with a problem."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return to_response(problem)
    except web.HTTPException as error:
        status = HTTPStatus(error.status)
        return to_response(ProblemError(status, f"{status.description or status.phrase}."))
    except Exception:  # whatever it was, the next request must be answered
        log.exception("request failed", extra={"path": request.path})
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return to_response(ProblemError(status, "Something went wrong here; try again later."))


def to_response(problem: ProblemError) -> web.Response:
    """Return the answer."""
    fields = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": int(problem.status),
        "detail": problem.detail,
    }
    headers = {"Retry-After": "10"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return web.Response(
        status=problem.status,
        body=msgspec.json.encode(fields),
        content_type="application/problem+json",
        headers=headers,
    )
