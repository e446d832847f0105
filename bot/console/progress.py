"""Shows how far long work has come, on standard error, once it takes more than a second."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.status import Status

from bot.ports import Progress

PATIENCE_SECONDS: Final = 1.0


def no_progress(doing: str, done: int, total: int) -> None:
    """Tell nobody: for pipes, where nobody waits."""


@contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """Give a progress that shows a spinner and a count on a terminal, and nothing in a pipe."""
    if not console.is_terminal:
        yield no_progress
        return
    status = Status("", console=console)
    started = time.monotonic()

    def progress(doing: str, done: int, total: int) -> None:
        nonlocal started
        if done == 0:
            started = time.monotonic()
        if done >= total:
            status.stop()
        elif time.monotonic() - started > PATIENCE_SECONDS:
            status.update(f"{doing}: {done} of {total}")
            status.start()

    try:
        yield progress
    finally:
        status.stop()
