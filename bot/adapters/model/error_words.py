"""The error object of an endpoint, whichever of its shapes it has, as words to look for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MAX_CHARS: Final = 2_000
STATUSES: Final = range(400, 600)


@dataclass(frozen=True)
class Words:
    """What an error object says, each cut at `MAX_CHARS`; `status` is 0 if it gives none."""

    codes: str = ""
    param: str = ""
    message: str = ""
    status: int = 0

    @property
    def all(self) -> str:
        """Everything at once."""
        return f"{self.codes} {self.param} {self.message}"


def read_words(body: object) -> Words:
    """Return what the body says: an object, one with the object inside, a text, or anything.

    What the endpoint echoes of the request is left out, for it says nothing of the error.
    Sources: OpenAI "Error codes" (`error.code`, `type`, `param`, `message`), FastAPI's validation
    errors (`detail[].type`, `loc`, `msg`), plain texts in `detail`, `message` or `error`.
    """
    if not isinstance(body, Mapping):
        return Words(message=body[:MAX_CHARS] if isinstance(body, str) else "")
    inner = body.get("error")
    body = inner if isinstance(inner, Mapping) else body
    code = body.get("code")
    details = body.get("detail")
    items = details if isinstance(details, list) else []
    found = [item for item in items[:5] if isinstance(item, Mapping)]
    return Words(
        codes=_joined(code, body.get("type"), *(item.get("type") for item in found)),
        param=_joined(body.get("param"), *(item.get("loc") for item in found)),
        message=_joined(
            *(body.get(name) for name in ("message", "error", "error_description")),
            details,
            *(item.get("msg") for item in found),
        ),
        status=code if isinstance(code, int) and code in STATUSES else 0,
    )


def _joined(*values: object) -> str:
    """Return the texts, and those in lists, with spaces between them."""
    lists = [value if isinstance(value, list) else [value] for value in values]
    parts = [part for values in lists for part in values]
    return " ".join(part for part in parts if isinstance(part, str))[:MAX_CHARS]
