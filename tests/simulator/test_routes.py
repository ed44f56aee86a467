"""The simulator behind a real socket: the SDK and bare HTTP, and `python -m simulator` as a person starts it."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import openai
import pytest

from simulator.__main__ import announcement, arguments
from simulator.pacing import Pace
from simulator.routes import LARGEST, REMEMBERED, Seeds, Served, is_local
from tests.simulator.course import HELLO, SYSTEM
from tests.simulator.served import ROOT, program, served

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to the tests as well")
KEY = {"Authorization": "Bearer any"}
HELLO_BODY = {"model": "gpt-4", "messages": [HELLO], "temperature": 0}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture
def http(url: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=url, trust_env=False, headers=KEY, timeout=20) as client:
        yield client


def test_the_courses_calls_work_over_a_socket(url, course):
    body, message, (finish_reason, prompt, completion) = course

    response = openai.OpenAI(base_url=url, api_key="any").chat.completions.create(model="gpt-4", **body, temperature=0)

    choice = response.choices[0]
    assert (choice.message.content, choice.finish_reason) == (message["content"], finish_reason)
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (prompt, completion)


def test_a_stream_over_a_socket_arrives_frame_by_frame():
    with served(Pace(first_token_ms=60, token_ms=20)) as url:
        stream = openai.OpenAI(base_url=url, api_key="any").chat.completions.create(**HELLO_BODY, stream=True)

        begun = time.perf_counter()
        arrived = [(time.perf_counter() - begun, chunk.choices[0]) for chunk in stream]

    text = "".join(choice.delta.content or "" for _, choice in arrived)
    assert text == "Hello John! How can I assist you today?"
    assert arrived[-1][1].finish_reason == "stop"
    assert arrived[-1][0] - arrived[0][0] > 10 * 0.015


def test_an_answer_ends_when_its_reader_leaves():
    frames: list[bytes] = []
    gone = asyncio.Event()
    arrives = iter([{"type": "http.request", "body": json.dumps({**HELLO_BODY, "stream": True}).encode()}])

    async def receive() -> Any:
        if (message := next(arrives, None)) is None:
            await gone.wait()
        return message or {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        frames.append(message.get("body"))
        if len(frames) == 4:
            gone.set()

    headers = [(b"content-type", b"application/json"), (b"authorization", b"Bearer any")]
    scope = {"type": "http", "method": "POST", "path": "/v1/chat/completions", "headers": headers}
    asyncio.run(Served(Pace(token_ms=5))(scope, receive, send))

    assert len(frames) < 8


def test_other_requests_are_answered_while_a_stream_runs():
    with served(Pace(first_token_ms=20, token_ms=300)) as url:
        client = openai.OpenAI(base_url=url, api_key="any")
        stream = client.chat.completions.create(**HELLO_BODY, stream=True)
        next(iter(stream))

        begun = time.perf_counter()
        listed = client.models.list()
        took = time.perf_counter() - begun
        stream.close()

    assert listed.data
    assert took < 0.3


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_a_foreign_host_is_refused(http, host):
    answer = http.post("/chat/completions", json=HELLO_BODY, headers={"Host": host})

    assert answer.status_code == 403
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"])
def test_a_local_host_is_answered(http, host):
    assert http.post("/chat/completions", json=HELLO_BODY, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(http, kind):
    answer = http.post("/chat/completions", content=json.dumps(HELLO_BODY), headers={"Content-Type": kind})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unsupported_content_type"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/favicon.ico"),
        ("POST", "/v1/responses"),
        ("PUT", "/v1/chat/completions"),
        ("OPTIONS", "/v1/chat/completions"),
        ("GET", "/%2e%2e/v1/models?x=%00"),
    ],
)
def test_everything_unknown_is_the_apis_own_404(url, method, path):
    with httpx2.Client(trust_env=False, headers=KEY | {"Content-Type": "application/json"}) as client:
        answer = client.request(method, url.removesuffix("/v1") + path, content=b"{}" if method != "GET" else None)

    assert answer.status_code == 404
    assert answer.headers["x-simulator"] == "true"
    assert answer.json()["error"]["message"].startswith(f"Invalid URL ({method} /")


def test_no_other_site_may_read_an_answer(http):
    answer = http.get("/models", headers={"Origin": "https://evil.example"})

    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_body_beyond_the_limit_is_refused(http):
    answer = http.post("/chat/completions", content=b" " * (LARGEST + 1), headers={"Content-Type": "application/json"})

    assert answer.status_code == 413


def test_the_query_reaches_the_core(http):
    assert http.get("/models/gpt-4?x=1").json()["id"] == "gpt-4"


def test_a_seed_of_the_server_gives_everyone_the_same_answers():
    haiku = [{"role": "user", "content": "Write a haiku about rain."}]
    answers = []

    for _ in range(2):
        with served(seed=3) as url:
            client = openai.OpenAI(base_url=url, api_key="any")
            create = client.chat.completions.create
            asked = [create(model="gpt-4", messages=haiku) for _ in range(4)]
            answers.append([answer.choices[0].message.content for answer in asked])

    assert answers[0] == answers[1]
    assert len(set(answers[0])) > 1


def test_a_request_with_a_seed_keeps_it():
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": "Write a haiku about rain."}], "seed": 5}
    answers = set()

    for seed in (1, 2, None):
        with served(seed=seed) as url:
            answer = openai.OpenAI(base_url=url, api_key="any").chat.completions.create(**body)
            answers.add(answer.choices[0].message.content)

    assert len(answers) == 1


def test_seeds_depend_on_the_request_and_how_often_this_caller_made_it():
    seeds = Seeds(1)

    ann = [seeds.draw("Ann", b"a"), seeds.draw("Ann", b"b"), seeds.draw("Ann", b"a")]
    ben = [seeds.draw("Ben", b"b"), seeds.draw("Ben", b"a"), seeds.draw("Ben", b"a")]

    assert len(set(ann)) == 3
    assert sorted(ann) == sorted(ben)
    assert Seeds(2).draw("Ann", b"a") != ann[0]


def test_seeds_remember_no_more_than_so_many_requests():
    seeds = Seeds(1)

    for number in range(REMEMBERED + 10):
        seeds.draw("Ann", str(number).encode())

    assert len(seeds._asked) == REMEMBERED


@pytest.mark.parametrize("name", ["localhost.", "127.0.0.1x", "localhost.evil.example", "0x7f000001", "2130706433"])
def test_what_only_looks_local_is_not(name):
    assert not is_local(name)


@pytest.fixture
def started() -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Start `python -m simulator` as a program; gives it and its base URL once it says so."""
    with ExitStack() as running:
        yield lambda *more: running.enter_context(program(*more))


