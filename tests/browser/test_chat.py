"""The chat in a real browser: streams, stops, keys, input methods, what it loads and what it says to screen readers."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.axe import judged
from tests.browser.chat_page import INPUT, MESSAGE, connect, menu, say
from tests.browser.chromium import PHONE, Visit, settle
from tests.browser.served import Served
from tests.browser.speaking import Speaker, speaking

pytestmark = pytest.mark.browser

HOSTILE = (
    "# Title\n\nA picture: ![x](https://evil.invalid/x.png) and ![y][r]\n\n[r]: https://evil.invalid/y.png\n\n"
    "<img src='https://evil.invalid/z.png' onerror='window.ran=1'> <script>window.ran=1</script>\n\n"
    "[run](javascript:window.ran=1) [there](https://example.org)\n\n```html\n<img src='https://evil.invalid/c.png'>\n```"
)


@pytest.fixture(scope="module")
def speaker() -> Iterator[Speaker]:
    with speaking() as running:
        yield running


def bubble(page: Page, number: int):
    return page.locator(MESSAGE).nth(number)


def answered(page: Page, number: int = 1) -> None:
    expect(bubble(page, number)).to_contain_text("token")
    settle(page)


def test_a_hostile_answer_loads_and_runs_nothing_while_it_streams_and_after(
    server: Served, visitor: Callable[..., Visit], speaker: Speaker
):
    visit = visitor().open(f"{server.url}/chat")
    page = visit.page
    connect(page, speaker.base_url, "echo")

    page.locator(INPUT).fill(HOSTILE)
    page.locator(INPUT).press("Enter")
    answered(page)

    assert visit.elsewhere == []
    assert page.evaluate("window.ran") is None
    assert bubble(page, 1).locator("img, script").count() == 0
    expect(bubble(page, 1).locator("a[href='https://example.org']")).to_have_text("there")
    expect(bubble(page, 1).locator("code")).to_contain_text("<img src='https://evil.invalid/c.png'>")


def test_the_request_shown_is_the_bytes_that_the_server_got(
    server: Served, visitor: Callable[..., Visit], speaker: Speaker
):
    page = visitor().open(f"{server.url}/chat").page
    connect(page, speaker.base_url, "echo")

    say(page, "안녕, 'quoted' and \\ <b>")
    answered(page)
    page.locator(".st-key-chat_exchange_request_raw label").click()
    settle(page)

    shown = page.locator(".st-key-chat_exchange_request_text .view").inner_text()
    got = speaker.received()[-1].decode()
    assert "".join(got.split()) in "".join(shown.split())
    assert json.loads(got)["messages"][-1]["content"] == "안녕, 'quoted' and \\ <b>"


def test_the_key_stops_a_stream_and_what_arrived_can_be_continued(
    server: Served, visitor: Callable[..., Visit], speaker: Speaker
):
    page = visitor().open(f"{server.url}/chat").page
    connect(page, speaker.base_url, "speak-2000-50-paragraphs")
    say(page, "Speak")
    expect(bubble(page, 1)).to_contain_text("the sea is wide")
    stopped = page.locator(".st-key-chat_continue button").first
    # A press in the moment in which the button is drawn anew is lost, and a hand presses again.
    for _ in range(10):
        page.keyboard.press("Escape")
        with suppress(TimeoutError):
            stopped.wait_for(timeout=2000)
            break

    expect(bubble(page, 1)).to_contain_text("stopped: this is what arrived")
    expect(bubble(page, 1)).to_contain_text("(estimate)")
    expect(page.locator(".st-key-chat_continue button").first).to_be_visible()
    expect(page.locator(INPUT)).to_be_enabled()


def test_a_key_opens_a_new_conversation(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    say(page, "Hello! I'm John.")
    answered(page)

    page.keyboard.press("Control+Shift+O")

    expect(page.locator(MESSAGE)).to_have_count(0)
    expect(page.locator(".st-key-chat_starters")).to_be_visible()


def test_an_enter_that_ends_a_composition_sends_nothing(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    page.locator(INPUT).focus()
    client = page.context.new_cdp_session(page)

    client.send("Input.imeSetComposition", {"text": "안녕", "selectionStart": 2, "selectionEnd": 2})
    client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229})
    client.send("Input.insertText", {"text": "안녕"})
    settle(page)

    assert page.locator(MESSAGE).count() == 0
    expect(page.locator(INPUT)).to_have_value("안녕")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("b")
    expect(page.locator(INPUT)).to_have_value("안녕\nb")
    page.keyboard.press("Enter")
    answered(page)
    expect(bubble(page, 0)).to_contain_text("안녕\nb")


def test_the_meter_follows_what_is_typed(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    meter = page.get_by_test_id("stBottom")
    expect(meter).to_contain_text("17 prompt tokens and what you type")

    page.locator(INPUT).press_sequentially("Hello! I'm John.")

    expect(meter).to_contain_text("Next request: 23 prompt tokens (exact)")
    page.locator(INPUT).fill("")
    expect(meter).to_contain_text("17 prompt tokens and what you type")


def test_a_screen_reader_hears_that_an_answer_begins_and_ends_and_not_its_pieces(
    server: Served, visitor: Callable[..., Visit]
):
    page = visitor().open(f"{server.url}/chat").page
    status = page.locator(".st-key-chat_announcer [role=status]")
    expect(status).to_have_text("")

    say(page, "Hello! I'm John.")

    expect(status).to_have_text("The answer begins.")
    expect(status).to_have_text("The answer is complete.")
    inside = "each => Boolean(each.closest('[aria-live], [role=status], [role=log], [role=alert]'))"
    assert bubble(page, 1).evaluate(inside) is False


def test_a_message_is_edited_and_deleted_by_its_menu(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    say(page, "Hello! I'm John.")
    answered(page)

    menu(page, 0, "Edit role and text")
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill("Hello! I'm Mary.")
    dialog.locator("textarea").press("Control+Enter")
    settle(page)
    dialog.locator(".st-key-chat_edit_ask button").filter(visible=True).click()
    expect(bubble(page, 1)).to_contain_text("Mary")
    settle(page)
    expect(page.locator("[class*=st-key-chat_tools_]").first).to_contain_text("2 / 2")
    menu(page, 1, "Delete")
    expect(page.locator(MESSAGE)).to_have_count(1)
    page.locator(".st-key-chat_undo_message button").filter(visible=True).click()

    expect(bubble(page, 1)).to_contain_text("Mary")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", PHONE)])
def test_a_conversation_has_no_grave_fault_and_fits_the_screen(
    server: Served, visitor: Callable[..., Visit], theme: str, width: int
):
    visit = visitor(theme=theme, width=width).open(f"{server.url}/chat")
    page = visit.page
    say(page, "Hello! I'm John. " + "Supercalifragilistic" * 12)
    answered(page)
    say(page, "Do you know my name?")
    answered(page, 3)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert judged(page) == []
    assert visit.complaints == []
