"""The chat in a real browser, beside st.write_stream, Chainlit and Gradio: `python -m benchmarks.chat [PART ...]`.

Parts: stream (4,000 pieces at 200 a second), fast (1,000 a second), many (200 sessions), typing (1,000 messages),
back (2 MB after a reload). Without a part, all of them. Chainlit and Gradio are installed when they are met first.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import chain
from statistics import median

from benchmarks.chat_answer import Streamed, app, in_app, in_rival, in_script
from benchmarks.chat_rivals import RIVALS
from benchmarks.chat_sessions import sessions
from benchmarks.figure import Figure, p95, report
from tests.browser.chat_page import INPUT, MESSAGE
from tests.browser.chromium import browser, dressed, settle, visit
from tests.browser.speaking import END

PIECES, RATE = 4000, 200
SESSIONS, SESSION_PIECES, SESSION_RATE = 200, 3000, 50
ASKED_WITHIN = 40
"""Seconds: a run of the page takes 70 ms of the process, so that no more than some questions a second can be answered.

An answer takes longer, so that all sessions stream at the same time for a third of it.
"""
KEYS = 60

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
    """Many sessions of one process, each with a stream of its own; nobody draws what they are sent.

    The model speaks inside the process, as the simulator does.
    """
    query = f"spoken=speak-{SESSION_PIECES}-{SESSION_RATE}-paragraphs"
    with app() as server:
        sessions(server.url, query, 5, END, 0)
        told = sessions(server.url, query, SESSIONS, END, ASKED_WITHIN)
    ideal = SESSION_PIECES / SESSION_RATE
    what = f"{SESSIONS} sessions at {SESSION_RATE} pieces/s, asked within {ASKED_WITHIN} s"
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


def measure() -> Iterator[Figure]:
    """All parts."""
    return chain.from_iterable(part() for part in PARTS.values())


def main() -> int:
    """Run the parts that the command line names, and say whether every limit is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chat", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return report(chain.from_iterable(PARTS[name]() for name in chosen or PARTS))


if __name__ == "__main__":
    raise SystemExit(main())
