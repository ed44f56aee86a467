"""The editor in a real browser: keys, input methods, bad connections, texts that wait."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Visit, settle
from tests.browser.harness import TYPING, alone
from tests.browser.served import Served
from tests.browser.slow_line import slow_line
from tests.browser.tokenizer_page import Wire, editor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def typing(chromium_is_here: None) -> Iterator[Served]:
    """A page with nothing but the editor and the length of what it answers."""
    with alone(TYPING) as running:
        yield running


@pytest.fixture
def visit(typing: Served, visitor: Callable[..., Visit]) -> Iterator[Visit]:
    visit = visitor().open(typing.url)
    yield visit
    assert visit.complaints == []


def counted(page: Page, number: int) -> None:
    expect(page.get_by_text(re.compile(rf"^{number} characters$"))).to_be_visible()


def paste(page: Page, text: str) -> None:
    editor(page).focus()
    page.context.new_cdp_session(page).send("Input.insertText", {"text": text})


def test_keys_typed_fast_in_the_middle_are_all_there_and_the_caret_stays(visit: Visit):
    page = visit.page
    paste(page, "begin end")
    counted(page, 9)
    for _ in "end":
        page.keyboard.press("ArrowLeft")

    page.keyboard.type("the quick brown fox and the lazy dog ", delay=12)

    counted(page, 46)
    assert editor(page).input_value() == "begin the quick brown fox and the lazy dog end"
    assert editor(page).evaluate("area => area.selectionStart") == len("begin the quick brown fox and the lazy dog ")


def test_a_hundred_keys_are_a_hundred_answers_when_each_waits_for_its_own(visit: Visit):
    page = visit.page
    editor(page).focus()

    for number in range(1, 101):
        page.keyboard.press("abcdefghij"[number % 10])
        counted(page, number)

    assert len(editor(page).input_value()) == 100


def test_no_key_is_a_command_of_streamlit_while_somebody_types(visit: Visit):
    page = visit.page
    editor(page).focus()

    page.keyboard.type("rcrc")

    counted(page, 4)
    assert page.get_by_role("dialog").count() == 0


SYLLABLES = "".join(chr(0xAC00 + (number * 557) % 11172) for number in range(200))
COMPATIBLE = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def keyed(syllable: str) -> list[str]:
    """What an input method shows while a syllable grows key by key."""
    letters = unicodedata.normalize("NFD", syllable)
    grown = [unicodedata.normalize("NFC", letters[:end]) for end in range(2, len(letters) + 1)]
    return [COMPATIBLE[ord(letters[0]) - 0x1100], *grown]


def test_of_two_hundred_hangul_syllables_none_is_lost_doubled_or_sent_half(
    typing: Served, visitor: Callable[..., Visit]
):
    visit = visitor()
    wire = Wire().listen(visit.page)
    page = visit.open(typing.url).page
    ime = page.context.new_cdp_session(page)
    editor(page).focus()

    for syllable in SYLLABLES:
        for step in keyed(syllable):
            ime.send("Input.imeSetComposition", {"text": step, "selectionStart": 1, "selectionEnd": 1})
            page.wait_for_timeout(8)
        ime.send("Input.insertText", {"text": syllable})

    counted(page, 200)
    assert editor(page).input_value() == SYLLABLES
    assert len(wire.texts) >= 10
    assert [text for text in wire.texts if not SYLLABLES.startswith(text)] == []
    assert wire.texts[-1] == SYLLABLES


def test_an_answer_in_the_middle_of_a_composition_moves_nothing(visit: Visit):
    page = visit.page
    ime = page.context.new_cdp_session(page)
    paste(page, "한국")
    page.keyboard.press("Home")

    ime.send("Input.imeSetComposition", {"text": "어", "selectionStart": 1, "selectionEnd": 1})
    counted(page, 2)
    settle(page)

    assert editor(page).input_value() == "어한국"
    assert editor(page).evaluate("area => area.selectionStart") == 1
    ime.send("Input.insertText", {"text": "얼"})
    counted(page, 3)
    assert editor(page).input_value() == "얼한국"


def test_over_a_bad_line_no_key_is_lost_and_one_report_is_under_way(typing: Served, visitor: Callable[..., Visit]):
    visit = visitor()
    wire = Wire().listen(visit.page)
    with slow_line(typing.url) as line:
        page = visit.open(line.url).page
        line.latency, line.loss = 0.4, 0.02
        editor(page).focus()

        page.keyboard.type("whatever happens on the way, " * 5, delay=60)

        counted(page, 145)
        assert editor(page).input_value() == "whatever happens on the way, " * 5
        assert wire.most_open == 1
        assert len(wire.sent) >= 3


def test_a_long_text_stays_in_the_browser_until_somebody_asks(typing: Served, visitor: Callable[..., Visit]):
    visit = visitor()
    wire = Wire().listen(visit.page)
    page = visit.open(typing.url).page
    paste(page, "mine")
    counted(page, 4)

    paste(page, "y" * 200_000)
    expect(page.locator(".live-editor .said")).to_contain_text("200,004 characters")
    page.keyboard.type("zzz")
    expect(page.get_by_text("a text waits")).to_be_visible()

    assert wire.texts == ["mine"]
    counted(page, 4)
    page.get_by_role("button", name="Count").click()
    counted(page, 200_007)
    assert wire.texts[-1] == "mine" + "y" * 200_000 + "zzz"
    expect(page.get_by_role("button", name="Count")).to_be_hidden()
    expect(page.get_by_text("a text waits")).to_be_hidden()


def test_a_long_text_that_waits_survives_a_reload_of_the_page(visit: Visit):
    page = visit.page
    paste(page, "y" * 200_001)
    expect(page.get_by_text("a text waits")).to_be_visible()

    page.reload()
    settle(page)

    expect(page.get_by_role("button", name="Count")).to_be_visible()
    assert editor(page).input_value() == "y" * 200_001


def test_a_long_text_that_is_made_short_again_is_counted_at_once(visit: Visit):
    page = visit.page
    paste(page, "y" * 200_001)
    expect(page.get_by_text("a text waits")).to_be_visible()

    page.keyboard.press("Backspace")

    counted(page, 200_000)
    expect(page.get_by_role("button", name="Count")).to_be_hidden()


def test_a_paste_of_more_than_ten_megabytes_is_kept_out_and_says_so(visit: Visit):
    page = visit.page
    paste(page, "mine")
    counted(page, 4)

    paste(page, "y" * 10_000_000)

    expect(page.locator(".live-editor .said")).to_contain_text("10,000,004")
    assert editor(page).input_value() == "mine"
