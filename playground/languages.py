"""The language tax: one sentence in many languages, and its tokens in each encoding.

The sentence is Article 1 of the Universal Declaration of Human Rights, in the official texts of languages.toml.

>>> english, korean, *_ = table(["cl100k_base", "o200k_base"])
>>> korean.language.name, korean.tokens
('Korean', {'cl100k_base': 85, 'o200k_base': 51})
>>> korean.ratio("o200k_base") == korean.tokens["o200k_base"] / english.tokens["o200k_base"]
True

table(names) -> list[Row]: language, characters, bytes, tokens {name: count}, english {name: count}, .ratio(name)
LANGUAGES: tuple[Language]      Language(code, name, own_name, text, file, compared, note)      SOURCE, CHECKED
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from playground import encodings
from playground.language import mark

NAMES = {
    "ar": mark("Arabic"),
    "bn": mark("Bengali"),
    "de": mark("German"),
    "el": mark("Greek"),
    "en": mark("English"),
    "es": mark("Spanish"),
    "fr": mark("French"),
    "he": mark("Hebrew"),
    "hi": mark("Hindi"),
    "id": mark("Indonesian"),
    "ja": mark("Japanese"),
    "ko": mark("Korean"),
    "pt": mark("Portuguese"),
    "ru": mark("Russian"),
    "sw": mark("Swahili"),
    "ta": mark("Tamil"),
    "th": mark("Thai"),
    "tr": mark("Turkish"),
    "uk": mark("Ukrainian"),
    "vi": mark("Vietnamese"),
    "zh-Hans": mark("Chinese (simplified)"),
    "zh-Hant": mark("Chinese (traditional)"),
}
"""Code -> the language's name, in English."""


@dataclass(frozen=True)
class Language:
    """A language and the official text of Article 1 in it."""

    code: str
    """As BCP 47 writes it; good for the lang attribute of HTML."""
    name: str
    """In English; translate it for a screen."""
    own_name: str
    text: str
    file: str
    """The text's file in the collection that SOURCE names."""
    compared: Literal["file", "quotations"]
    """What the text was compared with on the day CHECKED: a copy of that file, or public files that quote it."""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """What Article 1 takes in a language."""

    language: Language
    characters: int
    bytes: int
    tokens: Mapping[str, int]
    """Name of an encoding -> tokens."""
    english: Mapping[str, int]
    """Name of an encoding -> tokens of the English text."""

    def ratio(self, encoding: str) -> float:
        """How many times the tokens of English it takes to say the same."""
        return self.tokens[encoding] / self.english[encoding]


def table(names: Iterable[str]) -> list[Row]:
    """Count Article 1 of every language in some encodings, in the order of LANGUAGES, English first.

    Raises: UnknownEncoding.
    """
    names = tuple(names)
    counts = {language.code: _counts(language.text, names) for language in LANGUAGES}
    return [Row(each, len(each.text), len(each.text.encode()), counts[each.code], counts["en"]) for each in LANGUAGES]


def _counts(text: str, names: Iterable[str]) -> dict[str, int]:
    return {name: encodings.count(text, name) for name in names}


_FILE = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))

LANGUAGES = tuple(Language(name=NAMES[row["code"]], **row) for row in _FILE["language"])

SOURCE: str = _FILE["source"]
"""Where the texts are from."""

CHECKED: date = _FILE["checked"]
"""The day on which they were last compared with copies."""
