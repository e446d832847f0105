"""A clock that a test moves for another process too: it goes on from an instant in a file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path


def _real_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - what the moved clock counts from


class MovedClock:
    """The time since it was last set, on top of what it was set to; kept in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def set(self, instant: datetime) -> None:
        """From now on it is this time, and time goes on."""
        written = {"instant": instant.isoformat(), "set_at": _real_now().isoformat()}
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(written), encoding="utf-8")
        fresh.replace(self._file)

    def advance(self, step: timedelta) -> None:
        """Move the clock on."""
        self.set(self.now() + step)

    def now(self) -> datetime:
        """Return the moved time, in UTC."""
        written = json.loads(self._file.read_text(encoding="utf-8"))
        passed = _real_now() - datetime.fromisoformat(written["set_at"])
        return datetime.fromisoformat(written["instant"]) + passed
