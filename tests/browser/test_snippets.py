"""The JavaScript of a request, run in Chromium: what arrives is the request that it stands for."""

import pytest
from playwright.sync_api import Browser

from playground.snippets import as_javascript
from tests.browser import chromium
from tests.snippets import BODIES, KEY, listening

pytestmark = pytest.mark.browser


def test_javascript_sends_the_request_that_it_stands_for(browser: Browser):
    with listening() as (url, arrived), chromium.dressed(browser) as context:
        page = context.new_page()
        # A page of the server's own, for a browser asks before it sends to another one.
        page.goto(f"{url}/models")
        page.evaluate("key => { window.process = {env: {OPENAI_API_KEY: key}}; }", KEY)

        for body in BODIES.values():
            page.evaluate(f"async () => {{ {as_javascript(body, url)} }}")

    assert arrived.bodies == list(BODIES.values())
    assert arrived.keys[-len(BODIES) :] == [f"Bearer {KEY}"] * len(BODIES)
