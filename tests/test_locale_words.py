"""The words of locale/glossary.md and the Korean catalogue agree, and the catalogue keeps to one register."""

import re
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from tests.catalogue import load

ROOT = Path(__file__).parent.parent
FORMAL = re.compile(r"니다(?=[.\s)·…]|$)|십시오|습니까|합시다|하시오")
"""Endings of the 하십시오체; the interface speaks 해요체."""
PLAIN = re.compile(r"[가-힣](?:이다|한다|된다|않는다|있다|없다)(?=[.\s)]|$)")
"""Endings of the 해라체, as in a textbook."""
PARTICLES = re.compile(r"을\(를\)|이\(가\)|은\(는\)|\(으\)로|와\(과\)")
"""What machine translation writes behind a placeholder."""


class Row(NamedTuple):
    """A row of the glossary."""

    term: str
    korean: str
    note: str

    @property
    def of_the_api(self) -> bool:
        """Whether it is a word of the API, which is written as it is."""
        return self.term.startswith("`")

    @property
    def word(self) -> str:
        """The term without its code style."""
        return self.term.strip("`")

    @property
    def lesson_only(self) -> bool:
        """Whether the interface need not have it."""
        return self.note.startswith("lesson")

    def is_in(self, text: str) -> bool:
        """Whether a text has the term as a word; -s may follow."""
        found = re.search(rf"(?<![\w`]){re.escape(self.word)}s?(?!\w)", text, 0 if self.of_the_api else re.IGNORECASE)
        return found is not None

    def names(self, label: str) -> bool:
        """Whether a label says this term and nothing else, bold or not."""
        said, label = self.word, label.strip("*")
        return label == said if self.of_the_api else label.lower() == said.lower()

    def names_many(self, label: str) -> bool:
        """Whether a label says the plural of this term, and that has no row of its own."""
        many = self._replace(term=f"{self.term}s")
        return not self.of_the_api and many.names(label) and not any(row.names(label) for row in ROWS)


def rows() -> tuple[Row, ...]:
    lines = (ROOT / "locale" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return tuple(Row(*row) for row in cells[2:])


def pairs() -> list[tuple[str, str]]:
    """Each English string of the Korean catalogue with its translation; of a plural, the form for many."""
    catalogue = load().read("ko")
    return [
        (message.id[-1], message.string[-1]) if isinstance(message.id, tuple) else (message.id, message.string)
        for message in catalogue
        if message.id
    ]


ROWS = rows()
PAIRS = pairs()


def fields(text: str) -> list[tuple[str, str, str]]:
    """The placeholders of a string with their conversions and formats, in alphabetical order."""
    return sorted((name, conversion or "", form or "") for _, name, form, conversion in Formatter().parse(text) if name)


def test_the_glossary_has_the_terms_of_the_field_once_each() -> None:
    terms = [row.term for row in ROWS]

    assert len(terms) >= 40
    assert sorted(set(terms)) == sorted(terms)
    assert all(row.korean for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.term)
def test_a_term_is_used_in_the_interface_or_marked_as_the_lessons(row: Row) -> None:
    used = any(row.is_in(english) for english, _korean in PAIRS)

    assert used or row.lesson_only


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.term)
def test_a_label_that_is_a_term_says_what_the_glossary_says(row: Row) -> None:
    said = {korean.strip("*") for english, korean in PAIRS if row.names(english) or row.names_many(english)}

    assert said <= {row.korean}


@pytest.mark.parametrize("row", [row for row in ROWS if row.of_the_api], ids=lambda row: row.term)
def test_a_word_of_the_api_stays_as_it_is(row: Row) -> None:
    assert row.korean == row.word


def test_no_translation_changes_the_register() -> None:
    wrong = [
        (pattern.pattern, korean)
        for _english, korean in PAIRS
        for pattern in (FORMAL, PLAIN, PARTICLES)
        if pattern.search(korean)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("요청을 보냅니다.", FORMAL),
        ("키를 입력하십시오", FORMAL),
        ("다시 보내시겠습니까?", FORMAL),
        ("모델은 토큰을 읽고 실행한다.", PLAIN),
        ("{name}을(를) 읽어요.", PARTICLES),
    ],
)
def test_the_checker_finds_another_register(text: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(text)


def test_no_translation_raises_its_voice() -> None:
    assert [korean for _english, korean in PAIRS if "!" in re.sub(r"\{\w+!r\}", "", korean)] == []


def test_a_translation_ends_a_sentence_where_the_source_does() -> None:
    stops = (".", "?", ":", "…")
    open_ended = [
        (english, korean) for english, korean in PAIRS if english.endswith(stops) and not korean.endswith((*stops, "}"))
    ]

    assert open_ended == []


@pytest.mark.parametrize(("english", "korean"), PAIRS, ids=lambda text: text[:40])
def test_a_translation_formats_its_placeholders_like_its_source(english: str, korean: str) -> None:
    assert fields(korean) == fields(english)


@pytest.mark.parametrize(("english", "korean"), PAIRS, ids=lambda text: text[:40])
def test_code_and_bold_survive_the_translation(english: str, korean: str) -> None:
    # Word order differs, so that code may stand elsewhere in the sentence.
    assert sorted(re.findall(r"`[^`]*`", korean)) == sorted(re.findall(r"`[^`]*`", english))
    assert korean.count("**") == english.count("**")
    assert korean.startswith("- ") == english.startswith("- ")
