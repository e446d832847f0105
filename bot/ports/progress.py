"""Who is told how far a long piece of work has come."""

from typing import Protocol


class Progress(Protocol):
    """Is told how far a long piece of work has come."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take note that `done` of `total` are done, first of 0; `doing` reads like "writing"."""
        ...
