"""A real Chromium: where it is, how it starts, when a page is ready, what a page complains about."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NO_CHROMIUM = "Chromium isn't installed: put chromium, google-chrome or msedge on the PATH"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCALES = {"en": "en-US", "ko": "ko-KR"}
WIDE, PHONE = 1440, 390
PATIENCE = 30_000
"""Milliseconds that a condition may take: two busy cores, a cold server."""

# A deep link makes Streamlit's own pages ask for these below the page's path; the app works without them.
HARMLESS = re.compile(r"/(_stcore/(health|host-config)|favicon\.\w+)$")

SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const waits = document.querySelector('[data-testid="stSkeleton"]');
    return app && !waits && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED' && document.querySelector('h1, [data-testid="stException"]');
}"""

SCROLLER = "[data-testid=stMain], [data-testid=stAppScrollToBottomContainer]"
HEIGHT = f"() => Math.max(...[...document.querySelectorAll('{SCROLLER}')].map(each => each.scrollHeight))"
ROOM = f"() => Math.max(...[...document.querySelectorAll('{SCROLLER}')].map(each => each.clientHeight))"

QUIET = """() => new Promise(done => {
    let last = performance.now();
    const watch = new MutationObserver(() => { last = performance.now(); });
    watch.observe(document.body, {subtree: true, childList: true, characterData: true});
    const began = last;
    const tick = setInterval(() => {
        const now = performance.now();
        if (now - last > 300 || now - began > 10000) { clearInterval(tick); watch.disconnect(); done(); }
    }, 50);
})"""


@dataclass(frozen=True)
class Visit:
    """A page in the browser, and what it said and asked for meanwhile."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Addresses on other machines that the page asked for."""

    def open(self, url: str) -> "Visit":
        self.page.goto(url)
        settle(self.page)
        return self


def executable() -> str | None:
    """Where Chromium is, or a browser made from it."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def settle(page: Page) -> None:
    """Wait until the script has run, everything it sent is drawn, and nothing moves any more."""
    page.wait_for_function(SETTLED, timeout=PATIENCE)
    page.evaluate(QUIET)
    page.wait_for_function(SETTLED, timeout=PATIENCE)


def show_whole(page: Page) -> None:
    """Make the window as high as the page, for a picture of all of it."""
    size = page.viewport_size or {"width": WIDE, "height": 900}
    height = int(page.evaluate(HEIGHT)) + (page.evaluate("innerHeight") - int(page.evaluate(ROOM)))
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, 6000))})
    settle(page)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium with an empty profile."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def dressed(
    chromium: Browser, language: str = "en", theme: str = "light", width: int = WIDE
) -> Iterator[BrowserContext]:
    """A browser of this language, theme and width, with no memory of earlier visits."""
    phone = width < 600
    context = chromium.new_context(
        locale=LOCALES[language],
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 844 if phone else 900},
        has_touch=phone,
        is_mobile=phone,
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@contextmanager
def visit(context: BrowserContext) -> Iterator[Visit]:
    """A visitor in a tab of its own, watched from the first request on."""
    visitor = Visit(context.new_page())

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost"):
            visitor.elsewhere.append(request.url)

    def said(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        # What is asked of another machine is counted on its own.
        foreign = any(url == each for each in visitor.elsewhere)
        if message.type == "error" and not foreign and not HARMLESS.search(urlsplit(url).path):
            visitor.complaints.append(f"{message.text} ({url})")

    visitor.page.on("request", asked)
    visitor.page.on("console", said)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    yield visitor
    visitor.page.close()
