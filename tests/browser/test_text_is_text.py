"""Text that a person wrote is shown as text: HTML in it is never run, wherever it goes in."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import Visit, settle
from tests.browser.served import Served

pytestmark = pytest.mark.browser

HOSTILE = """<img src="nowhere" onerror="window.ran=1"><script>window.ran=1</script><i id="hostile">x</i>"""


def nothing_ran(page: Page) -> None:
    settle(page)
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate("window.ran") is None
    # Locators look into the components' shadow roots as well.
    assert page.locator("#hostile, img[src=nowhere]").count() == 0


def send(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Enter")


def test_html_in_a_chat_is_shown(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page

    send(page.get_by_test_id("stChatInputTextArea"), HOSTILE)

    expect(page.get_by_test_id("stChatMessage").first).to_contain_text(HOSTILE)
    expect(page.get_by_test_id("stChatMessage").nth(1)).to_contain_text("token")
    nothing_ran(page)


def test_html_in_the_system_message_is_shown(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page

    page.locator(".st-key-chat_system_line summary").click()
    page.locator(".st-key-chat_system textarea").fill(HOSTILE)
    page.keyboard.press("Control+Enter")
    settle(page)
    send(page.get_by_test_id("stChatInputTextArea"), "Hello! I'm John.")

    expect(page.get_by_test_id("stChatMessage").nth(1)).to_contain_text("token")
    nothing_ran(page)


def test_html_in_the_tokenizer_is_cut_into_tokens(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer").page

    page.locator(".st-key-tokenizer_editor textarea").fill(HOSTILE)

    expect(page.locator(".st-key-tokenizer_view")).to_contain_text("onerror")
    nothing_ran(page)


def test_html_in_a_link_to_the_tokenizer_is_shown(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer?text={quote(HOSTILE)}&encodings={quote(HOSTILE)}").page

    expect(page.locator(".st-key-tokenizer_editor textarea")).to_have_value(HOSTILE)
    nothing_ran(page)


def test_html_in_a_prompt_is_shown(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/parameters").page

    page.locator(".st-key-parameters_prompt textarea").fill(HOSTILE)
    page.locator(".st-key-parameters_run button").click()

    expect(page.get_by_test_id("stMain")).to_contain_text("completion_tokens")
    nothing_ran(page)


def test_html_in_a_question_about_functions_is_shown(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/function_calling").page

    send(page.locator(".st-key-function_calling_question input"), HOSTILE)
    settle(page)
    page.locator(".st-key-function_calling_next button").click()

    nothing_ran(page)
