"""The course: both languages, its numbers, its code as it runs on the simulator, and what of a file is refused."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from playground import encodings, lesson_text, lessons
from playground.errors import LessonError
from playground.language import LANGUAGES
from playground.lessons import Lesson
from playground.messages import user
from simulator.intents import plan
from tests.simulator.course import FUNCTION
from tests.simulator.served import program

COURSE_NUMBERS = {23, 11, 47, 22, 79, 18, 72, 70, 21, 3, 2, 5}
"""What the API reported to the course, and what tiktoken counts: the course of March 2025."""

SECONDS = 120
RUNNER = """
import contextlib, io, json, os, sys, traceback

for line in sys.stdin:
    before, outputs, names = dict(os.environ), [], {"__name__": "__main__"}
    for at, code in enumerate(json.loads(line)):
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(code, f"block {at + 1}", "exec"), names)
        except BaseException:
            printed.write(traceback.format_exc())
        outputs.append(printed.getvalue())
    os.environ.clear()
    os.environ.update(before)
    print(json.dumps(outputs), flush=True)
"""
"""Runs the blocks of a lesson one after the other. Each lesson has names of its own; the SDK is imported only once."""


def every(*languages: str) -> list[Any]:
    return [pytest.param(one, id=f"{language}-{one.slug}") for language in languages for one in lessons.load(language)]


def pairs() -> list[Any]:
    both = zip(lessons.load("en"), lessons.load("ko"), strict=True)
    return [pytest.param(english, korean, id=english.slug) for english, korean in both]


def prose(lesson: Lesson) -> str:
    """All that is written outside of code, before its figures are filled in."""
    file = lessons.FOLDER / lesson.language / f"{lesson.number:02}_{lesson.slug}.md"
    body = file.read_text(encoding="utf-8").split("\n+++\n", 1)[1]
    text = "\n".join(piece.text for piece in lesson_text.pieces(body) if piece.fence is None)
    return re.sub("`[^`]+`", "`", text)


@pytest.fixture(scope="session")
def run() -> Iterator[Callable[[Lesson], list[str]]]:
    """Run the blocks of a lesson against `python -m simulator`; gives what each one prints."""
    for name in ("cl100k_base", "o200k_base"):
        encodings.load(name)  # so that tiktoken finds what it would download
    with program("--seed", "1", "--pace", "instant") as (_, url):
        here = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "anything", "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"}
        command = [sys.executable, "-c", RUNNER]
        interpreter = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, **here}
        )

        def outputs(lesson: Lesson) -> list[str]:
            assert interpreter.stdin and interpreter.stdout
            interpreter.stdin.write(json.dumps([block.code for block in lesson.code_blocks]) + "\n")
            interpreter.stdin.flush()
            too_long = Timer(SECONDS, interpreter.kill)
            too_long.start()
            printed: list[str] = json.loads(interpreter.stdout.readline() or "[]")
            too_long.cancel()
            return printed

        yield outputs
        interpreter.kill()
        interpreter.wait(20)


@pytest.mark.parametrize("lesson", every("en"))
def test_the_code_runs_as_it_is_and_prints_what_the_lesson_says(lesson: Lesson, run):
    printed = run(lesson)

    expected = [block.output for block in lesson.code_blocks]
    assert len(printed) == len(expected)
    assert [said if wanted is not None else None for said, wanted in zip(printed, expected, strict=True)] == expected
    assert not [said for said in printed if "Traceback" in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_twelve_lessons_in_their_order(language: str):
    course = lessons.load(language)

    assert [lesson.number for lesson in course] == list(range(1, 13))
    assert [lessons.following(lesson) for lesson in course] == [*course[1:], None]
    assert [lessons.previous(lesson) for lesson in course] == [None, *course[:-1]]
    assert lessons.find(language, 4) == course[3]
    assert lessons.find(language, 0) is lessons.find(language, 13) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_lessons_says_what_the_lessons_say(language: str):
    listed = [vars(heading) for heading in lessons.headings(language)]

    assert listed == [{key: getattr(lesson, key) for key in listed[0]} for lesson in lessons.load(language)]


@pytest.mark.parametrize(("english", "korean"), pairs())
def test_both_languages_have_the_same_lesson(english: Lesson, korean: Lesson):
    assert (english.number, english.slug, english.page) == (korean.number, korean.slug, korean.page)
    assert english.setup == korean.setup
    assert english.figures == korean.figures
    assert english.code_blocks == korean.code_blocks
    assert [option.right for option in english.guess.options] == [option.right for option in korean.guess.options]
    assert paths(english) == paths(korean)


def paths(lesson: Lesson) -> list[str]:
    return re.findall(r"^- `([^`]+)`", lesson.section("json").markdown, re.MULTILINE)


@pytest.mark.parametrize("lesson", every(*LANGUAGES))
def test_a_lesson_says_what_to_look_at_in_a_few_paragraphs(lesson: Lesson):
    blocks = lesson.section("shows").markdown.split("\n\n")
    words = [block for block in blocks if not re.match(r"- |\||```|\d\. ", block)]
    points = lesson.section("json").markdown.strip().splitlines()

    assert 3 <= len(words) <= 6
    assert len(paths(lesson)) == len(points) >= 3
    assert lesson.question.endswith("?")


@pytest.mark.parametrize("lesson", every(*LANGUAGES))
def test_no_token_count_is_typed_into_the_prose(lesson: Lesson):
    text = prose(lesson)

    assert re.findall(r"\d[\d,.]*\s*(?:\w+ )?(?:tokens?\b|토큰)|토큰(?:이|은|을|은 모두)? ?\d", text) == []


@pytest.mark.parametrize("lesson", every(*LANGUAGES))
def test_every_figure_stands_in_the_text(lesson: Lesson):
    assert set(lesson_text.figures_of(prose(lesson))) == set(lesson.figures)


def test_the_courses_numbers_are_computed_or_printed():
    computed = {number for lesson in lessons.load("en") for number in lesson.figures.values()}
    printed = "\n".join(block.output or "" for lesson in lessons.load("en") for block in lesson.code_blocks)

    assert computed | {int(number) for number in re.findall(r"\d+", printed)} >= COURSE_NUMBERS
    assert computed >= {23, 11, 47, 79, 72, 70, 3, 2, 5}
    assert all(line in printed for line in ("23 + 11 = 34", "47 + 22 = 69", "79 + 18", "72 + 21"))


@pytest.mark.parametrize("lesson", [param for param in every("en") if param.values[0].page != "tokenizer"])
def test_the_simulator_has_an_answer_to_what_a_lesson_asks(lesson: Lesson):
    setup = lesson.setup
    asked = user(setup.get("ask") or setup.get("prompt") or setup["question"])
    body: dict[str, Any] = {"messages": [asked]}
    if lesson.page == "function_calling":
        chosen = setup.get("function_call", "auto")
        chosen = {"name": chosen} if chosen not in ("auto", "none") else chosen
        body |= {"functions": [FUNCTION], "function_call": chosen}

    planned = plan(body)

    assert planned.intent != "unknown"
    if lesson.page == "function_calling" and body["function_call"] != "none":
        assert json.loads(planned.calls[0].arguments[0][1])["location"] == "Seoul"


LESSON = """\
+++
number = 4
title = "The API keeps no history"
question = "Will it know?"
page = "chat"

