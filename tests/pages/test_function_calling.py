"""The course's numbers are those that the API reported to it in March 2025; the simulator counts by the same rules."""

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.loop import STAGES
from playground.run_cost import of_exchange
from playground.spending import Purse
from playground.staged_run import edit
from playground.tools import run_tool
from simulator.faults import FAULTS
from tests.shown import is_shown, json_of, lit_of, open_stage, rail_of, text_of
from tests.simulator.served import served
from tests.started import go, start

KEYS = [stage.key for stage in STAGES]


def open_page(language: str = "en", **connection: Any) -> AppTest:
    return opened(start(language, **connection))


def opened(at: AppTest, **query: str) -> AppTest:
    return go(at, "function_calling", **query)


def press(at: AppTest, name: str, times: int = 1) -> AppTest:
    for _ in range(times):
        at.button(key=f"function_calling_{name}").click().run()
        assert not at.exception
    return at


def stage(at: AppTest) -> str:
    """Key of the stage that is shown."""
    number = next(heading.value for heading in at.header if heading.value[0].isdigit())
    return KEYS[int(number[0]) - 1]


def requests(at: AppTest) -> list[dict[str, Any]]:
    """What was sent, oldest first."""
    return [exchange.request for exchange in at.session_state["log"]] if "log" in at.session_state else []


def usages(at: AppTest) -> list[tuple[int, int]]:
    return [(each.usage.prompt_tokens, each.usage.completion_tokens) for each in at.session_state["log"]]


def test_the_page_opens_with_the_function_and_its_schema_and_sends_nothing() -> None:
    at = open_page()

    assert stage(at) == "define"
    assert at.code[0].value.startswith("def get_current_weather(location: str")
    assert json_of(at, "function_calling_definition")["functions"][0]["name"] == "get_current_weather"
    assert requests(at) == []


