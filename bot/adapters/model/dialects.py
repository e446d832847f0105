"""How one model at one endpoint wants to be asked, and what asking it so costs at most."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.adapters.model.failures import Parameter
from bot.ports import ModelRequest, Rung

RUNGS: Final[tuple[Rung, ...]] = ("json_schema", "json_object", "prompt")
OVERHEAD_TOKENS: Final = 512
"""For what chat templates put around the messages: role marks, and a standing system prompt."""

INSTRUCTION: Final = (
    "Reply with one JSON object and nothing else: no explanation, no code fence. "
    "It must fit this JSON Schema:\n"
)


@dataclass(frozen=True)
class Dialect:
    """What a request may say; each refusal of an endpoint makes it poorer by one thing."""

    rung: Rung = "json_schema"
    max_tokens: bool = True
    """Otherwise `max_completion_tokens`, which reasoning models of OpenAI want."""

    temperature: bool = True
    stream_options: bool = True
    """Without it many endpoints count no tokens in a stream."""

    def lower(self) -> "Dialect | None":
        """Return it one rung lower, `None` from the lowest."""
        step = RUNGS.index(self.rung) + 1
        return replace(self, rung=RUNGS[step]) if step < len(RUNGS) else None

    def without(self, parameter: Parameter) -> "Dialect | None":
        """Return it without what was refused; `None` if that was not in the request at all."""
        if parameter == "response_format":
            return self.lower()
        poorer: dict[str, Any] = {parameter: False}
        return replace(self, **poorer) if getattr(self, parameter) else None

    def meet(self, other: "Dialect") -> "Dialect":
        """Return what both can say."""
        return Dialect(
            RUNGS[max(RUNGS.index(self.rung), RUNGS.index(other.rung))],
            self.max_tokens and other.max_tokens,
            self.temperature and other.temperature,
            self.stream_options and other.stream_options,
        )

    def arguments(self, request: ModelRequest, model: str) -> dict[str, Any]:
        """Return the body of the request, for chat.completions, as a stream.

        Sources: OpenAI API reference, "Create chat completion"; its guide "Structured Outputs".
        """
        limit = "max_tokens" if self.max_tokens else "max_completion_tokens"
        return {
            "model": model,
            "messages": self._messages(request),
            limit: request.max_tokens,
            "stream": True,
            **({"temperature": request.temperature} if self.temperature else {}),
            **({"stream_options": {"include_usage": True}} if self.stream_options else {}),
            **self._format(request),
        }

    def _messages(self, request: ModelRequest) -> list[dict[str, str]]:
        system = request.system
        if self.rung != "json_schema":
            system += f"\n\n{INSTRUCTION}{to_json(request.schema)}"
        return [{"role": "system", "content": system}, {"role": "user", "content": request.user}]

    def _format(self, request: ModelRequest) -> dict[str, object]:
        if self.rung == "prompt":
            return {}
        if self.rung == "json_object":
            return {"response_format": {"type": "json_object"}}
        described = {"name": request.schema_name, "schema": request.schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": described}}


def max_tokens_in(arguments: Mapping[str, Any]) -> int:
    """Return a number of tokens that no endpoint will count more of for this request.

    The bytes of its texts and its schema in UTF-8, and `OVERHEAD_TOKENS`: in every tokenizer in use
    (byte-level BPE; SentencePiece with bytes as its last resort) a token stands for one byte or
    more, but for the few that the chat template adds. It is about four times too high.
    """
    said = {key: arguments.get(key) for key in ("messages", "response_format")}
    return len(to_json(said).encode()) + OVERHEAD_TOKENS


def to_json(value: object) -> str:
    """Return the value as compact JSON, with all letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
