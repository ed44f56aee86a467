"""The simulator's core: a request in, a response out. It knows no framework and no socket, and it never raises.

A stream's body is an iterator that draws while it is taken. How fast its frames follow each other, the adapter says.

>>> handle(Request("GET", "/v1/models/gpt-4", {"authorization": "Bearer any"}, b"")).status
200
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from playground import ledger, models
from playground.errors import PlaygroundError, TextTooLong
from simulator import effects, faults
from simulator.completion import Completion
from simulator.faults import Answer, Fault, WireFault
from simulator.refusals import Refusal
from simulator.spoilt_answers import asked_body
from simulator.text_completion import MAX_TOKENS, TextCompletion, prompts
from simulator.text_rules import TEXT_EFFECTS, text_length_refusal, text_refusal
from simulator.validation import NOT_JSON, key_refusal, length_refusal, model_refusal, parse, refusal


@dataclass(frozen=True)
class Request:
    """What arrives: the path may carry a query, header names any case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    seed: int | None = None
    """What to draw from when the body names no seed; without it, from chance."""


@dataclass(frozen=True)
class Response:
    """What is answered. An adapter sends it, at a pace of its own."""

    status: int
    headers: Mapping[str, str]
    body: bytes | Iterator[bytes]
    wire_fault: WireFault | None = None
    """What the adapter does to the connection, because the request asked for it."""
    tokens: int = 0
    """Tokens that had to be written before this body could be sent; 0 for a stream."""
    delay: float = 0.0
    """Seconds until it begins, because the request asked for it."""
    together: int = 1
    """Frames of a stream that a real model sends at the same time: one for each choice."""


_FOUND = {"content-type": "application/json"}
_STREAM = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache"}
_LIMITS = {
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-limit-tokens": "150000",
    "x-ratelimit-remaining-requests": "59",
    "x-ratelimit-remaining-tokens": "149984",
    "x-ratelimit-reset-requests": "1s",
    "x-ratelimit-reset-tokens": "6m0s",
}
"""The sample of OpenAI's guide to rate limits, for programs that read them. The simulator limits nobody."""
DONE = b"data: [DONE]\n\n"


def handle(request: Request) -> Response:
    """Answer a request as the API would."""
    started = time.perf_counter()
    headers = {name.lower(): value for name, value in request.headers.items()}
    return _signed(_faulty(request, headers), time.perf_counter() - started)


def refused(refusal: Refusal) -> Response:
    """Answer with a refusal of the adapter's own: what only it can see is wrong with a request."""
    return _signed(_refused(refusal), 0.0)


def _signed(response: Response, seconds: float) -> Response:
    own = {
        "x-simulator": "true",
        "x-request-id": f"req_{uuid4().hex}",
        "openai-processing-ms": str(round(seconds * 1000)),
        "openai-version": "2020-10-01",
    }
    return replace(response, headers={**response.headers, **own})


def _faulty(request: Request, headers: Mapping[str, str]) -> Response:
    """Answer, with the fault that the request asks for."""
    fault = faults.asked_for(headers)
    if isinstance(fault, Refusal):
        return _refused(fault)
    if fault is None:
        return _answered(request, headers)
    if fault.refusal:
        return _refused(fault.refusal, fault.headers)
    if fault.html:
        return Response(fault.html, {"content-type": "text/html; charset=utf-8"}, faults.PAGE)
    return replace(_spoilt(_answered(request, headers, fault.answer), fault), delay=fault.delay)


def _spoilt(response: Response, fault: Fault) -> Response:
    if fault.wire:
        return replace(response, wire_fault=fault.wire)
    if fault.spoilt is None:
        return response
    if isinstance(response.body, bytes):
        # An answer in one piece has no middle; what is wrong with it is wrong from the beginning.
        return (
            _refused(faults.BROKEN) if fault.spoilt == "error-midstream" else replace(response, body=response.body[:40])
        )
    return replace(response, body=faults.spoil(response.body, fault.spoilt, _event(faults.BROKEN.body())))


