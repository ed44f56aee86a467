"""The simulator through the SDK, by each adapter: the course's own lines, streams that arrive, wires that break."""

import json
import time

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.faults import AFTER, FAULTS
from simulator.pacing import AT_ONCE, Pace
from simulator.transport import BASE_URL, SimulatorTransport
from tests.simulator.course import FUNCTION, HELLO, SYSTEM, WEATHER


def paced(pace: Pace, **options) -> openai.OpenAI:
    """Connect in process, at a pace that a test can measure."""
    http = openai.DefaultHttpx2Client(transport=SimulatorTransport(pace))
    return openai.OpenAI(base_url=BASE_URL, http_client=http, api_key="any", max_retries=0, **options)


def fault(name: str) -> dict[str, str]:
    return {"x-sim-fault": name}


def test_the_courses_calls_work_unchanged_through_the_sdk(connect, course):
    body, message, (finish_reason, prompt, completion) = course

    response = connect().chat.completions.create(model="gpt-4", **body, temperature=0)

    choice = response.choices[0]
    assert (choice.message.content, choice.finish_reason) == (message["content"], finish_reason)
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (prompt, completion)


def test_the_courses_function_loop_runs_to_its_answer(connect):
    client, messages = connect(), [WEATHER]
    asked = client.chat.completions.create(model="gpt-4", messages=messages, functions=[FUNCTION], temperature=0)
    called = asked.choices[0].message.function_call
    result = {"temperature": "25", "unit": "celsius", "forecast": ["sunny", "windy"], **json.loads(called.arguments)}
    result = {key: result[key] for key in ("location", "temperature", "unit", "forecast")}
    messages += [asked.choices[0].message, {"role": "function", "name": called.name, "content": json.dumps(result)}]

    answer = client.chat.completions.create(model="gpt-4", messages=messages, temperature=0)

    assert answer.choices[0].message.content.startswith("The current weather in Seoul is 25 degrees Celsius.")
    assert answer.usage.prompt_tokens == 72


def test_the_courses_stream_loop_reads_the_answer(connect):
    text = ""

    for chunk in connect().chat.completions.create(model="gpt-4", messages=[SYSTEM, HELLO], temperature=0, stream=True):
        choice = chunk.choices[0]
        if choice.finish_reason is None:
            text += choice.delta.content

    assert text == "Hello John! How can I assist you today?"


def test_a_stream_arrives_token_by_token():
    client = paced(Pace(first_token_ms=60, token_ms=20))

    begun = time.perf_counter()
    stream = client.chat.completions.create(model="gpt-4", messages=[HELLO], temperature=0, stream=True)
    arrived = [time.perf_counter() - begun for _ in stream]

    # None before its time, however late the one before it was.
    assert len(arrived) == 12
    assert all(at >= 0.06 + 0.02 * number for number, at in enumerate(arrived))


