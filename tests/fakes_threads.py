"""The double of the port `Threads`."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.news import MAX_TURNS, StoryThread, ThreadMemory, ThreadMode, Turn

if TYPE_CHECKING:
    from tests.fakes import FakePosts


class FakeThreads:
    """The memory of threads, in memory."""

    def __init__(self, posts: "FakePosts") -> None:
        self._posts = posts
        self.memories: dict[int, ThreadMemory] = {}

    async def memory_of(self, thread_id: int) -> ThreadMemory:
        """Return what is remembered of the thread."""
        return self.memories.get(thread_id, ThreadMemory())

    async def remember(self, thread_id: int, turn: Turn) -> None:
        """Keep the last questions in order of time."""
        memory = await self.memory_of(thread_id)
        turns = {one.message_id: one for one in (turn, *memory.turns)}
        latest = sorted(turns.values(), key=lambda one: (one.asked_at, one.message_id))
        self.memories[thread_id] = replace(memory, turns=tuple(latest[-MAX_TURNS:]))

    async def set_mode(self, thread_id: int, mode: ThreadMode) -> None:
        """Keep the mode."""
        self.memories[thread_id] = replace(await self.memory_of(thread_id), mode=mode)

    async def move(self, thread_id: int, new: StoryThread) -> StoryThread:
        """Put the new thread in the old one's place."""
        story = (new.channel_id, new.briefing_id, new.story_id)
        kept = await self._posts.thread_of_story(*story)
        if kept is None:
            raise ValueError("The story has no thread.")
        if kept.thread_id != thread_id:
            return kept
        if new.thread_id in self._posts.threads:
            raise ValueError("The new thread discusses another story.")
        del self._posts.threads[thread_id]
        self._posts.threads[new.thread_id] = new
        if thread_id in self.memories:
            self.memories[new.thread_id] = self.memories.pop(thread_id)
        return new
