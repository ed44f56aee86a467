"""The chat in a real browser, beside st.write_stream, Chainlit and Gradio: `python -m benchmarks.chat [PART ...]`.

Parts: stream (4,000 pieces at 200 a second), fast (1,000 a second), many (200 sessions), typing (1,000 messages),
back (2 MB after a reload). Without a part, all of them. Chainlit and Gradio are installed when they are met first.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.baselines import baseline
from benchmarks.chat_rivals import RIVALS, Rival, running
from benchmarks.chat_sessions import sessions
from benchmarks.figure import Figure, p95
from tests.browser.chat_page import INPUT, MESSAGE, say
from tests.browser.chromium import browser, dressed, settle, visit
from tests.browser.harness import alone
from tests.browser.served import ROOT, Served
from tests.browser.speaking import END, speaking

PIECES, RATE = 4000, 200
SESSIONS, SESSION_PIECES, SESSION_RATE = 200, 500, 50
KEYS = 60

APP = """
import runpy

import streamlit as st

from components import state
from playground.transcript import Transcript, Turn

asked = st.query_params
if "speaker" in asked and "connection" not in st.session_state:
    st.session_state["connection"] = {"kind": "other", "base_url": asked["speaker"], "model": asked["model"]}
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

MARK = f"() => document.body.innerText.includes('{END}')"

# Milliseconds from a key press until what stands under the input is another text and painted.
KEY = """() => new Promise((done, fail) => {
    const place = document.querySelector('[data-testid=stBottom]');
    const before = place.innerText;
    const began = performance.now();
    const watch = new MutationObserver(() => {
        if (place.innerText === before) return;
        watch.disconnect();
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => done(performance.now() - began);
            after.port2.postMessage(0);
        });
    });
    watch.observe(place, {subtree: true, childList: true, characterData: true});
    const area = place.querySelector('textarea');
    area.focus();
    document.execCommand('insertText', false, ' w');
    setTimeout(() => fail(new Error('the meter did not change')), 10000);
})"""


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
        """Send, and wait until the last piece is drawn."""
        bytes_before, busy, began = self.bytes, self.busy(), time.perf_counter()
        send()
        page.wait_for_function(MARK, timeout=600_000)
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
        field.click()
        page.keyboard.type("Speak")
        return Wire(page).streamed(page, lambda: page.keyboard.press("Enter"))


def stream() -> Iterator[Figure]:
    """Bytes, main thread and time of a long answer: alone, in the app, and elsewhere."""
    what, ideal = f"{PIECES:,} pieces at {RATE}/s", PIECES / RATE
    with browser() as chromium:
        native = in_script(chromium, "st.write_stream", PIECES, RATE, project=False)
        alone_ = in_script(chromium, "stream_view.draw", PIECES, RATE, project=True)
        yield from _kept(f"{what}, answer alone", alone_, native, ideal, 0.2, 30)
        ours = in_app(chromium, PIECES, RATE)
        yield from _kept(f"{what}, with the live exchange", ours, native, ideal, 0.45, 45)
        for rival in RIVALS:
            took, name = in_rival(chromium, rival, PIECES, RATE), f"{what}, {rival.package}"
            # What the others take has no limit; ours stands beside it.
            beside, no = "here, with the live exchange", float("inf")
            yield Figure(name, took.megabytes, "MB", beside, ours.megabytes, no)
            yield Figure(f"{name}, main thread", took.busy * 100, "%", beside, ours.busy * 100, no)
            yield Figure(f"{name}, until the end", took.seconds, "s", beside, ours.seconds, no)


def _kept(name: str, took: Streamed, native: Streamed, ideal: float, most: float, busy: float) -> Iterator[Figure]:
    yield Figure(name, took.megabytes, "MB", "st.write_stream", native.megabytes, most)
    yield Figure(f"{name}, main thread", took.busy * 100, "%", "st.write_stream", native.busy * 100, busy)
    yield Figure(f"{name}, until the end", took.seconds, "s", "ideal", ideal, 1.08, of_baseline=True)


def fast() -> Iterator[Figure]:
    """Whether the page keeps up with a model that is faster than any reader."""
    with browser() as chromium:
        took = in_app(chromium, PIECES, 1000)
    yield Figure(f"{PIECES:,} pieces at 1,000/s, until the end", took.seconds, "s", "ideal", PIECES / 1000, 6)


def many() -> Iterator[Figure]:
    """Many sessions of one process, each with a stream of its own; nobody draws what they are sent."""
    model = f"speak-{SESSION_PIECES}-{SESSION_RATE}-paragraphs"
    with app() as server, speaking() as speaker:
        query = f"speaker={speaker.base_url}&model={model}"
        sessions(server.url, query, 5, END)
        told = sessions(server.url, query, SESSIONS, END)
    ideal = SESSION_PIECES / SESSION_RATE
    what = f"{SESSIONS} sessions at {SESSION_RATE} pieces/s"
    yield Figure(f"{what}, until the end, p50", median(told.ends), "s", "ideal", ideal, 1.1, of_baseline=True)
    yield Figure(f"{what}, first text, p95", p95(told.firsts), "s", "ideal", 1 / SESSION_RATE, 1)


def typing() -> Iterator[Figure]:
    """From a key press to the meter under the input, in a conversation of 1,000 messages."""
    times: dict[int, list[float]] = {}
    with browser() as chromium, app() as server:
        for turns in (1, 500):
            with dressed(chromium) as context, visit(context) as visitor:
                page = visitor.open(f"{server.url}/chat?turns={turns}").page
                page.locator(MESSAGE).first.wait_for()
                settle(page)
                page.locator(INPUT).fill("Hello")
                page.wait_for_timeout(1500)
                found = []
                for _ in range(KEYS):
                    found.append(float(page.evaluate(KEY)))
                    page.wait_for_timeout(150)
                times[turns] = found
    yield Figure(
        "key press to the meter, 1,000 messages, p50", median(times[500]), "ms", "2 messages", median(times[1]), 150
    )
    yield Figure("key press to the meter, 1,000 messages, p95", p95(times[500]), "ms", "2 messages", p95(times[1]), 150)


def back() -> Iterator[Figure]:
    """From the reload to the messages, for 2 MB of history and for a short one."""
    times: dict[int, list[float]] = {}
    with browser() as chromium, app() as server:
        for turns, length in ((2, 40), (100, 20_000)):
            with dressed(chromium) as context, visit(context) as visitor:
                page = visitor.open(f"{server.url}/chat?turns={turns}&length={length}").page
                page.locator(MESSAGE).first.wait_for()
                page.wait_for_timeout(6000)
                found = []
                for _ in range(5):
                    began = time.perf_counter()
                    page.goto(f"{server.url}/chat")
                    page.locator(MESSAGE).filter(has_text=f"Answer {turns - 1}").wait_for()
                    found.append(time.perf_counter() - began)
                    settle(page)
                times[turns] = found
    yield Figure("2 MB of history back after a reload", median(times[100]), "s", "2 short turns", median(times[2]), 1.5)


PARTS = {"stream": stream, "fast": fast, "many": many, "typing": typing, "back": back}


def main() -> int:
    """Run the parts that the command line names, and say whether every limit is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chat", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    kept = True
    for name in chosen or PARTS:
        for figure in PARTS[name]():
            print(figure, flush=True)
            kept = kept and figure.kept
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
