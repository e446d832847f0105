"""Puts a reply together from what an endpoint sends, in pieces or at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from bot.ports import Usage

MAX_COUNT: Final = 2**31
"""Counts of tokens beyond this are not believed."""

MAX_CHARS_PER_TOKEN: Final = 64
"""No text is made of longer tokens all through; who sends more does not keep to `max_tokens`."""


@dataclass
class Reply:
    """What a model has said so far; the first choice of each event counts.

    `counted` is how the endpoint counts the tokens, in and out, if it says so.
    """

    content: list[str] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)
    finish: str = ""
    counted: tuple[int, int] | None = None
    chars: int = 0
    events: int = 0

    def add(self, event: object) -> None:
        """Take a completion or one chunk of it; what has another shape is passed over.

        Source: OpenAI API reference, "The chat completion object" and "... chunk object".
        """
        if not isinstance(event, Mapping):
            return
        self.events += 1
        self.counted = _counts(event.get("usage")) or self.counted
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, Mapping):
            return
        self.finish = _text(choice.get("finish_reason")) or self.finish
        said = choice.get("message") or choice.get("delta")
        if isinstance(said, Mapping):
            self._hear(said)

    @property
    def text(self) -> str:
        """All of its content."""
        return "".join(self.content)

    def is_endless(self, max_tokens: int) -> bool:
        """Tell whether it is longer than so many tokens can be."""
        return self.chars > max_tokens * MAX_CHARS_PER_TOKEN

    def usage(self, model: str) -> Usage | None:
        """Return what the endpoint says that it used; `None` if it does not say so."""
        return Usage(model, *self.counted) if self.counted else None

    def _hear(self, said: Mapping[object, object]) -> None:
        for text in _texts(said.get("content")):
            self.content.append(text)
            self.chars += len(text)
        self.refusal.extend(_texts(said.get("refusal")))


def _texts(value: object) -> Sequence[str]:
    """Return the text; of parts, as some gateways send them, those that are no thoughts."""
    if isinstance(value, str):
        return [value]
    parts = value if isinstance(value, list) else []
    return [
        text for part in parts if isinstance(part, Mapping) and (text := _text(part.get("text")))
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _counts(usage: object) -> tuple[int, int] | None:
    if not isinstance(usage, Mapping):
        return None
    asked, told = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return (asked, told) if _is_count(asked) and _is_count(told) else None


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= MAX_COUNT
