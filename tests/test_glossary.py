"""The glossary: the same words in both languages, the interface's own Korean, and what of a file is refused."""

import re
from pathlib import Path

import pytest

from playground import glossary, lessons
from playground.errors import LessonError
from playground.language import LANGUAGES

ROOT = Path(__file__).parent.parent


def test_both_languages_explain_the_same_words_in_the_same_order():
    english, korean = (lessons.glossary(language).terms for language in ("en", "ko"))

    assert [term.term for term in english] == [term.term for term in korean]
    assert 36 <= len(english) <= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_explained_in_a_few_sentences_with_an_example(language: str):
    for term in lessons.glossary(language).terms:
        said = re.sub("`[^`]+`", "`", term.markdown.removesuffix(term.example))

        assert 2 <= len(re.findall(r"[.!?][\"”’)]?(?=\s|$)", said)) <= 4, term.term
        assert term.example


def test_the_korean_words_are_those_of_the_interface():
    table = (ROOT / "locale" / "glossary.md").read_text(encoding="utf-8")
    # The API's own words stay in code; a lesson may say them in Korean.
    interface = dict(re.findall(r"^\| ([^`|]+?) \| ([^|]+?) \|", table, re.MULTILINE))

    for term in lessons.glossary("ko").terms:
        korean = term.heading.removesuffix(f" ({term.term})")
        assert interface.get(term.term, korean) == korean


TEXT = """\
+++
title = "Glossary"
+++

### token

A piece of text. Models read nothing else.

Example: `Chat` is one.

### role

Who speaks. There are three.

Example: `user`
"""


def test_a_glossary_is_read_whole(tmp_path: Path):
    (tmp_path / "glossary.md").write_text(TEXT, encoding="utf-8")

    words = glossary.read(tmp_path / "glossary.md", "en")

    assert (words.title, [term.heading for term in words.terms]) == ("Glossary", ["token", "role"])
    assert words.terms[0].markdown.startswith("A piece of text. Models read nothing else.\n\nExample: ")
    assert words.terms[0].example == "`Chat` is one."


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("### role", "### token", "token"),
        ("### role", "### Rolle (token)", "Rolle (token)"),
        ("### token", "Words.\n\n### token", "body"),
        ("Example: `Chat` is one.", "", "token"),
        ("Who speaks. There are three.\n", "", "role"),
        ("Example: `user`", "Example: ", "role"),
        ("Who speaks.", "<i>Who</i> speaks.", "role"),
        ('title = "Glossary"', "", "title"),
        ('title = "Glossary"', 'title = "Glossary"\nterms = 2', "terms"),
    ],
)
def test_what_is_wrong_with_a_glossary_is_said_with_its_key(tmp_path: Path, old: str, new: str, key: str):
    (tmp_path / "glossary.md").write_text(TEXT.replace(old, new), encoding="utf-8")

    with pytest.raises(LessonError) as refused:
        glossary.read(tmp_path / "glossary.md", "en")

    assert refused.value.values["key"] == key
