import json
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.step_cost import spent
from components.step_view import _as_python
from playground.exchange import ApiError
from playground.loop import STAGES, Call, Step, first_body
from playground.run_cost import Taken
from playground.tools import GET_CURRENT_WEATHER, ToolResult, run_tool
from tests.exchanges import exchange
from tests.scripted import CALLS_FUNCTION, CALLS_TOOL, QUESTION, exchange_of
from tests.shown import is_shown, json_of, lit_of, open_stage, rail_of, text_of

FIRST = exchange_of(first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER), CALLS_FUNCTION)
CALL = Call("", "get_current_weather", '{\n  "location": "Seoul"\n}')


def draw(name: str, *values: Any) -> AppTest:
    def page(name: str, values: tuple[object, ...]) -> None:
        from components import step_view

        drawn = getattr(step_view, name)
        drawn(values[0], "probe", *values[1:]) if name == "call" else drawn(*values, "probe")

    at = AppTest.from_function(page, kwargs={"name": name, "values": values}, default_timeout=10).run()
    assert not at.exception
    return at


def draw_rail(shown: int, reached: int, notes: dict[int, str]) -> AppTest:
    def page(shown: int, reached: int, notes: dict[int, str]) -> None:
        import streamlit as st

        from components import step_view
        from playground.staged_run import Place
        from playground.stages import STAGES

        places = [Place(stage.key, 0) for stage in STAGES]
        st.caption(str(step_view.rail(places, shown, reached, notes, "probe")))

    kwargs = {"shown": shown, "reached": reached, "notes": notes}
    at = AppTest.from_function(page, kwargs=kwargs, default_timeout=10).run()
    assert not at.exception
    return at


def test_only_stages_that_were_reached_can_be_opened() -> None:
    at = draw_rail(2, 3, {})

    assert rail_of(at, "probe")["reached"] == 3
    assert rail_of(at, "probe")["shown"] == 2


def test_opening_a_stage_answers_its_place() -> None:
    at = draw_rail(2, 3, {})

    open_stage(at, "probe", "ask")
    opened = at.caption[0].value
    at.run()

    # The run goes on from where it was; what was clicked opens once.
    assert (opened, at.caption[0].value) == ("1", "2")


@pytest.mark.parametrize("sent", [{"stage": 4, "at": 1}, {"stage": True, "at": 1}, {"stage": "ask"}, {}, 7, None])
def test_a_stage_that_was_not_reached_is_not_opened(sent: Any) -> None:
    at = draw_rail(2, 3, {})

    at.session_state["probe_rail"] = {"open": sent}
    at.run()

    assert not at.exception
    assert at.caption[0].value == "2"


def test_the_rail_notes_what_an_exchange_cost() -> None:
    at = draw_rail(0, 2, {2: "79 + 18"})

    assert rail_of(at, "probe")["rows"][2] == {"name": "call", "label": "3 Call · 79 + 18"}


def test_the_rail_tells_no_cost_before_its_stage() -> None:
    at = draw_rail(1, 1, {2: "79 + 18"})

    assert not any("79 + 18" in row["label"] for row in rail_of(at, "probe")["rows"])


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ('{"location": "Seoul", "unit": "celsius"}', "f(location='Seoul', unit='celsius')"),
        ("{}", "f()"),
        ("[1]", "f([1])"),
        ("location=Seoul", "f(location=Seoul)"),
        ('{"days": 3, "exact": true, "zone": null}', "f(days=3, exact=True, zone=None)"),
    ],
)
def test_a_call_is_written_as_python_would_be(arguments: str, line: str) -> None:
    assert _as_python(Call("", "f", arguments)) == line


def test_what_the_model_gave_is_not_filled_in() -> None:
    written = _as_python(Call("", "f", '{"unit": "celsius"}'), {"unit": None})

    assert written == "f(unit='celsius')"


def draw_run(call: Call, result: ToolResult) -> AppTest:
    message = CALLS_TOOL | {
        "tool_calls": [{"id": "", "function": {"name": call.name, "arguments": call.arguments}}],
    }

    def page(step: object) -> None:
        from components import step_view
        from playground.call_answers import RUN

        step_view.run(step, lambda place: RUN, {}, "probe", lambda place, how: None)

    step = Step(1, exchange_of(FIRST.request, message), (result,))
    at = AppTest.from_function(page, kwargs={"step": step}, default_timeout=10).run()
    assert not at.exception
    return at


