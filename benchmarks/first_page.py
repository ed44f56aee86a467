"""Cold start to the first interactive page, and the live card's first words: a fresh server, a fresh browser."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from statistics import median

from benchmarks.baselines import ONE_LINE, baseline
from benchmarks.figure import Figure
from tests.browser.chromium import SETTLED, browser, dressed, visit
from tests.browser.served import Served, served

ROUNDS = 5
ANSWER = ".st-key-home_talk [data-testid=stChatMessage] >> nth=1 >> text=Hello"


def once(serve: Callable[[], AbstractContextManager[Served]], button: str, words: str) -> tuple[float, float]:
    """Seconds from the start of the server to a button that works, and from there to the first words of its answer."""
    with browser() as chromium, dressed(chromium) as context, visit(context) as visitor, serve() as server:
        page = visitor.page
        page.goto(server.url)
        page.locator(button).wait_for()
        page.wait_for_function(SETTLED)
        ready = time.perf_counter()
        page.locator(button).click()
        page.locator(words).first.wait_for()
        return ready - server.started, time.perf_counter() - ready


def measure() -> Iterator[Figure]:
    """Both figures; app and baseline take turns, and the middle round counts."""
    apps, lines = [], []
    for _ in range(ROUNDS):
        apps.append(once(served, ".st-key-home_run button", ANSWER))
        lines.append(once(lambda: baseline(ONE_LINE), ".st-key-run button", "[data-testid=stMarkdown] >> text=Hello"))
    starts, words = (median(each) for each in zip(*apps, strict=True))
    line_starts, line_words = (median(each) for each in zip(*lines, strict=True))
    yield Figure(
        "cold start to the first interactive page", starts, "s", "one-line app", line_starts, 1.5, of_baseline=True
    )
    yield Figure("first words after the page is painted, one click", words, "s", "one-line app", line_words, 3.0)
