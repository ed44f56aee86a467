import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.builtin_tools import BUILT_IN
from playground.call_answers import Answer
from playground.custom_tools import Told, tool_of
from playground.exchange import ApiError
from playground.loop import Dialect, run_loop
from playground.staged_run import (
    StagedRun,
    advance,
    advance_a_step,
    advance_to_the_end,
    answer_by,
    begun_again,
    call_with,
    choose_calling,
    edit,
    go_on,
    send_again,
)
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET
from tests.scripted import ANSWERS, CALLS_FUNCTION, CALLS_TOOL, QUESTION, WEATHER, Script

REFUSED = ApiError("status", "Rate limit reached", "Wait a little.", code="rate_limit_exceeded")
SIX = ["define", "ask", "call", "run", "append", "answer"]


def fresh(dialect: Dialect = "functions", **changed: Any) -> StagedRun:
    return StagedRun(QUESTION, dialect, (GET_CURRENT_WEATHER,), **changed)


def agent(max_steps: int = 10, **changed: Any) -> StagedRun:
    return StagedRun(
        QUESTION, "tools", tuple(BUILT_IN.values()), send_functions_again=True, max_steps=max_steps, **changed
    )


def calls(*named: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """An answer that asks for functions."""
    tool_calls = [
        {"id": f"call_{name}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
        for name, arguments in named
    ]
    return {"role": "assistant", "content": None, "tool_calls": tool_calls}


IN_TURN = (
    calls(("get_current_weather", {"location": "Seoul"})),
    calls(("celsius_to_fahrenheit", {"celsius": 25})),
    calls(("calculator", {"expression": "77 - 25"})),
    ANSWERS,
)


def advanced(run: StagedRun, client: Any, stages: int) -> StagedRun:
    for _ in range(stages):
        run = advance(run, client, "gpt-4")
    return run


def keys(run: StagedRun) -> list[str]:
    return [place.key for place in run.places]


def test_each_stage_does_its_own_part_and_nothing_more() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    run, seen = fresh(), []

    while not run.finished:
        run = advance(run, client, "gpt-4")
        seen.append((run.key, len(client.bodies), len(run.steps[0].results), len(run.steps)))

    assert seen == [("ask", 1, 0, 1), ("call", 1, 0, 1), ("run", 1, 1, 1), ("append", 1, 1, 1), ("answer", 2, 1, 2)]
    assert (run.stop, [place.key for place in run.rail]) == ("answer", SIX)
    client.assert_finished()


@pytest.mark.parametrize(("dialect", "message"), [("functions", CALLS_FUNCTION), ("tools", CALLS_TOOL)])
def test_stage_by_stage_sends_what_the_loop_sends(dialect: Dialect, message: dict[str, Any]) -> None:
    staged, looped = Script(message, ANSWERS), Script(message, ANSWERS)

    advance_to_the_end(fresh(dialect), staged, "gpt-4")
    list(run_loop(looped, fresh(dialect).opening("gpt-4"), WEATHER))

    assert staged.bodies == looped.bodies


def test_an_agent_runs_three_functions_in_turn_to_the_end_by_itself() -> None:
    client, looped = Script(*IN_TURN), Script(*IN_TURN)

    run = advance_to_the_end(agent(), client, "gpt-4")
    list(run_loop(looped, agent().opening("gpt-4"), BUILT_IN, send_functions_again=True))

    assert keys(run) == ["define", "ask", *["call", "run", "append"] * 3, "answer"]
    assert [step.results[0].output for step in run.steps[:-1]][1:] == [
        '{"celsius": 25, "fahrenheit": 77.0}',
        '{"expression": "77 - 25", "result": 52}',
    ]
    assert all("tools" in body for body in client.bodies)
    assert client.bodies == looped.bodies
    assert run.stop == "answer"
    client.assert_finished()


def test_a_step_at_a_time_sends_one_request_each() -> None:
    client = Script(*IN_TURN)
    run, seen = agent(), []

    while not run.finished:
        run = advance_a_step(run, client, "gpt-4")
        seen.append(len(client.bodies))

    # The last look is the one that reads the answer.
    assert seen == [1, 2, 3, 4]
    assert run == advance_a_step(run, client, "gpt-4")


def test_the_course_stops_at_the_second_request_and_whoever_wants_goes_on() -> None:
    client = Script(*IN_TURN)

    stopped = advance_to_the_end(agent(max_steps=2), client, "gpt-4")
    ended = advance_to_the_end(go_on(stopped, 10), client, "gpt-4")

    assert (stopped.key, stopped.stop, keys(stopped)) == ("answer", "max_steps", SIX)
    assert (ended.key, ended.stop, len(ended.steps)) == ("answer", "answer", 4)
    client.assert_finished()


def test_an_endless_loop_is_stopped_and_its_last_call_is_not_run() -> None:
    client = Script(*[CALLS_TOOL] * 5)

    run = advance_to_the_end(agent(max_steps=5), client, "gpt-4")

    assert (run.stop, len(run.steps), run.steps[-1].results) == ("max_steps", 5, ())
    assert run.calls(4)


def test_a_cap_on_what_is_spent_stops_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.staged_run.dollars", lambda steps: Decimal(len(steps)))
    client = Script(*IN_TURN)

    run = advance_to_the_end(agent(cap=Decimal(2)), client, "gpt-4")
    ended = advance_to_the_end(go_on(run, 10), client, "gpt-4")

    assert (run.stop, len(run.steps)) == ("held", 2)
    assert ended.stop == "answer"


def test_an_unknown_price_never_stops_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.staged_run.dollars", lambda steps: None)

    run = advance_to_the_end(agent(cap=Decimal(0)), Script(*IN_TURN), "gpt-4")

    assert run.stop == "answer"


def test_advancing_leaves_the_earlier_run_as_it_was() -> None:
    before = fresh()

    advance_to_the_end(before, Script(CALLS_FUNCTION, ANSWERS), "gpt-4")

    assert before == fresh()


def test_a_finished_run_sends_nothing_more() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    run = advance_to_the_end(fresh(), client, "gpt-4")

    assert advance(run, client, "gpt-4") == run
    assert len(client.bodies) == 2


def test_an_answer_in_words_ends_the_run_at_the_call() -> None:
    client = Script(ANSWERS)

    run = advance_to_the_end(fresh(), client, "gpt-4")

    assert (run.key, run.finished, run.calls(), len(run.steps)) == ("call", True, (), 1)
    assert [place.key for place in run.rail] == SIX
    client.assert_finished()


@pytest.mark.parametrize(("before", "stage"), [((), "ask"), ((CALLS_FUNCTION,), "answer")])
def test_a_failed_exchange_stops_the_run_there_and_the_next_step_sends_it_again(
    before: tuple[dict[str, Any], ...], stage: str
) -> None:
    after = (CALLS_FUNCTION, ANSWERS)[len(before) :]
    client = Script(*before, REFUSED, *after)

    stopped = advance_to_the_end(fresh(), client, "gpt-4")
    ended = advance_to_the_end(stopped, client, "gpt-4")

    assert (stopped.key, stopped.failed, stopped.finished) == (stage, True, False)
    assert client.bodies[len(before)] == client.bodies[len(before) + 1]
    assert (ended.key, ended.finished) == ("answer", True)
    client.assert_finished()


def test_a_body_that_was_changed_is_what_is_sent_and_what_follows_builds_on_it() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    body = fresh().opening("gpt-4") | {"temperature": 0}

    run = advance_to_the_end(edit(fresh(), body), client, "gpt-4")

    assert [sent["temperature"] for sent in client.bodies] == [0, 0]
    assert run.edited is None


def test_a_changed_body_that_was_refused_is_kept_for_another_try() -> None:
    client = Script(REFUSED, CALLS_FUNCTION)
    body = fresh().opening("gpt-4") | {"seed": 1}

    run = advance(edit(fresh(), body), client, "gpt-4")
    again = advance(run, client, "gpt-4")

    assert (run.edited, again.edited) == (body, None)
    assert client.bodies[0] == client.bodies[1] == body


def test_a_result_that_a_person_types_is_what_the_model_reads() -> None:
    client = Script(CALLS_TOOL, ANSWERS)
    run = answer_by(advanced(fresh("tools"), client, 2), 0, 0, Answer("person", "It rains."))

    advance_to_the_end(run, client, "gpt-4")

    assert client.bodies[1]["messages"][-1] == {"role": "tool", "tool_call_id": "call_1", "content": "It rains."}


@pytest.mark.parametrize(
    ("how", "output", "fault"),
    [
        (Answer("error", "no network"), "Error: no network", "told"),
        (Answer("error"), "Error: the service is not available", "told"),
        (Answer("late", seconds=0.01), None, None),
    ],
)
def test_another_answer_undoes_what_came_after_the_first_one(how: Answer, output: str | None, fault: str) -> None:
    run = advance_to_the_end(fresh("tools"), Script(CALLS_TOOL, ANSWERS), "gpt-4")

    changed = answer_by(run, 0, 0, how)
    back = answer_by(changed, 0, 0, Answer())

    (result,) = changed.steps[0].results
    assert (changed.key, len(changed.steps), result.fault) == ("run", 1, fault)
    assert result.output == (output or run.steps[0].results[0].output)
    assert back.answers == {(0, 0): Answer()}
    assert back.steps[0].results[0].output == run.steps[0].results[0].output


def test_a_call_that_nobody_answers_is_missing_in_the_next_request() -> None:
    client = Script(calls(("get_current_weather", {"location": "Seoul"}), ("calculator", {"expression": "1"})), ANSWERS)
    run = advanced(agent(), client, 3)

    run = advance_to_the_end(answer_by(run, 0, 0, Answer("nobody")), client, "gpt-4")

    assert [message.get("tool_call_id") for message in client.bodies[1]["messages"][2:]] == ["call_calculator"]
    assert [result.sent for result in run.steps[0].results] == [False, True]


def test_only_the_call_that_is_answered_otherwise_is_run_again() -> None:
    client = Script(calls(("roll_dice", {"seed": 1}), ("calculator", {"expression": "1"})))
    run = advanced(agent(), client, 3)

    changed = answer_by(run, 0, 1, Answer("person", "2"))

    assert changed.steps[0].results[0] is run.steps[0].results[0]
    assert changed.steps[0].results[1].output == "2"


def test_a_run_waits_for_the_person_who_answers() -> None:
    tool = tool_of(Told("find_book", "Find a book", '{"type": "object"}'))
    client = Script(calls(("find_book", {"title": "Momo"})), ANSWERS)

    waiting = advance_to_the_end(StagedRun(QUESTION, "tools", (tool,)), client, "gpt-4")
    told = answer_by(waiting, 0, 0, Answer("person", "It is lent."))
    ended = advance_to_the_end(told, client, "gpt-4")

    assert (waiting.key, waiting.waits, told.waits, ended.stop) == ("run", True, False, "answer")
    assert client.bodies[1]["messages"][-1]["content"] == "It is lent."


def test_another_way_of_calling_runs_the_function_again_and_undoes_the_answer() -> None:
    run = advance_to_the_end(fresh(), Script(CALLS_FUNCTION, ANSWERS), "gpt-4")

    changed = call_with(run, GET_CURRENT_WEATHER_UNIT_BY_GET)

    assert json.loads(run.steps[0].results[0].output)["unit"] == "celsius"
    assert json.loads(changed.steps[0].results[0].output)["unit"] is None
    assert (changed.key, len(changed.steps), changed.steps[0].exchange) == ("run", 1, run.steps[0].exchange)


def test_another_way_of_calling_before_the_function_ran_runs_nothing() -> None:
    run = advanced(fresh(), Script(CALLS_FUNCTION), 1)

    changed = call_with(run, GET_CURRENT_WEATHER_UNIT_BY_GET)

    assert (changed.reached, changed.steps[0].results) == (run.reached, ())


def test_sending_the_functions_again_puts_them_into_the_second_request_and_undoes_it() -> None:
    run = advance_to_the_end(fresh(), Script(CALLS_FUNCTION, ANSWERS), "gpt-4")

    changed = send_again(run, True)

    assert "functions" not in run.following()
    assert changed.following()["functions"] == [GET_CURRENT_WEATHER.definition]
    assert (changed.key, len(changed.steps)) == ("append", 1)
    assert send_again(fresh(), True).reached == 0


def test_another_choice_begins_again_and_keeps_the_settings() -> None:
    run = advance_to_the_end(agent(), Script(*IN_TURN), "gpt-4")

    changed = choose_calling(run, "required")

    assert changed == begun_again(agent(choice="required"))
    assert changed.opening("gpt-4")["tool_choice"] == "required"


messages = st.sampled_from(
    [ANSWERS, CALLS_FUNCTION, CALLS_TOOL, REFUSED, *IN_TURN, calls(("nothing", {}), ("calculator", {"expression": ""}))]
)


@given(st.lists(messages, min_size=1, max_size=12), st.integers(1, 6), st.booleans())
def test_any_answers_lead_to_an_end_within_the_limit(answers: list[Any], max_steps: int, again: bool) -> None:
    client = Script(*answers, *[ANSWERS] * 20)
    run = agent(max_steps, answers={(0, 0): Answer("nobody")}) if again else fresh("tools", max_steps=max_steps)

    for _ in range(40):
        assert run.places[run.reached].key == run.key
        assert run.rail[: len(run.places)] == run.places
        run = advance(run, client, "gpt-4")

    assert run.finished
    assert len(run.steps) <= max_steps
    assert all(step.exchange.ok for step in run.steps)
    assert run.reached == len(run.places) - 1