def test_each_call_and_its_result_stand_beside_each_other() -> None:
    at = draw_run(CALL, run_tool(GET_CURRENT_WEATHER, "", CALL.name, CALL.arguments))

    assert json_of(at, "probe_arguments_0") == {"location": "Seoul"}
    assert json_of(at, "probe_result_0")["temperature"] == "25"


def test_a_call_that_went_wrong_is_marked_and_shows_what_the_model_will_read() -> None:
    broken = Call("", "get_current_weather", "location: Seoul")

    at = draw_run(broken, run_tool(GET_CURRENT_WEATHER, "", broken.name, broken.arguments))

    assert any("Error" in markdown.value for markdown in at.markdown)
    assert text_of(at, "probe_arguments_0") == "location: Seoul"
    assert text_of(at, "probe_result_0").startswith("Error: the arguments of get_current_weather are not JSON")
    assert any("The arguments are no JSON" in caption.value for caption in at.caption)


def test_a_call_that_nobody_answers_has_no_result() -> None:
    at = draw_run(CALL, ToolResult("", CALL.name, "", None, 0.0, sent=False))

    assert not is_shown(at, "probe_result_0")
    assert any("No message answers this call" in markdown.value for markdown in at.markdown)


@pytest.mark.parametrize("name", ["ask", "call", "answer"])
def test_a_failed_exchange_shows_its_error_in_place_of_the_response(name: str) -> None:
    refused = ApiError("status", "Rate limit reached", "Wait a little.", code="rate_limit_exceeded")
    failed = exchange_of(FIRST.request, refused)
    values = {"ask": (failed,), "call": (Step(1, failed),), "answer": (Step(2, failed), FIRST)}[name]

    at = draw(name, *values)

    assert "Rate limit reached" in [text.value for text in at.text]
    assert not is_shown(at, f"probe_{name}_response")


def test_text_that_looks_like_html_is_shown_as_text() -> None:
    answer = {"role": "assistant", "content": "<script>alert(1)</script>"}

    at = draw("answer", Step(2, exchange_of(FIRST.request, answer)), FIRST)

    assert [text.value for text in at.text] == ["<script>alert(1)</script>"]
    assert not any("<script>" in markdown.value for markdown in at.markdown)


def test_the_response_lights_what_the_model_asks_for() -> None:
    at = draw("call", Step(1, FIRST))

    assert lit_of(at, "probe_call_response") == [
        '"name": "get_current_weather",',
        '"arguments": ' + json.dumps(CALL.arguments),
        '"finish_reason": "stop"',
    ]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.key)
def test_the_strip_says_who_speaks_to_whom(stage: Any) -> None:
    def page(place: int) -> None:
        from components import lane_strip
        from playground.loop import STAGES

        lane_strip.draw(STAGES[place], "probe")

    at = AppTest.from_function(page, kwargs={"place": STAGES.index(stage)}, default_timeout=10).run()
    data = json.loads(next(view for view in at.get("bidi_component") if view.key == "probe").proto.json)

    assert data["names"][data["speaker"]].lower() == stage.speaker
    assert data["names"][data["listener"]].lower() == stage.listener
    assert data["label"].startswith(data["names"][data["speaker"]])
    assert data["label"].endswith(stage.passes)


def test_an_exchange_that_told_no_usage_costs_nothing_known() -> None:
    from components.step_cost import tokens

    silent = exchange(response_body=b"{}")

    assert tokens(silent) == ""


@pytest.mark.parametrize(
    ("dollars", "simulated", "said"),
    [
        (Decimal("0.00345"), True, "$0 (would be $0.00345)"),
        (Decimal("0.00345"), False, "$0.00345"),
        (None, True, "price unknown"),
    ],
)
def test_money_is_marked_as_simulated_or_unknown(dollars: Decimal | None, simulated: bool, said: str) -> None:
    taken = Taken(812.4, 0.0, 79, 18, dollars, simulated)

    words = spent(taken).replace("\\$", "$")

    assert words == f"97 tokens · model 812\u00a0ms · {said}"
