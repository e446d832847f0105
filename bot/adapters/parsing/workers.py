"""Reads documents in processes of their own: what kills one of them costs its document only.

A process is a fresh interpreter that is told what to read over a pipe. A fork would copy a program
with threads in the middle of whatever they hold, and our secrets with it; `multiprocessing` sends
its answers as pickles, which a process that hostile bytes have taken over could write as it likes.
"""

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Final, Self

import msgspec

from bot.adapters.parsing.here import ReaderHere
from bot.adapters.parsing.messages import (
    LENGTH_BYTES,
    MAX_ANSWER_BYTES,
    Answer,
    Task,
    pack,
    to_answer,
)
from bot.errors import ExtractError
from bot.ports import Document, Reading
from bot.sources.encodings import GZIP
from bot.text import clean, squeeze

log = logging.getLogger(__name__)

CHILD: Final = "bot.adapters.parsing.child"
PATIENCE: Final = 3
"""Time limit by the clock, in time limits by the processor: others may be using it."""
NONSENSE: Final = "made the process that reads it talk nonsense"
MAX_REASON_CHARS: Final = 300
WEB: Final = ("http://", "https://")
GOODBYE_SECONDS: Final = 1.0
PLAIN_BYTES: Final = 1_000_000
"""A text of this size is read where it is: it takes no library, and a fraction of a second."""