def test_next_goes_through_the_six_stages_and_sends_two_requests() -> None:
    at = open_page()
    seen = [(stage(at), len(requests(at)))]

    for _ in range(5):
        press(at, "next")
        seen.append((stage(at), len(requests(at))))

    assert seen == [("define", 0), ("ask", 1), ("call", 1), ("run", 1), ("append", 1), ("answer", 2)]


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_the_first_request_is_shown_as_it_was_sent_with_the_functions_lit(dialect: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()

    press(at, "next")

    assert json_of(at, "function_calling_first") == requests(at)[0]
    assert lit_of(at, "function_calling_first")[0] == f'"{dialect}": ['


def test_the_call_is_read_from_the_response() -> None:
    at = press(open_page(), "next", 2)

    response = json_of(at, "function_calling_call_response")

    assert response["choices"][0]["finish_reason"] == "function_call"
    assert response["choices"][0]["message"]["content"] is None
    assert at.code[0].value == "get_current_weather(location='Seoul')"


def test_the_function_is_run_with_the_model_s_arguments() -> None:
    at = press(open_page(), "next", 3)

    assert json_of(at, "function_calling_arguments_0") == {"location": "Seoul"}
    assert json_of(at, "function_calling_result_0") == {
        "location": "Seoul",
        "temperature": "25",
        "unit": "celsius",
        "forecast": ["sunny", "windy"],
    }


@pytest.mark.parametrize(("dialect", "role"), [("functions", "function"), ("tools", "tool")])
def test_only_the_two_new_messages_are_lit_in_the_second_request(dialect: str, role: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()

    press(at, "next", 4)

    lit = lit_of(at, "function_calling_append")
    assert [line for line in lit if line.startswith('"role"')] == ['"role": "assistant",', f'"role": "{role}",']
    assert not any("Seoul?" in line for line in lit)
    assert dialect not in json_of(at, "function_calling_append")


def test_the_answer_and_the_course_s_numbers_stand_at_the_end() -> None:
    at = press(open_page(), "all")

    assert stage(at) == "answer"
    assert any("25 degrees Celsius" in text.value for text in at.text)
    assert usages(at) == [(79, 18), (72, 21)]
    notes = [row["label"].split(" · ")[1] for row in rail_of(at, "function_calling")["rows"] if " · " in row["label"]]
    assert notes == ["79 + 18", "72 + 21"]
    assert any("190 tokens" in caption.value for caption in at.caption)


def test_the_second_request_shown_is_the_one_that_was_sent() -> None:
    at = press(open_page(), "next", 4)
    prepared = json_of(at, "function_calling_append")

    press(at, "next")

    assert requests(at)[1] == prepared == json_of(at, "function_calling_answer_request")


def test_the_course_s_way_of_calling_sends_null_and_costs_two_tokens_less() -> None:
    at = press(open_page(), "all")
    open_stage(at, "function_calling", "run")

    at.toggle(key="function_calling_by_get").set_value(True).run()
    shown = at.code[0].value
    press(at, "next", 2)

    assert shown == "get_current_weather(location='Seoul', unit=None)"
    assert json.loads(requests(at)[-1]["messages"][2]["content"])["unit"] is None
    assert [prompt for prompt, _ in usages(at)] == [79, 72, 70]


def test_a_unit_that_the_model_gave_is_passed_on_either_way() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("What's the weather like in Seoul in fahrenheit?").run()

    press(at, "next", 3)

    assert json_of(at, "function_calling_result_0")["unit"] == "fahrenheit"
    assert any("The model gave a unit" in caption.value for caption in at.caption)


def test_the_functions_are_sent_again_on_request() -> None:
    at = press(open_page(), "next", 4)

    at.toggle(key="function_calling_again").set_value(True).run()
    press(at, "next")

    assert "functions" in requests(at)[1]
    assert stage(at) == "answer"


def test_a_stage_that_was_reached_can_be_looked_at_again_without_sending() -> None:
    at = press(open_page(), "all")

    open_stage(at, "function_calling", "ask")
    again = stage(at)
    press(at, "next")

    assert (again, stage(at)) == ("ask", "call")
    assert len(requests(at)) == 2


def test_a_run_is_still_there_after_another_page() -> None:
    at = press(open_page(), "next", 3)

    at.switch_page("pages/chat.py").run()
    opened(at)

    assert stage(at) == "run"
    press(at, "next", 2)
    assert any("25 degrees Celsius" in text.value for text in at.text)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("text_input", "question", "What's the weather like in Busan?"),
        ("segmented_control", "dialect", "tools"),
    ],
)
def test_another_question_or_dialect_starts_over(kind: str, key: str, value: str) -> None:
    at = press(open_page(), "all")

    getattr(at, kind)(key=f"function_calling_{key}").set_value(value).run()

    assert stage(at) == "define"
    assert len(requests(at)) == 2


def test_start_over_forgets_the_run_and_keeps_the_question() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("What's the weather like in Busan?").run()
    press(at, "all")

    press(at, "restart")

    assert stage(at) == "define"
    assert at.text_input(key="function_calling_question").value == "What's the weather like in Busan?"


def test_a_question_that_needs_no_function_ends_at_the_call() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("Hello! I'm John.").run()

    press(at, "all")

    assert stage(at) == "call"
    assert any("asked for no function" in markdown.value for markdown in at.main.markdown)
    assert not is_shown(at, "function_calling_lanes_call")
    assert at.button(key="function_calling_restart").proto.type == "primary"


def test_a_refusal_is_shown_and_the_same_stage_is_tried_again() -> None:
    at = press(open_page(model="no-such-model"), "all")

    refused = [text.value for text in at.text]
    at.session_state["connection"] = {"instant": True}
    press(at, "next")

    assert any("no-such-model" in text for text in refused)
    assert stage(at) == "ask"
    assert [exchange.status for exchange in at.session_state["log"]] == [404, 200]


def test_the_whole_exchange_is_one_click_away_and_drawn_only_then() -> None:
    at = press(open_page(), "next", 2)
    before = is_shown(at, "function_calling_call_exchange_request_json")

    at.session_state["function_calling_call_whole"] = True
    at.run()

    assert not before
    assert json_of(at, "function_calling_call_exchange_request_json") == requests(at)[0]


