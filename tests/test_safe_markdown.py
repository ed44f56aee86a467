"""Markdown of others: nothing in it acts, and code and ordinary marks stay as they were."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.safe_markdown import has_pictures, safe

EVIL = "![x](https://evil.invalid/x.png)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$5 and $6", "\\$5 and \\$6"),
        (":red[alarm] :smile: :material/home:", "\\:red[alarm] \\:smile: \\:material/home:"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("[a](javascript:alert(1))", "[a\\](javascript:alert(1))"),
        ("[a](JaVaScRiPt&colon;alert(1))", "[a\\](JaVaScRiPt&colon;alert(1))"),
        ("[a]( <data:text/html,x>)", "[a\\]( <data:text/html,x>)".replace("<d", "\\<d")),
        ("[a]: javascript:alert(1)", "[a\\]: javascript:alert(1)"),
        ("[a](/tokenizer)", "[a\\](/tokenizer)"),
        ("bell \x07", "bell \u2407"),
    ],
)
def test_what_would_act_gets_a_backslash(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n1. **bold** and [a link](https://example.org) at 10:30, ratio 3:2",
        "Run `echo $HOME` or\n```sh\nprice=$5 # :red[x] <b>\n```\nand `a | b`",
        "1. First:\n   ```bash\n   echo $HOME\n\n   vec![1]\n   ```\n2. Then:\n\n   ~~~\n   <b>\n   ~~~",
        "````md\n```\n$x <b>\n```\n````",
        "[mail](mailto:a@example.org) and [a ref][b]\n\n[b]: https://example.org",
        "| a | b |\n|---|---|\n| `x` | **y** |",
    ],
)
def test_ordinary_markdown_and_code_stay_as_they_were(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"| a | b |\n|---|---|\n| `{EVIL} | ` |",  # cells are cut before code is looked for
        f"http://e.invalid/` {EVIL} `",  # the first backtick belongs to the address
        f"- a\n  ```\n{EVIL}\n",  # the item ends, and its fence with it
        f"- ```\n{EVIL}\n```\n",
        f"text\n     ```\n     {EVIL}\n",  # too far in for a fence
        f"- - -\n     - a\n       ```\n       {EVIL}",  # a line across, not a list
        f"\\`{EVIL}`",
        f"> ```\n{EVIL}\n```\n{EVIL}",
        f"```\na\n``` \n{EVIL}\n```",
        f"~~~\n```\n~~~\n{EVIL}\n```",
        f"- a\n  ```\n  b\n     ```\n{EVIL}",
    ],
)
def test_a_picture_hidden_behind_half_open_code_is_found(text: str) -> None:
    assert f"\\{EVIL}" in safe(text)


def test_a_backtick_that_ends_in_another_line_is_no_code() -> None:
    assert safe(f"`a\n`{EVIL}` b") == f"\\`a\n`{EVIL}` b"


@given(st.text())
def test_only_backslashes_are_added(text: str) -> None:
    visible = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)

    assert re.sub(r"[\u2400-\u2421\\]", "", safe(text)) == re.sub(r"[\u2400-\u2421\\]", "", visible)


PARTS = st.lists(
    st.sampled_from(
        [
            "```",
            "~~~",
            "`",
            "``",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "   ",
            "  ",
            "> ",
            "| ",
            "|-|-|\n",
            "a",
            "\\",
            EVIL,
            "]: data:x",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(st.text(), PARTS))
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def test_pictures_load_for_who_asks_and_only_from_the_web() -> None:
    assert safe(EVIL, pictures=True) == EVIL
    assert safe("![x](data:image/svg+xml,<svg>)", pictures=True) == "![x\\](data:image/svg+xml,\\<svg>)"
    assert has_pictures(EVIL) and not has_pictures("`" + EVIL + "`") and not has_pictures("no picture")
