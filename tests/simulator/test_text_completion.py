"""The older Completions API: what it takes, what it says, what it refuses; through both adapters where a client is."""

import json

import openai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings, models
from simulator.api import Request, handle
from simulator.text_completion import said_after
from tests.simulator.conftest import KEY

MODEL = "text-davinci-003"
HELLO = "Hello! I'm John."
ANSWER = "\n\nHello John! How can I assist you today?"


def send(**body):
    content = json.dumps({"model": MODEL, **body}).encode()
    return handle(Request("POST", "/v1/completions", KEY, content))


def ask(**body) -> dict:
    response = send(**body)
    assert response.status == 200, response.body
    return json.loads(response.body)


def stream(**body) -> list[dict]:
    events = b"".join(send(**body, stream=True).body).decode().split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    return [json.loads(event.removeprefix("data: ")) for event in events[:-2]]


def error(**body) -> tuple[int, dict]:
    response = send(**body)
    return response.status, json.loads(response.body)["error"]


def texts(answer: dict) -> list[str]:
    return [choice["text"] for choice in answer["choices"]]


def test_the_sdk_gets_a_text_and_its_stream_through_each_adapter(connect):
    client = connect()

    whole = client.completions.create(model=MODEL, prompt=HELLO, temperature=0, max_tokens=50)
    parts = list(client.completions.create(model=MODEL, prompt=HELLO, temperature=0, max_tokens=50, stream=True))

    assert whole.choices[0].text == "".join(part.choices[0].text for part in parts) == ANSWER
    assert (whole.object, whole.model, whole.system_fingerprint) == (
        "text_completion",
        "text-davinci-003-simulated",
        "fp_simulator",
    )
    assert [part.choices[0].finish_reason for part in parts[-2:]] == [None, "stop"]
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens


def test_a_chat_model_is_404_through_each_adapter(connect):
    with pytest.raises(openai.NotFoundError, match="This is a chat model and not supported in the v1/completions"):
        connect().completions.create(model="gpt-4", prompt=HELLO)


def test_every_model_of_the_catalogue_that_completes_answers_and_no_other():
    for model in models.MODELS:
        assert send(model=model.id, prompt=HELLO).status == (200 if model.completions else 404), model.id


def test_16_tokens_are_the_limit_when_none_is_asked_for():
    answer = ask(prompt="What is a token?", temperature=0)

    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 16


def test_a_prompt_may_be_a_text_its_tokens_or_a_list_of_either():
    ids = encodings.load("p50k_base").encode(HELLO)

    one = texts(ask(prompt=HELLO, temperature=0, max_tokens=50))

    assert texts(ask(prompt=ids, temperature=0, max_tokens=50)) == one
    assert texts(ask(prompt=[HELLO, HELLO], temperature=0, max_tokens=50)) == one * 2
    assert texts(ask(prompt=[ids, ids], temperature=0, max_tokens=50)) == one * 2


def test_each_prompt_has_its_n_choices_and_each_is_a_seed_of_its_own():
    prompts = ["Write a haiku about the sea.", "Write a slogan for tea."]

    answer = ask(prompt=prompts, n=2, seed=8, max_tokens=60)

    alone = [texts(ask(prompt=prompt, seed=8 + way, max_tokens=60))[0] for prompt in prompts for way in range(2)]
    assert texts(answer) == alone
    assert [choice["index"] for choice in answer["choices"]] == [0, 1, 2, 3]


def test_the_usage_of_several_prompts_is_the_sum():
    one, two = ask(prompt=HELLO, temperature=0), ask(prompt=[HELLO, HELLO], temperature=0)

    assert two["usage"] == {name: 2 * count for name, count in one["usage"].items()}


def test_echo_puts_the_prompt_in_front_and_weighs_its_tokens():
    answer = ask(prompt=HELLO, temperature=0, max_tokens=0, echo=True, logprobs=2)

    choice = answer["choices"][0]
    assert choice["text"] == HELLO == "".join(choice["logprobs"]["tokens"])
    assert choice["logprobs"]["token_logprobs"][0] is None
    assert all(logprob < 0 for logprob in choice["logprobs"]["token_logprobs"][1:])
    assert choice["logprobs"]["text_offset"] == [0, 5, 6, 8, 10, 15]
    assert answer["usage"]["completion_tokens"] == 0


def test_logprobs_name_the_likeliest_and_the_one_that_was_drawn():
    answer = ask(prompt="Write a haiku about the sea.", seed=3, temperature=1.5, max_tokens=12, logprobs=2)

    logprobs = answer["choices"][0]["logprobs"]
    assert "".join(logprobs["tokens"]) == texts(answer)[0]
    for token, logprob, top in zip(
        logprobs["tokens"], logprobs["token_logprobs"], logprobs["top_logprobs"], strict=True
    ):
        assert top[token] == logprob <= 0
        assert 2 <= len(top) <= 3
    assert logprobs["text_offset"][0] == len("Write a haiku about the sea.")


