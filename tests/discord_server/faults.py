"""Faults on request: what goes wrong with the next request of a kind."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class LostReply:
    """The request takes effect, but the connection ends before the answer."""


@dataclass(frozen=True)
class Outage:
    """The request is answered with an error of the server, by default without taking effect."""

    status: int = 500
    after_effect: bool = False


@dataclass(frozen=True)
class RateLimited:
    """The request has no effect; it may be repeated after so many seconds."""

    retry_after: float = 1.0
    everywhere: bool = False


@dataclass(frozen=True)
class Refused:
    """The request never has an effect: the connection ends before it is read."""


@dataclass(frozen=True)
class Slow:
    """The request takes effect, and the answer comes so many seconds later."""

    seconds: float


Fault = LostReply | Outage | RateLimited | Refused | Slow


class Faults:
    """The faults that are still to come, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._coming: list[tuple[str, str, Fault]] = []

    def __len__(self) -> int:
        """Return how many have not happened yet."""
        return len(self._coming)

    def add(self, method: str, path_pattern: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests fail whose path matches a pattern, `/channels/*/messages` say."""
        self._coming += [(method.upper(), path_pattern, fault)] * times

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault for the request and strike it off."""
        for planned in self._coming:
            if planned[0] == method and fnmatchcase(path, planned[1]):
                self._coming.remove(planned)
                return planned[2]
        return None
