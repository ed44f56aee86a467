"""The token view by itself in a real browser: how pieces look, what is hidden, a budget, a text that is long."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from playground.sample_texts import COURSE_KOREAN
from playground.tokens import tokenize
from tests.browser.chromium import Visit
from tests.browser.harness import MANY, PIECES, alone
from tests.browser.served import Served
from tests.browser.tokenizer_page import arrive, rows

pytestmark = pytest.mark.browser

NAMES = ("r50k_base", "cl100k_base", "o200k_base")
START = COURSE_KOREAN[:20]
REPEATS = "the fox and the dog and the fox"


@pytest.fixture(scope="module")
def pieces(chromium_is_here: None) -> Iterator[Served]:
    """A page with nothing but the view; its address says what is drawn and how."""
    with alone(PIECES) as running:
        yield running


@pytest.fixture
def draw(pieces: Served, visitor: Callable[..., Visit]) -> Iterator[Callable[..., Page]]:
    """Draws a text: draw("text", show="ids"); whatever the test did, the console stayed clean."""
    visits: list[Visit] = []

    def drawn(text: str, theme: str = "light", **wishes: Any) -> Page:
        visit = visitor(theme=theme)
        visits.append(visit)
        arrive(visit.page, f"{pieces.url}/?{urlencode({'text': text, **wishes})}")
        return visit.page

    yield drawn
    assert [each.complaints for each in visits] == [[]] * len(visits)


def looks(page: Page) -> list[list[tuple[str, str]]]:
    """Text and colour of each piece, a list for each row of a text of one line."""
    return page.evaluate(
        """() => inShadow('.token-view .row').map(row => [...row.querySelectorAll('.piece')]
            .map(piece => [piece.textContent, getComputedStyle(piece).backgroundColor]))"""
    )


def test_by_id_the_same_token_has_the_same_colour_in_every_place(draw: Callable[..., Page]):
    by_place, by_id = looks(draw(REPEATS)), looks(draw(REPEATS, colour="id"))

    for row in by_id:
        assert len({colour for text, colour in row if text == "·fox"}) == 1
        assert len({colour for text, colour in row if text == "·the"}) == 1
        assert len({colour for _text, colour in row}) >= 3
    assert any(one[1] == other[1] for one, other in zip(by_place[0], by_place[0][6:], strict=False))
    assert [[text for text, _ in row] for row in by_place] == [[text for text, _ in row] for row in by_id]


def test_pieces_show_the_ids_of_their_tokens(draw: Callable[..., Page]):
    page = draw(START, show="ids")

    for row, name in zip(rows(page), NAMES, strict=True):
        assert [int(one) for piece in row for one in piece.split(" · ")] == list(tokenize(START, name).ids)


def test_pieces_show_the_bytes_of_their_tokens(draw: Callable[..., Page]):
    page = draw(START, show="bytes")

    for row, name in zip(rows(page), NAMES, strict=True):
        spelled = [bytes.fromhex(one) for piece in row for one in piece.split(" · ")]
        assert spelled == [token.bytes for token in tokenize(START, name).tokens]


@pytest.mark.parametrize(
    "text", [COURSE_KOREAN, "السلام عليكم ورحمة الله hello 2024", "सभी मनुष्यों को", " " * 300, "👨‍👩‍👧‍👦 👍🏽"]
)
def test_boxes_over_the_same_characters_begin_and_end_together(draw: Callable[..., Page], text: str):
    page = draw(text, show="ids")

    edges = page.evaluate(
        """() => inShadow('.token-view .line').map(line => [...line.querySelectorAll('.cells')].map(cells => {
            const boxes = [...cells.children].map(each => each.getBoundingClientRect());
            return [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
        }))"""
    )
    assert page.evaluate("() => inShadow('.window')[0].scrollWidth <= inShadow('.window')[0].clientWidth")
    for line in edges:
        for left, right in line:
            assert abs(left - line[0][0]) <= 1
            assert abs(right - line[0][1]) <= 1


def test_letters_that_join_stay_in_one_box(draw: Callable[..., Page]):
    page = draw("السلام عليكم", show="ids")

    plain = page.evaluate("() => inShadow('.token-view .plain').map(each => each.textContent)")

    assert "".join(plain).replace("·", " ") == "السلام عليكم"
    assert [each.strip("·") for each in plain] == ["السلام", "عليكم"]


def test_what_is_to_be_guessed_shows_neither_cuts_nor_counts(draw: Callable[..., Page]):
    page = draw(COURSE_KOREAN, hidden=1)

    assert page.locator(".token-view .big").all_inner_texts() == ["?"] * 3
    assert page.locator(".token-view .piece").count() == 0
    assert page.locator(".token-view .inspector").is_hidden()
    drawn = "".join(page.locator(".token-view .plain").all_inner_texts())
    assert drawn == COURSE_KOREAN.replace(" ", "·")


@pytest.mark.parametrize("budget", [0, 1, 20, 28, 47, 1000])
def test_a_budget_marks_in_each_row_where_its_tokens_end(draw: Callable[..., Page], budget: int):
    page = draw(COURSE_KOREAN, budget=budget)

    found = page.evaluate(
        """() => inShadow('.token-view .row').map(row => [...row.querySelectorAll('.piece')]
            .map(piece => [piece.classList.contains('limit'), piece.classList.contains('beyond')]))"""
    )
    for row, name in zip(found, NAMES, strict=True):
        used, fits = 0, []
        for segment in tokenize(COURSE_KOREAN, name).segments:
            used += len(segment.tokens)
            fits.append(used <= budget)
        assert [not beyond for _limit, beyond in row] == fits
        first = fits.index(False) if False in fits else None
        assert [index for index, (limit, _beyond) in enumerate(row) if limit] == ([] if first is None else [first])


def test_a_budget_that_ends_far_below_is_scrolled_to(draw: Callable[..., Page]):
    page = draw((COURSE_KOREAN + " ") * 40, budget=4000)

    expect(page.locator(".token-view .limit").first).to_be_in_viewport()


def test_the_button_of_the_inspector_tells_the_page_which_piece_once(draw: Callable[..., Page]):
    page = draw("ChatGPT 챗GPT")
    page.locator(".token-view .piece", has_text="챗").last.click()

    page.get_by_role("button", name="Merges").click()

    told = page.get_by_text("merges of ' 챗' at 7 in o200k_base")
    expect(told).to_be_visible()
    page.get_by_role("button", name="Again").click()
    expect(told).to_be_hidden()


def test_only_a_piece_that_stays_chosen_offers_its_merges(draw: Callable[..., Page]):
    page = draw("ChatGPT 챗GPT")

    page.locator(".token-view .piece").first.hover()
    expect(page.get_by_role("button", name="Merges")).to_be_hidden()
    page.locator(".token-view .window").focus()
    page.keyboard.press("ArrowRight")

    expect(page.get_by_role("button", name="Merges")).to_be_visible()


def test_ears_get_the_text_and_the_ids_of_a_piece(draw: Callable[..., Page]):
    page = draw("a b\t한\n", budget=2)

    said = (
        page.locator(".token-view .row")
        .last.get_by_role("option")
        .evaluate_all("pieces => pieces.map(piece => piece.getAttribute('aria-label'))")
    )

    segments = tokenize("a b\t한\n", "o200k_base").segments
    ids = [" ".join(str(token.id) for token in each.tokens) for each in segments]
    assert [each.split(", ")[1] for each in said] == ids
    assert said[0].startswith("a, ")
    assert said[1].startswith("space b, ")
    assert said[2].startswith("tab")
    assert said[-1].startswith("line end")
    assert [each.endswith("beyond the budget") for each in said][:3] == [False, False, True]


LINES = """() => {
    const named = ({name, value}) => value && `${name}=${value}`;
    const seen = each => [[...each.attributes].map(named).filter(Boolean).sort(),
        each.children.length ? [...each.children].map(seen) : each.textContent];
    return inShadow('.token-view .line').map(each => [each.style.top, seen(each)]);
}"""
LABELLED = "() => inShadow('.token-view .piece').every(each => each.hasAttribute('aria-label'))"


@pytest.mark.parametrize("show", ["text", "ids"])
def test_a_line_in_the_elements_of_another_is_as_one_drawn_for_the_first_time(draw: Callable[..., Page], show: str):
    line = f"{COURSE_KOREAN} 👩\u200d👩\u200d👧 {'x' * 90} السلام عليكم 2024\n"
    page = draw(line * 40, show=show, budget=90)
    window = page.locator(".token-view .window")
    window.evaluate("window => window.scrollTo(0, 0)")
    page.wait_for_function(LABELLED)
    fresh = page.evaluate(LINES)

    for place in (3000, 700, 99999, 0):
        window.evaluate("(window, place) => window.scrollTo(0, place)", place)
        page.wait_for_function(LABELLED)

    page.wait_for_function("top => inShadow('.token-view .line')[0].style.top === top", arg=fresh[0][0])
    page.wait_for_function(LABELLED)
    assert page.evaluate(LINES) == fresh


CONTRASTS = """() => {
    const channels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
        .map(value => colour.startsWith('color(') ? value : value / 255);
    const ground = channels(getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor);
    const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const beamer = colour => colour.map(value => (value - 0.5) * 0.6 + 0.5);
    const mark = (piece) => {
        const probe = document.createElement('i');
        probe.style.color = 'var(--mark)';
        piece.append(probe);
        const found = channels(getComputedStyle(probe).color);
        probe.remove();
        return found;
    };
    return inShadow('.token-view .piece').flatMap(piece => {
        const style = getComputedStyle(piece);
        const [text, tint] = [channels(style.color), channels(style.backgroundColor)];
        return [colour => colour, beamer].map(seen => ({
            look: style.backgroundColor,
            text: contrast(seen(text), seen(tint)),
            mark: contrast(seen(mark(piece)), seen(ground)),
        }));
    });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_can_be_told_apart_even_on_a_weak_projector(draw: Callable[..., Page], theme: str):
    page = draw(COURSE_KOREAN, theme, colour="id", budget=90)

    contrasts = page.evaluate(CONTRASTS)

    assert len({each["look"] for each in contrasts}) == 13, "twelve colours, and none beyond the budget"
    assert min(each["text"] for each in contrasts) >= 4.5
    assert min(each["mark"] for each in contrasts) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_notes_and_labels_can_be_read_even_on_a_weak_projector(draw: Callable[..., Page], theme: str):
    page = draw(COURSE_KOREAN, theme)

    worst = page.evaluate(
        CONTRASTS.replace(".token-view .piece", ".note, .tag, .summary, .name")
        .replace("channels(style.backgroundColor)", "ground")
        .replace("mark(piece)", "text")
    )

    assert min(each["text"] for each in worst) >= 4.5


def test_a_quarter_of_a_million_tokens_stay_few_elements(chromium_is_here: None, visitor: Callable[..., Visit]):
    page = visitor().page
    with alone(MANY) as server:
        arrive(page, server.url)
        counts = [int(each.replace(",", "")) for each in page.locator(".token-view .big").all_inner_texts()]
        window = page.locator(".token-view .window")

        for place in (0.0, 0.3, 0.7, 1.0):
            window.evaluate("(each, place) => { each.scrollTop = place * each.scrollHeight }", place)
            page.wait_for_timeout(200)
            assert page.evaluate("() => inShadow('*').length") <= 1500
        window.focus()
        page.keyboard.press("Control+End")

        assert min(counts) >= 250_000
        expect(page.locator(".inspector .where")).to_contain_text(f"token {counts[0]:,} of {counts[0]:,}")