@pytest.mark.parametrize("question", ["<img src=x onerror=alert(1)> weather in Seoul?", "날씨 😀 weather", "w" * 2000])
def test_any_question_is_sent_as_it_is(question: str) -> None:
    at = open_page()

    at.text_input(key="function_calling_question").set_value(question).run()
    press(at, "next")

    assert requests(at)[0]["messages"] == [{"role": "user", "content": question}]


def test_an_empty_question_can_not_be_asked() -> None:
    at = open_page()

    at.text_input(key="function_calling_question").set_value("  ").run()

    assert at.button(key="function_calling_next").disabled


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_look_has_one_primary_button_and_few_controls(language: str) -> None:
    at = open_page(language)

    buttons = [button for button in at.main.button if button.key != "connection_chip_phone"]
    controls = [*buttons, *at.main.toggle, *at.main.text_input, *at.main.segmented_control]

    assert [button.key for button in buttons if button.proto.type == "primary"] == ["function_calling_next"]
    assert len(controls) <= 9


@pytest.mark.parametrize(("dialect", "name"), [("functions", "function_call"), ("tools", "tool_choice")])
def test_what_was_chosen_of_calling_is_sent_and_nothing_else(dialect: str, name: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()
    press(at, "next")
    assert name not in requests(at)[-1]
    press(at, "restart")

    at.segmented_control(key="function_calling_choice").set_value("none").run()
    press(at, "next", times=2)

    assert requests(at)[-1][name] == "none"
    assert stage(at) == "call"
    assert not at.session_state["log"][-1].tool_calls


def fill(at: AppTest, **settings: Any) -> AppTest:
    """Set the page up, as a link or an example does."""
    for name, value in settings.items():
        at.session_state[f"function_calling_{name}"] = value
    at.run()
    assert not at.exception
    return at


def agent(at: AppTest) -> AppTest:
    return fill(
        at,
        question="What's the weather like in Seoul, what time is it there, and what is 12 * (3 + 4)?",
        tools=["get_current_weather", "get_current_time", "calculator"],
        again=True,
        max_steps=10,
        parallel="false",
    )


def tool_messages(at: AppTest, number: int = -1) -> list[dict[str, Any]]:
    return [message for message in requests(at)[number]["messages"] if message["role"] in ("tool", "function")]


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_an_agent_uses_three_functions_in_turn_and_ends_by_itself(dialect: str) -> None:
    at = agent(fill(open_page(), dialect=dialect))

    press(at, "all")

    assert [set(body) >= {dialect} for body in requests(at)] == [True] * 4
    assert [len(tool_messages(at, number)) for number in range(4)] == [0, 1, 2, 3]
    assert at.button(key="function_calling_restart").proto.type == "primary"
    assert next(heading.value for heading in at.header if heading.value[0].isdigit()) == "12 Answer"
    assert any("The whole run" in caption.value for caption in at.caption)


def test_only_what_was_added_is_lit_in_each_further_request() -> None:
    at = press(agent(fill(open_page(), dialect="tools")), "all")

    open_stage(at, "function_calling", "append_2")

    lit = [line for line in lit_of(at, "function_calling_append_2") if line.startswith('"role"')]
    assert lit == ['"role": "assistant",', '"role": "tool",']


def test_two_requests_are_the_limit_until_somebody_goes_on() -> None:
    at = press(fill(agent(fill(open_page(), dialect="tools")), max_steps=2), "all")
    stopped = len(requests(at))

    press(at, "go_on")
    press(at, "all")

    assert stopped == 2
    assert len(requests(at)) == 4
    assert not any(heading.value.startswith("6 Answer") for heading in at.header)


def test_a_loop_that_would_never_end_is_stopped_visibly() -> None:
    at = fill(fill(open_page(), dialect="tools"), choice="required", again=True, max_steps=4)

    press(at, "all")

    assert len(requests(at)) == 4
    assert any("4 requests are the limit" in markdown.value for markdown in at.main.markdown)
    assert not any("now the model answers in words" in markdown.value for markdown in at.main.markdown)


def test_a_cap_in_dollars_stops_a_run_and_may_be_lifted() -> None:
    at = press(fill(agent(fill(open_page(), dialect="tools")), cap=0.0001), "all")
    stopped = len(requests(at))

    press(at, "go_on")
    press(at, "all")

    assert (stopped, len(requests(at))) == (1, 4)


@pytest.mark.parametrize(
    ("who", "text", "sent"),
    [
        ("person", "It rains frogs.", ["It rains frogs."]),
        ("error", "no network", ["Error: no network"]),
        ("nobody", "", []),
    ],
)
def test_each_of_those_who_may_answer_a_call_is_what_the_model_reads(who: str, text: str, sent: list[str]) -> None:
    at = press(fill(open_page(), dialect="tools"), "next", 3)

    at.segmented_control(key="function_calling_who_0").set_value(who).run()
    if who == "person":
        at.text_area(key="function_calling_who_0_text_person").set_value(text).run()
    elif who == "error":
        at.text_input(key="function_calling_who_0_text_error").set_value(text).run()
    press(at, "next", 2)

    assert [message["content"] for message in tool_messages(at)] == sent
    if who == "nobody":
        assert at.session_state["log"][-1].status == 400
        assert any("tool_call_id" in each.value for each in at.text)


@pytest.mark.parametrize(
    ("dialect", "said", "status"),
    [("functions", "the API takes the next request", 200), ("tools", "The API refuses the next request", 400)],
)
def test_what_comes_of_a_call_that_nobody_answers_is_said_as_the_dialect_has_it(
    dialect: str, said: str, status: int
) -> None:
    at = press(fill(open_page(), dialect=dialect), "next", times=3)

    at.segmented_control(key="function_calling_who_0").set_value("nobody").run()
    told = [markdown.value for markdown in at.main.markdown]
    press(at, "next", times=2)

    assert any(said in each for each in told)
    assert at.session_state["log"][-1].status == status


def test_a_function_that_answers_too_late_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.call_answers.run_tool", lambda *call: run_tool(*call[:4], 0.05))
    at = press(fill(open_page(), dialect="tools"), "next", 3)

    at.segmented_control(key="function_calling_who_0").set_value("late").run()

    assert text_of(at, "function_calling_result_0") == "Error: get_current_weather gave no answer within 0.05 seconds."
    assert any("took too long" in caption.value for caption in at.caption)
    assert stage(at) == "run"


def test_the_request_may_be_changed_before_it_is_sent() -> None:
    at = open_page()
    memory = at.session_state["scratch_function_calling"]
    body = memory["run"].opening("gpt-4") | {"temperature": 0}
    memory["run"] = edit(memory["run"], body)
    at.run()

    told = [markdown.value for markdown in at.main.markdown]
    press(at, "next")

    assert "Changed by you." in told
    assert requests(at)[0] == body


def test_a_change_is_taken_back() -> None:
    at = press(open_page(), "next", 4)
    before = json_of(at, "function_calling_append")
    memory = at.session_state["scratch_function_calling"]
    memory["run"] = edit(memory["run"], before | {"temperature": 0})
    at.run()
    changed = json_of(at, "function_calling_append")

    press(at, "body_back")
    press(at, "next")

    assert changed == before | {"temperature": 0}
    assert requests(at)[1] == before


def test_a_run_that_was_given_up_can_come_back() -> None:
    at = press(open_page(), "all")
    fill(at, question="What's the weather like in Busan?")

    press(at, "before")

    assert stage(at) == "answer"
    assert at.text_input(key="function_calling_question").value == "What's the weather like in Seoul?"
    assert len(requests(at)) == 2


def test_a_function_of_ones_own_is_described_offered_and_answered_by_its_text() -> None:
    at = open_page()
    told = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "template"}
    at.session_state["scratch_function_tools"] = {"find_book": told | {"answer": '{"shelf": "B 12"}'}}
    fill(at, dialect="tools", question="Find a book.", tools=["get_current_weather", "find_book"], choice="find_book")

    press(at, "all")

    assert [tool["function"]["name"] for tool in requests(at)[0]["tools"]] == ["get_current_weather", "find_book"]
    assert json.loads(tool_messages(at)[0]["content"])["shelf"] == "B 12"


