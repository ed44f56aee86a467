"""The chat page as tests and benchmarks use it: connect it, say something, wait for the answer."""

from playwright.sync_api import Page

from tests.browser.chromium import settle

INPUT = "[data-testid=stChatInputTextArea]"
MESSAGE = "[data-testid=stChatMessage]"


def connect(page: Page, base_url: str, model: str, key: str = "") -> None:
    """Let another server answer, by the dialog of the connection."""
    page.locator(".st-key-connection_chip_sidebar button").filter(visible=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Other base URL").click()
    for field, text in (("connection_base_url", base_url), ("connection_model_other", model)):
        dialog.locator(f".st-key-{field} input").fill(text)
        dialog.locator(f".st-key-{field} input").press("Enter")
    if key:
        # The field has another name for each base URL.
        settle(page)
        dialog.locator("[class*=st-key-connection_key_other] input").fill(key)
        dialog.locator("[class*=st-key-connection_key_other] input").press("Enter")
        settle(page)
    dialog.locator(".st-key-connection_use button").click()
    dialog.wait_for(state="hidden")
    settle(page)


def say(page: Page, text: str) -> None:
    """Type a message and send it."""
    page.locator(INPUT).fill(text)
    page.locator(INPUT).press("Enter")


def menu(page: Page, number: int, action: str) -> None:
    """Choose from the menu of a message, the first is 0."""
    bubble = page.locator(MESSAGE).nth(number)
    bubble.hover()
    bubble.locator("[class*=st-key-chat_menu_] button").filter(visible=True).click()
    page.get_by_role("menuitem").filter(has_text=action).click()
    settle(page)
