"""What can go wrong with one request to a model, and whether asking again may help."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.adapters.model.keys import Key
from bot.errors import ModelError
from bot.text import squeeze

Kind = Literal[
    "busy",
    "server",
    "connection",
    "broken",
    "timeout",
    "turn",
    "closed",
    "key",
    "quota",
    "missing",
    "address",
    "request",
    "too_long",
    "endless",
    "refusal",
    "cut_off",
    "empty",
    "misfit",
]
Parameter = Literal["response_format", "max_tokens", "temperature", "stream_options"]
"""What a request says that not every endpoint takes."""

PASSING: Final[frozenset[Kind]] = frozenset({"busy", "server", "connection", "broken"})
"""What may be over in a second."""

HARMLESS: Final[frozenset[Kind]] = frozenset(
    {"missing", "request", "too_long", "refusal", "cut_off", "empty", "misfit"}
)
"""What says that the endpoint works, for other requests."""

STRICTER: Final[frozenset[Kind]] = frozenset({"empty", "misfit"})
"""What a model may do better if it is asked in another way for the same."""


MAX_SAID_CHARS: Final = 120
SENTENCES: Final[dict[Kind, str]] = {
    "busy": "{name} gets too many requests ({status}); wait, or lower its concurrency",
    "server": "{name} failed with status {status}; if that goes on, ask who runs it",
    "connection": "{name} cannot be reached; check that it runs, and its base_url",
    "broken": "{name} broke off in the middle of its reply; if that goes on, ask who runs it",
    "timeout": "{name} took too long; raise its timeout_seconds or take a faster model",
    "turn": "{name} has no free turn before the deadline; raise its limits, or ask for less",
    "closed": "{name} is left alone for a while because it failed several times",
    "key": "{name} does not accept the key for {model} ({status}); put a valid one into {origin}",
    "quota": "{name} says that its quota is used up; add credit, or raise the limit there",
    "missing": "{name} knows no model {model}, or is not at this base_url; correct one of them",
    "address": "{name} does not answer as an API for models does; correct its base_url, which "
    "mostly ends in /v1",
    "request": "{name} refuses the request for {model} ({status}): {said}",
    "too_long": "The prompt is longer than {model} at {name} can read; send less text",
    "endless": "{model} at {name} wrote on without end, and was cut off",
    "refusal": "{model} at {name} refused to answer",
    "cut_off": "The reply of {model} at {name} was cut off at its limit of tokens; raise it",
    "empty": "{model} at {name} said nothing",
    "misfit": "{model} at {name} did not reply with the JSON that it was asked for",
}


@dataclass(frozen=True)
class Place:
    """What sentences about a failure name: the endpoint, the model, and where the key stands."""

    endpoint: str
    model: str
    key: Key


class EndpointError(ModelError):
    """One request without a reply that can be used.

    Args:
        kind: what happened.
        place: where.
        status: what the endpoint answered, as HTTP numbers it.
        said: its own words, of which the sentence has the beginning, without the key.
        retry_after_seconds: how long the endpoint asked us to wait, 0 if it did not.
        refused: the part of the request that the endpoint does not take.
        charge: what it cost: nothing, or nobody knows; "unsent" if the endpoint never saw it.
    """

    def __init__(  # noqa: PLR0913 - each by its name, and each a fact of its own
        self,
        kind: Kind,
        place: Place,
        *,
        status: int = 0,
        said: str = "",
        retry_after_seconds: float = 0,
        refused: Parameter | None = None,
        charge: Literal["nothing", "unknown", "unsent"] = "unknown",
    ) -> None:
        facts = {"status": status, "said": _excerpt(said, place.key)}
        super().__init__(f"{SENTENCES[kind].format_map(_names(place) | facts)}.", kind=kind)
        self.retry_after_seconds = retry_after_seconds if kind in PASSING else 0
        self.refused = refused
        self.charge = charge
        self.is_passing = kind in PASSING
        self.is_harmless = kind in HARMLESS
        self.may_be_the_rung = kind in STRICTER


def _names(place: Place) -> dict[str, object]:
    return {"name": place.endpoint, "model": place.model, "origin": place.key.origin}


def _excerpt(said: str, key: Key) -> str:
    """Return the beginning of what a stranger said: one line, printable, without our key."""
    hidden = said.replace(key.secret, "…") if key.secret else said
    line = squeeze("".join(c if c.isprintable() else " " for c in hidden))
    return line[:MAX_SAID_CHARS].rstrip(". ") or "it does not say why"
