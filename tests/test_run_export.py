import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest

from playground import run_export
from playground.builtin_tools import BUILT_IN
from playground.call_answers import Answer
from playground.client import connect
from playground.custom_tools import Told, tool_of
from playground.exchange import Exchange
from playground.staged_run import StagedRun, advance, advance_to_the_end, answer_by, edit
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET
from simulator.transport import SimulatorTransport
from tests.scripted import QUESTION
from tests.snippets import KEY, listening
from tests.test_loop import without_nulls

BOOK = Told(
    "find_book",
    'Find a book "by" its title',
    '{"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}',
    "template",
    'There is no "{title}" {here} \\n \'\'\' """ 안녕',
)
SHELF = Told(
    "count_books",
    "Count the books on a shelf",
    '{"type": "object", "properties": {"shelf": {"type": "integer"}}, "required": ["shelf"]}',
    "template",
    "Shelf {shelf}: 12 books",
)
ODD = "비가 와요. \\ '\""
AGENT = ("get_current_weather", "celsius_to_fahrenheit")


def send(body: dict[str, Any]) -> Exchange:
    return connect("http://simulator.invalid/v1", "any key", transport=SimulatorTransport()).send(body).exchange


def settled(run: StagedRun) -> StagedRun:
    """The run at its end; the seed makes the simulator say the same again."""
    return advance_to_the_end(with_seed(run), send, "gpt-4")


def with_seed(run: StagedRun) -> StagedRun:
    return edit(run, run.opening("gpt-4") | {"seed": 1, "temperature": 0})


def answered(run: StagedRun, how: Answer) -> StagedRun:
    run = with_seed(run)
    for _ in range(3):
        run = advance(run, send, "gpt-4")
    return advance_to_the_end(answer_by(run, 0, 0, how), send, "gpt-4")


RUNS = {
    "course": lambda: settled(StagedRun(QUESTION, "functions", (GET_CURRENT_WEATHER,))),
    "unit by get": lambda: settled(StagedRun(QUESTION, "functions", (GET_CURRENT_WEATHER_UNIT_BY_GET,))),
    "tools": lambda: settled(StagedRun(QUESTION, "tools", (GET_CURRENT_WEATHER,), True)),
    "two cities": lambda: settled(
        StagedRun("What's the weather like in Seoul and Paris?", "tools", (GET_CURRENT_WEATHER,), True, max_steps=5)
    ),
    "agent": lambda: settled(
        StagedRun(
            "What's the weather like in Seoul, in Fahrenheit?",
            "functions",
            tuple(BUILT_IN[name] for name in AGENT),
            True,
            max_steps=10,
        )
    ),
    "own with a number": lambda: settled(
        StagedRun("How many books are on shelf 7?", "tools", (tool_of(SHELF),), choice="count_books")
    ),
    "own": lambda: settled(StagedRun('Find the book "Momo".', "tools", (tool_of(BOOK),), choice="find_book")),
    "typed": lambda: answered(
        StagedRun(QUESTION, "tools", (GET_CURRENT_WEATHER,)), Answer("person", "비가 와요. \\ '\"")
    ),
    "error": lambda: answered(StagedRun(QUESTION, "tools", (GET_CURRENT_WEATHER,)), Answer("error")),
    "nobody": lambda: answered(StagedRun(QUESTION, "functions", (GET_CURRENT_WEATHER,)), Answer("nobody")),
}
"""What a run may be like -> it."""


def comparable(body: Any) -> Any:
    """Without what differs between two runs or between two programs: the ids of calls, nulls, blanks in arguments."""
    body = without_nulls(json.loads(json.dumps(body)))
    for message in body["messages"]:
        message.pop("tool_call_id", None)
        message.pop("content", None) if message["role"] == "assistant" else None
        for call in message.get("tool_calls", ()):
            call.pop("id")
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    return body


def ran(program: str, folder: Path) -> str:
    file = folder / "program.py"
    file.write_text(program, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    done = subprocess.run(
        [sys.executable, str(file)],
        env=clean | {"OPENAI_API_KEY": KEY, "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", RUNS)
def test_the_script_sends_what_the_run_sent(name: str, tmp_path: Path) -> None:
    run = RUNS[name]()
    opening = run.steps[0].exchange.request

    with listening() as (url, arrivals):
        said = ran(run_export.as_script(run, opening, url), tmp_path)

    sent = [comparable(step.exchange.request) for step in run.steps]
    assert [comparable(body) for body in arrivals.bodies] == sent, said
    assert len(sent) >= 2
    assert set(arrivals.keys) == {f"Bearer {KEY}"}
    assert "tokens" in said


def test_the_notebook_is_one_and_its_code_is_the_script_s() -> None:
    run = RUNS["course"]()
    opening = run.steps[0].exchange.request

    book = run_export.as_notebook(run, opening, "http://127.0.0.1:8080/v1")

    nbformat.validate(nbformat.from_dict(book))
    code = "".join("".join(cell["source"]) for cell in book["cells"][2:])
    script = run_export.as_script(run, opening, "http://127.0.0.1:8080/v1")
    assert "".join(code.split()) == "".join(script.split())
    assert "getpass" in "".join(book["cells"][1]["source"])


@pytest.mark.parametrize("name", RUNS)
def test_each_program_compiles_and_holds_no_key(name: str) -> None:
    run = RUNS[name]()
    opening = run.steps[0].exchange.request

    for write in (run_export.as_script, run_export.as_langchain):
        program = write(run, opening, "https://api.openai.com/v1")

        compile(program, name, "exec")
        assert "sk-" not in program
        assert "from playground" not in program


@pytest.mark.parametrize("name", ["tools", "two cities"])
def test_the_langchain_agent_sends_what_the_run_sent(name: str, tmp_path: Path) -> None:
    if find_spec("langchain") is None and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("LangChain isn't installed: it stands in requirements-dev.txt")
    run = RUNS[name]()
    opening = {key: value for key, value in run.steps[0].exchange.request.items() if key not in ("seed", "temperature")}

    with listening() as (url, arrivals):
        said = ran(run_export.as_langchain(run, opening, url), tmp_path)

    def bare(body: Any) -> Any:
        return {key: value for key, value in comparable(body).items() if key in ("model", "messages", "tools")}

    assert [bare(body) for body in arrivals.bodies] == [bare(step.exchange.request) for step in run.steps], said


def test_the_json_of_a_run_holds_every_request_and_response() -> None:
    run = RUNS["two cities"]()

    written = json.loads(json.dumps(run_export.as_json(run)))

    assert [step["request"] for step in written["steps"]] == [step.exchange.request for step in run.steps]
    assert [len(step["results"]) for step in written["steps"]] == [2, 0]
    assert (written["stop"], written["steps"][0]["simulated"]) == ("answer", True)
