"""The simulator behind a real socket, for tests: in a thread of this process, on a port of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from simulator.pacing import AT_ONCE, Pace
from simulator.routes import application


@contextmanager
def served(pace: Pace = AT_ONCE, seed: int | None = None) -> Iterator[str]:
    """Serve while the block runs; gives the base URL."""
    app = application(pace, seed)
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
