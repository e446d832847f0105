"""The memory of stories' threads: their mode, their last questions, and where they moved."""

from typing import Protocol

from bot.news import StoryThread, ThreadMemory, ThreadMode, Turn


class Threads(Protocol):
    """Remembers what was asked in threads, beside `Posts`, which knows what they discuss."""

    async def memory_of(self, thread_id: int) -> ThreadMemory:
        """Return what is remembered of the thread; of an unknown one, nothing.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...

    async def remember(self, thread_id: int, turn: Turn) -> None:
        """Keep the question once, and forget all but the last `MAX_TURNS` of the thread.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def set_mode(self, thread_id: int, mode: ThreadMode) -> None:
        """Keep what counts as a question in the thread.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def move(self, thread_id: int, new: StoryThread) -> StoryThread:
        """Put a new thread in the place of one that was deleted, with its memory.

        Returns the thread that the story has now: another one, if somebody else moved it first.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the story has no thread, or the new one discusses another story.
        """
        ...
