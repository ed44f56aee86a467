"""The handout of a lesson on paper: the lesson whole, and nothing that can only be pressed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground import lessons
from tests.browser.chromium import Visit
from tests.browser.conftest import keep
from tests.browser.served import Served

pytestmark = pytest.mark.browser

CUT = """() => [...document.querySelectorAll('pre, pre code, table, p, li')]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')
    .map(each => each.innerText.slice(0, 60))"""

PALE = """() => [...document.querySelectorAll('[class*=st-key-lesson_text] :is(h2, p, li, code, code span)')]
    .map(each => getComputedStyle(each).color).filter(colour => colour !== 'rgb(0, 0, 0)')"""

HELD_BACK = """() => [...document.querySelectorAll('.stApp, .stApp *')]
    .filter(each => each.scrollHeight > each.clientHeight + 8 && getComputedStyle(each).overflowY !== 'visible'
        && each.checkVisibility() && each.clientHeight > 100).map(each => each.dataset.testid || each.className)"""


@pytest.mark.parametrize(("language", "theme", "number"), [("en", "light", 4), ("ko", "dark", 9)])
def test_the_printed_handout_is_whole_and_has_no_controls(
    server: Served, visitor: Callable[..., Visit], language: str, theme: str, number: int
):
    lesson = lessons.find(language, number)
    assert lesson
    visit = visitor(language=language, theme=theme).open(f"{server.url}/lesson?lesson={number}&handout=1")
    page = visit.page
    expect(page.get_by_role("button", name=re.compile("Print|인쇄"))).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.locator("button").filter(visible=True)).to_have_count(0)
    for section in lesson.sections:
        expect(page.get_by_role("heading", name=section.heading, exact=True)).to_be_visible()
    for option in lesson.guess.options:
        assert any(each in page.inner_text("body") for each in re.split(r"`[^`]*`", option.text) if len(each) > 2)
    assert page.evaluate(CUT) == []
    assert page.evaluate(PALE) == []
    assert page.evaluate(HELD_BACK) == []
    assert visit.complaints == []
    keep(visit, f"handout/{number:02}-{language}-{theme}.png")


def test_a_handout_takes_more_than_one_sheet_when_it_is_long(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/lesson?lesson=9&handout=1").page

    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))

    # A page that scrolls inside itself prints its first screen only.
    assert sheets >= 3