def test_a_call_to_a_function_that_a_person_answers_waits_for_the_person() -> None:
    at = open_page()
    told = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "typed"}
    at.session_state["scratch_function_tools"] = {"find_book": told | {"answer": ""}}
    fill(at, dialect="tools", tools=["find_book"], choice="find_book", question="Find a book.")

    press(at, "all")
    waiting = stage(at), len(requests(at))
    told_to_type = any("what you type above is the result" in each.value for each in at.main.markdown)
    at.text_area(key="function_calling_who_0_text_person").set_value("Momo").run()
    press(at, "all")

    assert (waiting, told_to_type) == (("run", 1), True)
    assert [message["content"] for message in tool_messages(at)] == ["Momo"]


def test_another_function_of_ones_own_is_offered_under_a_name_that_is_free() -> None:
    at = open_page()
    told = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "typed"}
    at.session_state["scratch_function_tools"] = {name: told | {"name": name} for name in ("find_book", "find_book_2")}
    at.session_state["function_calling_setup"] = True
    at.run()

    press(at, "own_new")

    assert at.text_input(key="function_tools_name").value == "find_book_3"
    assert not at.button(key="function_tools_save").disabled


def test_strict_is_sent_and_what_the_api_would_refuse_is_said_before() -> None:
    at = fill(open_page(), dialect="tools", strict=True)
    said = [text.value for text in at.text]

    press(at, "next")

    assert any("'additionalProperties' is required to be supplied and to be false" in text for text in said)
    assert requests(at)[0]["tools"][0]["function"]["strict"] is True


