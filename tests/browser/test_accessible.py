"""Every page through axe-core: no serious fault, and headings that follow each other without a jump."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.axe import judged
from tests.browser.chromium import WIDE, Visit, show_whole
from tests.browser.served import Served

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "lesson": "lesson?lesson=4",
    "handout": "lesson?lesson=4&handout=1",
    "glossary": "lesson?lesson=glossary",
    "tokenizer": "tokenizer?lesson=5",
    "chat": "chat?lesson=4",
    "parameters": "parameters?lesson=8",
    "functions": "function_calling?lesson=9",
    "models": "models",
    "log": "log",
}


@pytest.fixture(scope="module", params=[("en", "light"), ("ko", "dark")], ids="-".join)
def dress(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Pages at first sight; the other two pairs of language and theme see them with an answer."""
    with chromium.dressed(browser, *request.param) as context:
        yield context


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_no_serious_fault_and_no_jump_in_the_headings(server: Served, dress: BrowserContext, path: str):
    with chromium.visit(dress) as visit:
        page = visit.open(f"{server.url}/{path}").page

        assert judged(page) == []


def chat_answered(page: Page) -> None:
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(page.locator("[class*=st-key-chat_exchange]").first).to_be_visible()


def parameters_answered(page: Page) -> None:
    page.locator(".st-key-parameters_run button").click()
    expect(page.locator("[class*=st-key-parameters_choice]").first).to_be_visible()


def functions_answered(page: Page) -> None:
    page.locator(".st-key-function_calling_all button").click()
    expect(page.locator(".st-key-function_calling_answer_response")).to_be_visible()


def home_answered(page: Page) -> None:
    page.locator(".st-key-home_run button").click()
    expect(page.locator(".st-key-home_next")).to_be_visible()


def lesson_guessed(page: Page) -> None:
    page.locator(".st-key-lesson_guess label").nth(1).click()
    expect(page.locator(".st-key-lesson_guess [data-testid=stCaptionContainer]")).to_have_count(0)


def models_chosen(page: Page) -> None:
    page.get_by_role("tab").nth(1).click()
    expect(page.locator(".js-plotly-plot")).to_be_visible()


def log_filled(page: Page) -> None:
    page.locator(".st-key-log_first button").click()
    expect(page.locator(".st-key-log_panel")).to_be_visible()


DEEDS = {
    "home": home_answered,
    "lesson": lesson_guessed,
    "chat": chat_answered,
    "parameters": parameters_answered,
    "functions": functions_answered,
    "models": models_chosen,
    "log": log_filled,
}


@pytest.mark.parametrize(("language", "theme"), [("ko", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", DEEDS)
def test_axe_finds_no_serious_fault_once_there_is_an_answer(
    server: Served, visitor: Callable[..., Visit], name: str, language: str, theme: str
):
    page = visitor(language=language, theme=theme).open(f"{server.url}/{PAGES[name]}").page

    DEEDS[name](page)

    assert judged(page) == []


@pytest.mark.parametrize("name", ["lesson", "functions"])
def test_on_a_phone_axe_finds_no_serious_fault(server: Served, visitor: Callable[..., Visit], name: str):
    page = visitor(width=chromium.PHONE).open(f"{server.url}/{PAGES[name]}").page

    assert judged(page) == []


def test_the_headings_of_a_lesson_are_read_in_the_order_they_stand(server: Served, visitor: Callable[..., Visit]):
    page = visitor(width=WIDE).open(f"{server.url}/lesson?lesson=4").page
    show_whole(page)

    headings = page.get_by_test_id("stMain").get_by_role("heading")

    levels = [each.evaluate("each => Number(each.tagName[1])") for each in headings.all()]
    tops = [box["y"] for each in headings.all() if (box := each.bounding_box())]
    assert levels == [1, 2, 2, 2, 2]
    assert tops == sorted(tops)
    assert len(tops) == len(levels)


def test_axe_would_find_a_fault(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(server.url).page
    page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMainBlockContainer]');
            main.insertAdjacentHTML('beforeend', '<h5>jump</h5><p style="color: #ccc">pale</p><button></button>');
        }"""
    )

    assert {fault["rule"] for fault in judged(page)} == {"heading-order", "color-contrast", "button-name"}
