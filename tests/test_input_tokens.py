"""A chat request in the shape of /responses/input_tokens, and what a server answers to it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from playground.client import connect
from playground.input_tokens import ENDPOINT, as_responses, counted
from playground.messages import user
from playground.sample_requests import samples
from playground.tools import GET_CURRENT_WEATHER

HI = {"model": "gpt-4o", "messages": [user("Hi")]}


@pytest.mark.parametrize("number", [3, 5], ids=["functions", "tools"])
def test_a_call_and_its_result_are_items_that_name_each_other(number):
    body, lost = as_responses(samples("gpt-4o")[number].body)

    question, call, result = body["input"]
    assert question == {"role": "user", "content": "What's the weather like in Seoul?"}
    assert (call["type"], call["name"]) == ("function_call", "get_current_weather")
    assert result["type"] == "function_call_output"
    assert result["call_id"] == call["call_id"] != ""
    assert lost == ()


@pytest.mark.parametrize("number", [2, 4], ids=["functions", "tools"])
def test_tools_are_flat(number):
    body, _lost = as_responses(samples("gpt-4o")[number].body)

    assert body["tools"] == [{"type": "function", **GET_CURRENT_WEATHER.definition}]


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ({"tool_choice": "none"}, "none"),
        ({"function_call": {"name": "f"}}, {"type": "function", "name": "f"}),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, {"type": "function", "name": "f"}),
    ],
)
def test_a_choice_goes_along(said, choice):
    assert as_responses(HI | said)[0]["tool_choice"] == choice


def test_parts_are_named_as_the_endpoint_names_them_and_what_it_cannot_take_is_listed():
    parts = [
        {"type": "text", "text": "See"},
        {"type": "image_url", "image_url": {"url": "https://example.org/a.png", "detail": "low"}},
        {"type": "input_audio", "input_audio": {}},
    ]

    body, lost = as_responses(HI | {"messages": [user(parts) | {"name": "John"}]})  # type: ignore[arg-type]

    assert body["input"][0]["content"] == [
        {"type": "input_text", "text": "See"},
        {"type": "input_image", "image_url": "https://example.org/a.png", "detail": "low"},
    ]
    assert lost == ("messages[0].name", "messages[0].content[2]")


def test_the_format_of_the_answer_is_flat_too():
    schema = {"name": "day", "strict": True, "schema": {"type": "object"}}

    body, _lost = as_responses(HI | {"response_format": {"type": "json_schema", "json_schema": schema}})

    assert body["text"] == {"format": {"type": "json_schema", **schema}}


@pytest.mark.parametrize("messages", [None, "no list", [None, 3], [{}], [{"tool_calls": [None]}]])
def test_an_odd_body_becomes_an_odd_one_and_never_an_error(messages):
    json.dumps(as_responses({"messages": messages})[0])


def test_the_count_comes_from_the_endpoint_through_the_one_door():
    asked = []

    def server(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.method, request.url.path, json.loads(request.content)))
        return httpx2.Response(200, json={"object": "response.input_tokens", "input_tokens": 8})

    exchanges = []
    client = connect("http://server.invalid/v1", "key", httpx2.MockTransport(server), exchanges.append)

    exchange = client.send(as_responses(HI)[0], ENDPOINT).exchange

    assert counted(exchange) == 8
    assert asked == [("POST", "/v1/responses/input_tokens", as_responses(HI)[0])]
    assert exchanges == [exchange]


class Counting(BaseHTTPRequestHandler):
    """Answers as the endpoint does, with as many tokens as there are letters in the input."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = self.path == "/v1/responses/input_tokens" and self.headers["Authorization"] == "Bearer key"
        letters = sum(len(item["content"]) for item in body["input"])
        answer = json.dumps({"object": "response.input_tokens", "input_tokens": letters}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


def test_the_count_comes_over_a_real_connection_and_is_recorded():
    with HTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.handle_request).start()

        recorded = []
        client = connect(f"http://127.0.0.1:{server.server_port}/v1", "key", on_exchange=recorded.append)
        exchange = client.send(as_responses(HI)[0], ENDPOINT).exchange

    assert counted(exchange) == len("Hi")
    assert recorded == [exchange]
    assert exchange.outcome == "complete"
    assert "authorization" not in {name.lower() for name in dict(exchange.request_headers)}


def test_a_refusal_counts_nothing():
    refusal = {"error": {"message": "no such endpoint", "type": "invalid_request_error"}}
    server = httpx2.MockTransport(lambda request: httpx2.Response(404, json=refusal))

    exchange = connect("http://server.invalid/v1", "key", server).send(as_responses(HI)[0], ENDPOINT).exchange

    assert counted(exchange) is None
    assert exchange.error