@posix
def test_the_program_says_where_it_is_and_ends_quietly(started):
    running, url = started("--seed", "1", "--pace", "instant")
    answer: Any = openai.OpenAI(base_url=url, api_key="any").chat.completions.create(
        model="gpt-4", messages=[SYSTEM, HELLO]
    )

    running.send_signal(signal.SIGINT)
    running.wait(timeout=20)

    assert answer.usage.total_tokens == 34
    assert running.stderr.read() == ""
    assert running.returncode == 130


@posix
def test_ctrl_c_ends_it_in_the_middle_of_an_answer_too(started):
    running, url = started()
    stream = openai.OpenAI(base_url=url, api_key="any").chat.completions.create(
        **HELLO_BODY, stream=True, extra_headers={"x-sim-fault": "stall"}
    )
    next(iter(stream))

    running.send_signal(signal.SIGINT)
    running.wait(timeout=20)

    assert running.stderr.read() == ""


@pytest.mark.parametrize(("fault", "arrive"), [("reset", 4), ("refused", 0)])
def test_the_program_resets_a_connection_where_that_is_asked_for(started, fault, arrive):
    _, url = started("--pace", "instant")
    host, port = url.split("/")[2].split(":")
    body = json.dumps(HELLO_BODY | {"stream": True})
    head = f"host: {host}:{port}\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\n"
    head += f"x-sim-fault: {fault}\r\ncontent-length: {len(body)}\r\n\r\n"

    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.sendall(f"POST /v1/chat/completions HTTP/1.1\r\n{head}{body}".encode())
        got = b""
        with pytest.raises(ConnectionResetError):
            while piece := client.recv(65536):
                got += piece

    assert got.count(b"data: ") == arrive


def test_behind_a_proxy_a_connection_that_is_not_found_is_closed(started):
    _, url = started("--pace", "instant")
    client = httpx2.Client(headers={"x-forwarded-for": "203.0.113.9", "authorization": "Bearer any"}, trust_env=False)

    with client, pytest.raises(httpx2.RemoteProtocolError):
        client.post(f"{url}/chat/completions", json=HELLO_BODY, headers={"x-sim-fault": "refused"})


@posix
@pytest.mark.parametrize("fault", ["cut", "reset", "refused"])
def test_an_answer_broken_on_purpose_is_no_error_of_the_program(started, fault):
    running, url = started("--pace", "instant")
    client = openai.OpenAI(base_url=url, api_key="any", max_retries=0)

    with pytest.raises(openai.APIConnectionError):
        client.chat.completions.create(**HELLO_BODY, extra_headers={"x-sim-fault": fault})

    running.send_signal(signal.SIGINT)
    running.wait(timeout=20)
    assert running.stderr.read() == ""


def test_a_port_that_is_taken_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        ended = subprocess.run(
            [sys.executable, "-m", "simulator", "--port", port], cwd=ROOT, capture_output=True, text=True, timeout=60
        )

    assert ended.returncode != 0
    assert "address already in use" in ended.stderr.lower()
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--port", "x"], ["--pace", "fast"], ["--seed", "a"]])
def test_a_wrong_command_line_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(wrong)

    assert ended.value.code == 2
    assert wrong[1] in capsys.readouterr().err


def test_the_announcement_names_an_address_that_can_be_connected_to():
    everywhere = announcement("0.0.0.0", 8080)

    assert "export OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=anything" in everywhere
    assert "On another machine" in everywhere
    assert "http://[::1]:8080/v1" in announcement("::1", 8080)
