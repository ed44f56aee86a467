"""Laws of whole answers, for any prompt and setting: what a seed, a temperature and a ban always do."""

import json
import math

import openai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai.types import Completion
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from pydantic import BaseModel

from playground import encodings
from simulator.api import Request, handle
from tests.simulator.conftest import KEY, send
from tests.simulator.course import FUNCTION, WEATHER

PROMPTS = (
    "Hello! I'm John.",
    "안녕! 나는 민수야.",
    "Write a haiku about the sea.",
    "슬로건 하나 만들어 줘",
    "What is a token?",
    "asdf qwer",
)
prompts = st.sampled_from(PROMPTS)
seeds = st.integers(0, 10**6)
temperatures = st.sampled_from([0.2, 0.7, 1, 1.5, 2])
FORMAT = {
    "type": "json_schema",
    "json_schema": {
        "name": "it",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"answer": {"type": "string"}},
            "required": ["answer"],
            "additionalProperties": False,
        },
    },
}
SHAPES = {
    "words": {},
    "several": {"n": 3, "temperature": 2},
    "explained": {"logprobs": True, "top_logprobs": 3},
    "tools": {"messages": [WEATHER], "tools": [{"type": "function", "function": FUNCTION}]},
    "functions": {"messages": [WEATHER], "functions": [FUNCTION]},
    "json": {"response_format": FORMAT},
    "usage": {"stream_options": {"include_usage": True, "include_obfuscation": True}},
}


def ask(prompt: str = PROMPTS[0], **more) -> dict:
    response = send({"model": "gpt-4", "messages": [{"role": "user", "content": prompt}], **more})
    assert response.status == 200, response.body
    return json.loads(response.body)


def said(answer: dict) -> list[str]:
    return [choice["message"]["content"] for choice in answer["choices"]]


def tokens(answer: dict) -> list[dict]:
    return answer["choices"][0]["logprobs"]["content"]


def first(prompt: str, **more) -> dict[str, float]:
    """What may come first, with its probability."""
    body = {"logprobs": True, "top_logprobs": 20, "max_tokens": 1, **more}
    likeliest = tokens(ask(prompt, **body))[0]["top_logprobs"]
    return {one["token"]: math.exp(one["logprob"]) for one in likeliest}


@settings(max_examples=40)
@given(prompt=prompts, seed=seeds, other=seeds)
def test_at_temperature_0_no_seed_changes_the_answer(prompt, seed, other):
    assert said(ask(prompt, temperature=0, seed=seed)) == said(ask(prompt, temperature=0, seed=other))


@settings(max_examples=40)
@given(prompt=prompts, pair=st.tuples(temperatures, temperatures), seed=seeds)
def test_what_may_come_first_is_flatter_at_a_higher_temperature(prompt, pair, seed):
    cool, warm = (first(prompt, temperature=each, seed=seed) for each in sorted(pair))

    assert max(cool.values()) >= max(warm.values()) - 1e-9


