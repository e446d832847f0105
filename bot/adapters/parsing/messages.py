"""What a reading process is told and what it answers: MessagePack behind a length of four bytes.

No pickle: an answer comes from a process that a hostile document may have taken over, and decoding
these messages builds nothing but the values below, each checked by its type.
"""

from datetime import datetime
from typing import Final

import msgspec

from bot.ports import Document, Reading

LENGTH_BYTES: Final = 4
MAX_ITEMS: Final = 1_000
"""Items of one document that are sent back: as many as the settings let anybody take of it."""
MAX_ANSWER_BYTES: Final = 100_000_000
"""More than a document of the largest size can hold in text; a longer answer is not listened to."""


class Task(msgspec.Struct, frozen=True):
    """A document to be read."""

    document: Document
    now: datetime


class Answer(msgspec.Struct, frozen=True):
    """What came of a task: a reading, or the clause why there is none.

    `trace` says where in our code something happened that nobody expected. `is_last` means that the
    process wants to be replaced by a fresh one.
    """

    reading: Reading | None = None
    reason: str = ""
    trace: tuple[str, ...] = ()
    is_last: bool = False


def pack(message: Task | Answer) -> bytes:
    """Return the message with its length in front.

    Raises:
        ValueError: a text in it cannot be written as UTF-8, or it is longer than 4 GB.
    """
    body = msgspec.msgpack.encode(message)
    try:
        return len(body).to_bytes(LENGTH_BYTES) + body
    except OverflowError as error:
        raise ValueError("A message of more than 4 GB cannot be sent.") from error


_tasks = msgspec.msgpack.Decoder(Task)
_answers = msgspec.msgpack.Decoder(Answer)


def to_task(body: bytes) -> Task:
    """Return the task that the bytes hold."""
    return _tasks.decode(body)


def to_answer(body: bytes) -> Answer:
    """Return the answer that the bytes hold.

    Raises:
        msgspec.DecodeError: they hold none.
    """
    return _answers.decode(body)
