"""The error lab in a browser: set in the dialog, shown beside the chip, met by one request, gone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import PHONE, WIDE, Visit, settle
from tests.browser.served import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "place"), [(WIDE, "sidebar"), (PHONE, "phone")])
def test_a_fault_is_set_met_and_explained(
    server: Served, visitor: Callable[..., Visit], width: int, place: str
) -> None:
    visit = visitor(width=width).open(server.url)
    page = visit.page
    page.locator(f".st-key-connection_chip_{place} button").click()
    page.locator(".st-key-connection_lab summary").click()
    page.locator(".st-key-error_lab_arm button").wait_for()
    settle(page)
    page.locator(".st-key-error_lab_arm button").click()
    sign = page.locator(f"[class*=st-key-error_lab_off_{place}] button:visible")
    expect(sign).to_contain_text("401 × 1")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert width == WIDE or (sign.bounding_box() or {}).get("height", 0) >= 44

    page.locator(".st-key-home_run button").click()

    expect(page.locator(".st-key-home_error")).to_contain_text("invalid_api_key")
    expect(sign).to_have_count(0)
    assert visit.complaints == []
