"""The glossary of the course: its words, each in a few sentences with an example. It translates nothing."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playground import front_matter, lesson_text
from playground.errors import LessonError

EXAMPLE = {"en": "Example:", "ko": "예:"}
"""What the last line of a term begins with."""

_TERM = re.compile(r"(.+?)(?: \(([^()]+)\))?")


@dataclass(frozen=True)
class Term:
    """A word of the glossary."""

    term: str
    """The English word, the same in every language."""
    heading: str
    markdown: str
    """All that is said of it, the example at the end."""
    example: str


@dataclass(frozen=True)
class Glossary:
    """The words of the course, in one language."""

    title: str
    terms: tuple[Term, ...]


@cache
def read(file: Path, language: str) -> Glossary:
    """Read a glossary, once.

    Raises: LessonError.
    """
    name = f"{language}/{file.name}"
    header, body = front_matter.read(file, name, {"title": str})
    before, *parts = re.split(r"^### (.+)$", body, flags=re.MULTILINE)
    if before.strip():
        raise LessonError(name, "body", f"text before the first term: {before.strip()[:60]}")
    terms: list[Term] = []
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        for problem in lesson_text.problems(text):
            raise LessonError(name, heading, problem)
        said, mark, example = text.partition(f"\n{EXAMPLE[language]}")
        if not mark or not said.strip() or not example.strip():
            raise LessonError(name, heading, f"sentences and a line that begins with {EXAMPLE[language]}")
        match = _TERM.fullmatch(heading.strip())
        term = match and (match[2] or match[1])
        if not term or any(term == other.term for other in terms):
            raise LessonError(name, heading, "a term that is there already")
        terms.append(Term(term, heading.strip(), text.strip(), example.strip()))
    return Glossary(header["title"], tuple(terms))
