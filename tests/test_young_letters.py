"""What tiktoken and the package regex take for a letter, asked of both."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from playground import encodings
from playground.young_letters import YOUNG, hidden

LETTER = regex.compile(r"[\p{L}\p{N}\p{M}]")
ENDS = {ord(each) + by for each in regex.sub(r"-", "", YOUNG).encode().decode("unicode_escape") for by in (-1, 0, 1)}


def is_a_sign_to_tiktoken(character: str) -> bool:
    """A sign takes the line's end and the slash after it into its piece, so that "/:" can't be one token."""
    colon = encodings.encode(":", "o200k_base")
    return encodings.encode(f"{character}\r/:", "o200k_base")[-1:] == colon


def test_both_agree_about_letters_once_the_young_ones_are_hidden() -> None:
    codes = sorted({*range(0x80, 0x110000, 29), *range(0x80, 0x600), *ENDS} - {*range(0xD800, 0xE000)})

    wrong = [
        hex(code)
        for code in codes
        if not (each := chr(code)).isspace() and is_a_sign_to_tiktoken(each) == bool(LETTER.match(hidden(each)))
    ]

    assert wrong == []


def test_every_one_that_is_hidden_is_a_letter_to_regex() -> None:
    young = regex.compile(f"[{YOUNG}]")

    assert all(LETTER.match(chr(code)) for code in range(0x110000) if young.match(chr(code)))


@given(st.text(st.characters(codec="utf-8")))
def test_hiding_keeps_every_other_character_in_its_place(text: str) -> None:
    masked = hidden(text)

    assert len(masked) == len(text)
    assert all(after in (before, "\uffff") for before, after in zip(text, masked, strict=True))