class Clock:
    """Time that passes when somebody waits, and when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.floats(0, 0.3), min_size=11, max_size=11))
def test_what_a_busy_reader_missed_is_there_at_once_and_the_rest_is_on_time(busy):
    clock, step = Clock(), 0.02
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("simulator.transport.time", clock)
        stream = paced(Pace(token_ms=step * 1000)).chat.completions.create(
            model="gpt-4", messages=[HELLO], temperature=0, stream=True
        )

        arrived, free = [], []
        for _chunk, pause in zip(stream, [*busy, 0], strict=True):
            arrived.append(clock.now)
            clock.now += pause
            free.append(clock.now)

    due = [max(number * step, ready) for number, ready in enumerate([0, *free[:-1]])]
    assert arrived == pytest.approx(due)


def test_an_answer_in_one_piece_takes_as_long_as_its_tokens():
    client = paced(Pace(first_token_ms=50, token_ms=10))

    begun = time.perf_counter()
    client.chat.completions.create(model="gpt-4", messages=[HELLO], temperature=0)

    assert time.perf_counter() - begun > 0.05 + 10 * 0.01


def test_closing_a_stream_early_stops_the_drawing():
    stream = paced(AT_ONCE).chat.completions.create(model="gpt-4", messages=[HELLO], stream=True)
    next(iter(stream))

    stream.close()

    assert list(stream) == []


def test_an_answer_that_takes_longer_than_the_client_waits_times_out():
    client = paced(Pace(first_token_ms=5000), timeout=0.05)

    with pytest.raises(openai.APITimeoutError):
        client.chat.completions.create(model="gpt-4", messages=[HELLO])


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("429", openai.RateLimitError),
        ("429-quota", openai.RateLimitError),
        ("500", openai.InternalServerError),
        ("503", openai.InternalServerError),
        ("html-503", openai.InternalServerError),
        ("401", openai.AuthenticationError),
        ("403", openai.PermissionDeniedError),
        ("404", openai.NotFoundError),
        ("slow", openai.APITimeoutError),
        ("refused", openai.APIConnectionError),
        ("reset", openai.APIConnectionError),
        ("cut", openai.APIConnectionError),
        ("stall", openai.APITimeoutError),
        ("error-midstream", openai.InternalServerError),
    ],
)
def test_a_fault_is_what_the_sdk_makes_of_the_real_one(connect, name, error):
    with pytest.raises(error):
        connect(timeout=0.05).chat.completions.create(model="gpt-4", messages=[HELLO], extra_headers=fault(name))


def test_a_sign_in_page_with_status_200_comes_back_as_a_text(connect):
    answer = connect().chat.completions.create(model="gpt-4", messages=[HELLO], extra_headers=fault("html"))

    assert isinstance(answer, str)
    assert "Please sign in" in answer


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("cut", httpx2.RemoteProtocolError),
        # A server can only close a connection that it has taken, not tear it down.
        ("reset", (httpx2.ReadError, httpx2.RemoteProtocolError)),
        ("stall", httpx2.ReadTimeout),
        ("error-midstream", openai.APIError),
        ("broken-chunk", ValueError),
        ("ends-early", None),
    ],
)
def test_a_stream_that_breaks_has_begun_well(connect, name, error):
    stream = connect(timeout=0.05).chat.completions.create(
        model="gpt-4", messages=[HELLO], temperature=0, stream=True, extra_headers=fault(name)
    )
    arrived, raised = [], None

    try:
        for chunk in stream:
            arrived.append(chunk.choices[0])
    except (httpx2.HTTPError, openai.APIError, ValueError) as problem:
        raised = problem

    assert "".join(choice.delta.content for choice in arrived) == "Hello John!"
    assert len(arrived) == AFTER
    assert all(choice.finish_reason is None for choice in arrived)
    assert raised is None if error is None else comes_from(raised, error)


def comes_from(problem: BaseException | None, error: type[BaseException] | tuple[type[BaseException], ...]) -> bool:
    while problem is not None and not isinstance(problem, error):
        problem = problem.__cause__
    return problem is not None


def test_a_rate_limit_says_when_to_come_back(connect):
    with pytest.raises(openai.RateLimitError) as caught:
        connect().chat.completions.create(model="gpt-4", messages=[HELLO], extra_headers=fault("429"))

    assert caught.value.code == "rate_limit_exceeded"
    assert caught.value.response.headers["retry-after"] == "1"
    assert caught.value.response.headers["x-ratelimit-remaining-requests"] == "0"


def test_a_fault_of_one_attempt_is_over_for_the_second(connect):
    client = connect(max_retries=1)

    answer = client.chat.completions.create(
        model="gpt-4", messages=[HELLO], temperature=0, extra_headers=fault("500;times=1")
    )

    assert answer.choices[0].message.content == "Hello John! How can I assist you today?"


def test_an_unknown_fault_is_refused_with_the_list_of_those_there_are(connect):
    with pytest.raises(openai.BadRequestError) as caught:
        connect().chat.completions.create(model="gpt-4", messages=[HELLO], extra_headers=fault("fire"))

    assert all(name in str(caught.value) for name in FAULTS)


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.answer is None])
@pytest.mark.parametrize("stream", [False, True])
def test_no_fault_looks_like_a_whole_answer(connect, name, stream):
    client = connect(timeout=0.02)

    try:
        answer = client.chat.completions.create(
            model="gpt-4", messages=[HELLO], stream=stream, extra_headers=fault(name)
        )
        finished = any(chunk.choices[0].finish_reason for chunk in answer) if stream else not isinstance(answer, str)
    except (openai.OpenAIError, httpx2.HTTPError, ValueError):
        finished = False

    assert not finished
