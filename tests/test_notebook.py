"""Lessons as notebooks: valid ones, with all of the lesson in them, and never a key."""

import ast
import json

import nbformat
import pytest

from playground import lessons
from playground.language import LANGUAGES
from playground.lessons import Lesson
from playground.notebook import notebook


@pytest.fixture(
    params=[lesson for language in LANGUAGES for lesson in lessons.load(language)], ids=lambda one: one.slug
)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return request.param


def sources(book: dict, kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == kind]


def test_every_lesson_is_a_valid_notebook(lesson: Lesson):
    written = json.dumps(notebook(lesson), ensure_ascii=False)

    book = nbformat.reads(written, as_version=4)

    nbformat.validate(book, relax_add_props=False)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)


def test_its_code_is_the_lessons_after_one_cell_that_asks_for_the_key(lesson: Lesson):
    start, *blocks = sources(notebook(lesson), "code")

    assert blocks == [block.code.strip("\n") for block in lesson.code_blocks]
    assert start.splitlines()[0].startswith("%pip install -q openai")
    assert ("tiktoken" in start) == any("tiktoken" in block for block in blocks)
    assert not any(cell["outputs"] for cell in notebook(lesson)["cells"] if cell["cell_type"] == "code")


def test_the_first_cell_reads_the_key_and_names_the_simulator_in_a_comment_only(lesson: Lesson):
    start = sources(notebook(lesson), "code")[0]

    python = "\n".join(line for line in start.splitlines() if not line.startswith("%"))
    assigned = [ast.unparse(node) for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Assign)]
    assert assigned == ["os.environ['OPENAI_API_KEY'] = getpass('OpenAI API key: ')"]
    assert '# os.environ["OPENAI_BASE_URL"] = "http://127.0.0.1:8080/v1"' in start.splitlines()


def test_its_text_is_the_lessons_and_the_guess_comes_before_the_code_and_its_answer(lesson: Lesson):
    book = notebook(lesson)
    text = "\n".join(sources(book, "markdown"))
    order = [cell["id"] for cell in book["cells"]]

    for section in lesson.sections:
        assert f"## {section.heading}\n" in text
    for key in ("shows", "answer", "json"):
        assert lesson.section(key).markdown.strip() in text
    assert all(f"- {option.text}" in text for option in lesson.guess.options)
    assert "[x]" not in text
    assert order.index("guess") < order.index("code-1") < order.index("answer")
    assert "```text" not in text


def test_it_says_when_its_model_was_shut_down_and_what_answers_today():
    opening = sources(notebook(lessons.load("en")[1]), "markdown")[0]
    korean = sources(notebook(lessons.load("ko")[1]), "markdown")[0]

    assert "OpenAI shut `gpt-4` down on 2026-10-23." in opening
    assert "`gpt-6-luna`" in opening
    assert "2026-10-23" in korean


def test_commands_of_a_terminal_stay_text():
    book = notebook(lessons.load("en")[5])

    assert "```sh\npython -m simulator --port 8080\n```" in "\n".join(sources(book, "markdown"))
    assert "python -m simulator --port" not in "\n".join(sources(book, "code"))
