"""Reads an endpoint's refusal: what its status, headers and words say, as one of our failures.

Every provider has its own words: the codes are those of OpenAI's "Error codes" guide, llama.cpp's
server and vLLM's API server; of the rest the sentences are searched.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.adapters.model.error_words import Words, read_words
from bot.adapters.model.failures import EndpointError, Kind, Parameter, Place
from bot.sources.freshness import http_date, retry_seconds

TOO_LONG: Final = re.compile(
    r"context.?(?:length|size|window)|maximum context|exceed_context|string_above_max_length"
    r"|too many (?:input )?tokens|(?:prompt|input|request)\W+(?:is )?too (?:long|large)",
    re.IGNORECASE,
)
TOO_LARGE: Final = re.compile(r"request\W+(?:is )?too large", re.IGNORECASE)
"""In a 429: larger than a whole minute's tokens, so that waiting never helps."""

QUOTA_CODE: Final = re.compile(
    r"insufficient_(?:quota|balance|credits?)|billing|hard_limit|quota_exceeded", re.IGNORECASE
)
QUOTA: Final = re.compile(
    r"exceeded your current quota|insufficient (?:quota|balance|credit|funds)|out of credits"
    r"|billing|spending limit|credit balance",
    re.IGNORECASE,
)
FILTERED: Final = re.compile(r"content[_ ]?(?:filter|policy)|moderation", re.IGNORECASE)
FORMAT: Final = re.compile(
    r"response_format|json.?schema|json_object|json mode|structured output|grammar|guided",
    re.IGNORECASE,
)
NOT_TAKEN: Final = re.compile(
    r"not support|unsupported|does not support|unknown|unrecogni[sz]ed|unexpected"
    r"|extra|not (?:permitted|allowed)|only the default",
    re.IGNORECASE,
)
NAMED: Final[tuple[tuple[str, Parameter], ...]] = (
    ("stream_options", "stream_options"),
    ("max_tokens", "max_tokens"),
    ("temperature", "temperature"),
)
REDIRECTS: Final = range(300, 400)
BAD_REQUEST: Final = 400
NO_KEY: Final = 401
NO_MONEY: Final = 402
FORBIDDEN: Final = 403
MISSING: Final = 404
NO_SUCH_METHOD: Final = 405
LATE: Final = 408
CONFLICT: Final = 409
TOO_MUCH: Final = 413
UNREADABLE: Final = 422
TOO_MANY: Final = 429
FAILED: Final = 500
KINDS: Final[dict[int, Kind]] = {
    NO_KEY: "key",
    NO_MONEY: "quota",
    MISSING: "missing",
    NO_SUCH_METHOD: "address",
    LATE: "server",
    CONFLICT: "server",
    TOO_MUCH: "too_long",
}
GATEWAY: Final = frozenset({502, 504})
"""Somebody between us and the model lost the reply, which may have been made and is then paid."""


@dataclass(frozen=True)
class Refusal:
    """A refusal as it came: HTTP status, what its JSON or text said, and two headers.

    An error in the middle of a stream, or behind a status of success, has the status 0.
    """

    status: int
    body: object
    retry_after: str = ""
    date: str = ""


def read_refusal(refusal: Refusal, place: Place) -> EndpointError:
    """Return the failure that the endpoint tells of.

    What it costs: providers bill what was generated, and a status from 400 on says that nothing
    was, except where a gateway says it in place of the model.
    """
    words = read_words(refusal.body)
    status = refusal.status or words.status
    delay = _delay(refusal)
    kind = _kind(status, words, has_delay=delay > 0)
    is_free = refusal.status >= BAD_REQUEST and refusal.status not in GATEWAY
    return EndpointError(
        kind,
        place,
        status=status,
        said=words.message,
        retry_after_seconds=delay,
        refused=_refused(words) if status in {BAD_REQUEST, UNREADABLE} else None,
        charge="nothing" if is_free else "unknown",
    )


def _delay(refusal: Refusal) -> int:
    # a date counts from the server's own clock, and not at all if it does not show that
    at = http_date(refusal.date) or datetime.max.replace(tzinfo=UTC)
    return retry_seconds(refusal.retry_after, now=at)


def _kind(status: int, words: Words, *, has_delay: bool) -> Kind:
    if status == TOO_MANY:
        return _kind_of_too_many(words, has_delay=has_delay)
    if status in KINDS:
        return KINDS[status]
    return _kind_of_words(words) or _kind_of_class(status)


def _kind_of_words(words: Words) -> Kind | None:
    if FILTERED.search(words.codes):
        return "refusal"
    if TOO_LONG.search(words.all):
        return "too_long"
    return "quota" if QUOTA_CODE.search(words.codes) else None


def _kind_of_class(status: int) -> Kind:
    if status == FORBIDDEN:
        return "key"
    if status in REDIRECTS:
        return "address"
    if status == 0:
        return "broken"
    return "server" if status >= FAILED else "request"


def _kind_of_too_many(words: Words, *, has_delay: bool) -> Kind:
    if TOO_LARGE.search(words.message):
        return "too_long"
    # who says when to come back has not run out of money, whatever his sentence says
    if QUOTA_CODE.search(words.codes) or (QUOTA.search(words.message) and not has_delay):
        return "quota"
    return "busy"


def _refused(words: Words) -> Parameter | None:
    for name, parameter in NAMED:
        if name in words.all and NOT_TAKEN.search(words.all):
            return parameter
    return "response_format" if FORMAT.search(words.all) else None
