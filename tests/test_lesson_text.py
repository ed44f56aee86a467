"""Markdown of lessons: what is cut where, and which traps of the renderer are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.lesson_text import figures_of, filled, pieces, problems, written

LINES = st.lists(st.sampled_from(["words", "", "```", "```python", "{{n}}", "# no heading", "- item"]), max_size=12)


def wrong(markdown: str) -> str:
    return "\n".join(problems(markdown))


@given(LINES)
def test_pieces_put_together_are_the_text(lines):
    text = "".join(line + "\n" for line in lines)
    parts = pieces(text)

    closed = all(part.closed for part in parts)
    assert written(parts) == (text if closed else text + "```\n")


@given(LINES)
def test_figures_are_filled_in_everywhere_but_in_code(lines):
    text = "".join(line + "\n" for line in lines)

    full = filled(text, {"n": 3})

    outside = [piece.text for piece in pieces(full) if piece.fence is None]
    assert not any("{{" in text for text in outside)
    assert [piece.text for piece in pieces(full) if piece.fence is not None] == [
        piece.text for piece in pieces(text) if piece.fence is not None
    ]


def test_a_block_may_show_what_would_be_wrong_outside():
    text = "Look:\n\n```python\nprint(f'<b>${{n}}</b> ~ ~ **')  # ![no](picture)\n```\n"

    assert wrong(text) == ""
    assert figures_of(text) == ()


def test_code_in_a_sentence_may_too():
    assert wrong("Write `<b>`, `$5` or `**`, and `:red[x]`; then `a\nb`.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "**Bold** words, **bold**. (**Bold**), *one star* and **다음** 말.",
        "**토큰**은 조각이에요. **`n`** 다음에는 빈칸.",
        "A list:\n\n- one\n- **two**: three\n\n1. first\n2. second",
        "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |",
        "From 0 to 2: 0~2 is one range. At 10:30:15 it is late. `a`: b",
        "See [the guide](https://platform.openai.com/docs/guides/text) and "
        "[the dates](https://developers.openai.com/api/docs/deprecations).",
        "finish_reason and snake_case_words stay as they are.",
    ],
)
def test_plain_markdown_is_right(text):
    assert wrong(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```python\nprint(1)\n", "not closed"),
        ("```ruby\nputs 1\n```\n", "'ruby'"),
        ("```\nwhat\n```\n", "''"),
        ("<b>bold</b>", "HTML"),
        ("a <br> b", "HTML"),
        ("<!-- note -->", "HTML"),
        ("<https://platform.openai.com/docs>", "HTML"),
        ("![cat](cat.png)", "a picture"),
        ("It costs $1.", "a formula"),
        (":red[danger]", "an emoji or a colour"),
        ("Well done :tada:", "an emoji or a colour"),
        (":material/star: new", "an emoji or a colour"),
        ("from 0~1 to 1~2", "struck-out text"),
        ("Some `code", "a backtick"),
        ("one `a` and ` two", "a backtick"),
        ("text\n    code", "code by indentation"),
        ("Title\n=====", "makes a heading"),
        ("Title\n---", "makes a heading"),
        ("## Another heading", "a heading"),
        ("#hashtag", "a heading"),
        ("* item", "a list"),
        ("+ item", "a list"),
        ("| a | b | c | d | e |", "wider than 4"),
        ("**bold", "bold text"),
        ("bold**", "bold text"),
        ("** bold **", "bold text"),
        ("**`stop`**는 끝이에요.", "bold text"),
        ("**(괄호)**는 끝이에요.", "bold text"),
        ("그는**“말”**했다.", "bold text"),
        ("*a **b* c**", "bold text"),
        ("[here](https://example.com)", "a link"),
        ("[here](http://platform.openai.com/docs)", "a link"),
        ("[here](https://platform.openai.com.evil.example/docs)", "a link"),
        ("[here](/chat)", "a link"),
        ("see https://platform.openai.com/docs", "an address"),
    ],
)
def test_what_would_not_be_shown_as_meant_is_said(text, said):
    assert said in wrong(text)
