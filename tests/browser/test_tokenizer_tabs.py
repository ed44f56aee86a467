"""The tabs of the tokenizer in a browser: each opens, says no error, is read by everybody; a piece shows its merges."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_sound
from tests.browser.chromium import PHONE, Visit, settle
from tests.browser.conftest import keep
from tests.browser.served import Served

pytestmark = pytest.mark.browser


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settle(page)


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1440), ("ko", "dark", PHONE)])
def test_every_tab_opens_and_is_read_by_everybody(
    server: Served, visitor: Callable[..., Visit], language: str, theme: str, width: int
):
    visit = visitor(language=language, theme=theme, width=width).open(f"{server.url}/tokenizer")
    page = visit.page
    names = page.get_by_role("tab").all_inner_texts()
    assert len(names) >= 7

    for number, name in enumerate(names):
        open_tab(page, name)

        keep(visit, f"tabs/{number}-{language}-{theme}-{width}.png")
        assert_sound(page, name)
    assert visit.complaints == []
    assert visit.elsewhere == []


def test_arrow_keys_open_the_next_tab_and_its_panel_says_its_name(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer").page
    page.get_by_role("tab", selected=True).focus()

    page.keyboard.press("ArrowRight")
    settle(page)

    expect(page.get_by_role("tab", selected=True)).to_have_text("Chart")
    expect(page.get_by_role("tab", selected=True)).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Chart").get_by_test_id("stPlotlyChart")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("tabpanel", name="Take along").get_by_role("button", name="CSV")).to_be_visible()


def test_a_piece_that_is_chosen_in_the_rows_shows_its_merges(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer?text=ChatGPT&encodings=cl100k_base").page
    open_tab(page, "Merges")

    page.locator(".piece").nth(2).click()
    page.get_by_role("button", name="Merges", exact=True).click()
    settle(page)

    expect(page.locator(".st-key-tokenizer_merges_text input")).to_have_value("PT")


def test_the_options_change_the_rows(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer?text=ChatGPT&encodings=cl100k_base").page
    page.locator(".st-key-tokenizer_reading button").first.click()

    page.get_by_text("Ids", exact=True).click()
    settle(page)

    expect(page.locator(".piece").first).to_contain_text("16047")
