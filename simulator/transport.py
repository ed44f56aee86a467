"""The first adapter: the simulator as an httpx2 transport, in process. No socket: nothing can leak to a network.

>>> with httpx2.Client(transport=SimulatorTransport(), base_url=BASE_URL) as client:
...     client.get("/models", headers={"authorization": "Bearer any"}).json()["object"]
'list'
"""

import time
from collections.abc import Iterator

import httpx2

from simulator.api import Request, Response, handle
from simulator.faults import WireFault
from simulator.pacing import AT_ONCE, Pace

BASE_URL = "http://simulator.invalid/v1"
"""The name .invalid resolves nowhere: a request that missed the transport would fail."""

LONGEST_SILENCE = 600.0
"""Seconds of a stall when the client has no timeout of its own."""


class SimulatorTransport(httpx2.BaseTransport):
    """Hands each request to the simulator and its answer back, at a readable or at full speed."""

    def __init__(self, pace: Pace = AT_ONCE) -> None:
        self.pace = pace

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request. What the wire does wrong is raised as httpx2 raises it."""
        headers = dict(request.headers.items())
        path = request.url.raw_path.decode("ascii")
        response = handle(Request(request.method, path, headers, request.read()))
        wire = _Wire(request, response.wire_fault)
        wire.connect()
        in_one_piece = isinstance(response.body, bytes)
        paced = self.pace.whole(response.tokens) if response.tokens or not in_one_piece else 0.0
        wire.wait(paced + response.delay)
        wire.answer_begins(in_one_piece)
        return httpx2.Response(
            response.status, headers=response.headers, stream=_Body(response, wire, self.pace), request=request
        )


class _Wire:
    """A connection that can fail, and a clock that honours the request's read timeout."""

    def __init__(self, request: httpx2.Request, fault: WireFault | None) -> None:
        self._request, self._fault = request, fault
        timeout = request.extensions.get("timeout", {}).get("read")
        self._timeout: float | None = timeout

    def connect(self) -> None:
        if self._fault and self._fault.kind == "refused":
            raise httpx2.ConnectError("[Errno 111] Connection refused", request=self._request)

    def wait(self, seconds: float) -> None:
        """Let time pass, but no more than the client waits."""
        if self._timeout is not None and seconds > self._timeout:
            time.sleep(self._timeout)
            raise httpx2.ReadTimeout("The read operation timed out", request=self._request)
        if seconds > 0:
            time.sleep(seconds)

    def answer_begins(self, in_one_piece: bool) -> None:
        """An answer in one piece that stalls doesn't even begin."""
        if self._fault and self._fault.kind == "stall" and in_one_piece:
            self._stall()

    def frame(self, number: int) -> None:
        """Break before this frame of a body, if it is time to."""
        if self._fault and number >= self._fault.after:
            self.fail()

    def fail(self) -> None:
        kind = self._fault.kind if self._fault else None
        if kind == "reset":
            raise httpx2.ReadError("[Errno 104] Connection reset by peer", request=self._request)
        if kind == "cut":
            said = "peer closed connection without sending complete message body (incomplete chunked read)"
            raise httpx2.RemoteProtocolError(said, request=self._request)
        if kind == "stall":
            self._stall()

    def _stall(self) -> None:
        silence = LONGEST_SILENCE if self._timeout is None else self._timeout
        time.sleep(silence)
        raise httpx2.ReadTimeout("The read operation timed out", request=self._request)


class _Body(httpx2.SyncByteStream):
    """The body on its way: frame by frame at the pace, or in one piece."""

    def __init__(self, response: Response, wire: _Wire, pace: Pace) -> None:
        self._response, self._wire, self._pace = response, wire, pace

    def __iter__(self) -> Iterator[bytes]:
        body = self._response.body
        if isinstance(body, bytes):
            if self._response.wire_fault:
                yield body[: len(body) // 2]
                self._wire.fail()
            yield body
            return
        began, together = time.monotonic(), self._response.together
        for number, frame in enumerate(body):
            self._wire.frame(number)
            if number % together == 0:
                # By the clock: what drawing and a busy reader took isn't added to the pace.
                self._wire.wait(began + number // together * self._pace.step - time.monotonic())
            yield frame

    def close(self) -> None:
        """Stop drawing: the reader has left."""
        close = getattr(self._response.body, "close", None)
        if close:
            close()