def test_logprobs_0_gives_the_tokens_drawn_and_no_others():
    logprobs = ask(prompt=HELLO, temperature=0, logprobs=0)["choices"][0]["logprobs"]

    assert logprobs["top_logprobs"] is None
    assert len(logprobs["token_logprobs"]) == len(logprobs["tokens"]) > 3


def test_a_token_that_is_half_a_character_is_shown_by_its_bytes():
    answer = ask(prompt="안녕! 나는 민수야.", temperature=0, logprobs=0, max_tokens=3)

    assert any(token.startswith("bytes:\\x") for token in answer["choices"][0]["logprobs"]["tokens"])


@settings(max_examples=30)
@given(
    seed=st.integers(0, 10**6),
    temperature=st.sampled_from([0, 1, 2]),
    n=st.integers(1, 3),
    prompt=st.sampled_from([HELLO, "안녕! 나는 민수야.", "Once upon a time", ["Hi", "Write a haiku about 🦊."]]),
    stop=st.sampled_from([None, "John", ["\n"], "�"]),
    limit=st.sampled_from([None, 1, 40]),
    echo=st.booleans(),
)
def test_a_streams_texts_together_are_the_answer_in_one_piece(seed, temperature, n, prompt, stop, limit, echo):
    body = {"seed": seed, "temperature": temperature, "n": n, "prompt": prompt, "stop": stop, "max_tokens": limit}
    body |= {"echo": echo, "logprobs": 1}

    whole, chunks = ask(**body), stream(**body)

    for choice in whole["choices"]:
        mine = [one for chunk in chunks for one in chunk["choices"] if one["index"] == choice["index"]]
        assert "".join(one["text"] for one in mine) == choice["text"]
        assert [one["finish_reason"] for one in mine if one["finish_reason"]] == [choice["finish_reason"]]
        for key, values in choice["logprobs"].items():
            assert [value for one in mine if one["logprobs"] for value in one["logprobs"][key]] == values, key


def test_the_last_chunk_tells_the_usage_when_asked():
    chunks = stream(prompt=HELLO, temperature=0, stream_options={"include_usage": True})

    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"] == ask(prompt=HELLO, temperature=0)["usage"]
    assert all(chunk["usage"] is None for chunk in chunks[:-1])


def test_stop_and_logit_bias_work_as_in_chat():
    (john,) = encodings.load("p50k_base").encode(" John")

    assert texts(ask(prompt=HELLO, temperature=0, stop=" assist")) == ["\n\nHello John! How can I"]
    assert " John" not in texts(ask(prompt=HELLO, temperature=0, logit_bias={str(john): -100}))[0]


def test_a_story_that_has_begun_is_continued():
    assert said_after("Once upon a time, there was a")[0][1].startswith(" clockmaker")


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"suffix": "."}, "suffix"),
        ({"best_of": 1}, "best_of"),
        ({"logprobs": 6}, "logprobs"),
        ({"logprobs": True}, "logprobs"),
        ({"echo": "yes"}, "echo"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"prompt": []}, "prompt"),
        ({"prompt": {}}, "prompt"),
        ({"prompt": ["a", 1]}, "prompt[1]"),
        ({"prompt": [[]]}, "prompt[0]"),
        ({"prompt": [10**8]}, "prompt"),
        ({"prompt": [-1]}, "prompt"),
        ({"prompt": ["a"] * 100, "n": 2}, "n"),
        ({"stream_options": {}}, "stream_options"),
    ],
)
def test_a_bad_request_is_refused_by_the_name_of_its_parameter(more, param):
    status, refused = error(**{"prompt": "Hi", **more})

    assert (status, refused["param"]) == (400, param)


def test_messages_are_unknown_here_and_null_is_not_there():
    assert error(prompt="Hi", messages=[])[1]["message"] == "Unrecognized request argument supplied: messages"
    assert error()[1]["param"] == "prompt"
    assert ask(prompt="Hi", suffix=None, best_of=None, logprobs=None)["choices"][0]["logprobs"] is None


def test_too_long_a_prompt_is_refused_with_both_numbers():
    status, refused = error(model="text-curie-001", prompt="a " * 2100, max_tokens=5)

    assert (status, refused["code"]) == (400, "context_length_exceeded")
    assert "2049" in refused["message"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 60000) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=6,
)


@settings(max_examples=150)
@given(body=st.dictionaries(st.sampled_from(["prompt", "n", "echo", "logprobs", "max_tokens", "stop"]), json_values))
def test_any_body_gets_a_text_or_an_error_in_the_apis_shape(body):
    response = send(**body)

    answer = json.loads(response.body)
    assert (
        "choices" in answer if response.status == 200 else set(answer["error"]) == {"message", "type", "param", "code"}
    )
