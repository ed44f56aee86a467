"""A stage of function calling: from the arrival of its response to its drawing, and from the click."""

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
AGENT = {
    "question": "What's the weather like in Seoul, what time is it there, and what is 12 * (3 + 4)?",
    "dialect": "tools",
    "tools": "get_current_weather,get_current_time,calculator",
    "again": "true",
    "parallel": "false",
    "max_steps": "10",
}
STAGES = {
    "2": ".st-key-function_calling_first",
    "3": ".st-key-function_calling_call_response",
    "4": ".st-key-function_calling_result_0",
    "5": ".st-key-function_calling_append",
    "6": ".st-key-function_calling_answer_response",
}
"""First sign of a stage's heading -> what is drawn in it."""

SENDS = ("2", "6")
"""The stages that send a request first."""

DRAWN = """selector => {
    const view = document.querySelector(selector);
    const inside = view && [...view.querySelectorAll('*')].find(each => each.shadowRoot?.querySelector('pre .line'));
    return Boolean(inside);
}"""

CLICK = """([selector, number]) => new Promise(done => {
    const drawn = DRAWN;
    const began = Date.now();
    const look = () => {
        const there = [...document.querySelectorAll('[data-testid=stMain] h2')]
            .some(each => each.innerText.startsWith(number + ' '));
        // A frame later it is on the screen.
        if (there && drawn(selector)) requestAnimationFrame(() => done([began, Date.now()]));
        else setTimeout(look, 1);
    };
    document.querySelector('.st-key-function_calling_next button').click();
    look();
})""".replace("DRAWN", DRAWN)


RUNS = """() => new Promise(done => {
    const drawn = DRAWN;
    const seen = [];
    const look = () => {
        const heads = [...document.querySelectorAll('[data-testid=stMain] h2')];
        const heading = heads.find(each => /^\\d+ /.test(each.innerText));
        const number = heading ? parseInt(heading.innerText) : 0;
        const view = number === 12 ? 'answer_response' : {3: 'call', 6: 'call_2', 9: 'call_3'}[number] + '_response';
        if (number > 2 && seen.every(each => each[0] !== number) && drawn('.st-key-function_calling_' + view)) {
            const at = [number, 0];
            seen.push(at);
            requestAnimationFrame(() => { at[1] = Date.now(); if (number === 12) done(seen); });
            if (number === 12) return;
        }
        setTimeout(look, 1);
    };
    document.querySelector('.st-key-function_calling_all button').click();
    look();
})""".replace("DRAWN", DRAWN)


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
        page.locator(".st-key-function_calling_question input").fill("What's the weather like in Seoul?")
        page.locator(".st-key-function_calling_question input").press("Enter")
        settle(page)
        _round(page, clocks[-1])
        rounds = [_round(page, clocks[-1]) for _ in range(ROUNDS)]
        page.locator(".st-key-function_calling_question input").fill(AGENT["question"])
        page.locator(".st-key-function_calling_question input").press("Enter")
        settle(page)
        agent = [each for _ in range(ROUNDS) for each in _agent(page, clocks[-1])]
    after = [value for each in rounds for value in each[0]]
    clicks = [value for each in rounds for value in each[1]]
    name, bare = "a stage that sends nothing, from its click", median(clicks)
    yield Figure("a stage, from its response to its drawing", median(after), "ms", name, bare, 100)
    yield Figure("a step of an agent that runs, the same", median(agent), "ms", "95 of 100", p95(agent), 100)


def _agent(page: Page, clock: Clocked) -> list[float]:
    """Let an agent run to its end: milliseconds from each response to its drawing."""
    first = len(clock.ends)
    seen = page.evaluate(RUNS)
    settle(page)
    page.locator(".st-key-function_calling_restart button").click()
    settle(page)
    return [at - end for (_, at), end in zip(seen, clock.ends[first:], strict=True)]


def _round(page: Page, clock: Clocked) -> tuple[list[float], list[float]]:
    """Walk through the stages: milliseconds from response to drawing, and from click to drawing without a request."""
    after, clicks = [], []
    for number, drawn in STAGES.items():
        began, seen = page.evaluate(CLICK, [drawn, number])
        if number in SENDS:
            after.append(seen - clock.ends[-1])
        else:
            clicks.append(seen - began)
        settle(page)
    page.locator(".st-key-function_calling_restart button").click()
    settle(page)
    return after, clicks
