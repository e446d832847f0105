"""Finds the default files that come with the program, in the wheel as in a checkout."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(path: Path) -> Traversable:
    """Return the default of a file of the working folder, such as `config/nutgraf.toml`.

    The defaults lie in the wheel, and in a checkout where everybody looks for them.
    """
    in_wheel = resources.files("bot") / "defaults" / path.as_posix()
    in_checkout = resources.files("bot") / ".." / path.as_posix()
    return next(place for place in (in_wheel, in_checkout) if place.is_file())
