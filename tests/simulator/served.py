"""The simulator behind a real socket, for tests: in a thread of this process, or as the program that people start."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import uvicorn
from starlette.types import ASGIApp

from simulator.pacing import AT_ONCE, Pace
from simulator.routes import application

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def served(
    pace: Pace = AT_ONCE, seed: int | None = None, around: Callable[[ASGIApp], ASGIApp] = lambda app: app
) -> Iterator[str]:
    """Serve while the block runs; gives the base URL. around: puts something between the socket and the simulator."""
    app = around(application(pace, seed))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def program(*more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `python -m simulator` on a free port while the block runs; gives it, and the base URL that it announces."""
    command = [sys.executable, "-m", "simulator", "--port", "0", *more]
    # Whoever starts the tests in a shell's background has Ctrl-C ignored, and children inherit that.
    hear = None if sys.platform == "win32" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hear
    )
    lines: Queue[str] = Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in running.stdout or ()], daemon=True).start()
    try:
        said = [lines.get(timeout=60) for _ in range(4)]
        assert [line.split()[0] for line in said[1:]] == ["bash", "cmd", "PowerShell"]
        yield running, said[0].split(" answers at ")[1].split(" ")[0]
    finally:
        running.kill()
        running.wait(timeout=20)
