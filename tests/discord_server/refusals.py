"""What the loopback Discord answers when it does not do what was asked: status, code, message."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Self


class Reason(Enum):
    """Status, code and text. Source: Discord API reference, "JSON Error Codes"."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    NO_TEXT_CHANNEL = (400, 50008, "Cannot send messages in a non-text channel")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    INVALID_FORM = (400, 50035, "Invalid Form Body")
    THREAD_IS_ARCHIVED = (400, 50083, "Thread is archived")
    NO_JSON = (400, 50109, "The request body contains invalid JSON.")
    NO_HISTORY_FOR_REPLY = (
        400,
        160002,
        "Cannot reply without permission to read message history",
    )
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")


class Refusal(Exception):  # noqa: N818 (an answer of the server, not an error in it)
    """Raised inside the server to answer a request with one of Discord's errors."""

    def __init__(self, reason: Reason, fields: Mapping[str, str] | None = None) -> None:
        self.status, self.code, self.text = reason.value
        self.fields = dict(fields or {})
        super().__init__(f"{self.status} ({self.code}): {self.text} {self.fields or ''}".strip())

    @classmethod
    def form(cls, field: str, problem: str) -> Self:
        """Return the refusal of one field; `field` is a dotted path into the body."""
        return cls(Reason.INVALID_FORM, {field: problem})

    def payload(self) -> dict[str, Any]:
        """Return the body of the answer, the fields nested as Discord nests them."""
        body: dict[str, Any] = {"message": self.text, "code": self.code}
        for path, problem in self.fields.items():
            level = body.setdefault("errors", {})
            for part in path.split("."):
                level = level.setdefault(part, {})
            level["_errors"] = [{"code": "INVALID", "message": problem}]
        return body
