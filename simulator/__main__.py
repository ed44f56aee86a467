"""`python -m simulator` serves the simulator to any program on this machine. The app itself doesn't need it.

python -m simulator --port 8080               the course's unchanged code, once two variables are set
python -m simulator --seed 1 --pace instant   the same answers to everyone, as fast as they can be drawn
"""

import argparse
import asyncio
import logging
import socket
import struct
import sys
from collections.abc import Sequence

import uvicorn

from simulator.pacing import AT_ONCE, READABLE
from simulator.routes import application, is_local

PACES = {"natural": READABLE, "instant": AT_ONCE}
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Addresses to listen on that are none to connect to -> one that is."""

_AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""SO_LINGER: on, for 0 seconds. A connection that is closed so is reset."""


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m simulator", description="An offline server of the Chat Completions API. Ctrl-C ends it."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s: this machine only)")
    parser.add_argument("--port", default=8080, type=_port, help="port to listen on (%(default)s); 0 takes a free one")
    parser.add_argument("--seed", type=int, help="draw the answers to requests without a seed from this number")
    parser.add_argument("--pace", choices=PACES, default="natural", help="how fast answers come (%(default)s)")
    return parser.parse_args(given)


def announcement(host: str, port: int) -> str:
    """Say where the simulator is, and what to set in each shell."""
    name = EVERYWHERE.get(host, host)
    url = f"http://[{name}]:{port}/v1" if ":" in name else f"http://{name}:{port}/v1"
    lines = [
        f"The simulator answers at {url} until Ctrl-C. Set these where your program runs:",
        f"  bash        export OPENAI_BASE_URL={url} OPENAI_API_KEY=anything",
        f"  cmd         set OPENAI_BASE_URL={url}&& set OPENAI_API_KEY=anything",
        f'  PowerShell  $env:OPENAI_BASE_URL="{url}"; $env:OPENAI_API_KEY="anything"',
    ]
    if host in EVERYWHERE:
        lines.append(f"On another machine put this one's address in place of {name}.")
    return "\n".join(lines) + "\n"


class Server(uvicorn.Server):
    """Says where it listens as soon as it does: only then is the port known that 0 asked for."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(announcement(self.config.host, self.port))
            sys.stdout.flush()

    def reset(self, client: tuple[str, int]) -> bool:
        """Tear a client's connection down: the system forgets it, instead of saying goodbye. Say whether there is one.

        Behind a proxy the client is not who holds the connection.
        """
        torn = False
        for connection in list(self.server_state.connections):
            transport = connection.transport
            if tuple(transport.get_extra_info("peername")[:2]) == client:
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                transport.abort()
                torn = True
        return torn

    @property
    def port(self) -> int:
        """The port that was taken."""
        return int(self.servers[0].sockets[0].getsockname()[1])


def server(given: argparse.Namespace) -> Server:
    """Make the server that the command line asks for."""
    app = application(PACES[given.pace], given.seed, local_only=is_local(given.host))
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    made = Server(
        uvicorn.Config(
            app,
            host=given.host,
            port=given.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    app.state.reset = made.reset
    return made


def main() -> int:
    """Serve until Ctrl-C."""
    try:
        server(arguments()).run()
    except KeyboardInterrupt:
        return 130
    return 0


def _is_news(record: logging.LogRecord) -> bool:
    # What the fault lab does to an answer on purpose, and what Ctrl-C does to a running one, are no errors.
    cancelled = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not (cancelled or record.getMessage().startswith(("ASGI callable returned without completing", "Cancel ")))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is no port: 0 to 65535")
    return port


if __name__ == "__main__":
    sys.exit(main())
