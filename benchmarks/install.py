"""From the README to the running app: a fresh clone, `python start.py`, the first answer. Needs a package index."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from tests.browser.served import ROOT, free_port, healthy


def clone_and_start(folder: Path) -> float:
    """Seconds from `git clone` to a server that answers."""
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    port = free_port()
    command = [sys.executable, "start.py", "--server.headless", "true", "--server.port", str(port)]
    app = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        while not healthy(f"http://localhost:{port}"):
            if app.poll() is not None:
                raise RuntimeError(f"start.py ended with {app.returncode}")
            time.sleep(0.1)
        return time.perf_counter() - began
    finally:
        app.terminate()
        app.wait()


def streamlit_alone(folder: Path) -> float:
    """Seconds for a virtual environment with nothing but Streamlit."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = next(path for path in (folder / "Scripts" / "python.exe", folder / "bin" / "python") if path.exists())
    subprocess.run([python, "-m", "pip", "install", "--quiet", "streamlit"], check=True)
    return time.perf_counter() - began


def measure() -> Iterator[Figure]:
    """The two commands of the README, and the least that any Streamlit app needs."""
    with TemporaryDirectory() as folder:
        bare = streamlit_alone(Path(folder, "bare"))
        app = clone_and_start(Path(folder, "clone"))
    yield Figure("README to running app", app, "s", "venv and pip install streamlit", bare, 180)
