"""Home's live card: one click, and a request and its response are there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import PHONE, WIDE, Visit, settle
from tests.browser.served import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_one_click_shows_the_answer_and_both_bodies(server: Served, visitor: Callable[..., Visit], width: int):
    visit = visitor(width=width).open(server.url)
    page = visit.page

    page.locator(".st-key-home_run button").click()

    talk = page.locator(".st-key-home_talk [data-testid=stChatMessage]")
    expect(talk.nth(1)).to_contain_text("Hello John! How can I assist you today?")
    settle(page)
    expect(page.locator(".st-key-home_request")).to_contain_text("Hello! I'm John.")
    expect(page.locator(".st-key-home_response")).to_contain_text(re.compile(r"prompt_tokens\W+23\b"))
    expect(page.locator(".st-key-home_response")).to_contain_text(re.compile(r"completion_tokens\W+11\b"))
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.complaints == []


def test_the_first_words_come_while_the_answer_is_still_on_its_way(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(server.url).page
    page.evaluate("""() => {
        window.lengths = new Set();
        new MutationObserver(() => {
            const answer = document.querySelectorAll('.st-key-home_talk [data-testid=stChatMessage]')[1];
            if (answer) window.lengths.add(answer.innerText.length);
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
    }""")

    page.locator(".st-key-home_run button").click()
    page.locator(".st-key-home_next").wait_for()

    assert page.evaluate("window.lengths.size") >= 3


def test_a_tap_on_a_lesson_s_question_opens_the_lesson(server: Served, visitor: Callable[..., Visit]):
    page = visitor(width=PHONE).open(server.url).page
    words = page.locator(".st-key-course_words_2")
    words.scroll_into_view_if_needed()

    box = words.get_by_test_id("stCaptionContainer").bounding_box() or {}
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] - 6)

    expect(page).to_have_url(re.compile("lesson=2$"))
