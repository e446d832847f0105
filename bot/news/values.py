"""What all values of the vocabulary share: immutable, strict when decoded, checked when made."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated

import msgspec

from bot.errors import VerificationError

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A point in time: aware, offset zero."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the vocabulary: immutable, compared by content, strict when decoded."""


def require(condition: object, sentence: str) -> None:
    """Raise `VerificationError` with the sentence unless the condition holds."""
    if not condition:
        raise VerificationError(sentence)


def digest(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, as 64 hexadecimal digits.

    Raises:
        ValueError: the text holds a lone surrogate, which UTF-8 cannot say.
    """
    return sha256(text.encode()).hexdigest()


def require_utc(instant: datetime | None, name: str) -> None:
    """Raise `VerificationError` if the instant is given and is not aware with offset zero."""
    require(
        instant is None or instant.utcoffset() == timedelta(0),
        f"{name} must be an aware instant in UTC.",
    )
