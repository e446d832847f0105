"""Reads prompt files: a header, the text for a model with its `$fields`, and editions' wishes."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Annotated, Final, Literal, TypeVar

import msgspec

from bot.errors import PromptError, UnknownError
from bot.news import digest
from bot.ports import ModelTask

PromptSchema = Literal["brief", "sentences"]
"""What a reply holds: a whole brief, or sentences written once more."""

FENCE: Final = "+++"
"""The line before and after a header. Source: Hugo, "Front matter", TOML."""
SECTIONS: Final = ("# System", "# User")
MAX_RULES_CHARS: Final = 4_000
"""Characters of a newsroom's rules, or of what an edition asks: they are sent with every story."""

NEEDED: Final[Mapping[PromptSchema, frozenset[str]]] = {
    "brief": frozenset({"marker", "articles", "quotes", "sentences", "house", "edition"}),
    "sentences": frozenset({"marker", "articles", "failed", "house"}),
}
"""The fields without which a prompt for the schema would not do what we promise of it."""
TASKS: Final[Mapping[PromptSchema, ModelTask]] = {"brief": "summary", "sentences": "summary"}
OTHER_FIELDS: Final = frozenset({"language"})
"""Fields that a prompt may use besides."""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above a prompt."""

    task: ModelTask
    version: Annotated[int, msgspec.Meta(ge=1)]
    schema: PromptSchema
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)]
    fields: tuple[str, ...]


class EditionHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above an edition's text; code keeps to it, whoever writes.

    `topics` are the names of topics of which a story must match one, `without` those that it may
    not match. `max_words` counts the sentences of one story.
    """

    max_stories: Annotated[int, msgspec.Meta(ge=1, le=25)] | None = None
    max_words: Annotated[int, msgspec.Meta(ge=20, le=1000)] | None = None
    topics: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


H = TypeVar("H", Header, EditionHeader)