def _answered(request: Request, headers: Mapping[str, str], fault: Answer | None = None) -> Response:
    method, path = request.method.upper(), request.path.partition("?")[0]
    path = path.rstrip("/") or "/"
    if (method, path) == ("POST", "/v1/chat/completions"):
        answer = _completions
    elif (method, path) == ("POST", "/v1/completions"):
        answer = _texts
    elif method == "GET" and (path == "/v1/models" or path.startswith("/v1/models/")):
        answer = _models
    else:
        return _refused(Refusal(404, f"Invalid URL ({method} {path})"))
    wrong_key = key_refusal(headers)
    if wrong_key:
        return _refused(wrong_key)
    try:
        answered = answer(request, path, fault)
    except TextTooLong as error:
        answered = _refused(Refusal(400, str(error), param="messages", code="context_length_exceeded"))
    except PlaygroundError as error:
        answered = _refused(Refusal(500, str(error), "server_error"))
    return answered if answer is _models else replace(answered, headers={**_LIMITS, **answered.headers})


def _completions(request: Request, path: str, fault: Answer | None) -> Response:
    body = parse(request.body)
    if isinstance(body, Refusal):
        return _refused(body)
    wrong = refusal(body)
    if wrong:
        return _refused(wrong)
    prompt_tokens = ledger.count_prompt(body).total
    wrong = length_refusal(body, prompt_tokens)
    if wrong:
        return _refused(wrong)
    asked = asked_body(body, fault) if fault else body
    if isinstance(asked, Refusal):
        return _refused(asked)
    return _drawn(Completion(asked, prompt_tokens, request.seed, fault), body, effects.EFFECTS)


def _texts(request: Request, path: str, fault: Answer | None) -> Response:
    body = parse(request.body)
    wrong = body if isinstance(body, Refusal) else text_refusal(body)
    if fault and not wrong:
        wrong = Refusal(400, f"The fault '{fault}' is one of chat completions.")
    if isinstance(body, Refusal) or wrong:
        return _refused(wrong or NOT_JSON)
    read = prompts(body)
    asked = body.get("max_tokens")
    longest = max(len(prompt.ids) for prompt in read)
    wrong = text_length_refusal(body, longest, MAX_TOKENS if asked is None else asked)
    return _refused(wrong) if wrong else _drawn(TextCompletion(body, read, request.seed), body, TEXT_EFFECTS)


def _drawn(
    completion: Completion | TextCompletion, body: Mapping[str, Any], table: Mapping[str, effects.Effect]
) -> Response:
    told = {effects.HEADER: effects.header(body, table)}
    if body.get("stream"):
        return Response(200, {**_STREAM, **told}, _events(completion), together=completion.n)
    whole = completion.whole()
    return Response(200, {**_FOUND, **told}, _written(whole), tokens=completion.tokens)


def _models(request: Request, path: str, fault: Answer | None) -> Response:
    name = path.removeprefix("/v1/models").lstrip("/")
    if not name:
        listed = {"object": "list", "data": [_described(model.id) for model in models.MODELS]}
        return Response(200, _FOUND, _written(listed))
    unknown = model_refusal(name)
    if unknown and unknown.code == "model_not_found":
        return _refused(replace(unknown, message=f"The model '{name}' does not exist", param="model"))
    return Response(200, _FOUND, _written(_described(name)))


def _described(name: str) -> dict[str, Any]:
    # The catalogue has no dates of birth, and the simulator makes none up.
    return {"id": name, "object": "model", "created": 0, "owned_by": "simulator"}


def _refused(refusal: Refusal, more: Mapping[str, str] | None = None) -> Response:
    return Response(refusal.status, {**_FOUND, **(more or {})}, _written(refusal.body()))


def _events(completion: Completion | TextCompletion) -> Iterator[bytes]:
    for chunk in completion.chunks():
        yield _event(chunk)
    yield DONE


def _event(data: Mapping[str, Any]) -> bytes:
    return b"data: " + _encoded(json.dumps(data, ensure_ascii=False, separators=(",", ":"))) + b"\n\n"


def _written(data: Mapping[str, Any]) -> bytes:
    return _encoded(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _encoded(text: str) -> bytes:
    # Half of a surrogate pair is valid in JSON but has no UTF-8.
    return text.encode("utf-8", "replace")
