"""Files as people have them: with and without a byte order mark, from Korean Windows, and files that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import NotText, TextTooLong
from playground.text_files import CHOICES, FILE_LIMIT, guessed, read

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


@given(TEXT, st.sampled_from(CHOICES))
def test_an_encoding_that_a_person_names_is_taken_at_their_word(text: str, encoding: str) -> None:
    contents = text.encode(encoding, errors="replace")

    assert read(contents, encoding) == (contents.decode(encoding), encoding)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_with_a_sentence(contents: bytes) -> None:
    try:
        text, encoding = read(contents)
    except NotText as error:
        assert str(error).endswith(".")
    else:
        assert text == contents.decode(encoding)


@pytest.mark.parametrize(
    "beginning",
    [b"%PDF-1.7\n%", b"PK\x03\x04docx", b"\xff\xd8\xff\xe0JFIF", b"GIF89a", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0"],
)
def test_documents_and_pictures_are_refused_by_how_they_begin(beginning: bytes) -> None:
    with pytest.raises(NotText, match="no text file"):
        read(beginning + b"more")


def test_only_the_guess_asks_for_a_second_look() -> None:
    assert guessed(read("토큰".encode("cp949"))[1])
    assert not guessed(read("토큰".encode())[1])


def test_binary_bytes_that_happen_to_be_cp949_are_refused() -> None:
    with pytest.raises(NotText, match="byte 3 is 0xb0"):
        read(b"ab\xb0\xa1\x01\x02")


def test_the_byte_that_is_not_in_the_named_encoding_is_named() -> None:
    with pytest.raises(NotText, match="not utf-8: byte 2 is 0xb0"):
        read(b"a\xb0\xa1", "utf-8")


def test_a_name_that_is_no_encoding_is_refused() -> None:
    with pytest.raises(NotText, match="'utf-88' is no character encoding"):
        read(b"a", "utf-88")


def test_more_than_ten_megabytes_are_refused_with_both_numbers() -> None:
    assert read(b"a" * FILE_LIMIT)[1] == "utf-8"
    with pytest.raises(TextTooLong, match="10,485,761 bytes; at most 10,485,760"):
        read(b"a" * (FILE_LIMIT + 1))
