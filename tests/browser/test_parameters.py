"""The tabs of the parameters page in a browser: keyboard, progress and stop, read by everybody, fit for a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_sound
from tests.browser.chromium import PHONE, Visit, settle
from tests.browser.conftest import keep
from tests.browser.served import Served

pytestmark = pytest.mark.browser

EXPERIMENTS, COMPARE, PROBABILITIES, ENDPOINTS, LENS = range(1, 6)


def open_tab(page: Page, number: int) -> None:
    page.get_by_role("tab").nth(number).click()
    settle(page)


def press(page: Page, name: str) -> None:
    page.locator(f".st-key-parameters_{name} button").first.click()
    settle(page)


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "dark", 1440), ("ko", "light", PHONE)], ids=["wide", "phone"]
)
def test_each_tab_is_read_by_everybody_and_fits(
    server: Served, visitor: Callable[..., Visit], language: str, theme: str, width: int
):
    visit = visitor(language=language, theme=theme, width=width).open(f"{server.url}/parameters")
    page = visit.page

    for number, button in (
        (EXPERIMENTS, "experiment_run"),
        (PROBABILITIES, "probabilities_run"),
        (ENDPOINTS, "two_run"),
        (LENS, ""),
    ):
        open_tab(page, number)
        if button:
            press(page, button)
        keep(visit, f"parameters/{number}-{language}-{theme}-{width}.png")

        assert_sound(page, number)
    assert visit.complaints == []
    assert visit.elsewhere == []


def test_the_arrow_keys_walk_through_an_answer_and_enter_chooses_a_place(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/parameters").page
    open_tab(page, PROBABILITIES)
    press(page, "probabilities_run")
    tokens = page.locator("[class*=parameters_told] [role=option]")
    which = page.locator("[class*=parameters_told] .which")

    tokens.first.focus()
    page.keyboard.press("ArrowRight")
    expect(which).to_have_text(f"Token 2: {tokens.nth(1).locator('.text').inner_text()} · "
                               f"{tokens.nth(1).locator('.number').inner_text()}")  # fmt: skip
    expect(tokens.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    settle(page)

    expect(page.get_by_role("heading", name="What if: token 2")).to_be_visible()
    expect(tokens.nth(1)).to_have_attribute("aria-selected", "true")


def test_a_comparison_shows_its_progress_and_stopping_keeps_what_came(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/parameters").page
    open_tab(page, COMPARE)
    times = page.locator(".st-key-parameters_compare_times input")
    times.fill("10")
    times.press("Enter")
    settle(page)

    page.locator(".st-key-parameters_compare_run button").click()
    expect(page.get_by_test_id("stProgress")).to_contain_text("of 30 requests answered")
    expect(page.get_by_test_id("stProgress")).not_to_contain_text("0 of 30", timeout=20_000)
    page.locator(".st-key-parameters_compare_stop button").click()

    expect(page.get_by_text("what came is kept")).to_be_visible()
    expect(page.locator("[class*=parameters_compare_answers] .card").first).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0


def test_a_knob_that_is_added_by_search_stands_in_the_form(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/parameters").page

    page.locator(".st-key-parameters_menu button").first.click()
    field = page.locator(".st-key-parameters_add input")
    field.fill("frequency")
    page.get_by_role("option").first.click()
    settle(page)

    expect(page.locator(".st-key-parameters_set_frequency_penalty input")).to_be_checked()
    expect(page.locator("[class*=parameters_request] .lit")).to_have_text('"frequency_penalty": 1')
