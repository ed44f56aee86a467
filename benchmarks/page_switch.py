"""How long a page switch takes in a real browser: from the click to the other page, drawn."""

from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks.baselines import TWO_PAGES, baseline
from benchmarks.figure import Figure, p95
from tests.browser.chromium import browser, dressed, settle, visit
from tests.browser.served import served

SWITCHES = 40

# Milliseconds until the heading is another one, the script has ended and nothing waits to be drawn.
SWITCH = """number => new Promise((done, fail) => {
    const heading = () => document.querySelector('h1')?.innerText;
    const app = document.querySelector('[data-testid=stApp]');
    const before = heading();
    const began = performance.now();
    document.querySelectorAll('.page-menu-link')[number].click();
    const look = () => {
        const now = performance.now();
        const drawn = heading() && heading() !== before && app.dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-testid=stSkeleton]');
        if (drawn) done(now - began);
        else if (now - began > 20000) fail(new Error('the page did not change'));
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""


def switches(page: Page) -> list[float]:
    """Go round through the menu; the first round is not counted, for it loads the pages' modules."""
    pages = page.locator(".page-menu-link").count()
    times = []
    for number in range(pages + SWITCHES):
        settle(page)
        times.append(float(page.evaluate(SWITCH, (number + 1) % pages)))
    return times[pages:]


def measure() -> Iterator[Figure]:
    """p95 of the app and of two pages with nothing but a heading."""
    with browser() as chromium:
        with served() as server, dressed(chromium) as context, visit(context) as visitor:
            app = switches(visitor.open(server.url).page)
        with baseline(TWO_PAGES) as server, dressed(chromium) as context, visit(context) as visitor:
            two = switches(visitor.open(server.url).page)
    yield Figure(f"page switch, p95 of {len(app)}", p95(app), "ms", "two pages with a heading", p95(two), 400)