@dataclass(eq=False)
class _Worker:
    """One process, and the pipe to it."""

    process: Process

    @classmethod
    async def start(cls, seconds: float, megabytes: int) -> Self:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-B", "-W", "ignore", "-m", CHILD),
            *(str(seconds), str(megabytes)),
            stdin=PIPE,
            stdout=PIPE,
            # our secrets lie in our environment; the path is all that it needs
            env={"PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
            start_new_session=True,
        )
        return cls(process)

    @property
    def is_alive(self) -> bool:
        return self.process.returncode is None

    async def do(self, task: bytes) -> Answer:
        """Return the answer.

        Raises:
            EOFError: the process ended without one.
            msgspec.DecodeError: what it said is none.
        """
        tasks, answers = self.process.stdin, self.process.stdout
        if tasks is None or answers is None:
            raise ValueError("A worker is started with pipes.")
        try:
            tasks.write(task)
            await tasks.drain()
            length = int.from_bytes(await answers.readexactly(LENGTH_BYTES))
            if length > MAX_ANSWER_BYTES:
                raise msgspec.DecodeError("An answer of that length is not read.")
            return to_answer(await answers.readexactly(length))
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise EOFError from error

    async def end(self) -> int:
        """See the process end, if need be by force; return its exit code or minus its signal."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            return await asyncio.wait_for(self.process.wait(), GOODBYE_SECONDS)
        except TimeoutError:
            self.kill()
            return await self.process.wait()

    def kill(self) -> None:
        if self.is_alive:
            self.process.kill()


class Workers:
    """The port `Reader` in processes that are started when there is something to read, and reused.

    An async context manager: no process outlives it. Each is replaced after 500 documents or when
    it has grown, and ended when there was nothing to read for a while.

    Args:
        count: processes at the most.
        seconds: time of a processor that one document may take.
        megabytes: memory that a process may have.
        rest_seconds: how long a process may wait for its next document.
    """

    def __init__(
        self,
        *,
        count: int = 2,
        seconds: float = 20,
        megabytes: int = 300,
        rest_seconds: float = 30,
    ) -> None:
        self._count = count
        self._turns = asyncio.Semaphore(count)
        self._is_closing = False
        self._seconds = seconds
        self._megabytes = megabytes
        self._rest_seconds = rest_seconds
        self._here = ReaderHere()
        self._waiting: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._alarm: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        """Start nothing yet."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every process, whatever it is doing."""
        if self._alarm:
            self._alarm.cancel()
        self._is_closing = True
        for worker in self._all:
            worker.kill()
        for _ in range(self._count):
            await self._turns.acquire()  # whoever is starting a process sees what is going on
        await asyncio.gather(*self._ending, *(worker.end() for worker in self._all))
        self._all.clear()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that there are at present."""
        return tuple(worker.process.pid for worker in self._all if worker.is_alive)

    async def read(self, document: Document, *, now: datetime) -> Reading:
        """Return what the document holds.

        Raises:
            ExtractError: nothing that we can read; or reading it takes too much time or memory, or
                kills the process that does it.
        """
        if _is_plain(document.content):
            return await self._here.read(document, now=now)
        try:
            task = pack(Task(document, now))
        except ValueError as error:
            raise ExtractError(document.address, "comes with a label that is no text") from error
        async with self._turns:
            if self._is_closing:
                raise ExtractError(document.address, "was not read, the reading processes are gone")
            answer = await self._ask(task, document.address)
        if answer.reading is not None:
            return _believable(answer.reading, document.address)
        if answer.trace:
            log.error("reader failed", extra={"address": document.address, "at": answer.trace})
        raise ExtractError(document.address, squeeze(clean(answer.reason))[:MAX_REASON_CHARS])

    async def _ask(self, task: bytes, address: str) -> Answer:
        try:
            worker = await self._next_worker()
        except OSError as error:
            reason = f"was not read, no process can be started for it ({error.strerror})"
            raise ExtractError(address, reason) from error
        try:
            async with asyncio.timeout(PATIENCE * self._seconds):
                answer = await worker.do(task)
        except TimeoutError as error:
            self._dismiss(worker)
            raise self._too_slow(address) from error
        except EOFError as error:
            code = await worker.end()
            self._all.discard(worker)
            raise self._dead(address, code) from error
        except msgspec.DecodeError as error:
            self._dismiss(worker)
            raise ExtractError(address, NONSENSE) from error
        except BaseException:
            # nobody waits for the answer any more, and the next one must not take it for its own
            self._dismiss(worker)
            raise
        finally:
            self._set_alarm()
        self._release(worker, is_last=answer.is_last)
        return answer

    async def _next_worker(self) -> _Worker:
        if self._alarm:
            self._alarm.cancel()
        while self._waiting:
            worker = self._waiting.pop()
            if worker.is_alive:
                return worker
            self._all.discard(worker)
        worker = await _Worker.start(self._seconds, self._megabytes)
        self._all.add(worker)
        if self._is_closing:
            worker.kill()
        return worker

    def _release(self, worker: _Worker, *, is_last: bool) -> None:
        if is_last:
            self._let_go(worker)
            return
        self._waiting.append(worker)

    def _set_alarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        if self._is_closing:
            return
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(self._rest_seconds, self._send_home)

    def _send_home(self) -> None:
        while self._waiting:
            self._let_go(self._waiting.pop())

    def _dismiss(self, worker: _Worker) -> None:
        worker.kill()
        self._let_go(worker)

    def _let_go(self, worker: _Worker) -> None:
        ending = asyncio.create_task(self._end(worker))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _end(self, worker: _Worker) -> None:
        await worker.end()
        self._all.discard(worker)

    def _too_slow(self, address: str) -> ExtractError:
        return ExtractError(address, f"takes longer than {self._seconds:g} seconds to read")

    def _dead(self, address: str, code: int) -> ExtractError:
        if code == -signal.SIGXCPU:
            return self._too_slow(address)
        names = {number.value: number.name for number in signal.Signals}
        how = names.get(-code, f"signal {-code}") if code < 0 else f"exit code {code}"
        return ExtractError(address, f"ends the process that reads it ({how})")


def _believable(reading: Reading, address: str) -> Reading:
    """Return the reading if its items point to the web only, as all that we read ourselves do.

    A process that was taken over could name a file here, to be fetched as an item's page.
    """
    if all(item.address.startswith(WEB) or not item.address for item in reading.items):
        return reading
    raise ExtractError(address, NONSENSE)


def _is_plain(content: bytes) -> bool:
    is_small = len(content) <= PLAIN_BYTES
    return is_small and b"<" not in content and not content.startswith(GZIP)
