"""The course: lessons and glossary of a language, read from lessons/ and checked. It draws nothing and runs no code.

A file is a header in TOML between two lines `+++`, then Markdown under five fixed headings. Numbers in the text are
{{names}} of figures, which are computed here. A file that is wrong is refused as a whole, with its name and the key.

>>> find("en", 5).title, find("ko", 5).slug, find("en", 13)
('Tokens', 'tokens', None)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playground import figures, front_matter, lesson_setup, lesson_text
from playground import glossary as words
from playground.errors import LessonError, PlaygroundError
from playground.glossary import Glossary

FOLDER = Path(__file__).parent.parent / "lessons"

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "shows": "What it shows",
        "guess": "Guess first",
        "answer": "The answer",
        "code": "Code",
        "json": "In the JSON",
    },
    "ko": {
        "shows": "무엇을 볼까요",
        "guess": "먼저 맞혀 보세요",
        "answer": "답",
        "code": "코드",
        "json": "JSON에서 볼 것",
    },
}
"""Language -> the sections of a lesson and what they are called, in their order."""

HEADER: Mapping[str, type] = {
    "number": int,
    "title": str,
    "question": str,
    "page": str,
    "setup": dict,
    "figures": dict,
}
OPTIONAL = {"figures"}
OPTIONS = range(2, 5)
"""How many answers a guess may offer."""

_NAME = re.compile(r"(\d\d)_([a-z0-9_]+)\.md")
_OPTION = re.compile(r"- \[([ x])\] (.+)")


@dataclass(frozen=True)
class Option:
    """One answer that a guess offers."""

    text: str
    right: bool


@dataclass(frozen=True)
class Guess:
    """What to guess before anything is run."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class CodeBlock:
    """Python that runs as it is, after the blocks before it."""

    code: str
    output: str | None
    """What it prints on the simulator; None where that differs from run to run."""


@dataclass(frozen=True)
class Section:
    """A part of a lesson, its figures filled in."""

    key: str
    """shows, guess, answer, code or json."""
    heading: str
    markdown: str


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language."""

    language: str
    number: int
    slug: str
    title: str
    question: str
    page: str
    """The page that it is tried on; its path."""
    setup: Mapping[str, Any]
    """What to fill this page with; see lesson_setup. Its lists are tuples, it can't be changed."""
    figures: Mapping[str, int]
    sections: tuple[Section, ...]
    guess: Guess

    def section(self, key: str) -> Section:
        """Give a section by its key."""
        return next(section for section in self.sections if section.key == key)

    @property
    def code_blocks(self) -> tuple[CodeBlock, ...]:
        """The Python of this lesson, with what it prints."""
        parts = [part for part in lesson_text.pieces(self.section("code").markdown) if part.text.strip()]
        after = (*parts[1:], lesson_text.Piece("", None))
        return tuple(
            CodeBlock(part.text, next_.text if next_.fence == "text" else None)
            for part, next_ in zip(parts, after, strict=True)
            if part.fence == "python"
        )


@dataclass(frozen=True)
class Heading:
    """What a list of lessons says of one."""

    number: int
    title: str
    question: str
    page: str


@cache
def headings(language: str) -> tuple[Heading, ...]:
    """Read what a list of lessons shows, in their order: much faster than load(), which computes every figure.

    Raises: LessonError.
    """
    files = sorted((FOLDER / language).glob("[0-9]*.md"))
    headers = [front_matter.read(file, f"{language}/{file.name}", HEADER, OPTIONAL)[0] for file in files]
    return tuple(Heading(*(header[key] for key in ("number", "title", "question", "page"))) for header in headers)


@cache
def load(language: str) -> tuple[Lesson, ...]:
    """Read all lessons of a language, in their order.

    Raises: LessonError.
    """
    lessons = [read(file, language) for file in sorted((FOLDER / language).glob("[0-9]*.md"))]
    return numbered(lessons)


def numbered(lessons: list[Lesson]) -> tuple[Lesson, ...]:
    """Put lessons in the order of their numbers, which are different ones.

    Raises: LessonError.
    """
    for lesson in lessons:
        other = next(one for one in lessons if one.number == lesson.number)
        if other is not lesson:
            raise LessonError(lesson.slug, "number", f"{lesson.number} is also the number of {other.slug}")
    return tuple(sorted(lessons, key=lambda lesson: lesson.number))


def find(language: str, number: int) -> Lesson | None:
    """Find a lesson by its number."""
    return next((lesson for lesson in load(language) if lesson.number == number), None)


