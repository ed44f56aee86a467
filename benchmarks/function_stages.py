"""A stage of function calling, from the click to its drawing, on a connection that answers at once."""

from collections.abc import Iterator
from statistics import median

from benchmarks.figure import Figure
from tests.browser.chromium import browser, dressed, settle, visit
from tests.browser.served import served

ROUNDS = 5
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

CLICK = """([selector, number]) => new Promise(done => {
    const began = performance.now();
    const seen = () => document.querySelector(selector)
        && [...document.querySelectorAll('[data-testid=stMain] h2')].some(each => each.innerText.startsWith(number));
    const watch = new MutationObserver(() => {
        if (!seen()) return;
        watch.disconnect();
        requestAnimationFrame(() => done(performance.now() - began));
    });
    watch.observe(document.body, {subtree: true, childList: true, characterData: true});
    document.querySelector('.st-key-function_calling_next button').click();
})"""


def measure() -> Iterator[Figure]:
    """The stages that send beside those that don't: an upper bound, for the click's way and the request are in it."""
    took: dict[bool, list[float]] = {True: [], False: []}
    with served() as server, browser() as chromium, dressed(chromium) as context, visit(context) as visitor:
        page = visitor.open(f"{server.url}/function_calling").page
        page.locator(".st-key-connection_chip_sidebar button").filter(visible=True).click()
        page.locator(".st-key-connection_instant label").first.click()
        settle(page)
        page.locator(".st-key-connection_use button").click()
        settle(page)
        for _ in range(ROUNDS):
            for number, drawn in STAGES.items():
                took[number in SENDS].append(page.evaluate(CLICK, [drawn, number]))
                settle(page)
            page.locator(".st-key-function_calling_restart button").click()
            settle(page)
    sent, drawn_only = median(took[True]), median(took[False])
    yield Figure("a stage that sends, from click to drawing", sent, "ms", "one that sends nothing", drawn_only, 100)
