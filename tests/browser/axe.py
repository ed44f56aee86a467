"""axe-core in a page: its serious faults, less those of Streamlit's own that the app can't change."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import settle, show_whole


@dataclass(frozen=True)
class Allowed:
    """A fault in what Streamlit itself draws; the app has no way to change it."""

    rule: str
    selector: str
    """Only elements that match it, or stand within one that does."""
    reason: str


ALLOWED = (
    Allowed(
        "scrollable-region-focusable",
        "[data-testid=stCode] pre",
        "st.code has no way to make its block focusable; Chromium itself lets Tab reach a block that scrolls",
    ),
)

GRAVE = {"serious", "critical"}
ORDER = {"heading-order", "page-has-heading-one", "empty-heading"}
"""Rules that count whatever weight axe-core gives them."""

RUN = """async () => {
    const {violations, passes} = await axe.run(document, {resultTypes: ['violations', 'passes']});
    return {
        checked: Object.fromEntries(passes.map(each => [each.id, each.nodes.length])),
        faults: violations.flatMap(({id, impact, nodes}) => nodes.map(node => ({
            rule: id, impact, html: node.html.slice(0, 160), target: node.target.flat(), why: node.failureSummary,
        }))),
    };
}"""

WITHIN = """([path, selector]) => {
    let root = document;
    for (const step of path.slice(0, -1)) root = root.querySelector(step).shadowRoot;
    return root.querySelector(path.at(-1)).closest(selector) !== null;
}"""


@cache
def script() -> str:
    """The script of axe-core, which the package for Playwright carries."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def judged(page: Page) -> list[dict[str, Any]]:
    """The faults of a page that are not allowed, after a look at all of it."""
    settle(page)
    show_whole(page)
    page.evaluate(script())
    found = page.evaluate(RUN)
    # Half of a page hidden would pass; so would axe-core if it had looked at nothing.
    assert found["checked"]["color-contrast"] > 10
    return [
        fault
        for fault in found["faults"]
        if (fault["impact"] in GRAVE or fault["rule"] in ORDER) and not is_allowed(page, fault)
    ]


def assert_sound(page: Page, what: object) -> None:
    """Whatever is shown raised nothing, fits the width of the window, and can be read by everybody."""
    assert page.get_by_test_id("stException").count() == 0, what
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    assert judged(page) == [], what


def is_allowed(page: Page, fault: dict[str, Any]) -> bool:
    return any(
        page.evaluate(WITHIN, [fault["target"], each.selector]) for each in ALLOWED if each.rule == fault["rule"]
    )
