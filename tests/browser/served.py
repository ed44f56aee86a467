"""The app in a server process of its own: start it, wait for it, end it. Tests, benchmarks and screenshots use it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]
    started: float
    """When its process was started, in time.perf_counter's seconds."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return answer.read() == b"ok"
    except OSError:
        return False


@contextmanager
def served(
    script: Path = ROOT / "app.py", log: Path | None = None, module: str = "streamlit", **environment: str
) -> Iterator[Served]:
    """Run a script on a free port, with no key; whoever tries to leave the machine meets a closed door.

    module: what runs it, Streamlit or same_answers.py.
    """
    url = f"http://127.0.0.1:{free_port()}"
    port = url.rsplit(":", 1)[1]
    options = {"headless": "true", "address": "127.0.0.1", "port": port, "fileWatcherType": "none"}
    command = [sys.executable, "-m", module, "run", script.name]
    for name, value in options.items():
        command += [f"--server.{name}", value]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    closed = {"HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "NO_PROXY": "127.0.0.1,localhost"}
    with (log or Path(os.devnull)).open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=script.parent, env=clean | closed | environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while not healthy(url):
                if process.poll() is not None or time.perf_counter() - started > 60:
                    said = log.read_text(encoding="utf-8", errors="replace") if log else ""
                    raise RuntimeError(f"the server did not start: {said[-2000:]}")
                time.sleep(0.05)
            yield Served(url, process, started)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
