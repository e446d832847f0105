"""Runs a coroutine to its end; `asyncio` is imported only then, a third of the start-up time."""

from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_to_end(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Return what the coroutine returns, run in an event loop of its own."""
    import asyncio  # noqa: PLC0415 - see above

    return asyncio.run(coroutine)
