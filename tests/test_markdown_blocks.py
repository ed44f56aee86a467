"""Finished blocks are cut where Markdown ends them; a tail stays short, and no letter gets lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from playground.markdown_blocks import LONG, Blocks, drawable

LINES = st.lists(
    st.sampled_from(
        [
            "text",
            "",
            "```",
            "```py",
            "~~~",
            "````",
            "  ```",
            "- item",
            "1. one",
            "    code",
            "| a | b |",
            "```a```",
            " ",
        ]
    ),
    max_size=14,
)


def cut(text: str, size: int = 3) -> tuple[list[str], str]:
    blocks = Blocks()
    done = []
    for start in range(0, len(text), size):
        blocks.add(text[start : start + size])
        done += blocks.finished()
    return done, blocks.tail


def without_fences(text: str) -> str:
    return re.sub(r"(?m)^[ \t]*(`{3,}|~{3,}).*\n?", "", text)


@given(LINES, st.integers(1, 40))
def test_short_texts_are_cut_and_never_changed(lines: list[str], size: int) -> None:
    text = "\n".join(lines)

    done, tail = cut(text, size)

    assert "".join(done) + tail == text


@given(LINES)
def test_a_block_never_leaves_a_fence_open(lines: list[str]) -> None:
    done, tail = cut("\n".join(lines))

    assert all(drawable(block) == block for block in done)
    assert drawable(drawable(tail)) == drawable(tail)


@given(st.lists(st.text("ab\n`", max_size=40), max_size=8), st.integers(9, 400))
def test_long_code_is_cut_at_its_lines_and_keeps_every_letter(parts: list[str], size: int) -> None:
    text = "```py\n" + "".join(f"x{part.replace('`', '')}\n" * 20 for part in parts) + "```\nEnd."

    done, tail = cut(text, size)

    assert without_fences("".join(done) + tail) == without_fences(text)
    assert all(block.startswith("```py\n") and block.endswith("```\n") for block in done)


def test_a_tail_stays_short_in_code_lists_and_paragraphs() -> None:
    for text in (
        "~~~\n" + "print('a line of code')\n" * 1000,
        "".join(f"{n}. An item of a long list\n" for n in range(1, 1000)),
        "A short paragraph.\n\n" * 1000,
    ):
        blocks = Blocks()
        longest = 0
        for start in range(0, len(text), 50):
            blocks.add(text[start : start + 50])
            blocks.finished()
            longest = max(longest, len(blocks.tail))

        assert longest < LONG + 200


def test_a_paragraph_that_is_not_over_stays_in_the_tail() -> None:
    assert cut("One.\nTwo.") == ([], "One.\nTwo.")


def test_what_belongs_to_a_list_item_stays_with_it() -> None:
    assert cut("- a\n\n  still a\n\nNew.") == (["- a\n\n  still a\n\n"], "New.")


def test_a_fence_is_closed_by_its_own_kind_only() -> None:
    text = "````md\n```\n\nx\n```\n````\nAfter"

    assert cut(text) == (["````md\n```\n\nx\n```\n````\n"], "After")
