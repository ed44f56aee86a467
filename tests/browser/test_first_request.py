"""A deep link as the first request of a fresh server: Streamlit's older mechanism would run that page alone."""

from collections.abc import Callable

import pytest

from components.shell import NAVIGATION
from playground.language import translate
from tests.browser.chromium import Visit
from tests.browser.served import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_deep_link_to_a_fresh_server_shows_the_page_in_its_frame(
    fresh_server: Served, visitor: Callable[..., Visit], language: str
):
    page = visitor(language=language).open(f"{fresh_server.url}/chat").page

    assert page.locator("h1").inner_text() == translate("Chat", language)
    links = page.locator(".page-menu-link")
    assert [text.split("\n")[-1] for text in links.all_inner_texts()] == [
        translate(room.title, language) for room in NAVIGATION if room.in_menu
    ]
    assert page.locator('[data-testid="stMainBlockContainer"]').bounding_box()["width"] > 1000  # type: ignore[index]
    assert page.get_by_role("dialog").count() == 0
    assert page.locator("html").get_attribute("lang") == language
