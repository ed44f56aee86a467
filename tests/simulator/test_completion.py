"""Answers: the course's four calls, streams that say the same, and every parameter that has an effect."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings
from simulator.sampler import entropy
from tests.simulator.conftest import send
from tests.simulator.course import CALL, FUNCTION, HELLO, RESULT, SYSTEM, WEATHER

HAIKU = {"messages": [{"role": "user", "content": "Write a haiku about the sea."}]}
TOOLS = [{"type": "function", "function": FUNCTION}]


def said(answer: dict, index: int = 0) -> str:
    return answer["choices"][index]["message"]["content"]


def together(chunks: list[dict], index: int = 0) -> str:
    deltas = [choice["delta"] for chunk in chunks for choice in chunk["choices"] if choice["index"] == index]
    return "".join(delta.get("content") or "" for delta in deltas)


def message_of(answer: dict) -> dict:
    message = answer["choices"][0]["message"]
    return {key: message[key] for key in ("content", "function_call") if key in message}


def test_at_temperature_0_the_courses_answer_always_comes(course, ask):
    body, message, (finish_reason, prompt, completion) = course

    for _ in range(5):
        answer = ask(**body, temperature=0)

        assert message_of(answer) == message
        assert answer["choices"][0]["finish_reason"] == finish_reason
        assert (answer["usage"]["prompt_tokens"], answer["usage"]["completion_tokens"]) == (prompt, completion)


def test_without_a_temperature_the_courses_answer_comes_in_95_of_100_seeds(course, ask):
    body, message, (finish_reason, prompt, completion) = course

    answers = [ask(**body, seed=seed) for seed in range(200)]

    usual = [answer for answer in answers if message_of(answer) == message]
    assert len(usual) >= 190
    assert {answer["choices"][0]["finish_reason"] for answer in usual} == {finish_reason}
    assert {(a["usage"]["prompt_tokens"], a["usage"]["completion_tokens"]) for a in usual} == {(prompt, completion)}


def test_a_null_unit_costs_two_tokens_less_and_is_spoken_of_without_a_unit(ask):
    result = {**RESULT, "content": RESULT["content"].replace('"celsius"', "null")}

    answer = ask(messages=[WEATHER, CALL, result], temperature=0)

    assert answer["usage"]["prompt_tokens"] == 70
    assert said(answer) == "The current weather in Seoul is 25 degrees. The forecast indicates it's sunny and windy."


def test_an_answer_has_every_part_that_the_course_explains(ask):
    answer = ask(messages=[SYSTEM, HELLO], temperature=0)

    assert answer.pop("id").startswith("chatcmpl-")
    assert answer.pop("created") > 1_700_000_000
    assert answer == {
        "object": "chat.completion",
        "model": "gpt-4-0613-simulated",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Hello John! How can I assist you today?",
                    "refusal": None,
                    "annotations": [],
                },
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": 23,
            "completion_tokens": 11,
            "total_tokens": 34,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        },
        "service_tier": "default",
        "system_fingerprint": "fp_simulator",
    }


def test_a_stream_begins_with_the_role_and_ends_with_finish_reason_and_usage(ask):
    chunks = ask(messages=[SYSTEM, HELLO], temperature=0, stream=True, stream_options={"include_usage": True})

    first, *middle, finish, usage = chunks
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert [chunk["choices"][0]["delta"]["content"] for chunk in middle[:3]] == ["Hello", " John", "!"]
    assert (finish["choices"][0]["delta"], finish["choices"][0]["finish_reason"]) == ({}, "stop")
    assert (usage["choices"], usage["usage"]["total_tokens"]) == ([], 34)
    assert {chunk["usage"] is None for chunk in chunks[:-1]} == {True}
    assert len({(chunk["id"], chunk["created"], chunk["object"]) for chunk in chunks}) == 1


def test_a_stream_without_stream_options_says_nothing_of_usage(ask):
    chunks = ask(messages=[HELLO], stream=True)

    assert all("usage" not in chunk for chunk in chunks)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    temperature=st.sampled_from([0, 0.7, 1, 1.5, 2]),
    n=st.integers(1, 3),
    prompt=st.sampled_from(
        ["Hello! I'm John.", "안녕! 나는 민수야.", "고양이 이야기 하나 해 줘", "Write a haiku about 🦊."]
    ),
    stop=st.sampled_from([None, "John", ["고양", "\n"], "�"]),
    limit=st.sampled_from([None, 1, 7, 30]),
)
def test_a_streams_deltas_together_are_the_answer_in_one_piece(seed, temperature, n, prompt, stop, limit):
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": prompt}], "seed": seed, "n": n, "stop": stop}
    body |= {"temperature": temperature, "max_tokens": limit}

    whole = json.loads(send(body).body)
    frames = b"".join(send({**body, "stream": True}).body).decode().split("\n\n")[:-2]

    chunks = [json.loads(frame.removeprefix("data: ")) for frame in frames]
    assert [together(chunks, index) for index in range(n)] == [said(whole, index) for index in range(n)]
    ends = {c["index"]: c["finish_reason"] for chunk in chunks for c in chunk["choices"] if c["finish_reason"]}
    assert ends == {choice["index"]: choice["finish_reason"] for choice in whole["choices"]}


def test_a_character_that_spreads_over_tokens_is_streamed_whole(ask):
    chunks = ask(messages=[{"role": "user", "content": "안녕! 나는 민수야."}], temperature=0, stream=True)

    pieces = [chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks]
    assert "�" not in "".join(pieces)
    assert len(pieces) < encodings.count("".join(pieces), "cl100k_base")


def test_n_choices_are_what_n_seeds_would_say_alone(ask):
    choices = ask(**HAIKU, n=4, seed=11)["choices"]

    alone = [said(ask(**HAIKU, seed=11 + index)) for index in range(4)]

    assert [choice["message"]["content"] for choice in choices] == alone
    assert [choice["index"] for choice in choices] == [0, 1, 2, 3]
    assert len(set(alone)) > 1


def test_usage_adds_up_over_the_choices(ask):
    usage = ask(messages=[SYSTEM, HELLO], n=3, temperature=0)["usage"]

    assert (usage["prompt_tokens"], usage["completion_tokens"], usage["total_tokens"]) == (23, 33, 56)


def test_the_same_seed_says_the_same_and_none_draws_a_new_one_each_time(ask):
    assert said(ask(**HAIKU, seed=5)) == said(ask(**HAIKU, seed=5))
    assert len({said(ask(**HAIKU)) for _ in range(20)}) > 1


def test_temperature_opens_the_answers_step_by_step(ask):
    different, spread = [], []
    for temperature in (0, 1, 1.5, 2):
        answers = Counter(said(ask(messages=[SYSTEM, HELLO], temperature=temperature, seed=s)) for s in range(60))
        different.append(len(answers))
        spread.append(entropy_of(answers))

    assert different[0] == 1
    assert different[1] <= 5
    assert 5 < different[2] < different[3]
    assert different[3] > 30
    assert spread == sorted(spread)


def entropy_of(answers: Counter) -> float:
    import numpy as np

    counts = np.array(list(answers.values()), dtype=float)
    return entropy(counts / counts.sum())


def test_top_p_brings_an_overheated_answer_back_to_sense(ask):
    written = {said(ask(messages=[HELLO], temperature=1, seed=seed)) for seed in range(300)}

    cooled = {said(ask(messages=[HELLO], temperature=2, top_p=0.3, seed=seed)) for seed in range(30)}

    assert cooled <= written


@pytest.mark.parametrize(
    ("stop", "text"),
    [
        ("assist", "Hello John! How can I "),
        (["today", "How"], "Hello John! "),
        ("John! H", "Hello "),
        ("nowhere", "Hello John! How can I assist you today?"),
        ("", "Hello John! How can I assist you today?"),
        ("Hello", ""),
    ],
)
def test_stop_ends_the_answer_before_itself(ask, stop, text):
    answer = ask(messages=[HELLO], temperature=0, stop=stop)

    assert said(answer) == text
    assert answer["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_limit_cuts_the_answer_and_is_what_is_counted(ask, name):
    answer = ask(messages=[HELLO], temperature=0, **{name: 3})

    assert said(answer) == "Hello John!"
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 3


def test_a_limit_cuts_the_arguments_of_a_function_too(ask):
    answer = ask(messages=[WEATHER], functions=[FUNCTION], temperature=0, max_tokens=12)

    assert answer["choices"][0]["message"]["function_call"]["arguments"] == '{\n  "location":'
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 12


def test_logit_bias_can_ban_a_token_and_force_one(ask):
    encode = encodings.load("cl100k_base").encode
    (john,), (fox,) = encode(" John"), encode(" fox")

    banned = said(ask(messages=[HELLO], temperature=0, logit_bias={str(john): -100}))
    forced = said(ask(messages=[HELLO], temperature=0, max_tokens=3, logit_bias={str(fox): 100}))

    assert " John" not in banned
    assert forced == " fox fox fox"


def test_a_penalty_ends_a_repetition(ask):
    (fox,) = encodings.load("cl100k_base").encode(" fox")
    body = {"messages": [HELLO], "temperature": 0, "max_tokens": 12, "logit_bias": {str(fox): 30}}

    assert said(ask(**body)).count(" fox") == 12
    assert said(ask(**body, frequency_penalty=2, presence_penalty=2)).count(" fox") < 12


def test_logprobs_are_the_models_own_and_name_the_alternatives(ask):
    answer = ask(messages=[HELLO], temperature=0, logprobs=True, top_logprobs=2)

    tokens = answer["choices"][0]["logprobs"]["content"]
    assert "".join(token["token"] for token in tokens) == said(answer)
    assert bytes(byte for token in tokens for byte in token["bytes"]).decode() == said(answer)
    assert all(len(token["top_logprobs"]) == 2 for token in tokens)
    assert all(token["logprob"] <= 0 for token in tokens)
    assert tokens[0]["top_logprobs"][0]["token"] == "Hello"


def test_an_overheated_answer_is_counted_as_it_was_drawn(ask):
    answer = ask(messages=[HELLO], temperature=2, seed=2, max_tokens=40)

    assert answer["choices"][0]["finish_reason"] in ("stop", "length")
    assert 0 < answer["usage"]["completion_tokens"] <= 41


def test_a_tool_call_streams_its_arguments_under_one_index_and_id(ask):
    chunks = ask(messages=[WEATHER], tools=TOOLS, temperature=0, stream=True)

    calls = [call for chunk in chunks for c in chunk["choices"] for call in c["delta"].get("tool_calls", [])]
    assert {call["index"] for call in calls} == {0}
    assert [call["id"][:5] for call in calls if "id" in call] == ["call_"]
    assert "".join(call["function"]["arguments"] for call in calls) == '{\n  "location": "Seoul"\n}'
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"


def test_a_function_call_streams_its_name_first(ask):
    chunks = ask(messages=[WEATHER], functions=[FUNCTION], temperature=0, stream=True)

    first = chunks[0]["choices"][0]["delta"]
    calls = [chunk["choices"][0]["delta"].get("function_call") for chunk in chunks]
    assert first["function_call"] == {"name": "get_current_weather", "arguments": ""}
    assert "".join(call["arguments"] for call in calls if call) == '{\n  "location": "Seoul"\n}'
    assert chunks[-1]["choices"][0]["finish_reason"] == "function_call"


def test_choices_take_turns_in_a_stream(ask):
    chunks = ask(messages=[HELLO], temperature=0, n=2, stream=True)

    assert [chunk["choices"][0]["index"] for chunk in chunks] == [0, 1] * (len(chunks) // 2)


def test_service_tier_comes_back(ask):
    assert ask(messages=[HELLO], service_tier="flex")["service_tier"] == "flex"
    assert ask(messages=[HELLO], service_tier="auto")["service_tier"] == "default"
