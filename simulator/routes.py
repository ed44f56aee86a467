"""The second adapter: the simulator as Starlette routes, for whatever speaks HTTP. It answers nothing by itself.

What a server can't do to a connection that it has taken, it does as nearly as it can: a fault "refused" breaks the
answer off before its first byte, "reset" and "cut" in the middle of the body, "stall" stays silent. No application can
reset a connection: the server that runs it may, if it says how in `app.state.reset`; without that a reset is a cut.
"""

import asyncio
import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from random import Random

import anyio
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from simulator.api import Request, Response, handle, refused
from simulator.faults import WireFault
from simulator.pacing import AT_ONCE, Pace
from simulator.refusals import Refusal

LARGEST = 16 * 1024 * 1024
"""Bytes of a request that are read."""
LONGEST_SILENCE = 600.0
"""Seconds of a stall at most; a client that goes away ends it."""
ARRIVES = 0.05
"""Seconds that what was sent is given to arrive before a reset, which would take it back."""
REMEMBERED = 10_000
"""Requests whose repetitions are counted."""

TOO_LARGE = Refusal(413, f"The request is larger than {LARGEST} bytes.")


class Seeds:
    """Draws seeds for requests that name none: who asks the same in the same order gets the same answers.

    >>> Seeds(7).draw("Ann", b"{}") == Seeds(7).draw("Ben", b"{}")
    True
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._asked: OrderedDict[tuple[str, bytes], int] = OrderedDict()  # (caller, request) -> times

    def draw(self, caller: str, body: bytes) -> int:
        """Draw the next seed of this caller for this request."""
        key = caller, sha256(body).digest()
        times = self._asked.pop(key, 0)
        self._asked[key] = times + 1
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        return Random(f"{self._seed} {times} {key[1].hex()}").getrandbits(48)


class Served:
    """The simulator as an ASGI application: it hands each request to the core and sends the answer at its pace."""

    def __init__(self, pace: Pace = AT_ONCE, seed: int | None = None, local_only: bool = False) -> None:
        self._pace, self._local_only = pace, local_only
        self._seeds = None if seed is None else Seeds(seed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        body = await _read(receive)
        if body is None:
            return
        arrived = asyncio.get_running_loop().time()
        refusal = self._refusal(scope["method"], headers, body)
        if refusal:
            response = refused(refusal)
        else:
            response = await run_sync(handle, self._request(scope, headers, body))
        async with anyio.create_task_group() as group:
            group.start_soon(_leave, receive, group.cancel_scope)
            try:
                await self._send(response, send, arrived, partial(_reset, scope))
            finally:
                if isinstance(response.body, Iterator) and hasattr(response.body, "close"):
                    response.body.close()
            group.cancel_scope.cancel()

    def _refusal(self, method: str, headers: Headers, body: bytes) -> Refusal | None:
        host = headers.get("host", "")
        if self._local_only and not is_local(_name(host)):
            # A page of another site can point its own name at this machine: then the browser sends that name.
            return Refusal(403, f"The simulator answers on this machine only, not under the name '{host}'.")
        kind = headers.get("content-type", "")
        # A browser may send other types across sites without asking first.
        if method == "POST" and kind.partition(";")[0].strip().lower() != "application/json":
            said = f"Unsupported content type: '{kind}'. This API method only accepts 'application/json' requests."
            return Refusal(400, said, code="unsupported_content_type")
        return TOO_LARGE if len(body) > LARGEST else None

    def _request(self, scope: Scope, headers: Headers, body: bytes) -> Request:
        path = (scope.get("raw_path") or scope["path"].encode()) + b"?" + scope.get("query_string", b"")
        seed = None
        if self._seeds:
            address = (scope.get("client") or ("",))[0]
            seed = self._seeds.draw(f"{address} {headers.get('authorization')}", body)
        return Request(scope["method"], path.decode("latin-1"), dict(headers), body, seed)

    async def _send(self, response: Response, send: Send, arrived: float, reset: Callable[[], bool]) -> None:
        fault, pace = response.wire_fault, self._pace
        whole = isinstance(response.body, bytes)
        # By the clock, so that the time it takes to draw and to send isn't added to the pace.
        due = arrived + response.delay + (pace.whole(response.tokens) if response.tokens or not whole else 0)
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, due - clock()))
        if whole and fault and fault.kind == "stall":
            await asyncio.sleep(LONGEST_SILENCE)
        if fault and fault.kind == "refused" and reset():
            return
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
        if isinstance(response.body, bytes):
            headers.append((b"content-length", str(len(response.body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        if fault and fault.kind == "refused":
            return
        if isinstance(response.body, bytes):
            sent = response.body[: len(response.body) // 2] if fault else response.body
            await send({"type": "http.response.body", "body": sent, "more_body": bool(fault)})
            if fault:
                await _break(fault, reset)
            return
        for number, frame in enumerate(response.body):
            if fault and number >= fault.after:
                await _break(fault, reset)
                return
            if number:
                # Even when it is late, or at full speed, the other streams get their turn.
                due += pace.step if number % response.together == 0 else 0
                await asyncio.sleep(max(0.0, due - clock()))
            await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def routes(served: Served) -> list[Route]:
    """Give the routes of the API, to stand beside those of another application."""
    return [Route("/v1", served), Route("/v1/{path:path}", served)]


def application(pace: Pace = AT_ONCE, seed: int | None = None, local_only: bool = True) -> Starlette:
    """Make a server of the simulator alone: what it doesn't know is the API's own 404, at any address."""
    served = Served(pace, seed, local_only)
    return Starlette(routes=[*routes(served), Route("/{path:path}", served)])


def is_local(name: str) -> bool:
    """Say whether a name or an address means this machine.

    >>> [is_local(name) for name in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "evil.example")]
    [True, True, True, False, False]
    """
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """Take the port off a Host header, and the brackets off an IPv6 address."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() and ":" in host else host


async def _read(receive: Receive) -> bytes | None:
    """Read the body, a little more than the limit at most; None when the client has gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST or not message.get("more_body"):
            return bytes(body)


async def _leave(receive: Receive, scope: anyio.CancelScope) -> None:
    """Stop the answer once its reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


async def _break(fault: WireFault, reset: Callable[[], bool]) -> None:
    """Go silent, reset, or do nothing at all: a body without its end tells the server to close the connection."""
    if fault.kind == "stall":
        await asyncio.sleep(LONGEST_SILENCE)
    if fault.kind == "reset":
        await asyncio.sleep(ARRIVES)
        reset()


def _reset(scope: Scope) -> bool:
    """Let the server tear the connection down; say whether it has said how."""
    tear_down = getattr(scope["app"].state, "reset", None) if "app" in scope else None
    return bool(tear_down and tear_down(tuple(scope.get("client") or ())))
