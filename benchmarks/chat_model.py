"""A model inside the app's process that speaks as much as a benchmark wants, through the app's simulator transport.

The simulator's own answers are too short to have many sessions stream at the same time.
"""

from functools import lru_cache
from unittest.mock import patch

from simulator import pacing, transport
from simulator.api import Request, Response
from tests.browser.speaking import END, event, pieces

HEADERS = {"content-type": "text/event-stream", "x-simulator": "true"}


@lru_cache(maxsize=1)
def speak(model: str) -> None:
    """Let the simulator of this process speak, whatever it is asked, as a model of this name does: speaking.py.

    Once a process: each page run asks for it, and 3,000 frames take 20 ms to write.
    """
    said, step = pieces(model, "")
    frames = [event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}]) for piece in said]
    frames += [event([{"index": 0, "delta": {}, "finish_reason": "stop"}]), b"data: [DONE]\n\n"]
    assert said[-1] == END

    def answer(request: Request) -> Response:
        return Response(200, HEADERS, iter(frames))

    patch.object(transport, "handle", answer).start()
    patch.object(pacing, "READABLE", pacing.Pace(token_ms=step * 1000)).start()
