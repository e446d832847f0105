"""Headlines as names of threads and of posts in a forum."""

from typing import Final

MAX_THREAD_NAME: Final = 100
"""Characters of a thread's name. Source: Discord API, "Start Thread without Message"."""


def thread_name(headline: str, *, at_most: int = MAX_THREAD_NAME) -> str:
    """Return the headline as a thread's name: on one line, at most 100 characters."""
    name = " ".join("".join(c if c.isprintable() else " " for c in headline).split()) or "Story"
    if len(name) <= at_most:
        return name
    cut = name[: at_most - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
