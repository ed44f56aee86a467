"""The function page in a browser: by keyboard, on a phone, its tabs, its dialogs, a run that is stopped on its way."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_sound
from tests.browser.chromium import PHONE, Visit, settle
from tests.browser.conftest import keep
from tests.browser.served import Served

pytestmark = pytest.mark.browser

AGENT = {
    "question": "What's the weather like in Seoul, what time is it there, and what is 12 * (3 + 4)?",
    "dialect": "tools",
    "tools": "get_current_weather,get_current_time,calculator",
    "again": "true",
    "parallel": "false",
    "max_steps": "10",
}


def heading(page: Page, words: str) -> None:
    expect(page.get_by_test_id("stMain").get_by_role("heading", name=re.compile(r"^\d+ "))).to_have_text(words)


def button(page: Page, name: str) -> None:
    page.locator(f".st-key-function_calling_{name} button").first.click()
    settle(page)


def test_the_six_stages_are_walked_by_keyboard_alone(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling").page
    page.locator(".st-key-function_calling_next button").focus()

    for words in ("2 Ask", "3 Call", "4 Run", "5 Append", "6 Answer"):
        page.locator(".st-key-function_calling_next button").press("Enter")
        heading(page, words)
        settle(page)

    page.locator(".st-key-function_calling_rail [data-stage=ask]").press("Enter")
    heading(page, "2 Ask")


def test_on_a_phone_an_agent_runs_to_its_end_and_nothing_is_wider_than_the_screen(
    server: Served, visitor: Callable[..., Visit]
):
    visit = visitor(language="ko", theme="dark", width=PHONE)
    page = visit.open(f"{server.url}/function_calling?{urlencode(AGENT)}").page
    before = page.evaluate("document.documentElement.scrollWidth")

    button(page, "all")

    expect(page.locator(".st-key-function_calling_restart")).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_role("heading", name=re.compile(r"^12 "))).to_be_visible()
    assert before <= PHONE
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    heights = [
        box["height"]
        for each in page.locator(".st-key-function_calling_rail button").all()
        if (box := each.bounding_box())
    ]
    assert min(heights) >= 44
    keep(visit, "functions/agent-phone.png")
    assert visit.complaints == []


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1440), ("ko", "dark", PHONE)])
def test_every_tab_opens_and_is_read_by_everybody(
    server: Served, visitor: Callable[..., Visit], language: str, theme: str, width: int
):
    visit = visitor(language=language, theme=theme, width=width).open(f"{server.url}/function_calling")
    page = visit.page
    button(page, "all")
    expect(page.locator(".st-key-function_calling_answer_response")).to_be_visible()
    tabs = page.get_by_role("tab")

    for number in range(1, 6):
        tabs.nth(number).click()
        settle(page)

        keep(visit, f"functions/tab-{number}-{language}-{width}.png")
        assert_sound(page, number)
    assert visit.complaints == []
    assert visit.elsewhere == []


def test_a_run_that_is_stopped_keeps_what_it_has_and_goes_on_later(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling?{urlencode(AGENT)}").page

    page.locator(".st-key-function_calling_all button").click()
    page.locator(".st-key-function_calling_stop button").click()
    settle(page)
    rail = page.locator(".st-key-function_calling_rail .rail")
    expect(page.locator(".st-key-function_calling_next")).to_be_visible()
    assert "12 Answer" not in rail.inner_text()
    button(page, "all")

    expect(rail).to_contain_text("12 Answer")


def test_a_function_of_ones_own_is_written_saved_and_offered(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling?dialect=tools&question=Find+the+book+%22Momo%22.").page
    button(page, "setup")
    button(page, "own_new")
    dialog = page.get_by_role("dialog", name="A function of your own")
    schema = page.locator(".st-key-function_tools_schema textarea")

    schema.fill('{"type": "object", "properties": {"title": {"$ref": "http://example.com/s"}}}')
    schema.press("Control+Enter")
    expect(dialog.get_by_test_id("stAlert")).to_contain_text("properties.title.$ref")
    expect(page.locator(".st-key-function_tools_save button")).to_be_disabled()
    schema.fill('{"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}')
    schema.press("Control+Enter")
    expect(dialog.get_by_test_id("stAlert")).to_have_count(0)
    page.locator(".st-key-function_tools_save button").click()
    settle(page)

    expect(page.locator(".st-key-function_calling_definition")).to_contain_text("find_book")
    assert page.evaluate("window.ran") is None


def test_the_request_is_changed_in_the_dialog_and_sent_so(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling").page
    button(page, "setup")
    button(page, "body_edit")
    text = page.locator(".st-key-function_calling_body_text textarea")
    body = json.loads(text.input_value()) | {"temperature": 0}

    text.fill(json.dumps(body))
    text.press("Control+Enter")
    settle(page)
    button(page, "body_use")
    button(page, "next")

    expect(page.locator(".st-key-function_calling_first")).to_contain_text('"temperature": 0')


def test_a_run_outlives_a_page_switch(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling").page
    button(page, "next")
    button(page, "next")
    heading(page, "3 Call")

    for path in ("tokenizer", "function_calling"):
        page.locator(f".page-menu-link[href$='/{path}']").click(delay=60)
        page.wait_for_url(f"**/{path}")
        settle(page)

    heading(page, "3 Call")


def test_a_typed_result_of_a_megabyte_goes_through_the_stages_and_stays(server: Served, visitor: Callable[..., Visit]):
    visit = visitor().open(f"{server.url}/function_calling")
    page = visit.page
    books = [{"id": number, "title": f"Book {number}", "words": "word " * 12} for number in range(10_000)]
    text = json.dumps([*books, "the last book"])
    for _ in range(3):
        button(page, "next")
    page.locator(".st-key-function_calling_who_0 button").nth(1).click()
    settle(page)

    area = page.locator("[class*=st-key-function_calling_who_0_text] textarea")
    area.fill(text)
    area.press("Control+Enter")
    settle(page)
    button(page, "next")
    heading(page, "5 Append")
    view = page.locator(".st-key-function_calling_append pre")
    shown = view.evaluate("pre => pre.textContent.includes('the last book')")
    view.evaluate("pre => { pre.scrollTop = pre.scrollHeight }")
    button(page, "next")
    heading(page, "6 Answer")
    page.locator(".st-key-function_calling_rail [data-stage=run]").click()
    settle(page)

    heading(page, "4 Run")
    assert len(text) > 1_000_000
    assert shown
    assert len(area.input_value()) == len(text)
    assert visit.complaints == []
