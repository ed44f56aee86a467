"""Who may import whom, and a few rules of the house that an ast can hold. What each rule is for, the README says."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("pages", "components", "playground", "simulator")
SOURCES = sorted([ROOT / "app.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))])
SIMULATOR_MAY_USE = {"encodings", "errors", "language", "ledger", "models", "parameters", "patterns", "strict"}
DOORS = {"openai": "playground/client.py", "tiktoken": "playground/encodings.py"}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "service"}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(source: str, package: str = "") -> set[str]:
    """Every module that a source names in an import, wherever it stands: `from a import b` gives a and a.b."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def forbidden(file: str, source: str) -> list[str]:
    """What this file imports and may not."""
    room = file.split("/")[0]
    wrong = []
    for module in sorted(imports(source, package=".".join(file.split("/")[:-1]))):
        top, _, rest = module.partition(".")
        below = rest.split(".")[0]
        reasons = (
            top == "app",
            top == "tests",
            top in DOORS and file != DOORS[top],
            top == "streamlit" and room in ("playground", "simulator"),
            top == "pages" and room != "app.py",
            top == "components" and room not in ("app.py", "pages", "components"),
            top == "playground" and room == "simulator" and bool(below) and below not in SIMULATOR_MAY_USE,
            top == "simulator" and room != "simulator" and file != "components/connection.py",
        )
        if any(reasons):
            wrong.append(module)
    return wrong


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_a_module_imports_only_what_its_room_may(file: Path):
    assert forbidden(name(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "line", "module"),
    [
        ("playground/tokens.py", "import streamlit as st", "streamlit"),
        ("playground/tokens.py", "import tiktoken", "tiktoken"),
        ("playground/client.py", "from simulator.transport import SimulatorTransport", "simulator.transport"),
        ("simulator/model.py", "from playground import client", "playground.client"),
        ("simulator/model.py", "def late():\n    from playground.client import connect", "playground.client"),
        ("components/charts.py", "import openai.types", "openai.types"),
        ("components/charts.py", "from simulator import api", "simulator.api"),
        ("pages/chat.py", "from pages import home", "pages.home"),
        ("pages/chat.py", "from . import home", "pages.home"),
        ("components/shell.py", "import app", "app"),
    ],
)
def test_a_forbidden_import_is_seen(file: str, line: str, module: str):
    assert module in forbidden(file, line)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("playground/client.py", "import openai"),
        ("simulator/model.py", "from playground import encodings"),
        ("components/connection.py", "from simulator.transport import SimulatorTransport"),
        ("pages/chat.py", "import streamlit as st\nfrom components import state\nfrom playground import messages"),
    ],
)
def test_an_allowed_import_passes(file: str, line: str):
    assert forbidden(file, line) == []


def test_session_state_is_named_in_one_file():
    named = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if getattr(node, "attr", getattr(node, "id", "")) == "session_state":
                named.add(name(file))

    assert named == {"components/state.py"}


def test_nothing_a_person_wrote_can_become_html():
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            keyword = getattr(node, "arg", "") or ""
            assert not str(keyword).startswith("unsafe_allow"), f"{name(file)}:{getattr(node, 'lineno', '')}"


def test_the_one_way_into_a_page_is_through_the_entry():
    for file in (ROOT / "pages").glob("*.py"):
        body = ast.parse(file.read_text(encoding="utf-8")).body
        statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
        docstring, first = statements[:2]

        assert isinstance(docstring, ast.Expr), name(file)
        assert ast.unparse(first) == "through_entry()", name(file)


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_a_module_says_what_it_is_and_stays_short(file: Path):
    source = file.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(source)), "the first line says what the module is"
    assert len(source.splitlines()) <= (150 if file.parent.name == "pages" else 300)


def test_nothing_has_a_name_that_says_nothing():
    for file in SOURCES:
        named = [*file.relative_to(ROOT).with_suffix("").parts]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                named.append(node.name)
        words = {word.lower() for each in named for word in re.findall(r"[A-Z]?[a-z]+", each)}

        assert not words & SAYS_NOTHING, name(file)
