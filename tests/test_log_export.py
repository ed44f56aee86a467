"""What is taken along holds what was recorded, and no key."""

import json

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.client import connect
from playground.exchange import Exchange
from playground.log_export import to_json
from playground.messages import user
from simulator.transport import BASE_URL, SimulatorTransport
from tests.exchanges import exchange

KEY = "sk-test-0123456789abcdef"
BODY = {"model": "gpt-4", "messages": [user("안녕!")]}


def exported(*exchanges: Exchange, secrets: tuple[str, ...] = ()) -> list[dict]:  # type: ignore[type-arg]
    return json.loads(to_json(exchanges, secrets))["exchanges"]


def bare(body: bytes) -> Exchange:
    return exchange(request_body=body, status=None, response_headers=())


@pytest.mark.parametrize("stream", [False, True])
def test_an_exchange_of_the_simulator_is_all_there(stream: bool) -> None:
    exchange = connect(BASE_URL, KEY, SimulatorTransport()).send(BODY | {"stream": stream}).exchange

    (kept,) = exported(exchange)

    assert kept["request"]["json"] == exchange.request
    assert kept["request"]["text"] == exchange.request_body.decode()
    assert kept["response"]["json"] == exchange.response
    assert [each["data"] for each in kept["response"].get("events", [])] == [event.data for event in exchange.events]
    assert kept["response"].get("text") == (None if stream else exchange.response_body.decode())
    assert (kept["response"]["status"], kept["outcome"], kept["error"]) == (200, "complete", None)


def test_no_key_leaves_whoever_said_it() -> None:
    def careless(request: httpx2.Request) -> httpx2.Response:
        error = {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}
        return httpx2.Response(401, json={"error": error}, headers={"x-echo": request.headers["authorization"]})

    client = connect("http://server.invalid/v1", KEY, httpx2.MockTransport(careless))
    exchange = client.send(BODY | {"user": f"my key is {KEY}, is that wrong?"}).exchange

    text = to_json([exchange], (KEY, "")).decode()

    assert KEY not in text
    assert "my key is [key], is that wrong?" in text
    assert "Incorrect API key provided: [key]" in text


@given(st.text('ab"\\\n서', min_size=8), st.text())
def test_a_secret_is_cut_out_and_the_rest_stays_json(secret: str, around: str) -> None:
    body = json.dumps({"a": f"{around} {secret} {around}"}).encode()

    (kept,) = exported(bare(body), secrets=(secret,))

    assert secret not in kept["request"]["json"]["a"]
    assert json.dumps(secret)[1:-1] not in kept["request"]["text"]
    assert secret in around or kept["request"]["json"] == {"a": f"{around} [key] {around}"}


def test_a_body_that_is_no_text_is_there_too() -> None:
    assert exported(bare(b"\xff\xfe"))[0]["request"]["base64"] == "//4="


def test_the_longer_of_two_secrets_goes_first() -> None:
    (kept,) = exported(bare(b'{"a": "secret-one-two"}'), secrets=("secret-one", "secret-one-two"))

    assert kept["request"]["json"] == {"a": "[key]"}
