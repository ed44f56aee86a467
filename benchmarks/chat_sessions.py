"""Many sessions of the chat at once without a browser: each speaks Streamlit's own protocol over a websocket.

They ask, and note when the first text of the answer and its end arrive. They draw nothing.
"""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 90.0
"""Seconds that a session waits for the end of its answer; one that waits in vain counts as told then."""

FIRST = "the "
"""What the answer begins with."""


@dataclass(frozen=True)
class Told:
    """Seconds from asking until the first text, and until the last one, of each session."""

    firsts: list[float]
    ends: list[float]


def sessions(url: str, query: str, count: int, end: str, within: float) -> Told:
    """Open so many sessions, let all of them ask, one after the other within some seconds, and wait for the ends."""
    return asyncio.run(_all(url, query, count, end, within))


async def _all(url: str, query: str, count: int, end: str, within: float) -> Told:
    # A session at a time: what counts is how they stream, not how they open.
    opened = [await _opened(url, query) for _ in range(count)]
    told = await asyncio.gather(
        *(_in_time(*each, query=query, end=end, wait=within * place / count) for place, each in enumerate(opened))
    )
    for socket, *_ in opened:
        await socket.close()
    return Told([first for first, _last in told], [last for _first, last in told])


async def _opened(url: str, query: str) -> tuple[websockets.ClientConnection, str, str]:
    """A session whose first run has ended, the page's hash and the id of its input."""
    address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    # No pings: a server that is too busy to answer one is measured, not given up.
    protocol = websockets.Subprotocol("streamlit")
    socket = await websockets.connect(address, subprotocols=[protocol], max_size=None, ping_interval=None)
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = "chat"
    await socket.send(message.SerializeToString())
    page = field = ""
    async for data in socket:
        told = _read(data)
        if told.WhichOneof("type") == "navigation":
            page = told.navigation.page_script_hash
        if told.delta.new_element.chat_input.id:
            field = told.delta.new_element.chat_input.id
        if told.WhichOneof("type") == "script_finished" and field:
            break
    return socket, page, field


async def _in_time(
    socket: websockets.ClientConnection, page: str, field: str, *, query: str, end: str, wait: float
) -> tuple[float, float]:
    """What a session was told, or that it lost patience."""
    await asyncio.sleep(wait)
    try:
        return await asyncio.wait_for(_asked(socket, page, field, query=query, end=end), PATIENCE)
    except TimeoutError:
        return PATIENCE, PATIENCE


async def _asked(
    socket: websockets.ClientConnection, page: str, field: str, *, query: str, end: str
) -> tuple[float, float]:
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = page
    typed = message.rerun_script.widget_states.widgets.add()
    typed.id = field
    typed.chat_input_value.data = "Speak"
    began = time.perf_counter()
    await socket.send(message.SerializeToString())
    first = 0.0
    async for data in socket:
        text = _read(data).delta.new_element.markdown.body
        if not first and text.startswith(FIRST):
            first = time.perf_counter() - began
        if first and end in text:
            return first, time.perf_counter() - began
    raise RuntimeError("the session was closed before the answer had ended")


def _read(data: str | bytes) -> ForwardMsg:
    told = ForwardMsg()
    told.ParseFromString(data if isinstance(data, bytes) else data.encode())
    return told
