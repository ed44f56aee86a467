"""A bad connection: every byte is late in both directions, some as late as a packet that TCP sends again."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from random import Random
from urllib.parse import urlsplit

AGAIN = 1.0
"""Seconds until a lost packet is sent again."""


@dataclass
class SlowLine:
    """The line; it is a good one until `latency` or `loss` are set."""

    url: str
    latency: float = 0.0
    """Seconds in each direction."""
    loss: float = 0.0
    """Share of the packets that are lost at first."""
    lost: int = 0
    chance: Random = field(default_factory=lambda: Random(7))

    def delay(self) -> float:
        """How long the next packet takes."""
        if self.chance.random() >= self.loss:
            return self.latency
        self.lost += 1
        return self.latency + AGAIN + self.latency


@contextmanager
def slow_line(to: str) -> Iterator[SlowLine]:
    """Listen on a port of this machine and pass everything on to the server behind a URL."""
    target = urlsplit(to)
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = SlowLine(f"http://127.0.0.1:{door.getsockname()[1]}")

        def welcome() -> None:
            while True:
                try:
                    visitor, _address = door.accept()
                except OSError:
                    return
                host = socket.create_connection((target.hostname or "", target.port or 80))
                for each in (visitor, host):
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, sink in ((visitor, host), (host, visitor)):
                    _carry(line, source, sink)

        threading.Thread(target=welcome, daemon=True).start()
        yield line
        door.shutdown(socket.SHUT_RDWR)


def _carry(line: SlowLine, source: socket.socket, sink: socket.socket) -> None:
    packets: SimpleQueue[tuple[float, bytes]] = SimpleQueue()

    def take() -> None:
        while True:
            try:
                packet = source.recv(65536)
            except OSError:
                packet = b""
            packets.put((time.monotonic() + line.delay(), packet))
            if not packet:
                return

    def give() -> None:
        while True:
            # Packets keep their order: one that is late holds up the others.
            due, packet = packets.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not packet:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(packet)
            except OSError:
                return

    for work in (take, give):
        threading.Thread(target=work, daemon=True).start()
