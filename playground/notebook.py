"""A lesson as a notebook: plain JSON of nbformat 4.5, for Jupyter and Colab. It runs nothing and holds no key.

>>> from playground import lessons
>>> book = notebook(lessons.load("en")[1])
>>> book["nbformat"], book["cells"][0]["source"][0], book["cells"][1]["source"][0]
(4, '# 2. The first request\\n', '%pip install -q openai\\n')
"""

import re
from collections.abc import Iterator
from typing import Any

from playground import lesson_text, models
from playground.language import mark, translate
from playground.lessons import Lesson

JSON = dict[str, Any]

SIMULATOR = "http://127.0.0.1:8080/v1"
"""Where `python -m simulator` answers, as the commented line says."""

_START = """\
%pip install -q {packages}

import os
from getpass import getpass

# For the simulator, which `python -m simulator` starts and which takes any key, take away the next "# ":
# os.environ["OPENAI_BASE_URL"] = "{simulator}"

if "OPENAI_API_KEY" not in os.environ:
    os.environ["OPENAI_API_KEY"] = getpass("OpenAI API key: ")
"""
_FIRST = mark(
    "Run the first cell before the others. It installs what the code needs and asks for your key, "
    "which stays in memory and is not saved with the notebook."
)
_RETIRED = mark(
    "OpenAI shut `{model}` down on {date}. With a key of your own, put a model in its place that answers today, "
    "such as `{living}`. The simulator still answers for `{model}`."
)
_PACKAGES = ("openai", "tiktoken")
_MODEL = re.compile(r"""\bmodel["']?\s*[=:]\s*["']([^"']+)["']""")


def notebook(lesson: Lesson) -> JSON:
    """Make the notebook of a lesson. The code comes before the answer of the guess: guess, run, then read."""
    code = "\n".join(block.code for block in lesson.code_blocks)
    packages = [name for name in _PACKAGES if name == "openai" or re.search(rf"^import {name}\b", code, re.MULTILINE)]
    options = "\n".join(f"- {option.text}" for option in lesson.guess.options)
    cells = [
        _markdown("start", _opening(lesson, code)),
        _code("setup", _START.format(packages=" ".join(packages), simulator=SIMULATOR)),
        _section(lesson, "shows"),
        _markdown("guess", f"## {lesson.section('guess').heading}\n\n{lesson.guess.question}\n\n{options}"),
        *_blocks(lesson),
        _section(lesson, "answer"),
        _section(lesson, "json"),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _opening(lesson: Lesson, code: str) -> str:
    said = [f"# {lesson.number}. {lesson.title}", lesson.question, translate(_FIRST, lesson.language)]
    for name in dict.fromkeys(_MODEL.findall(code)):
        model = models.find(name)
        if model and model.chat and model.retired:
            text = translate(_RETIRED, lesson.language)
            said.append(text.format(model=name, date=model.retired, living=models.DEFAULT))
    return "\n\n".join(said)


def _blocks(lesson: Lesson) -> Iterator[JSON]:
    """Cut the code section: each block of Python a cell, what stands between in Markdown; what it prints, it shows."""
    words = f"## {lesson.section('code').heading}\n\n"
    number = 0
    for piece in lesson_text.pieces(lesson.section("code").markdown):
        if piece.fence == "python":
            number += 1
            if words.strip():
                yield _markdown(f"words-{number}", words)
            yield _code(f"code-{number}", piece.text)
            words = ""
        elif piece.fence != "text":
            words += lesson_text.written((piece,))
    if words.strip():
        yield _markdown(f"words-{number + 1}", words)


def _section(lesson: Lesson, key: str) -> JSON:
    section = lesson.section(key)
    return _markdown(key, f"## {section.heading}\n\n{section.markdown}")


def _markdown(name: str, text: str) -> JSON:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(text)}


def _code(name: str, text: str) -> JSON:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": _lines(text),
    }


def _lines(text: str) -> list[str]:
    return text.strip("\n").splitlines(keepends=True)