@settings(max_examples=40)
@given(prompt=prompts, temperature=temperatures, pair=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_what_a_smaller_top_p_allows_a_larger_one_allows(prompt, temperature, pair):
    narrow, wide = (first(prompt, temperature=temperature, top_p=each, seed=1) for each in sorted(pair))

    assert {token for token, p in narrow.items() if p > 0} <= {token for token, p in wide.items() if p > 0}


@settings(max_examples=40)
@given(prompt=prompts, temperature=temperatures, top_p=st.floats(0, 1), seed=seeds)
def test_no_more_than_everything_is_likely_and_what_was_drawn_could_be(prompt, temperature, top_p, seed):
    answer = ask(prompt, temperature=temperature, top_p=top_p, seed=seed, logprobs=True, top_logprobs=20)

    for token in tokens(answer):
        assert sum(math.exp(one["logprob"]) for one in token["top_logprobs"]) <= 1 + 1e-9
        assert -9999 < token["logprob"] <= 0


@settings(max_examples=30)
@given(prompt=prompts, temperature=temperatures, n=st.integers(1, 5), seed=seeds)
def test_n_choices_are_n_seeds(prompt, temperature, n, seed):
    alone = [said(ask(prompt, temperature=temperature, seed=seed + way))[0] for way in range(n)]

    assert said(ask(prompt, temperature=temperature, seed=seed, n=n)) == alone


@settings(max_examples=40)
@given(prompt=prompts, temperature=st.just(0) | temperatures, seed=seeds, at=st.integers(0, 20))
def test_a_token_that_is_banned_never_appears(prompt, temperature, seed, at):
    body = {"temperature": temperature, "seed": seed, "logprobs": True}
    drawn = tokens(ask(prompt, **body))
    data = bytes(drawn[at % len(drawn)]["bytes"])
    banned = encodings.load("cl100k_base").encode_single_token(data)

    again = tokens(ask(prompt, **body, logit_bias={str(banned): -100}))

    assert data not in [bytes(one["bytes"]) for one in again]


@settings(max_examples=60)
@given(
    prompt=prompts,
    temperature=st.just(0) | temperatures,
    seed=seeds,
    at=st.integers(0, 40),
    length=st.integers(1, 9),
    stream=st.booleans(),
)
def test_a_stop_text_never_appears_wherever_the_tokens_part_it(prompt, temperature, seed, at, length, stream):
    body = {"temperature": temperature, "seed": seed}
    whole = said(ask(prompt, **body))[0]
    stop = whole[at % len(whole) :][:length]

    response = send({"model": "gpt-4", "messages": [{"role": "user", "content": prompt}], "stop": stop, **body})

    if stream:
        chunks = ask_streamed(prompt, stop=stop, **body)
        text = "".join(choice["delta"].get("content") or "" for chunk in chunks for choice in chunk["choices"])
    else:
        text = said(json.loads(response.body))[0]
    assert text == whole[: whole.index(stop)]


def ask_streamed(prompt: str = PROMPTS[0], **more) -> list[dict]:
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": prompt}], "stream": True, **more}
    frames = b"".join(send(body).body).decode().split("\n\n")[:-2]
    return [json.loads(frame.removeprefix("data: ")) for frame in frames]


def unknown_keys(value: object, path: str = "") -> list[str]:
    """The keys that the SDK's types don't have: it keeps those without a word."""
    if isinstance(value, list):
        return [key for one in value for key in unknown_keys(one, path)]
    if not isinstance(value, BaseModel):
        return []
    inner = [key for name in type(value).model_fields for key in unknown_keys(getattr(value, name), f"{path}.{name}")]
    return [f"{path}.{name}" for name in value.model_extra or {}] + inner


@pytest.mark.parametrize("shape", SHAPES)
def test_answers_and_chunks_pass_the_sdks_types_in_strict_mode(shape):
    more = {**SHAPES[shape]}
    options = {"stream_options": more.pop("stream_options")} if "stream_options" in more else {}

    answer = ChatCompletion.model_validate_json(json.dumps(ask(**more)), strict=True)
    chunks = [
        ChatCompletionChunk.model_validate_json(json.dumps(chunk), strict=True)
        for chunk in ask_streamed(**more, **options)
    ]

    assert unknown_keys(answer) == []
    assert [key for chunk in chunks for key in unknown_keys(chunk)] == []


@pytest.mark.parametrize("stream", [False, True])
def test_texts_pass_the_sdks_types_in_strict_mode(stream):
    body = {"model": "text-davinci-003", "prompt": ["Hi", "안녕"], "logprobs": 2, "stream": stream}

    response = handle(Request("POST", "/v1/completions", KEY, json.dumps(body).encode()))

    content = response.body if isinstance(response.body, bytes) else b"".join(response.body)
    frames = [part.removeprefix(b"data: ") for part in content.split(b"\n\n")[:-2]] if stream else [content]
    for frame in frames:
        # The SDK's type has no null here, though the API sends it until a text ends.
        frame = frame.replace(b'"finish_reason":null', b'"finish_reason":"stop"')
        assert unknown_keys(Completion.model_validate_json(frame, strict=True)) == []


def test_a_choice_among_tools_is_kept_to(connect):
    tools = [{"type": "function", "function": {**FUNCTION, "name": name}} for name in ("first", "second")]
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "tools": tools}
    client: openai.OpenAI = connect()

    named = client.chat.completions.create(**body, tool_choice={"type": "function", "function": {"name": "second"}})
    needed = client.chat.completions.create(**body, tool_choice="required")
    none = client.chat.completions.create(**body, tool_choice="none")

    assert [call.function.name for call in named.choices[0].message.tool_calls] == ["second"]
    assert named.choices[0].finish_reason == "stop"
    assert (len(needed.choices[0].message.tool_calls), needed.choices[0].finish_reason) == (1, "tool_calls")
    assert none.choices[0].message.tool_calls is None


def test_without_parallel_calls_one_is_asked_for_at_a_time():
    tools = [{"type": "function", "function": FUNCTION}]
    question = "What's the weather like in Seoul and in Paris?"

    both, one = (ask(question, tools=tools, parallel_tool_calls=several, temperature=0) for several in (True, False))

    assert [len(answer["choices"][0]["message"]["tool_calls"]) for answer in (both, one)] == [2, 1]
