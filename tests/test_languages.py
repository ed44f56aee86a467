"""The official texts as data, and the table that is made of them."""

import unicodedata

import pytest

from playground import encodings, languages
from playground.errors import UnknownEncoding
from playground.languages import LANGUAGES, NAMES, table
from playground.text_facts import notable

SCRIPT = {
    "ar": "ARABIC",
    "bn": "BENGALI",
    "el": "GREEK",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "ja": "HIRAGANA",
    "ko": "HANGUL",
    "ru": "CYRILLIC",
    "ta": "TAMIL",
    "th": "THAI",
    "uk": "CYRILLIC",
    "zh-Hans": "CJK",
    "zh-Hant": "CJK",
}


def test_there_are_more_than_fifteen_languages_english_first_each_once() -> None:
    codes = [language.code for language in LANGUAGES]

    assert len(codes) > 15
    assert codes[:2] == ["en", "ko"]
    assert set(codes) == set(NAMES) and len(codes) == len(NAMES)
    assert len({language.text for language in LANGUAGES}) == len(codes)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_text_is_clean_and_written_in_its_script(language: languages.Language) -> None:
    text = language.text

    assert text == text.strip() and unicodedata.is_normalized("NFC", text)
    assert notable(text) == []
    assert text[-1] in ".。।" or language.code == "th"
    letters = [unicodedata.name(each).split()[0] for each in text if each.isalpha()]
    script = SCRIPT.get(language.code, "LATIN")
    assert letters.count(script) / len(letters) > 0.5
    assert set(letters) <= ({"HIRAGANA", "CJK"} if language.code == "ja" else {script})


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_text_says_where_it_is_from(language: languages.Language) -> None:
    assert language.file.startswith("udhr_") and language.file.endswith(".xml")
    assert language.compared in ("file", "quotations")
    assert "OHCHR" in languages.SOURCE and "https://unicode.org/udhr" in languages.SOURCE


def test_the_table_counts_as_the_encoders_do() -> None:
    rows = table(encodings.NAMES)

    for row in rows:
        assert row.tokens == {name: encodings.count(row.language.text, name) for name in encodings.NAMES}
        assert (row.characters, row.bytes) == (len(row.language.text), len(row.language.text.encode()))
    assert [rows[0].ratio(name) for name in encodings.NAMES] == [1.0] * 7


def test_every_other_language_pays_more_than_english_and_the_newest_encoding_less_than_the_oldest() -> None:
    _english, *others = table(["r50k_base", "cl100k_base", "o200k_base"])

    assert all(row.ratio("cl100k_base") > 1 for row in others)
    assert all(row.ratio("o200k_base") < row.ratio("r50k_base") for row in others)


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(UnknownEncoding):
        table(["o300k"])
