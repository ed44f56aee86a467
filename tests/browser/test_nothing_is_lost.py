"""What somebody typed or received stays: over a page switch, a stop, a failed call, another language."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.chat_page import connect
from tests.browser.chromium import Visit, settle
from tests.browser.served import NOWHERE, Served
from tests.browser.speaking import speaking

pytestmark = pytest.mark.browser

TYPED = "Kept, 남아 있다"


def go(page: Page, path: str) -> None:
    """Change the page as a visitor does, by the menu."""
    # A hand needs a moment between pressing and letting go. Without one, Streamlit's own text areas send their text
    # after the switch and take the page back.
    page.locator(f".page-menu-link[href$='/{path}']").click(delay=300)
    page.wait_for_url(f"**/{path}")
    settle(page)
    assert page.url.endswith(f"/{path}")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("tokenizer", ".st-key-tokenizer_editor textarea"),
        ("parameters", ".st-key-parameters_prompt textarea"),
        ("function_calling", ".st-key-function_calling_question input"),
    ],
)
def test_a_typed_text_outlives_a_page_switch(server: Served, visitor: Callable[..., Visit], path: str, field: str):
    page = visitor().open(f"{server.url}/{path}").page
    page.locator(field).fill(TYPED)

    go(page, "chat")
    go(page, path)

    expect(page.locator(field)).to_have_value(TYPED)


def test_a_conversation_and_its_system_message_outlive_a_page_switch(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    page.locator(".st-key-chat_system_line summary").click()
    page.locator(".st-key-chat_system textarea").fill(TYPED)
    page.keyboard.press("Control+Enter")
    settle(page)
    ask(page, "Hello! I'm John.")
    expect(page.get_by_test_id("stChatMessage").nth(1)).to_contain_text("token")
    settle(page)
    said = page.get_by_test_id("stChatMessage").all_inner_texts()

    go(page, "tokenizer")
    go(page, "chat")

    assert page.get_by_test_id("stChatMessage").all_inner_texts() == said
    page.locator(".st-key-chat_system_line summary").click()
    expect(page.locator(".st-key-chat_system textarea")).to_have_value(TYPED)


def ask(page: Page, question: str) -> None:
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")


def test_a_stopped_answer_keeps_what_arrived(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    with speaking() as speaker:
        connect(page, speaker.base_url, "speak-1000-50-paragraphs")
        ask(page, "Speak")
        answer = page.get_by_test_id("stChatMessage").nth(1)
        expect(answer).to_contain_text("the sea is wide")

        page.get_by_test_id("stChatInputStopButton").click()

        expect(answer).to_contain_text("stopped: this is what arrived")
    expect(answer).to_contain_text("the sea is wide")
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("Speak")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()


def test_a_refused_connection_says_what_to_do_and_keeps_the_question(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    page.locator(".st-key-connection_chip_sidebar button").filter(visible=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Other base URL").click()
    dialog.locator(".st-key-connection_base_url input").fill(f"{NOWHERE}/v1")
    dialog.locator(".st-key-connection_base_url input").press("Enter")
    dialog.locator(".st-key-connection_model_other input").fill("a-model")
    dialog.locator(".st-key-connection_model_other input").press("Enter")
    dialog.locator(".st-key-connection_use button").click()
    dialog.wait_for(state="hidden")
    settle(page)

    ask(page, TYPED)

    expect(page.get_by_test_id("stChatMessage").first).to_contain_text(TYPED)
    expect(
        page.get_by_test_id("stMain").or_(page.get_by_test_id("stAppScrollToBottomContainer")).first
    ).to_contain_text("Send again")
    assert page.get_by_test_id("stException").count() == 0


def test_the_chosen_language_goes_along_to_every_page(server: Served, visitor: Callable[..., Visit]):
    page = visitor(language="en").open(f"{server.url}/chat").page

    page.get_by_text("한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    go(page, "tokenizer")

    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("h1")).not_to_have_text("Tokenizer")


def test_a_click_in_the_menu_that_got_lost_on_its_way_is_made_good(server: Served, visitor: Callable[..., Visit]):
    visit = visitor()
    swallowed: list[bytes | str] = []
    deaf = False

    def between(route: WebSocketRoute) -> None:
        server_side = route.connect_to_server()

        def pass_on(message: bytes | str) -> None:
            if deaf and not swallowed:
                swallowed.append(message)
            else:
                server_side.send(message)

        route.on_message(pass_on)

    visit.page.route_web_socket(re.compile("/_stcore/stream"), between)
    page = visit.open(f"{server.url}/models").page
    deaf = True

    page.get_by_role("link", name="Log").click()

    expect(page.get_by_role("heading", name="Log", level=1)).to_be_visible()
    assert swallowed
    page.go_back()
    expect(page.get_by_role("heading", name="Models", level=1)).to_be_visible()