@pytest.mark.parametrize(("parallel", "calls"), [("", 2), ("true", 2), ("false", 1)])
def test_whether_calls_come_together_is_chosen(parallel: str, calls: int) -> None:
    at = fill(open_page(), dialect="tools", parallel=parallel, question="What's the weather like in Seoul and Paris?")

    press(at, "next", 3)

    assert requests(at)[0].get("parallel_tool_calls") == {"": None, "true": True, "false": False}[parallel]
    assert len(at.session_state["log"][-1].tool_calls) == calls
    assert is_shown(at, "function_calling_result_1") is (calls == 2)
    press(at, "next")
    assert any("adds two messages" in each.value for each in at.main.markdown) is (calls == 1)


def test_the_switch_says_what_the_functions_cost_in_the_next_request() -> None:
    at = press(open_page(), "next", 4)

    label = at.toggle(key="function_calling_again").label
    before = next(caption.value for caption in at.caption if caption.value.startswith("Next request"))
    at.toggle(key="function_calling_again").set_value(True).run()
    after = next(caption.value for caption in at.caption if caption.value.startswith("Next request"))

    more = int(after.split()[2]) - int(before.split()[2])
    assert label == f"Send the functions again (+{more} tokens)"
    assert more > 50


def test_a_link_fills_the_page_once_and_sends_nothing() -> None:
    at = opened(start(), question="What is 2 * 21?", tools="calculator", dialect="tools")

    body = json_of(at, "function_calling_definition")
    at.text_input(key="function_calling_question").set_value("What is 1 + 1?").run()

    assert [tool["function"]["name"] for tool in body["tools"]] == ["calculator"]
    assert at.text_input(key="function_calling_question").value == "What is 1 + 1?"
    assert requests(at) == []


def open_tab(at: AppTest, name: str) -> AppTest:
    at.session_state["function_calling_tabs"] = {"open": name}
    at.run()
    assert not at.exception
    return at


def test_the_diagram_shows_the_run_once_there_is_one() -> None:
    at = open_tab(open_page(), "diagram")
    empty = [each.value for each in at.main.markdown if "Nothing was sent yet" in each.value]

    press(at, "all")

    assert empty
    assert any("The diagram as Mermaid text" in str(each.proto.label) for each in at.get("download_button"))


