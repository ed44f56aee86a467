"""Conversations in the visitor's own browser: over a reload, another server process, in two tabs, without a store."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from playground.conversations import Conversations, as_row
from playground.transcript import Transcript
from tests.browser import served as serving
from tests.browser.chromium import PATIENCE, Visit, settle
from tests.browser.served import Served, served
from tests.browser.test_browser_store import FORBIDDEN

pytestmark = pytest.mark.browser

NAME = "chat-completions-playground-conversations"

HELD = """(name) => new Promise(resolve => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
        const database = request.result;
        if (!database.objectStoreNames.contains('records')) { database.close(); resolve([]); return; }
        const read = database.transaction('records').objectStore('records').getAll();
        read.onsuccess = () => { database.close(); resolve(read.result.map(row => JSON.stringify(row.record))); };
    };
})"""

PUT = """([name, entries, rows]) => new Promise(resolve => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
        const database = request.result;
        const transaction = database.transaction(['entries', 'records'], 'readwrite');
        entries.forEach(entry => transaction.objectStore('entries').put(entry));
        rows.forEach(row => transaction.objectStore('records').put(row));
        transaction.oncomplete = () => { database.close(); resolve(); };
    };
})"""

FULL = """IDBObjectStore.prototype.put = function () {
    const error = new DOMException('full', 'QuotaExceededError');
    this.transaction.abort();
    throw error;
};"""


def say(page: Page, text: str, answered: bool = True) -> None:
    field = page.get_by_test_id("stChatInputTextArea")
    before = page.get_by_test_id("stChatMessage").count()
    field.fill(text)
    field.press("Enter")
    if answered:
        expect(page.get_by_test_id("stChatMessage")).to_have_count(before + 2)
        expect(page.get_by_test_id("stChatInputStopButton")).to_have_count(0)
        settle(page)


def messages(page: Page) -> list[str]:
    return page.get_by_test_id("stChatMessage").all_inner_texts()


def spoken(page: Page) -> list[str]:
    """The texts alone: what stands under them differs from tab to tab."""
    return [each.split("\n")[1] for each in messages(page)]


def held(page: Page, *texts: str) -> list[dict[str, Any]]:
    """Wait until the browser holds records with these texts."""
    for _ in range(PATIENCE // 100):
        found = [json.loads(each) for each in page.evaluate(HELD, NAME)]
        whole = json.dumps(found, ensure_ascii=False)
        if all(text in whole for text in texts):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"{texts} are not all in {page.evaluate(HELD, NAME)}")


def menu(page: Page) -> None:
    """Open the popover with the conversations."""
    page.locator(".st-key-conversations_popover button").first.click()
    page.locator(".st-key-conversations_new").wait_for()
    settle(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()
    settle(page)


def test_a_conversation_is_there_after_a_reload(server: Served, visitor: Callable[..., Visit]):
    visit = visitor().open(f"{server.url}/chat")
    page = visit.page
    say(page, "Hello! I'm John.")
    before = messages(page)
    held(page, "Hello! I'm John.", '"complete"', "Hello John!")

    page.reload()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)
    settle(page)

    assert messages(page) == before
    say(page, "Do you know my name?")
    assert "John" in messages(page)[-1]
    assert visit.complaints == []


def test_conversations_are_listed_after_a_reload_and_opened_on_demand(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    say(page, "Hello! I'm John.")
    menu(page)
    press(page, "conversations_new")
    page.keyboard.press("Escape")
    say(page, "Hello! I'm Mina.")
    held(page, "John", "Mina")

    page.reload()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("Mina")
    settle(page)
    menu(page)
    page.get_by_role("button", name="Hello! I'm John.").click()

    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("John")


@pytest.mark.parametrize("reloaded", [True, False], ids=["the page was reloaded", "the page stayed open"])
def test_a_conversation_goes_on_in_a_server_that_was_restarted(
    chromium_is_here: None, visitor: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch, reloaded: bool
):
    with served() as first:
        page = visitor().open(f"{first.url}/chat").page
        say(page, "Hello! I'm John.")
        page.evaluate("() => { document.querySelector('[data-testid=stChatMessage]').dataset.before = '1'; }")
        say(page, "Write a haiku about the sea, then another one.", answered=False)
        held(page, "another one")
        port = int(first.url.rsplit(":", 1)[1])
    monkeypatch.setattr(serving, "free_port", lambda: port)

    with served() as second:
        assert second.url == first.url
        if reloaded:
            page.reload()
        settle(page)
        expect(page.get_by_test_id("stChatMessage").first).to_contain_text("Hello! I'm John.")
        expect(page.get_by_test_id("stChatMessage").nth(2)).to_contain_text("another one")
        say(page, "Do you know my name?")

        assert "John" in messages(page)[-1]
        held(page, "Hello John!", "another one", "Do you know my name?", messages(page)[-1].split("\n")[1])


def test_what_the_browser_says_is_said_again_when_no_run_has_heard_it(server: Served, visitor: Callable[..., Visit]):
    visit = visitor()
    swallowed: list[bytes | str] = []
    deaf = True

    def between(route: WebSocketRoute) -> None:
        server_side = route.connect_to_server()

        def pass_on(message: bytes | str) -> None:
            if deaf and isinstance(message, bytes) and b'"stamps":' in message:
                swallowed.append(message)
            else:
                server_side.send(message)

        route.on_message(pass_on)

    visit.page.route_web_socket(re.compile("/_stcore/stream"), between)
    page = visit.open(f"{server.url}/chat").page
    say(page, "Hello! I'm John.")
    assert swallowed
    deaf = False

    held(page, "Hello John!")


def test_two_tabs_add_to_one_conversation_and_nothing_is_lost(server: Served, visitor: Callable[..., Visit]):
    visit = visitor().open(f"{server.url}/chat")
    one = visit.page
    say(one, "Hello! I'm John.")
    held(one, "Hello John!")
    two = one.context.new_page()
    two.goto(f"{server.url}/chat")
    expect(two.get_by_test_id("stChatMessage")).to_have_count(2)
    settle(two)

    say(two, "Do you know my name?")
    expect(one.get_by_test_id("stChatMessage")).to_have_count(4)
    settle(one)
    say(one, "Hello! I'm Mina.")
    expect(two.get_by_test_id("stChatMessage")).to_have_count(6)
    settle(two)

    assert spoken(one) == spoken(two)
    held(one, "Hello! I'm John.", "Do you know my name?", "Hello! I'm Mina.")
    one.reload()
    expect(one.get_by_test_id("stChatMessage")).to_have_count(6)


def test_one_click_forgets_all_in_every_tab(server: Served, visitor: Callable[..., Visit]):
    one = visitor().open(f"{server.url}/chat").page
    say(one, "Hello! I'm John.")
    held(one, "Hello John!")
    two = one.context.new_page()
    two.goto(f"{server.url}/chat")
    expect(two.get_by_test_id("stChatMessage")).to_have_count(2)
    settle(two)

    menu(one)
    press(one, "conversations_forget")

    expect(one.get_by_test_id("stChatMessage")).to_have_count(0)
    expect(two.get_by_test_id("stChatMessage")).to_have_count(0)
    settle(one)
    assert one.evaluate(HELD, NAME) == []
    one.reload()
    settle(one)
    assert messages(one) == []


def test_all_that_was_forgotten_comes_back_also_what_only_the_browser_held(
    server: Served, visitor: Callable[..., Visit]
):
    page = visitor().open(f"{server.url}/chat").page
    say(page, "Hello! I'm John.")
    page.locator(".st-key-chat_start_over button").first.click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
    settle(page)
    say(page, "Hello! I'm Mina.")
    held(page, "Hello John!", "Hello Mina!")
    page.reload()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("Mina")
    settle(page)
    before = messages(page)

    menu(page)
    press(page, "conversations_forget")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
    settle(page)
    assert page.evaluate(HELD, NAME) == []
    press(page, "conversations_recall")

    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)
    assert messages(page) == before
    held(page, "Hello John!", "Hello Mina!")
    settle(page)
    menu(page)
    page.get_by_role("button", name="Hello! I'm John.").click()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("John")


@pytest.mark.parametrize("script", [*FORBIDDEN.values(), FULL], ids=[*FORBIDDEN, "it is full"])
def test_a_browser_that_keeps_nothing_says_so_once_and_the_chat_goes_on(
    server: Served, visitor: Callable[..., Visit], script: str
):
    visit = visitor()
    page = visit.page
    page.add_init_script(script)
    visit.open(f"{server.url}/chat")

    say(page, "Hello! I'm John.")
    # A click while an answer streams would end it.
    expect(page.get_by_test_id("stChatMessage").nth(1)).to_contain_text("34 tokens")
    settle(page)
    expect(page.locator(".st-key-conversations_trouble").get_by_test_id("stAlert")).to_have_count(1)
    press(page, "conversations_trouble_read")
    say(page, "Do you know my name?")

    assert "John" in messages(page)[-1]
    expect(page.locator(".st-key-conversations_trouble")).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0
    assert visit.complaints == []


def test_two_megabytes_come_back(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/chat").page
    shelf = Conversations()
    talk = shelf.take(Transcript())
    for number in range(250):
        talk.extend(
            [
                {"role": "user", "content": f"Question {number} " + "가나다 " * 400},
                {"role": "assistant", "content": f"Answer {number} " + "token " * 700},
            ]
        )
    ((entry, records),) = shelf.unsaved()
    size = sum(len(json.dumps(record, ensure_ascii=False).encode()) for record in records)
    rows = [{"conversation": talk.id, "key": each["key"], "stamp": 1, "bytes": 1, "record": each} for each in records]
    page.evaluate(PUT, [NAME, [as_row(entry) | {"bytes": size, "stamp": 1}], rows])

    began = time.perf_counter()
    again = page.context.new_page()
    again.goto(f"{server.url}/chat")
    expect(again.get_by_test_id("stChatMessage").last).to_contain_text("Answer 249")
    took = time.perf_counter() - began

    assert size > 2_000_000
    # 1.5 s is the aim for a machine that does nothing else, which the benchmarks measure; here it only has to come.
    assert took < PATIENCE / 1000
