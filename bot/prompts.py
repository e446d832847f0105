"""Reads the newsroom's `prompts/` when the program starts: prompts, house rules, editions."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypeVar

from bot.errors import PromptError
from bot.prompt_files import (
    Edition,
    Prompt,
    Prompts,
    PromptSchema,
    parse_edition,
    parse_prompt,
    parse_rules,
)
from bot.shipped import shipped

FOLDER: Final = Path("prompts")
PROMPT_FILES: Final[Mapping[str, PromptSchema]] = {"summary.md": "brief", "repair.md": "sentences"}
HOUSE_FILE: Final = "house.md"
EDITIONS_FOLDER: Final = "editions"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class CheckedFile:
    """A prompt file that is there, and what is wrong with it: a sentence, or nothing."""

    name: str
    problem: str = ""


def load_prompts(known_topics: Collection[str] = (), folder: Path = FOLDER) -> Prompts:
    """Return what the folder holds; a prompt that it lacks is the one that comes with the program.

    House rules and editions are the newsroom's own, and there are none by default. Editions may
    name only the topics that are known.

    Raises:
        PromptError: a file cannot be read or followed; the sentence names it and the line.
    """
    summary, repair = (_load_prompt(folder, name) for name in PROMPT_FILES)
    house = folder / HOUSE_FILE
    return Prompts(
        summary,
        repair,
        _load(house, str(house), parse_rules) if house.is_file() else "",
        {path.stem: _load_edition(path, known_topics) for path in _editions(folder)},
    )


def load_prompt(path: Path) -> Prompt:
    """Return the prompt for a brief that stands in a file, wherever it lies and whatever its name.

    Raises:
        PromptError: as `load_prompts`.
    """
    return _load(path, str(path), lambda text, name: parse_prompt(text, name, "brief"))


def check_prompts(
    known_topics: Collection[str] = (), folder: Path = FOLDER
) -> tuple[CheckedFile, ...]:
    """Return every prompt file that would be used, and those that never would, with its problem."""
    checked = [_checked(_name(folder, n), _load_prompt, folder, n) for n in PROMPT_FILES]
    for path in sorted(folder.glob("*.md")):
        if path.name == HOUSE_FILE:
            checked.append(_checked(str(path), _load, path, str(path), parse_rules))
        elif path.name not in PROMPT_FILES and path.name != "README.md":
            known = ", ".join((*PROMPT_FILES, HOUSE_FILE))
            problem = f"{path}:1: no task uses a file of that name; there are {known}."
            checked.append(CheckedFile(str(path), problem))
    editions = (_checked(str(p), _load_edition, p, known_topics) for p in _editions(folder))
    return (*checked, *editions)


def _checked(name: str, load: Callable[..., object], *arguments: object) -> CheckedFile:
    try:
        load(*arguments)
    except PromptError as error:
        return CheckedFile(name, str(error))
    return CheckedFile(name)


def _editions(folder: Path) -> Iterator[Path]:
    return iter(sorted((folder / EDITIONS_FOLDER).glob("*.md")))


def _load_edition(path: Path, known_topics: Collection[str]) -> Edition:
    return _load(path, str(path), lambda text, name: parse_edition(text, name, known_topics))


def _load_prompt(folder: Path, name: str) -> Prompt:
    own, schema = folder / name, PROMPT_FILES[name]
    place = own if own.is_file() else shipped(FOLDER / name)
    return _load(place, _name(folder, name), lambda text, file: parse_prompt(text, file, schema))


def _name(folder: Path, name: str) -> str:
    return str(folder / name) if (folder / name).is_file() else f"the built-in {name}"


def _load(place: Traversable, name: str, parse: Callable[[str, str], Parsed]) -> Parsed:
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise PromptError(f"{name}:1: cannot be read as UTF-8 text ({error}).") from error
    return parse(text.replace("\r\n", "\n"), name)