def test_both_dialects_stand_side_by_side_and_run_on_request() -> None:
    at = open_tab(open_page(), "dialects")
    before = [json_of(at, f"function_calling_dialects_{dialect}") for dialect in ("functions", "tools")]

    press(at, "dialects_run")

    assert ["functions" in before[0], "tools" in before[1]] == [True, True]
    assert [bool({"functions", "tools"} & set(body)) for body in requests(at)] == [True, False, True, False]
    assert requests(at)[0] == before[0]
    assert requests(at)[2] == before[1]


def test_a_text_becomes_json_by_both_ways() -> None:
    at = open_tab(open_page(), "json")

    press(at, "json_send")

    assert [sorted(set(body) - {"model", "messages"}) for body in requests(at)] == [
        ["function_call", "functions"],
        ["response_format"],
    ]
    assert [list(table.value["Value"]) for table in at.dataframe] == [["Kim Minsu", "28", "Busan"]] * 2


def test_a_schema_that_is_not_strict_is_said_before_sending() -> None:
    at = open_tab(open_page(), "json")

    at.text_area(key="function_calling_json_schema").set_value('{"type": "object", "properties": {}}').run()

    assert any("additionalProperties" in warning.value for warning in at.warning)


def test_what_results_with_hangul_cost_is_counted_and_compared() -> None:
    at = open_tab(open_page(model="gpt-4o"), "parallel")

    press(at, "parallel_send")

    (table,) = [each.value for each in at.dataframe]
    assert list(table.iloc[:, 1]) == list(table.iloc[:, 2]) == [141, 141, 132, 215]
    assert len(requests(at)) == 4


def test_the_export_offers_programs_a_notebook_the_json_and_a_link() -> None:
    at = open_tab(press(open_page(), "all"), "export")

    assert [each.proto.label for each in at.get("download_button")] == [
        "Python script",
        "LangChain agent",
        "Notebook",
        "JSON of the run",
    ]
    assert "client.chat.completions.create" in at.code[0].value
    (link,) = at.get("link_button")
    assert "question=What" in link.proto.url


def test_a_body_of_a_megabyte_stays_usable() -> None:
    at = fill(open_page(), dialect="tools")
    run = at.session_state["scratch_function_calling"]["run"]
    body = run.opening("gpt-4")
    body["messages"] += [{"role": "user", "content": f"{n} " + "ab cd " * 200} for n in range(800)]
    at.session_state["scratch_function_calling"]["run"] = edit(run, body)
    began = time.perf_counter()

    at.run()
    press(at, "next")

    assert len(json.dumps(body)) > 900_000
    assert requests(at)[-1] == body
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("bad-arguments", "The arguments are no JSON"),
        ("unknown-tool", "The program has no function of this name"),
    ],
)
@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_what_goes_wrong_in_a_call_is_told_to_the_model_and_to_the_visitor(dialect: str, fault: str, said: str) -> None:
    at = fill(open_page(), dialect=dialect)
    at.session_state["scratch_error_lab"] = {"fault": fault, "left": [fault]}

    press(at, "next", 3)
    captions = [caption.value for caption in at.caption]
    press(at, "next", 2)

    assert any(said in caption for caption in captions)
    assert tool_messages(at)[0]["content"].startswith("Error: ")
    assert stage(at) == "answer"


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in ("slow", "stall")])
def test_whatever_fault_a_request_meets_is_shown_and_the_run_ends_after_all(fault: str) -> None:
    at = fill(open_page(), dialect="tools")
    at.session_state["scratch_error_lab"] = {"fault": fault, "left": [fault]}

    press(at, "all")
    if at.button(key="function_calling_restart").proto.type != "primary":
        press(at, "all")

    assert at.session_state["scratch_function_calling"]["run"].finished
    assert len(requests(at)) >= 1


def real(url: str, cap: str = "", **connection: Any) -> AppTest:
    """The page on a connection that costs something, as far as it knows."""
    at = open_page(kind="other", base_url=url, **connection)
    at.session_state["connection_key"] = "sk-test-0123456789abcdef"
    if cap:
        at.session_state["scratch_spending"] = {"cap": cap}
    return at


def purse(at: AppTest) -> Purse:
    memory = at.session_state["scratch_spending"]
    return Purse(memory, Decimal(memory["cap"]))


