"""Memory of the server once every encoding is loaded."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.baselines import ONE_LINE, baseline
from benchmarks.figure import Figure
from tests.browser.chromium import browser, dressed, visit
from tests.browser.served import ROOT, Served, served

LOADED = ROOT / "benchmarks" / "all_encodings.py"


def megabytes(server: Served) -> float:
    """Resident memory of the server's process, as ps tells it (not on Windows)."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(server.process.pid)], capture_output=True, text=True, check=True
    )
    return int(told.stdout) / 1024


def measure() -> Iterator[Figure]:
    """The app with all seven encodings, and the one-line app."""
    memory = []
    with browser() as chromium:
        for serve in (lambda: served(Path(LOADED)), lambda: baseline(ONE_LINE)):
            with serve() as server, dressed(chromium) as context, visit(context) as visitor:
                visitor.open(server.url)
                memory.append(megabytes(server))
    yield Figure("memory with all encodings loaded", memory[0], "MB", "one-line app", memory[1], 450)
