"""What the visitor's own browser keeps in its real IndexedDB: over a reload, and for nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PATIENCE, Visit, settle
from tests.browser.served import Served

pytestmark = pytest.mark.browser

TYPED = "Kept, 남아 있다 👍"

HELD = """(name) => new Promise(resolve => {
    const request = indexedDB.open('chat-completions-playground');
    request.onsuccess = () => {
        const database = request.result;
        if (!database.objectStoreNames.contains('records')) { database.close(); resolve(null); return; }
        const read = database.transaction('records').objectStore('records').get(name);
        read.onsuccess = () => { database.close(); resolve(JSON.stringify(read.result ?? null)); };
    };
    request.onerror = () => resolve(null);
})"""

FORBIDDEN = {
    "it throws": "IDBFactory.prototype.open = () => { throw new DOMException('forbidden', 'SecurityError'); };",
    "it fails": """IDBFactory.prototype.open = () => {
        const request = {};
        setTimeout(() => { request.error = new DOMException('no', 'UnknownError'); request.onerror?.(); });
        return request;
    };""",
    "it is not there": "Object.defineProperty(window, 'indexedDB', {value: undefined});",
}
"""How a browser may refuse to keep anything."""


def done_mark(page: Page, number: int) -> None:
    """Wait until Home shows this lesson as done, and no other."""
    marks = page.locator(".st-key-course_rows").get_by_text("check", exact=True)
    expect(marks).to_have_count(1)
    expect(page.locator(f".st-key-course_row_{number}").get_by_text("check", exact=True)).to_be_visible()


def mark_done(page: Page) -> None:
    page.locator(".st-key-lesson_done label").click()
    expect(page.locator(".st-key-lesson_done input")).to_be_checked()
    settle(page)


def held(page: Page, name: str, what: str) -> None:
    """Wait until the record in the browser names this."""
    for _ in range(PATIENCE // 100):
        if what in (page.evaluate(HELD, name) or ""):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{name} holds {page.evaluate(HELD, name)}")


def type_into_tokenizer(page: Page) -> None:
    page.locator(".st-key-tokenizer_editor textarea").fill(TYPED)
    # Wait until the server has counted it and the page is drawn.
    expect(page.locator(".token-view .summary")).to_contain_text(f"{len(TYPED)} characters")


def test_a_lesson_that_was_done_is_still_done_after_a_reload(server: Served, visitor: Callable[..., Visit]):
    visit = visitor().open(f"{server.url}/lesson?lesson=3")
    page = visit.page
    mark_done(page)
    held(page, "progress", '"done":[3]')

    page.goto(server.url)

    done_mark(page, 3)
    page.reload()
    done_mark(page, 3)
    assert visit.complaints == []


def test_a_lesson_that_is_no_longer_done_is_not_done_after_a_reload(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/lesson?lesson=3").page
    mark_done(page)
    held(page, "progress", '"done":[3]')
    page.reload()
    expect(page.locator(".st-key-lesson_done input")).to_be_checked()
    settle(page)

    page.locator(".st-key-lesson_done label").click()
    held(page, "progress", '"done":[]')
    page.reload()
    settle(page)

    expect(page.locator(".st-key-lesson_done input")).not_to_be_checked()


def test_a_text_in_the_tokenizer_is_there_after_a_reload(server: Served, visitor: Callable[..., Visit]):
    visit = visitor().open(f"{server.url}/tokenizer")
    page = visit.page
    type_into_tokenizer(page)
    held(page, "tokenizer", "남아")

    page.reload()

    expect(page.locator(".st-key-tokenizer_editor textarea")).to_have_value(TYPED)
    expect(page.locator(".token-view .summary")).to_contain_text(f"{len(TYPED)} characters")
    assert visit.complaints == []


def test_a_link_with_a_text_is_not_covered_by_the_text_that_was_kept(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer").page
    type_into_tokenizer(page)
    held(page, "tokenizer", "남아")

    page.goto(f"{server.url}/tokenizer?text=linked")
    settle(page)

    expect(page.locator(".st-key-tokenizer_editor textarea")).to_have_value("linked")


def test_another_browser_begins_with_nothing(server: Served, visitor: Callable[..., Visit]):
    first = visitor().open(f"{server.url}/lesson?lesson=3").page
    mark_done(first)
    held(first, "progress", '"done":[3]')
    first.goto(f"{server.url}/tokenizer")
    settle(first)
    type_into_tokenizer(first)
    held(first, "tokenizer", "남아")

    other = visitor().open(server.url).page

    expect(other.locator("[class*=st-key-course_row_]").first).to_be_visible()
    expect(other.locator(".st-key-course_rows").get_by_text("check", exact=True)).to_have_count(0)
    other.goto(f"{server.url}/tokenizer")
    settle(other)
    assert other.locator(".st-key-tokenizer_editor textarea").input_value() != TYPED


@pytest.mark.parametrize("script", FORBIDDEN.values(), ids=FORBIDDEN)
def test_pages_work_in_a_browser_that_keeps_nothing(server: Served, visitor: Callable[..., Visit], script: str):
    visit = visitor()
    page = visit.page
    page.add_init_script(script)

    visit.open(f"{server.url}/lesson?lesson=3")
    mark_done(page)
    page.locator(".page-menu-link").first.click(delay=60)
    done_mark(page, 3)
    page.locator(".page-menu-link[href$='/tokenizer']").click(delay=60)
    page.wait_for_url("**/tokenizer")
    settle(page)
    type_into_tokenizer(page)

    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_test_id("stComponentError").count() == 0
    assert visit.complaints == []
