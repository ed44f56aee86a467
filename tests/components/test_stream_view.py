"""Finished blocks are cut where Markdown ends them, never inside a code fence."""

from hypothesis import given
from hypothesis import strategies as st

from components.stream_view import close_fence, last_block_end

LINES = st.lists(st.sampled_from(["text", "", "```", "```py", "- item", "    code"]), max_size=12)


@given(LINES)
def test_a_cut_never_leaves_an_open_fence_behind(lines: list[str]) -> None:
    text = "\n".join(lines)

    done = text[: last_block_end(text, 0)]

    assert close_fence(done) == done


@given(LINES)
def test_a_cut_stands_behind_a_blank_line(lines: list[str]) -> None:
    text = "\n".join(lines)

    end = last_block_end(text, 0)

    assert end == 0 or text[:end].endswith("\n")


def test_a_paragraph_that_is_not_over_stays_in_the_tail() -> None:
    assert last_block_end("One.\nTwo.", 0) == 0


def test_cutting_goes_on_where_it_left_off() -> None:
    text = "One.\n\nTwo.\n\nThree"

    first = last_block_end(text[:6], 0)

    assert (first, last_block_end(text, first)) == (6, 12)
