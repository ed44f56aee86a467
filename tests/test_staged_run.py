import json
from typing import Any

import pytest

from playground.exchange import ApiError
from playground.loop import Dialect, run_loop
from playground.staged_run import KEYS, StagedRun, advance, advance_to_the_end, call_with, send_again
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET
from tests.scripted import ANSWERS, CALLS_FUNCTION, CALLS_TOOL, QUESTION, WEATHER, Script

REFUSED = ApiError("status", "Rate limit reached", "Wait a little.", code="rate_limit_exceeded")


def fresh(dialect: Dialect = "functions") -> StagedRun:
    return StagedRun(QUESTION, dialect, GET_CURRENT_WEATHER)


def advanced(run: StagedRun, client: Any, stages: int) -> StagedRun:
    for _ in range(stages):
        run = advance(run, client, "gpt-4")
    return run


def test_each_stage_does_its_own_part_and_nothing_more() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    run, seen = fresh(), []

    while not run.finished:
        run = advance(run, client, "gpt-4")
        seen.append((run.key, len(client.bodies), len(run.results), run.second is not None))

    assert seen == [
        ("ask", 1, 0, False),
        ("call", 1, 0, False),
        ("run", 1, 1, False),
        ("append", 1, 1, False),
        ("answer", 2, 1, True),
    ]
    client.assert_finished()


@pytest.mark.parametrize(("dialect", "message"), [("functions", CALLS_FUNCTION), ("tools", CALLS_TOOL)])
def test_stage_by_stage_sends_what_the_loop_sends(dialect: Dialect, message: dict[str, Any]) -> None:
    staged, looped = Script(message, ANSWERS), Script(message, ANSWERS)

    advance_to_the_end(fresh(dialect), staged, "gpt-4")
    list(run_loop(looped, fresh(dialect).opening("gpt-4"), WEATHER))

    assert staged.bodies == looped.bodies


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

    assert (run.key, run.finished, run.calls, run.second) == ("call", True, (), None)
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


def test_another_way_of_calling_runs_the_function_again_and_undoes_the_answer() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    run = advance_to_the_end(fresh(), client, "gpt-4")

    changed = call_with(run, GET_CURRENT_WEATHER_UNIT_BY_GET)

    assert json.loads(run.results[0].output)["unit"] == "celsius"
    assert json.loads(changed.results[0].output)["unit"] is None
    assert (changed.key, changed.second, changed.first) == ("run", None, run.first)


def test_another_way_of_calling_before_the_function_ran_runs_nothing() -> None:
    run = advanced(fresh(), Script(CALLS_FUNCTION), 1)

    changed = call_with(run, GET_CURRENT_WEATHER_UNIT_BY_GET)

    assert (changed.reached, changed.results) == (run.reached, ())


def test_sending_the_functions_again_puts_them_into_the_second_request_and_undoes_it() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    run = advance_to_the_end(fresh(), client, "gpt-4")

    changed = send_again(run, True)

    assert "functions" not in run.following
    assert changed.following["functions"] == [GET_CURRENT_WEATHER.definition]
    assert (changed.key, changed.second) == ("append", None)
    assert send_again(fresh(), True).reached == KEYS.index("define")