def test_the_session_s_cap_keeps_a_request_back_and_says_so() -> None:
    with served() as url:
        at = press(real(url, cap="0.01"), "next")
        kept_back = stage(at), requests(at), [error.value for error in at.error]
        at.session_state["scratch_spending"]["cap"] = "1"
        press(at, "next")

    assert kept_back[:2] == ("define", [])
    assert any(said.startswith("Not sent: it may cost") for said in kept_back[2])
    assert (stage(at), len(requests(at)), len(at.error)) == ("ask", 1, 0)


def test_an_agent_ends_where_the_session_s_cap_is_and_goes_on_from_there_when_it_is_raised() -> None:
    with served() as url:
        at = press(agent(fill(real(url, cap="0.505"), dialect="tools")), "all")
        held, sent, spent = stage_key(at), len(requests(at)), purse(at).spent
        at.session_state["scratch_spending"]["cap"] = "5"
        press(at, "all")

    exchanges = at.session_state["log"]
    assert (held, sent < len(exchanges)) == ("append", True)
    assert 0 < spent <= Decimal("0.505")
    assert [len(tool_messages(at, number)) for number in range(4)] == [0, 1, 2, 3]
    assert purse(at).spent == sum(filter(None, map(of_exchange, exchanges)))
    assert purse(at).reserved == 0


def stage_key(at: AppTest) -> str:
    key: str = at.session_state["scratch_function_calling"]["run"].key
    return key


@pytest.mark.parametrize("name", ["dialects", "json", "parallel"])
def test_what_a_tab_sends_is_within_the_session_s_cap_too(name: str) -> None:
    with served() as url:
        at = open_tab(real(url, cap="0.01"), name)

        press(at, {"dialects": "dialects_run"}.get(name, f"{name}_send"))

    assert requests(at) == []
    assert any(error.value.startswith("Not sent") for error in at.error)


def test_both_dialects_show_what_they_have_where_the_session_s_cap_ends_them_on_the_way() -> None:
    with served() as url:
        at = open_tab(real(url, cap="0.495"), "dialects")

        press(at, "dialects_run")

    assert len(requests(at)) == 1
    assert json_of(at, "function_calling_dialects_functions_0_request") == requests(at)[0]
    assert any("No such request was sent" in each.value for each in at.main.markdown)


def test_what_the_page_adds_for_a_model_is_marked_and_can_be_switched_off() -> None:
    with served() as url:
        at = press(real(url, model="gpt-6-luna"), "next")
        at.session_state["function_calling_ask_added"] = True
        at.run()
        at.toggle(key="function_calling_ask_fit").set_value(False).run()
        press(press(at, "restart"), "next")

    assert [body.get("reasoning_effort") for body in requests(at)] == ["none", None]


def test_a_link_brings_functions_of_ones_own_and_says_what_it_leaves_out() -> None:
    book = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "template"}
    evil = book | {"name": "evil", "schema": '{"type": "object", "properties": {"a": {"$ref": "http://evil/s"}}}'}
    own = json.dumps([told | {"answer": "x"} for told in (book, evil)])
    at = opened(start(), question="Hi", tools="find_book,evil", dialect="tools", own=own)

    offered = json_of(at, "function_calling_definition")["tools"]

    assert [tool["function"]["name"] for tool in offered] == ["find_book"]
    assert any("evil" in warning.value and "never followed" in warning.value for warning in at.warning)
    assert requests(at) == []


def test_the_link_of_the_page_carries_functions_of_ones_own_while_it_is_short() -> None:
    at = open_page()
    told = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "template"}
    at.session_state["scratch_function_tools"] = {"find_book": told | {"answer": "there"}}
    fill(at, dialect="tools", tools=["find_book"])

    (link,) = open_tab(at, "export").get("link_button")
    short = link.proto.url
    at.session_state["scratch_function_tools"] = {"find_book": told | {"answer": "there" * 2000}}
    (link,) = at.run().get("link_button")
    long = link.proto.url

    assert "own=" in short
    assert "own=" not in long
    assert any("too long for it" in caption.value for caption in at.caption)
