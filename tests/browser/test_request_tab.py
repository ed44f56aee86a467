"""The tab "A request" in a browser: what it shows is text, is read by everybody, and fits on a phone."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from playground.ledger import render_prompt
from playground.sample_requests import samples
from tests.browser.axe import assert_sound
from tests.browser.chromium import PHONE, Visit, settle
from tests.browser.served import Served

pytestmark = pytest.mark.browser

BODY = samples("gpt-4")[2].body
REQUEST_TAB = 6


def open_request(page: Page, body: object) -> None:
    page.get_by_role("tab").nth(REQUEST_TAB).click()
    settle(page)
    field = page.locator(".st-key-tokenizer_request textarea")
    field.fill(json.dumps(body))
    field.press("Control+Enter")
    settle(page)


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "dark", 1440), ("ko", "light", PHONE)], ids=["wide", "phone"]
)
def test_each_view_of_the_bill_opens_and_is_read_by_everybody(
    server: Served, visitor: Callable[..., Visit], language: str, theme: str, width: int
):
    visit = visitor(language=language, theme=theme, width=width).open(f"{server.url}/tokenizer")
    page = visit.page
    open_request(page, BODY)
    page.locator(".st-key-tokenizer_request_send button").click()
    settle(page)
    tabs = page.locator(".st-key-tokenizer_request_bill").get_by_role("tab")
    expect(tabs).to_have_count(3)

    for number in range(3):
        tabs.nth(number).click()
        settle(page)

        assert_sound(page, number)
    assert visit.complaints == []
    assert visit.elsewhere == []


def test_the_prompt_is_text_whatever_somebody_wrote(server: Served, visitor: Callable[..., Visit]):
    evil = "<img src=x onerror=\"document.title='taken'\">"
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": evil}]}
    page = visitor().open(f"{server.url}/tokenizer").page

    open_request(page, body)

    pieces = page.locator("[class*=tokenizer_request_prompt] .piece")
    assert "".join(pieces.all_text_contents()) == render_prompt(body)
    assert page.locator("[class*=tokenizer_request_prompt] img").count() == 0


def test_a_piece_that_is_pointed_at_says_where_it_comes_from(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer").page
    open_request(page, BODY)

    page.locator("[class*=tokenizer_request_prompt] .piece", has_text="Seoul?").hover()

    said = page.locator("[class*=tokenizer_request_prompt] .inspector").first
    expect(said).to_have_text("content · messages[0].content · 8 tokens · exact")


def test_a_piece_is_cut_into_its_tokens_and_reached_with_the_keyboard(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer").page
    open_request(page, {"model": "gpt-4", "messages": [{"role": "user", "content": "Hello 👍🏽"}]})
    view = page.locator("[class*=tokenizer_request_prompt]")

    view.locator("pre").focus()
    page.keyboard.press("End")

    assert "".join(view.locator(".piece.content").all_text_contents()) == "Hello 👍🏽"
    assert view.locator(".piece.content .token").all_text_contents() == ["Hello", " ", "👍", "🏽"]
    expect(view.locator(".piece.chosen")).to_have_count(1)
    expect(view.locator(".inspector").first).to_contain_text("start of the answer")
