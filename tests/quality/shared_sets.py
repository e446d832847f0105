"""Opens the packed sets of ../shared, and the scoring scripts that lie beside them."""

import importlib.util
import json
import tarfile
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@lru_cache(maxsize=2)
def packed_files(path: Path) -> dict[str, bytes]:
    """Return the content of each file of an archive by its path in it."""
    with tarfile.open(path) as packed:
        found = {member.name: packed.extractfile(member) for member in packed if member.isfile()}
        return {name: file.read() for name, file in found.items() if file}


def scorer(path: Path) -> ModuleType:
    """Return a scoring script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