[setup]
ask = "Do you know my name?"

[figures]
name = { count = "tokens", model = "gpt-4", text = "ChatGPT" }
+++

## What it shows

ChatGPT has {{name}} tokens.

## Guess first

What comes back?

- [ ] The name
- [x] No name

## The answer

No name, for {{name}} reasons.

## Code

```python
print(f"{{name}}")
```

```text
{name}
```

## In the JSON

- `usage`: what it cost.
"""


def read(folder: Path, text: str, name: str = "04_no_history.md") -> Lesson:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return lessons.read(file, "en")


def test_a_lesson_is_read_whole(tmp_path: Path):
    lesson = read(tmp_path, LESSON)

    assert (lesson.number, lesson.slug, lesson.page) == (4, "no_history", "chat")
    assert lesson.setup == {"ask": "Do you know my name?"}
    assert lesson.section("shows").markdown == "ChatGPT has 3 tokens.\n"
    assert [(option.text, option.right) for option in lesson.guess.options] == [("The name", False), ("No name", True)]
    assert [(block.code, block.output) for block in lesson.code_blocks] == [('print(f"{{name}}")\n', "{name}\n")]


def test_a_lesson_can_not_be_changed_by_whom_it_serves(tmp_path: Path):
    turns = 'turns = [["Hello!", "Hi!"]]\nask = '
    lesson = read(tmp_path, LESSON.replace("ask = ", turns))

    assert lesson.setup["turns"] == (("Hello!", "Hi!"),)
    with pytest.raises(TypeError):
        lesson.setup["ask"] = "Something else"  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("+++\nnumber", "number", "header"),
        ("number = 4\n", "number = 4\nnumber = 4\n", "header"),
        ("number = 4\n", "", "number"),
        ("number = 4\n", "number = true\n", "number"),
        ("number = 4\n", "number = 5\n", "number"),
        ('title = "The API keeps no history"', 'title = ""', "title"),
        ('title = "The API keeps no history"', 'title = "<b>API</b>"', "title"),
        ('question = "Will it know?"\n', "", "question"),
        ('page = "chat"', 'page = "home"', "page"),
        ('page = "chat"', 'page = "chat"\nauthor = "me"', "author"),
        ("[setup]\n", '[setup]\nhistroy = "all"\n', "setup.histroy"),
        ("[setup]\n", '[setup]\nhistory = "some"\n', "setup.history"),
        ("[setup]\n", '[setup]\nturns = [["Hello!"]]\n', "setup.turns"),
        ('ask = "Do you know my name?"\n', "", "setup.ask"),
        ('count = "tokens"', 'count = "words"', "figures.name"),
        ('model = "gpt-4", text', 'model = "gpt-4", txt', "figures.name"),
        ('model = "gpt-4"', 'encoding = "gpt-4"', "figures.name"),
        ('text = "ChatGPT"', "text = 3", "figures.name"),
        ('name = { count = "tokens", model = "gpt-4", text = "ChatGPT" }', "name = 3", "figures.name"),
        ("{{name}} tokens", "{{nmae}} tokens", "What it shows"),
        ("ChatGPT has {{name}} tokens.\n", "", "What it shows"),
        ("\n## What it shows", "\nFirst of all.\n\n## What it shows", "sections"),
        ("## Guess first", "## Guess", "sections"),
        ("## The answer\n\nNo name, for {{name}} reasons.\n\n", "", "sections"),
        ("## Code", "## Code\n\n## Code", "sections"),
        ("ChatGPT has", "## In the JSON\n\nChatGPT has", "sections"),
        ("- [x] No name", "- [ ] No name", "guess"),
        ("- [ ] The name", "- [x] The name", "guess"),
        ("- [ ] The name\n", "", "guess"),
        ("- [x] No name", "- [x] No name\n- Nothing", "guess"),
        ("- [x] No name", "- [x] No name\n\nThink first.", "guess"),
        ("What comes back?\n\n- [ ]", "- [ ]", "guess"),
        ("```python\nprint", "```text\nprint", "code"),
        ("```python", "```sh", "code"),
        ("{name}\n```\n", "{name}\n", "sections"),
        ("{name}\n```\n\n## In the JSON\n\n- `usage`", "{name}\n```\n\n## In the JSON\n\n```\n- usage", "In the JSON"),
        ("ChatGPT has", "<b>ChatGPT</b> has", "What it shows"),
        ("ChatGPT has", "![ChatGPT](x.png) has", "What it shows"),
        ("ChatGPT has", "ChatGPT costs $2 and has", "What it shows"),
        ("No name, for", "# No name, for", "The answer"),
    ],
)
def test_what_is_wrong_with_a_lesson_is_said_with_its_file_and_its_key(tmp_path: Path, old: str, new: str, key: str):
    assert LESSON.count(old) == 1

    with pytest.raises(LessonError) as refused:
        read(tmp_path, LESSON.replace(old, new))

    assert refused.value.values["file"] == "en/04_no_history.md"
    assert refused.value.values["key"] == key
    assert str(refused.value).startswith(f"en/04_no_history.md, {key}: ")


@pytest.mark.parametrize("name", ["05_no_history.md", "4_no_history.md", "04_no history.md", "no_history.md"])
def test_a_file_is_named_after_its_number(tmp_path: Path, name: str):
    with pytest.raises(LessonError, match="number"):
        read(tmp_path, LESSON, name)


def test_a_number_that_is_there_twice_is_refused(tmp_path: Path):
    first, second = read(tmp_path, LESSON), read(tmp_path, LESSON, "04_again.md")

    with pytest.raises(LessonError, match="4 is also the number of no_history"):
        lessons.numbered([first, second])


def test_bytes_that_are_no_text_are_refused(tmp_path: Path):
    (tmp_path / "04_no_history.md").write_bytes(b"+++\nnumber = 4\xff")

    with pytest.raises(LessonError, match=r"en/04_no_history\.md, file"):
        lessons.read(tmp_path / "04_no_history.md", "en")
