"""Polls the sources of a loopback server with `reader` (PyPI), run by an interpreter that has it.

usage: PYTHON poll_with_reader.py DATABASE PORT HOSTS SOURCES WORKERS

Prints figures as JSON, one line for the first round (all in full) and one for the second (304).
"""

import json
import resource
import sys
import time

from reader import make_reader  # type: ignore[import-not-found, unused-ignore]


def main() -> None:
    """Read all feeds twice."""
    database, port, hosts, number, workers = sys.argv[1:]
    reader = make_reader(database)
    for n in range(int(number)):
        reader.add_feed(f"http://127.0.1.{1 + n % int(hosts)}:{port}/ok/{n}")
    for _ in range(2):
        began, cpu = time.perf_counter(), time.process_time()
        reader.update_feeds(scheduled=False, workers=int(workers))
        figures = {
            "wall_seconds": time.perf_counter() - began,
            "cpu_seconds": time.process_time() - cpu,
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000,
        }
        sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
