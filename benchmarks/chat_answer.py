"""One answer of the chat page in a real browser, and of others: bytes, main thread and time. It compares nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError

from benchmarks.baselines import baseline
from benchmarks.chat_rivals import Rival, running
from tests.browser.chat_page import MESSAGE, say
from tests.browser.chromium import dressed, settle, visit
from tests.browser.harness import alone
from tests.browser.served import ROOT, Served
from tests.browser.speaking import END, speaking

APP = """
import runpy

import streamlit as st

from components import state
from playground.transcript import Transcript, Turn

asked = st.query_params
if "speaker" in asked and "connection" not in st.session_state:
    st.session_state["connection"] = {"kind": "other", "base_url": asked["speaker"], "model": asked["model"]}
if "spoken" in asked:
    from benchmarks.chat_model import speak

    speak(asked["spoken"])
if "turns" in asked and "filled" not in st.session_state:
    st.session_state["filled"] = True
    words = ("word " * 8000)[: int(asked.get("length", 40))]
    turns = [Turn(f"Question {n}", f"Answer {n}: {words}", "complete") for n in range(int(asked["turns"]))]
    state.take_up(Transcript("You are a helpful assistant.", turns))
runpy.run_path(ROOT + "/app.py", run_name="__main__")
"""

PACED_HERE = """
import time

import streamlit as st

WORDS = "the sea is wide and the boat is small but nobody who looks at it would say so ".split()


def paced(count, rate):
    began = time.monotonic()
    for n in range(count):
        if (ahead := began + n / rate - time.monotonic()) > 0:
            time.sleep(ahead)
        yield WORDS[n % len(WORDS)] + (".\\n\\n" if n % 60 == 59 else " ")
    yield "END"


st.title("Chat")
if asked := st.chat_input("Say something"):
    with st.chat_message("user"):
        st.text(asked)
    with st.chat_message("assistant"):
        DRAW(paced(COUNT, RATE))
"""

BEGUN = "() => document.body.innerText.includes('the sea')"
MARK = f"() => document.body.innerText.includes('{END}')"

LOOK_MS = 100
"""How often the end is looked for. At each frame, which is usual, the looking makes frames and takes 5 % by itself."""


@dataclass(frozen=True)
class Streamed:
    """What one answer took."""

    megabytes: float
    busy: float
    """Share of the time that the page's main thread worked."""
    seconds: float


class Wire:
    """Counts the data that a page receives, by websocket or asked for, and how long its main thread works.

    Scripts and styles are no data.
    """

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self._asked: set[str] = set()
        self._client = page.context.new_cdp_session(page)
        self._client.on("Network.webSocketFrameReceived", self._frame)
        self._client.on("Network.requestWillBeSent", self._request)
        self._client.on("Network.dataReceived", self._data)
        self._client.send("Network.enable")
        self._client.send("Performance.enable")

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        self.bytes += len(frame["payloadData"]) * 3 // 4 if frame["opcode"] == 2 else len(frame["payloadData"].encode())

    def _request(self, event: dict[str, Any]) -> None:
        if event.get("type") in ("Fetch", "XHR", "EventSource"):
            self._asked.add(event["requestId"])

    def _data(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._asked:
            self.bytes += event["dataLength"]

    def busy(self) -> float:
        """Seconds that the main thread has worked."""
        metrics = self._client.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")

    def streamed(self, page: Page, send: Callable[[], None]) -> Streamed:
        """Send, and wait until the last piece is drawn.

        Raises: playwright's TimeoutError, when nothing comes.
        """
        bytes_before, busy, began = self.bytes, self.busy(), time.perf_counter()
        send()
        page.wait_for_function(BEGUN, timeout=20_000, polling=LOOK_MS)
        page.wait_for_function(MARK, timeout=180_000, polling=LOOK_MS)
        seconds = time.perf_counter() - began
        return Streamed((self.bytes - bytes_before) / 1e6, (self.busy() - busy) / seconds, seconds)


@contextmanager
def app() -> Iterator[Served]:
    """The app with a way to say in the address what answers and what was said."""
    with alone(APP.replace("ROOT", repr(str(ROOT)))) as server:
        yield server


def in_app(chromium: Browser, pieces: int, rate: int) -> Streamed:
    with app() as server, speaking() as speaker, dressed(chromium) as context:
        address = f"{server.url}/chat?speaker={speaker.base_url}&model="
        # The first call of a process loads the SDK, the first answer in a browser loads Streamlit's scripts.
        with visit(context) as visitor:
            page = visitor.open(f"{address}echo").page
            say(page, "Hello")
            page.locator(MESSAGE).nth(1).filter(has_text="token").wait_for()
            settle(page)
        with visit(context) as visitor:
            page = visitor.open(f"{address}speak-{pieces}-{rate}-paragraphs").page
            return Wire(page).streamed(page, lambda: say(page, "Speak"))


def in_script(chromium: Browser, draw: str, pieces: int, rate: int, project: bool) -> Streamed:
    source = PACED_HERE.replace("DRAW", draw).replace("COUNT", str(pieces)).replace("RATE", str(rate))
    if project:
        source = source.replace(
            "import streamlit as st\n", "import streamlit as st\nfrom components import stream_view\n"
        )
    serve = alone if project else baseline
    with serve(source) as server, dressed(chromium) as context, visit(context) as visitor:
        page = visitor.open(server.url).page
        return Wire(page).streamed(page, lambda: say(page, "Speak"))


def in_rival(chromium: Browser, rival: Rival, pieces: int, rate: int) -> Streamed:
    with running(rival, pieces, rate) as url, dressed(chromium) as context, visit(context) as visitor:
        page = visitor.page
        page.goto(url)
        field = page.locator(rival.field).first
        field.wait_for(timeout=120_000)
        page.wait_for_timeout(2000)
        wire = Wire(page)
        for _ in range(3):
            # What is typed before the page has its connection is lost.
            field.click()
            page.keyboard.type("Speak")
            with suppress(TimeoutError):
                return wire.streamed(page, lambda: page.keyboard.press("Enter"))
        raise RuntimeError(f"{rival.package} did not answer")
