"""What the sanitised Markdown of others does in the real renderer: nothing is loaded, nothing runs, code stays code."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Visit, settle
from tests.browser.harness import alone
from tests.browser.served import Served

pytestmark = pytest.mark.browser

# Texts made of what Markdown's readings differ in, each with a picture, a link that runs, or HTML somewhere in it.
PAGE = r"""
import random

import streamlit as st

from components.message_view import as_markdown
from playground.markdown_blocks import drawable

EVIL = (
    "![x](https://evil.invalid/x.png)  [y](javascript:window.ran=1)  <img src=x onerror=window.ran=1>  "
    "[z](data:text/html,z)  [r]: javascript:window.ran=1  ![x][r]  [r]  [i]: https://evil.invalid/i.png  ![i]"
).split("  ")
PARTS = (
    r"```,~~~,````,`,``,\n,\n,\n\n,\n\n,- ,1. ,2) ,  ,   ,    ,\t,> ,| , | ,|-|-|\n,:-\n,---\n,a ,word,\\,http://e.invalid/,"
    r"www.e.invalid,*,_,$,$$\n,[,],(,),<,- - -\n,text\n,# ,py\n,:red[,:::\n,[^1]: ,![,](,&#33;,\u00a0"
).encode().decode("unicode_escape").split(",")

st.title("Hostile")
chance = random.Random(int(st.query_params["seed"]))
for number in range(250):
    parts = [chance.choice(PARTS) for _ in range(chance.randint(2, 16))]
    for _ in range(chance.randint(1, 3)):
        parts.insert(chance.randint(0, len(parts)), chance.choice(EVIL))
    text = "".join(parts)
    cut = text[: chance.randint(1, len(text))]
    with st.container(key=f"text_{number}"):
        st.markdown(as_markdown(text))
        st.markdown(as_markdown(drawable(cut)))
st.markdown(as_markdown(st.query_params.get("code", "")))
"""

ACTS = """() => [...document.querySelectorAll(
    '[data-testid=stMarkdownContainer] :is(img, script, iframe, object, style, .katex)')].map(each =>
        each.outerHTML.slice(0, 100) + ' IN ' + each.closest('[class*=st-key-text_]')?.className)
    .concat([...document.querySelectorAll('[data-testid=stMarkdownContainer] a')]
        .filter(each => each.getAttribute('href') && !/^(https?:|mailto:|#)/i.test(each.getAttribute('href')))
        .map(each => each.outerHTML.slice(0, 100) + ' IN ' + each.closest('[class*=st-key-text_]')?.className))"""


@pytest.fixture(scope="module")
def page_of_texts(chromium_is_here: None) -> Iterator[Served]:
    with alone(PAGE) as running:
        yield running


@pytest.mark.parametrize("seed", range(3))
def test_nothing_in_hostile_markdown_loads_or_runs(page_of_texts: Served, visitor: Callable[..., Visit], seed: int):
    visit = visitor().open(f"{page_of_texts.url}/?seed={seed}")
    expect(visit.page.locator(".st-key-text_249")).to_be_attached()
    settle(visit.page)

    assert visit.page.evaluate(ACTS) == []
    assert visit.page.evaluate("window.ran") is None
    assert visit.elsewhere == []
    assert visit.page.get_by_test_id("stException").count() == 0
