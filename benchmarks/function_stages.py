"""A stage of function calling: from the end of its response to its drawing, and from the click."""

import time
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Page
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.figure import Figure, p95
from simulator.pacing import Pace
from tests.browser.chat_page import connect
from tests.browser.chromium import browser, dressed, settle, visit
from tests.browser.served import served
from tests.simulator import served as simulator

ROUNDS = 5
QUESTION = "What's the weather like in Seoul?"
AGENT = {
    "question": "What's the weather like in Seoul, what time is it there, and what is 12 * (3 + 4)?",
    "dialect": "tools",
    "tools": "get_current_weather,get_current_time,calculator",
    "again": "true",
    "parallel": "false",
    "max_steps": "10",
}
STAGES = {2: "first", 3: "call_response", 4: "result_0", 5: "append", 6: "answer_response"}
"""Number before a stage's heading -> what is drawn last in it."""

SENDS = (2, 6)
"""The stages that send a request first."""

AGENT_STAGES = {2: "first", 6: "call_2_response", 9: "call_3_response", 12: "answer_response"}
"""The stages at which an agent's run stands after each of its four requests."""

WATCH = """([pressed, views, last]) => new Promise((done, fail) => {
    const began = Date.now();
    const seen = {};
    const look = () => {
        const heads = [...document.querySelectorAll('[data-testid=stMain] h2')];
        const number = parseInt(heads.map(each => each.innerText).find(text => /^\\d+ /.test(text)) ?? '0');
        const view = views[number] && document.querySelector('.st-key-function_calling_' + views[number]);
        const host = view && [...view.querySelectorAll('*')].find(each => each.shadowRoot);
        if (host?.shadowRoot.querySelector('pre .line') && !(number in seen)) {
            seen[number] = null;
            // This frame shows it: it is on the screen when the next task begins.
            setTimeout(() => { seen[number] = Date.now(); if (number === last) done([began, seen]); });
            if (number === last) return;
        }
        if (Date.now() - began > 20000) fail(new Error('Stage ' + last + ' was not drawn, but ' + number));
        else requestAnimationFrame(look);
    };
    document.querySelector(`.st-key-function_calling_${pressed} button`).click();
    requestAnimationFrame(look);
})"""
"""Press a button, and note the time of day at which each stage is on the screen, until the last one is."""


class Clocked:
    """An ASGI application around another one: it keeps when each answer was sent whole, in milliseconds of the day."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self.ends: list[float] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.ends.append(time.time() * 1000)

        await self._inner(scope, receive, sent)


def measure() -> Iterator[Figure]:
    """The simulator answers over a socket, like a real API, so that the end of its answer can be clocked."""
    clocks: list[Clocked] = []

    def around(app: ASGIApp) -> ASGIApp:
        clocks.append(Clocked(app))
        return clocks[-1]

    with (
        simulator.served(Pace(400.0), around=around) as api,
        served() as server,
        browser() as chromium,
        dressed(chromium) as context,
        visit(context) as visitor,
    ):
        page = visitor.open(f"{server.url}/function_calling?{urlencode(AGENT)}").page
        connect(page, api, "gpt-4", "sk-any")
        _agent(page, clocks[-1])
        agent = [each for _ in range(ROUNDS) for each in _agent(page, clocks[-1])]
        field = page.locator(".st-key-function_calling_question input")
        field.fill(QUESTION)
        field.press("Enter")
        settle(page)
        _round(page, clocks[-1])
        rounds = [_round(page, clocks[-1]) for _ in range(ROUNDS)]
    after = [value for each in rounds for value in each[0]]
    clicks = [value for each in rounds for value in each[1]]
    name, bare = "a stage that sends nothing, from its click", median(clicks)
    yield Figure("a stage, from its response to its drawing", median(after), "ms", name, bare, 100)
    yield Figure("a step of an agent that runs, the same", median(agent), "ms", "95 of 100", p95(agent), 100)


def _agent(page: Page, clock: Clocked) -> list[float]:
    """Let an agent run to its end: milliseconds from each response to its drawing."""
    first = len(clock.ends)
    _began, seen = page.evaluate(WATCH, ["all", AGENT_STAGES, max(AGENT_STAGES)])
    _start_over(page)
    # A step that was gone before it was seen counts until the next one that was.
    drawn = [at for at in seen.values() if at]
    return [min(at for at in drawn if at >= end) - end for end in clock.ends[first:]]


def _round(page: Page, clock: Clocked) -> tuple[list[float], list[float]]:
    """Walk through the stages: milliseconds from response to drawing, and from click to drawing without a request."""
    after, clicks = [], []
    for number in STAGES:
        began, seen = page.evaluate(WATCH, ["next", STAGES, number])
        drawn = seen[str(number)]
        if number in SENDS:
            after.append(drawn - clock.ends[-1])
        else:
            clicks.append(drawn - began)
        settle(page)
    _start_over(page)
    return after, clicks


def _start_over(page: Page) -> None:
    settle(page)
    page.locator(".st-key-function_calling_restart button").click()
    settle(page)
