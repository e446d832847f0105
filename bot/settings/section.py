"""What all sections of the settings share, and the limits that their keys are given."""

from typing import Annotated

import msgspec


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the settings: immutable, and an unknown key is an error."""


def between(low: int, high: int) -> msgspec.Meta:
    """Return the limit of a number, both ends included."""
    return msgspec.Meta(ge=low, le=high)


Filled = Annotated[str, msgspec.Meta(min_length=1)]
"""Text that is not empty."""
