"""The tokenizer in a real browser: what is typed, composed, pasted, pointed at and scrolled."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from playground.sample_texts import COURSE_KOREAN
from playground.tokens import compare
from tests.browser.chromium import PHONE, Visit
from tests.browser.conftest import keep
from tests.browser.served import Served
from tests.browser.tokenizer_page import arrive, characters, editor, rows, write

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(server: Served, visitor: Callable[..., Visit]) -> Iterator[Visit]:
    """A visitor on the tokenizer; whatever the test did, the console stayed clean."""
    visit = visitor()
    arrive(visit.page, f"{server.url}/tokenizer")
    yield visit
    assert visit.complaints == []


def test_it_opens_with_the_three_big_counts(visit: Visit):
    assert visit.page.locator(".token-view .big").all_inner_texts() == ["114", "47", "28"]


def test_the_rows_are_the_segments_of_each_encoding_over_the_same_text(visit: Visit):
    segments = [
        [segment.text.replace(" ", "·") for segment in tokenization.segments]
        for tokenization in compare(COURSE_KOREAN, ["r50k_base", "cl100k_base", "o200k_base"]).values()
    ]

    assert rows(visit.page) == segments


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a b\tc\nd", "a·b→\u00a0c↵d"),
        ("x\u200by\ufeffz\u202e", "x⟨ZWSP⟩y⟨BOM⟩z⟨RLO⟩"),
        ("👨‍👩‍👧‍👦 ok", "👨‍👩‍👧‍👦·ok"),
        ("</div><b>$x$ :smile:", "</div><b>$x$·:smile:"),
    ],
)
def test_what_has_no_ink_is_made_visible_and_what_has_stays_as_it_is(visit: Visit, text: str, drawn: str):
    write(visit.page, text)

    assert ["".join(row) for row in rows(visit.page)] == [drawn] * 3


def test_the_same_characters_stand_below_each_other(visit: Visit):
    for text in (COURSE_KOREAN, "def f(x):\n    return x", "السلام عليكم hello 2024", "सभी मनुष्यों को गौरव"):
        write(visit.page, text)

        ends = visit.page.evaluate(
            """() => inShadow('.token-view .line').map(line => [...line.querySelectorAll('.cells')].map(cells => {
                const range = document.createRange();
                range.selectNodeContents(cells);
                const box = range.getBoundingClientRect();
                return [box.left, box.right];
            }))"""
        )

        for line in ends:
            for left, right in line:
                assert abs(left - line[0][0]) <= 1
                assert abs(right - line[0][1]) <= 1


def test_hangul_is_sent_when_it_is_whole_and_never_half_composed(visit: Visit):
    page = visit.page
    write(page, "가")
    sent = watch(page)
    ime = page.context.new_cdp_session(page)
    editor(page).press("End")

    for steps in (("ㅎ", "하", "한"), ("ㄱ", "구", "국"), ("ㅇ", "어")):
        for step in steps:
            ime.send("Input.imeSetComposition", {"text": step, "selectionStart": 1, "selectionEnd": 1})
            page.wait_for_timeout(60)
        ime.send("Input.insertText", {"text": steps[-1]})
        page.wait_for_timeout(30)

    characters(page, 4)
    assert editor(page).input_value() == "가한국어"
    assert {text for text in sent() if text} <= {"가", "가한", "가한국", "가한국어"}
    assert sent()[-1] == "가한국어"


def watch(page: Page) -> Callable[[], list[str]]:
    """Every text that the token view draws from now on."""
    page.evaluate(
        """() => {
            const canvas = inShadow('.token-view .canvas')[0];
            window.drawn = [];
            new MutationObserver(() => {
                const row = [...canvas.querySelectorAll('.row')].filter((_, index) => index % 3 === 0);
                window.drawn.push(row.flatMap(each => [...each.querySelectorAll('.piece')])
                    .map(each => each.textContent).join(''));
            }).observe(canvas, {childList: true, subtree: true});
        }"""
    )
    return lambda: page.evaluate("window.drawn")


def test_pointing_at_a_piece_shows_what_it_is_made_of_and_lights_it_in_every_row(visit: Visit):
    page = visit.page

    page.locator(".token-view .piece", has_text="멋").first.hover()

    strip = page.locator(".token-view .inspector")
    for fact in (
        "r50k_base",
        "31619 · 102 · 233",
        "20 eb · a9 · 8b",
        "U+0020 U+BA4B",
        "characters 10–11",
        "15–17 of 114",
    ):
        expect(strip).to_contain_text(fact)
    assert page.locator(".token-view .lit").all_inner_texts() == ["·멋"] * 3


def test_rows_don_t_move_while_somebody_points(visit: Visit):
    page = visit.page
    write(page, "👨‍👩‍👧‍👦 and text")
    before = page.locator(".token-view .window").bounding_box()

    page.locator(".token-view .many").first.hover()

    assert page.locator(".token-view .window").bounding_box() == before


def test_a_line_below_what_is_typed_is_moved_not_drawn_again_and_knows_its_tokens(visit: Visit):
    page = visit.page
    write(page, "Above\nBelow it all\nAbove")
    page.evaluate("window.before = inShadow('.token-view .line')")

    editor(page).press("Control+Home")
    page.keyboard.type("Far a\n")
    characters(page, 30)

    assert page.evaluate("inShadow('.token-view .line').map(line => window.before.indexOf(line))")[2:] == [1, 2]
    assert rows(page)[0] == ["Far", "·a", "↵", "Above", "↵", "Below", "·it", "·all", "↵", "Above"]
    page.locator(".token-view .line").nth(2).locator(".piece", has_text="·all").first.hover()
    expect(page.locator(".token-view .inspector")).to_contain_text("characters 21–24")
    expect(page.locator(".token-view .inspector")).to_contain_text("token 8 of 10")
    tops = page.evaluate("inShadow('.token-view .line').map(line => line.getBoundingClientRect().top)")
    assert tops == sorted(tops)


def test_one_tab_stop_and_arrows_walk_through_the_pieces(visit: Visit):
    page = visit.page
    place = page.locator(".token-view .inspector .where")
    page.locator(".token-view .window").focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(place).to_contain_text("of 114")
    page.keyboard.press("ArrowDown")
    expect(place).to_contain_text("of 47")
    page.keyboard.press("End")
    expect(place).to_contain_text("token 47 of 47")
    page.keyboard.press("Home")
    expect(place).to_contain_text("token 1 of 47")

    focusable = page.evaluate(
        "() => inShadow('.token-view *').filter(each => each.tabIndex >= 0 && each.checkVisibility())"
        ".map(each => each.tagName === 'BUTTON' ? each.textContent : each.className)"
    )
    # All pieces are one stop; the other is what one can do with the chosen piece.
    assert sorted(focusable) == ["Merges", "window"]
    assert page.locator(".token-view [aria-selected=true]").count() == 1


def test_two_hundred_thousand_characters_stay_few_elements(visit: Visit):
    page = visit.page
    text = (COURSE_KOREAN + " ") * 3571
    editor(page).fill(text)
    characters(page, len(text))

    window = page.locator(".token-view .window")
    for place in (0.0, 0.5, 1.0):
        window.evaluate("(each, place) => { each.scrollTop = place * each.scrollHeight }", place)
        page.wait_for_timeout(200)
        everything = page.evaluate("() => inShadow('*').length")
        assert everything <= 1500

    assert "".join(rows(page)[0]).endswith("어렵다.·")


def test_what_was_typed_is_there_after_a_page_switch(visit: Visit):
    page = visit.page
    write(page, "my own text")

    page.get_by_role("link", name="Chat").click()
    expect(editor(page)).to_have_count(0)
    page.get_by_role("link", name="Tokenizer").click()

    expect(editor(page)).to_have_value("my own text")


def test_an_example_replaces_the_text_at_once(visit: Visit):
    page = visit.page

    page.get_by_role("button", name="Examples").click()
    page.get_by_role("option", name="ChatGPT").or_(page.get_by_role("menuitem", name="ChatGPT")).first.click()

    expect(editor(page)).to_have_value("ChatGPT")
    expect(page.locator(".token-view .big")).to_have_text(["3", "3", "2"])


def test_a_script_in_the_text_never_runs(visit: Visit):
    write(visit.page, '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>')

    visit.page.locator(".token-view .piece").first.hover()

    assert visit.page.evaluate("window.hacked") is None


def test_on_a_phone_one_encoding_is_shown_and_a_switch_changes_it(server: Served, visitor: Callable[..., Visit]):
    visit = visitor(width=PHONE)
    page = visit.page
    arrive(page, f"{server.url}/tokenizer")

    assert len(rows(page)) == 1
    page.locator(".token-view .switch label", has_text="r50k_base").tap()
    page.locator(".token-view .piece").first.tap()

    expect(page.locator(".token-view .inspector")).to_contain_text("of 114")
    keep(visit, "tokenizer/phone.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
