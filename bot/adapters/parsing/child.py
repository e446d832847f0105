"""The reading process: takes one document after the other, and holds itself to its limits.

usage: python -m bot.adapters.parsing.child SECONDS MEGABYTES

It needs no secret, no archive and no network, and is given none: it reads from its standard input,
answers on its standard output and ends when its input does.
"""

import logging
import os
import re
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import structs

from bot.adapters.parsing.messages import LENGTH_BYTES, MAX_ITEMS, Answer, Task, pack, to_task
from bot.errors import SourceError
from bot.sources import read_document

MAX_DOCUMENTS: Final = 500
"""Documents after which a fresh process takes over, so that nothing piles up."""
KEPT_SHARE: Final = 0.6
"""Share of the memory limit above which a process is replaced after its document."""
ADDRESS_SPACE: Final = 3
"""Limit of the address space in memory limits: libraries and their tables are mapped, not used."""
STATUS: Final = Path("/proc/self/status")
PEAK: Final = re.compile(rb"VmHWM:\s+(\d+) kB")


def main() -> None:
    """Read documents until the input ends or the process is used up."""
    seconds, megabytes = float(sys.argv[1]), int(sys.argv[2])
    max_bytes = megabytes * 1_000_000
    # whatever a library prints must not stand among the answers
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    logging.disable()  # what libraries say of a text may be a part of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from the terminal; who started us decides
    _limit(max_bytes)
    for count in range(1, MAX_DOCUMENTS + 1):
        task = _next_task(sys.stdin.buffer)
        if task is None:
            return
        _limit_time(seconds)
        answer = _answer(task, megabytes)
        is_used_up = count == MAX_DOCUMENTS or _peak_bytes() > KEPT_SHARE * max_bytes
        answer = structs.replace(answer, is_last=answer.is_last or is_used_up)
        answers.write(_packed(answer))
        answers.flush()
        if answer.is_last:
            return


def _next_task(tasks: BinaryIO) -> Task | None:
    length = tasks.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return to_task(tasks.read(int.from_bytes(length)))


def _answer(task: Task, megabytes: int) -> Answer:
    try:
        reading = read_document(task.document, now=task.now, max_items=MAX_ITEMS)
    except SourceError as error:
        return Answer(reason=error.reason)
    except MemoryError:
        return Answer(reason=f"needs more than {megabytes} MB to be read", is_last=True)
    except Exception as error:  # noqa: BLE001 - whatever a document does is its own failure
        # where it happened, without what was said: that may quote the document
        trace = tuple(f"{f.name} ({f.lineno})" for f in traceback.extract_tb(error.__traceback__))
        return Answer(reason=f"cannot be read ({type(error).__name__})", trace=trace)
    return Answer(reading)


def _packed(answer: Answer) -> bytes:
    try:
        return pack(answer)
    except ValueError:
        return pack(Answer(reason="holds text that cannot be stored", is_last=answer.is_last))


def _peak_bytes() -> int:
    """Return the most memory that the process ever had, 0 where the system does not say.

    Not `ru_maxrss`: Linux counts in it what our parent had when it started us.
    Source: proc_pid_status(5), "VmHWM", in kB.
    """
    try:
        peak = PEAK.search(STATUS.read_bytes())
    except OSError:
        return 0
    return int(peak[1]) * 1024 if peak else 0


def _limit(max_bytes: int) -> None:
    """Allow no more memory, no file to be written, and no picture of the memory when it dies."""
    _set("RLIMIT_DATA", max_bytes)
    _set("RLIMIT_AS", ADDRESS_SPACE * max_bytes)
    _set("RLIMIT_FSIZE", 0)
    _set("RLIMIT_CORE", 0)


def _limit_time(seconds: float) -> None:
    """Let the next document use that much of a processor, rounded up; then the system ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set("RLIMIT_CPU", int(used.ru_utime + used.ru_stime + seconds) + 1)


def _set(name: str, limit: int) -> None:
    """Set a limit where the platform has it, never above what we were given."""
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        _, most = resource.getrlimit(kind)
        resource.setrlimit(
            kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most)
        )
    except (OSError, ValueError):
        return  # macOS knows some of them by name only


if __name__ == "__main__":
    main()