def previous(lesson: Lesson) -> Lesson | None:
    """Give the lesson before this one."""
    return next((one for one in reversed(load(lesson.language)) if one.number < lesson.number), None)


def following(lesson: Lesson) -> Lesson | None:
    """Give the lesson after this one."""
    return next((one for one in load(lesson.language) if one.number > lesson.number), None)


def glossary(language: str) -> Glossary:
    """Read the glossary of a language.

    Raises: LessonError.
    """
    return words.read(FOLDER / language / "glossary.md", language)


def read(file: Path, language: str) -> Lesson:
    """Read one lesson.

    Raises: LessonError, which names the file and the key or the section.
    """
    name = f"{language}/{file.name}"
    header, body = front_matter.read(file, name, HEADER, OPTIONAL)
    named = _NAME.fullmatch(file.name)
    if not named or int(named[1]) != header["number"]:
        raise LessonError(name, "number", f"the file of {header['number']} begins with {header['number']:02}_")
    for key in ("title", "question"):
        for said in lesson_text.problems(header[key]):
            raise LessonError(name, key, said)
    for problem in lesson_setup.problems(header["page"], header["setup"]):
        raise LessonError(name, *problem)
    computed = _computed(name, header.get("figures", {}))
    sections = tuple(_sections(name, body, language, computed))
    texts = {section.key: section.markdown for section in sections}
    _check_code(name, texts["code"])
    return Lesson(
        language,
        header["number"],
        named[2],
        header["title"],
        header["question"],
        header["page"],
        lesson_setup.frozen(header["setup"]),
        MappingProxyType(computed),
        sections,
        _guess(name, texts["guess"]),
    )


def _computed(name: str, definitions: Mapping[str, Any]) -> dict[str, int]:
    computed = {}
    for key, definition in definitions.items():
        try:
            computed[key] = figures.figure(definition if isinstance(definition, dict) else {})
        except (ValueError, PlaygroundError) as error:
            raise LessonError(name, f"figures.{key}", str(error)) from error
    return computed


def _sections(name: str, body: str, language: str, computed: Mapping[str, int]) -> Iterator[Section]:
    headings = HEADINGS[language]
    found = list(_cut(body))
    if [heading for heading, _ in found] != ["", *headings.values()] or found[0][1].strip():
        raise LessonError(name, "sections", f"they are {', '.join(headings.values())}, in this order, and nothing else")
    for key, (heading, text) in zip(headings, found[1:], strict=True):
        for problem in lesson_text.problems(text):
            raise LessonError(name, heading, problem)
        for figure in lesson_text.figures_of(text):
            if figure not in computed:
                raise LessonError(name, heading, f"{{{{{figure}}}}} is no figure")
        if not text.strip():
            raise LessonError(name, heading, "it is empty")
        yield Section(key, heading, lesson_text.filled(text, computed).strip() + "\n")


def _cut(body: str) -> Iterator[tuple[str, str]]:
    """Cut a body at its headings, not at a # in a block of code; what stands before the first has the heading ''."""
    heading, text = "", ""
    for piece in lesson_text.pieces(body):
        if piece.fence is not None:
            text += lesson_text.written((piece,)) if piece.closed else f"```{piece.fence}\n{piece.text}"
            continue
        before, *parts = re.split(r"^## +(.*?) *$", piece.text, flags=re.MULTILINE)
        text += before
        for next_, after in zip(parts[::2], parts[1::2], strict=True):
            yield heading, text
            heading, text = next_, after
    yield heading, text


def _guess(name: str, text: str) -> Guess:
    question, mark, listed = text.partition("\n- [")
    lines = (mark.strip() + listed).splitlines() if mark else []
    options = [match for line in lines if (match := _OPTION.fullmatch(line.strip()))]
    right = [match[1] for match in options].count("x")
    if len(options) != len(lines) or len(options) not in OPTIONS or right != 1 or not question.strip():
        raise LessonError(name, "guess", f"a question and 2 to 4 options, one of them - [x], not {right}, and no more")
    return Guess(question.strip(), tuple(Option(match[2], match[1] == "x") for match in options))


def _check_code(name: str, text: str) -> None:
    before = ""
    parts = lesson_text.pieces(text)
    for part in parts:
        if part.fence == "text" and before != "python":
            raise LessonError(name, "code", "a block of output that stands after no Python")
        before = part.fence or ("" if part.text.strip() else before)
    if not any(part.fence == "python" for part in parts):
        raise LessonError(name, "code", "no block of Python")
