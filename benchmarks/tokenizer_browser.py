"""The tokenizer in a real browser: from a key press to repainted counts and rows, and scrolling through a long text."""

import sys
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Page

from benchmarks.figure import Figure, p95, report
from playground.encodings import NAMES
from playground.sample_texts import COURSE_KOREAN
from tests.browser.chromium import Visit, browser, dressed, settle, visit
from tests.browser.harness import MANY, alone
from tests.browser.served import served
from tests.browser.tokenizer_page import IN_SHADOW, arrive, write

KEYS = 100
TEXT = (f"A model reads tokens, not letters, and 2 + 2 is 4. {COURSE_KOREAN} " * 40)[:2000]

ECHO = """
import streamlit as st

AREA = st.components.v2.component("area", html="<textarea></textarea>", js='''
export default function ({ data, parentElement, setStateValue }) {
  const area = parentElement.querySelector("textarea")
  if (!area.oninput) area.value = data.text
  area.oninput = () => setStateValue("typed", area.value)
}
''')

st.title("Echo")


@st.fragment
def follow():
    text = AREA(key="area", data={"text": "x" * 2000}, on_typed_change=lambda: None).typed or ""
    st.text(f"{len(text)} characters")


follow()
"""

# Milliseconds from a key press until what it changed is painted: the task after the next frame.
WATCH = """([typed, changed]) => {
    window.painted = [];
    let began = 0;
    inShadow(typed)[0].addEventListener('keydown', () => { began = performance.now(); }, true);
    const painted = () => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => {
            if (began) window.painted.push(performance.now() - began);
            began = 0;
        };
        after.port2.postMessage(0);
    });
    for (const place of inShadow(changed)) {
        new MutationObserver(painted).observe(place, {childList: true, characterData: true, subtree: true});
    }
}"""

# Frames of four seconds while the view is scrolled from its beginning to its end, or while nothing happens.
SCROLL = """scrolls => new Promise(done => {
    const view = inShadow('.token-view .window')[0];
    const frames = [];
    const began = performance.now();
    let last = began;
    const step = () => {
        const now = performance.now();
        frames.push(now - last);
        last = now;
        const part = Math.min(1, (now - began) / 4000);
        if (scrolls) view.scrollTop = part * (view.scrollHeight - view.clientHeight);
        if (part < 1) requestAnimationFrame(step);
        else done(frames.slice(1));
    };
    requestAnimationFrame(step);
})"""


def keys(page: Page, area: str, changed: str) -> list[float]:
    """Press keys in the middle of the text's first line, each when the one before was painted; warm up with ten."""
    page.locator(area).focus()
    page.keyboard.press("Control+Home")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.evaluate(WATCH, [area, changed])
    for number in range(10 + KEYS):
        page.keyboard.press("abcdefghij "[number % 11])
        page.wait_for_function("number => window.painted.length > number", arg=number, timeout=5000)
        page.wait_for_timeout(60)
    return page.evaluate("window.painted")[10:]


def type_in(visitor: Visit, url: str, changed: str) -> list[float]:
    arrive(visitor.page, url)
    write(visitor.page, TEXT)
    return keys(visitor.page, ".live-editor textarea", changed)


def measure() -> Iterator[Figure]:
    """Counts, rows and frames, beside a text area whose length is echoed."""
    asked = urlencode({"encodings": ",".join(NAMES)})
    with browser() as chromium:
        # With the app's settings, so that both echo as soon as the server can.
        with alone(ECHO) as server, dressed(chromium) as context, visit(context) as visitor:
            visitor.page.add_init_script(IN_SHADOW)
            echo = keys(visitor.open(server.url).page, "textarea", "[data-testid=stText]")
        with served() as server:
            with dressed(chromium) as context, visit(context) as visitor:
                counts = type_in(visitor, f"{server.url}/tokenizer?{asked}", ".token-view .summary")
            with dressed(chromium) as context, visit(context) as visitor:
                rows = type_in(visitor, f"{server.url}/tokenizer?{asked}", ".token-view .canvas")
        with alone(MANY) as server, dressed(chromium) as context, visit(context) as visitor:
            arrive(visitor.page, server.url)
            elements = visitor.page.evaluate("() => inShadow('*').length")
            tokens = visitor.page.locator(".token-view .big").last.inner_text()
            settle(visitor.page)
            still = visitor.page.evaluate(SCROLL, False)
            frames = visitor.page.evaluate(SCROLL, True)
    for what, times, half, most in (("counts", counts, 35, 70), ("rows of tokens", rows, 45, 75)):
        name = f"key press to {what}, 7 encodings, 2,000 characters"
        yield Figure(f"{name}, p50 of {len(times)}", median(times), "ms", "echo", median(echo), half)
        yield Figure(f"{name}, p95 of {len(times)}", p95(times), "ms", "echo", p95(echo), most)
        yield Figure(f"{name}, p50, times the echo", median(times), "ms", "echo", median(echo), 2.5, of_baseline=True)
    yield Figure(
        f"scrolling {tokens} tokens, p95 of {len(frames)} frames", p95(frames), "ms", "nothing moves", p95(still), 25
    )
    yield Figure(f"elements of the page with {tokens} tokens", elements, "elements", "limit", 1500, 1500)


if __name__ == "__main__":
    sys.exit(report(measure()))
