"""Each program sends the very request that it stands for, and never holds a key."""

import ast
import inspect
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openai.resources.chat import Completions as ChatCompletions
from openai.resources.completions import Completions

from playground.snippets import ARGUMENTS, CHAT, COMPLETIONS, LANGUAGES, as_curl, as_javascript, as_python, place
from tests.snippets import BODIES, KEY, ODD, REFUSED, Arrivals, listening

# JavaScript writes a whole double above 2**53 in its shortest digits, which Python reads as another whole number.
FLOATS = st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not x.is_integer() or abs(x) < 2**53)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=5)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Arrivals]]:
    with listening() as running:
        yield running


def run(*command: str) -> subprocess.CompletedProcess[str]:
    names = ("PATH", "SYSTEMROOT", "HOME", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= {"OPENAI_API_KEY": KEY, "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=60)


def needed(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} isn't installed")
    return found


def by_python(body: dict[str, Any], url: str, **where: Any) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-c", as_python(body, url, **where).replace("\x00", "\\0"))


def by_curl(body: dict[str, Any], url: str, **where: Any) -> subprocess.CompletedProcess[str]:
    needed("curl")
    return run(needed("sh"), "-c", as_curl(body, url, **where))


def by_node(body: dict[str, Any], url: str, **where: Any) -> subprocess.CompletedProcess[str]:
    return run(needed("node"), "--input-type=module", "-e", as_javascript(body, url, **where))


@pytest.mark.parametrize("way", [by_python, by_curl, by_node])
@pytest.mark.parametrize("name", BODIES)
def test_a_program_sends_the_request_that_it_stands_for(
    server: tuple[str, Arrivals], name: str, way: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    url, arrived = server
    before = len(arrived.bodies)

    result = way(BODIES[name], url)

    assert arrived.bodies[before:] == [BODIES[name]] * len(arrived.bodies[before:]), result.stderr
    assert len(arrived.bodies) > before, result.stderr
    assert arrived.keys[-1] == f"Bearer {KEY}"
    if name not in REFUSED:
        assert result.returncode == 0, result.stderr
        assert result.stdout.strip()


@pytest.mark.parametrize("way", [by_python, by_curl, by_node])
def test_the_older_endpoint_has_programs_too(
    server: tuple[str, Arrivals], way: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    url, arrived = server
    body = {"model": "gpt-3.5-turbo-instruct", "prompt": ["Say this", ODD], "echo": False, "max_tokens": 5}

    result = way(body, url, endpoint=COMPLETIONS)

    assert arrived.bodies[-1] == body, result.stderr


@given(OBJECTS)
def test_python_reads_the_literal_back(value: dict[str, Any]) -> None:
    tree = ast.parse(as_python({"model": "m", "messages": [], "metadata": value}, "http://server.invalid/v1"))

    keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]

    assert [ast.literal_eval(each.value) for each in keywords if each.arg == "metadata"] == [value]


@given(OBJECTS)
def test_a_shell_reads_the_json_back(value: dict[str, Any]) -> None:
    words = shlex.split(as_curl(value, "http://server.invalid/v1").replace("\\\n", ""))

    assert json.loads(words[-1]) == value
    assert words[1 if "--no-buffer" not in words else 2] == "http://server.invalid/v1/chat/completions"


# Each example starts node, so it holds many objects: more than hypothesis likes to draw at once.
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.lists(OBJECTS, min_size=5, max_size=15))
def test_javascript_reads_the_literal_back(values: list[Any]) -> None:
    program = as_javascript({"values": values}, "http://server.invalid/v1")
    kept = "globalThis.fetch = async (url, {body}) => ({json: async () => body});"
    said = "console.log = text => process.stdout.write(text);"

    result = run(needed("node"), "--input-type=module", "-e", f"{kept}\n{said}\n{program}")

    assert json.loads(result.stdout) == {"values": values}, result.stderr


def test_what_create_takes_by_name_is_what_the_sdk_takes() -> None:
    own = {"self", "extra_headers", "extra_query", "extra_body", "timeout"}
    for endpoint, resource in ((CHAT, ChatCompletions), (COMPLETIONS, Completions)):
        taken = inspect.signature(resource.create).parameters.keys() - own

        assert ARGUMENTS[endpoint] <= taken


@pytest.mark.parametrize("write", [write for _name, write in LANGUAGES.values()], ids=LANGUAGES)
def test_a_key_is_named_never_written(write: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    program = write(BODIES["plain"], "https://api.openai.com/v1", CHAT)

    assert KEY not in program
    assert "OPENAI_API_KEY" in program


@pytest.mark.parametrize("write", [write for _name, write in LANGUAGES.values()], ids=LANGUAGES)
def test_hangul_is_readable(write: Callable[..., str]) -> None:
    assert "안녕하세요" in write(BODIES["odd"], "https://api.openai.com/v1", CHAT)


def test_an_address_is_split_where_its_endpoint_begins() -> None:
    assert place("http://127.0.0.1:8080/v1/completions") == ("http://127.0.0.1:8080/v1", COMPLETIONS)
    assert place("http://127.0.0.1:8080/v1/embeddings") is None
