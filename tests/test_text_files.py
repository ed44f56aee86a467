"""Files as people have them: with and without a byte order mark, from Korean Windows, and files that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import NotText
from playground.text_files import read

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(lambda t: t[0] != "\ufeff")


@given(TEXT)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert read(text.encode()) == (text, "utf-8")


@given(TEXT, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == (text, encoding)


def test_korean_windows_is_understood() -> None:
    assert read("안녕하세요, 토큰".encode("cp949")) == ("안녕하세요, 토큰", "cp949")


def test_an_empty_file_is_an_empty_text() -> None:
    assert read(b"") == ("", "utf-8")


def test_a_picture_is_refused() -> None:
    with pytest.raises(NotText, match="no text file"):
        read(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def test_a_byte_that_fits_no_encoding_is_named_with_its_place() -> None:
    with pytest.raises(NotText, match="byte 3 is 0xff"):
        read(b"ab\xff\xff")


def test_half_a_utf16_file_is_refused() -> None:
    with pytest.raises(NotText, match="byte"):
        read("한국".encode("utf-16")[:-1])