@dataclass(frozen=True)
class Prompt:
    """A prompt file, checked: what to ask a model, and how."""

    task: ModelTask
    version: int
    schema: PromptSchema
    temperature: float
    system: str
    user: str
    sha256: str

    def filled(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the texts for system and user; what is filled in is not looked into again."""
        return (
            Template(self.system).substitute(fields).strip(),
            Template(self.user).substitute(fields).strip(),
        )


@dataclass(frozen=True)
class Edition:
    """What one edition of a newsroom wants: limits that code keeps, and words for the model."""

    limits: EditionHeader = field(default_factory=EditionHeader)
    text: str = ""

    def allows(self, topics: Collection[str]) -> bool:
        """Tell whether a story that matches these topics may be in the edition."""
        wanted, matched = set(self.limits.topics), set(topics)
        return (not wanted or bool(wanted & matched)) and not matched & set(self.limits.without)


ANY_EDITION: Final = Edition()


@dataclass(frozen=True)
class Prompts:
    """All that a newsroom tells a model: the prompts, its own rules, and its editions by name."""

    summary: Prompt
    repair: Prompt
    house: str = ""
    editions: Mapping[str, Edition] = field(default_factory=dict)

    def sha256(self, edition: Edition) -> str:
        """Return what tells these prompts, rules and the edition from all others."""
        told = (self.summary.sha256, self.repair.sha256, digest(self.house), digest(edition.text))
        return digest("\n".join(told))


def find_edition(editions: Mapping[str, Edition], name: str) -> Edition:
    """Return the edition of that name; without a name, one that wants nothing special.

    Raises:
        UnknownError: there is none.
    """
    if not name:
        return ANY_EDITION
    if name not in editions:
        known = ", ".join(sorted(editions)) or "none"
        raise UnknownError(f"No edition is called {name!r}; prompts/editions has: {known}.")
    return editions[name]


def parse_prompt(text: str, name: str, schema: PromptSchema) -> Prompt:
    """Return the prompt; `name` is what errors call the file, `schema` what its task needs.

    Raises:
        PromptError: the header or the text cannot be followed; the sentence names the line.
    """
    header, at, body = _parted(text, name, Header)
    for key, needed in (("schema", schema), ("task", TASKS[schema])):
        if getattr(header, key) != needed:
            line = _line_of(key, text)
            raise PromptError(f'{name}:{line}: {key} must be "{needed}" in this file.')
    system, user = _sections(body, at, name)
    _check_fields(header, text, at, name)
    return Prompt(
        header.task, header.version, schema, header.temperature, system, user, digest(text)
    )


def parse_edition(text: str, name: str, known_topics: Collection[str]) -> Edition:
    """Return the edition; its topics must be among those known.

    Raises:
        PromptError: as `parse_prompt`.
    """
    limits, at, body = _parted(text, name, EditionHeader)
    for key in ("topics", "without"):
        for topic in getattr(limits, key):
            if topic not in known_topics:
                known = ", ".join(sorted(known_topics)) or "none"
                raise PromptError(
                    f"{name}:{_line_of(key, text)}: {key}: no topic is called {topic!r}; "
                    f"config/topics.toml has: {known}."
                )
    return Edition(limits, parse_rules(body, name, first_line=at))


def parse_rules(text: str, name: str, *, first_line: int = 1) -> str:
    """Return a newsroom's own words for the model, as they are.

    Raises:
        PromptError: they are too long.
    """
    if len(text) > MAX_RULES_CHARS:
        raise PromptError(
            f"{name}:{first_line}: is longer than {MAX_RULES_CHARS:,} characters, which would be "
            f"sent with every story; shorten it."
        )
    return text.strip()


def _parted(text: str, name: str, kind: type[H]) -> tuple[H, int, str]:
    """Return the header, the number of the line behind it, and the text from there on."""
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:  # noqa: PLR2004 - one before and one after
        raise PromptError(f"{name}:1: must begin with a header: TOML between two lines of {FENCE}.")
    source = "\n".join(lines[1 : ends[1]])
    return _header(source, text, name, kind), ends[1] + 2, "\n".join(lines[ends[1] + 1 :])


def _header(source: str, text: str, name: str, kind: type[H]) -> H:
    try:
        return msgspec.convert(tomllib.loads(source), kind)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) + 1 if at else source.count("\n") + 2
        raise PromptError(f"{name}:{line}: the header is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        unknown = re.search(r"`(\w+)`", what)
        key = re.split(r"[.\[`]", where)[0] or (unknown[1] if unknown else "")
        said = f"{key}: {what[:1].lower()}{what[1:]}" if where else what
        allowed = ", ".join(kind.__struct_fields__)
        raise PromptError(
            f"{name}:{_line_of(key, text)}: {said}; the keys are {allowed}."
        ) from error


def _line_of(key: str, text: str) -> int:
    """Return the line on which the header sets the key; 1 if it does not."""
    found = re.search(rf"^\s*{re.escape(key)}\s*=", text, re.MULTILINE) if key else None
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _sections(body: str, at: int, name: str) -> tuple[str, str]:
    lines = [line.rstrip() for line in body.split("\n")]
    places = [[n for n, line in enumerate(lines) if line == title] for title in SECTIONS]
    for title, found in zip(SECTIONS, places, strict=True):
        if len(found) != 1:
            line = at + found[1] if found else at
            raise PromptError(f"{name}:{line}: needs one line {title!r}, and has {len(found)}.")
    (system,), (user,) = places
    before = next((n for n, line in enumerate(lines[:system]) if line), None)
    if before is not None:
        raise PromptError(f"{name}:{at + before}: nothing may stand before {SECTIONS[0]!r}.")
    return "\n".join(lines[system + 1 : user]), "\n".join(lines[user + 1 :])


def _check_fields(header: Header, text: str, at: int, name: str) -> None:
    """Compare the fields in the text with those that the header names, and those we can fill."""
    known = NEEDED[header.schema] | OTHER_FIELDS
    listed_on = _line_of("fields", text)
    used = set()
    for line, found in _fields(text, at, name):
        if found not in known:
            allowed = ", ".join(f"${one}" for one in sorted(known))
            raise PromptError(f"{name}:{line}: unknown field ${found}; there are {allowed}.")
        if found not in header.fields:
            raise PromptError(f"{name}:{line}: ${found} is not among the header's fields.")
        used.add(found)
    for missing in sorted((set(header.fields) | NEEDED[header.schema]) - used):
        raise PromptError(f"{name}:{listed_on}: the text lacks the field ${missing}.")


def _fields(text: str, at: int, name: str) -> Iterator[tuple[int, str]]:
    """Return the fields of the text behind the header, each with its line."""
    for number, line in enumerate(text.split("\n")[at - 1 :], start=at):
        for match in Template.pattern.finditer(line):
            if match["invalid"] is not None:
                raise PromptError(
                    f"{name}:{number}: a $ that begins no field; write $$ for the character."
                )
            if found := match["named"] or match["braced"]:
                yield number, found
