"""Every page in both languages, both themes, wide and on a phone: what a visitor finds at first sight."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from components.shell import NAVIGATION
from playground.language import LANGUAGES
from tests.browser import chromium
from tests.browser.chromium import PHONE, WIDE
from tests.browser.conftest import keep
from tests.browser.served import Served
from tests.test_config import contrast

pytestmark = pytest.mark.browser

DRESSES = list(product(LANGUAGES, ("light", "dark"), (WIDE, PHONE)))
CONTROLS_AT_MOST = 9

# A group of pills, tabs, a chat input or the rows of the lessons are one control each. Links beside headings, the copy
# buttons that appear over code, and panes that are focusable only to be scrolled are none.
CONTROLS = """() => {
    const group = '[data-testid=stButtonGroup], [data-testid=stTabs] [role=tablist], [data-testid=stRadio], '
        + '[data-testid=stChatInput], [data-testid=stNumberInput], [class*="st-key-course_rows"], [role=radiogroup], '
        + '[role=toolbar], [role=listbox], [role=grid]';
    const none = '[data-testid=stHeaderActionElements], [data-testid=stElementToolbar], [data-testid=stJson], '
        + '[class*="st-key-phone_chip"], button[aria-label^="Scroll tabs"], pre[role=region], .view .copy';
    const scrolls = ['stCode', 'stTabPanel'];
    const found = new Set();
    const above = (element, selector) => {
        for (let node = element; node; node = node.parentNode || node.host)
            if (node.matches && node.matches(selector)) return node;
    };
    const walk = root => root.querySelectorAll('*').forEach(element => {
        if (element.shadowRoot) walk(element.shadowRoot);
        if (element.tabIndex < 0 || element.disabled || !element.checkVisibility({visibilityProperty: true})) return;
        if (above(element, none) || scrolls.includes(element.dataset.testid)) return;
        found.add(above(element, group) || element);
    });
    document.querySelectorAll('[data-testid=stMainBlockContainer], [data-testid=stBottom]').forEach(walk);
    return [...found].map(element =>
        (element.getAttribute('aria-label') || element.innerText || element.dataset.testid || element.tagName)
            .trim().replaceAll('\\n', ' | ').slice(0, 60));
}"""

SEEN = """() => ({
    language: document.documentElement.lang,
    title: document.querySelector('h1')?.innerText,
    exceptions: [...document.querySelectorAll('[data-testid=stException]')].map(each => each.innerText),
    width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth,
        ...[...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppScrollToBottomContainer]')]
            .map(each => each.scrollWidth + each.getBoundingClientRect().left)),
    ground: getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor,
    primary: [...document.querySelectorAll(
        '[data-testid=stMainBlockContainer] [data-testid^=stBaseButton-primary], [data-testid=stBottom] '
        + '[data-testid^=stBaseButton-primary], [data-testid=stChatInputSubmitButton]')]
        .filter(each => each.checkVisibility()).map(each => ({
            name: each.innerText || each.ariaLabel, disabled: each.disabled,
            text: getComputedStyle(each.querySelector('p') || each).color,
            ground: getComputedStyle(each).backgroundColor,
        })),
})"""


@dataclass(frozen=True)
class Sight:
    """What one visitor found on one page."""

    language: str
    theme: str
    width: int
    facts: dict[str, Any]
    controls: list[str]
    complaints: list[str]
    elsewhere: list[str]


@pytest.fixture(scope="module", params=DRESSES, ids=lambda each: "-".join(map(str, each)))
def dress(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, str, int, BrowserContext]]:
    with chromium.dressed(browser, *request.param) as context:
        yield (*request.param, context)


@pytest.fixture(scope="module", params=NAVIGATION, ids=lambda room: room.path)
def sight(
    request: pytest.FixtureRequest, server: Served, dress: tuple[str, str, int, BrowserContext]
) -> Iterator[Sight]:
    room, (language, theme, width, context) = request.param, dress
    with chromium.visit(context) as visit:
        page = visit.open(f"{server.url}/{'' if room is NAVIGATION[0] else room.path}").page
        facts, controls = page.evaluate(SEEN), page.evaluate(CONTROLS)
        keep(visit, f"first-sight/{room.path}-{language}-{theme}-{width}.png")
        yield Sight(language, theme, width, facts, controls, visit.complaints, visit.elsewhere)


def test_a_page_opens_without_an_exception(sight: Sight):
    assert sight.facts["exceptions"] == []
    assert sight.facts["title"]


def test_the_browser_console_has_no_error(sight: Sight):
    assert sight.complaints == []


def test_a_page_asks_no_other_machine_for_anything(sight: Sight):
    assert sight.elsewhere == []


def test_nothing_is_wider_than_the_screen(sight: Sight):
    assert sight.facts["width"] <= sight.width


def test_the_document_says_its_language(sight: Sight):
    assert sight.facts["language"] == sight.language


def channels(colour: str) -> list[int]:
    """The parts of a computed colour: "rgb(18, 22, 23)"."""
    return [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(", ")]


def test_the_theme_follows_the_system(sight: Sight):
    ground = channels(sight.facts["ground"])

    assert (max(ground) < 60) if sight.theme == "dark" else (min(ground) > 200)


def test_a_page_has_one_primary_button_that_can_be_read(sight: Sight):
    (button,) = sight.facts["primary"]

    if not button["disabled"]:
        text, ground = (f"#{bytes(channels(button[part])).hex()}" for part in ("text", "ground"))
        assert contrast(text, ground) >= 4.5, button


def test_a_page_has_few_controls_at_first_sight(sight: Sight):
    assert len(sight.controls) <= CONTROLS_AT_MOST, sight.controls
