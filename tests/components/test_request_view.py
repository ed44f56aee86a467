"""The tab "A request", on the tokenizer page and by itself."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from streamlit.testing.v1 import AppTest

from components import ledger_view, prompt_view
from playground.client import connect
from playground.ledger import count_prompt, prompt_borders, prompt_entries, render_prompt
from playground.ledger_rules import FAMILIES
from playground.sample_requests import samples
from tests.started import go, start

KEY = "tokenizer_request"
FUNCTIONS, TOOLS_AGAIN = samples("gpt-4")[2].body, samples("gpt-4o")[5].body


def open_page(language: str = "en", tab: str = "request", **connection: Any) -> AppTest:
    at = go(start(language, **connection), "tokenizer")
    at.session_state["tokenizer_tabs"] = {"open": tab}
    return ran(at)


def ran(element: Any) -> AppTest:
    at: AppTest = element.run()
    assert not at.exception
    return at


def write(at: AppTest, body: object) -> AppTest:
    text = body if isinstance(body, str) else json.dumps(body)
    return ran(at.text_area(key=KEY).set_value(text))


def view(at: AppTest, tab: str) -> AppTest:
    at.session_state[f"{KEY}_bill"] = tab
    return ran(at)


def prompt(at: AppTest) -> dict[str, Any] | None:
    found = [each.proto.json for each in at.get("bidi_component") if each.proto.component_name == "prompt_view"]
    return json.loads(found[0]) if found else None


def total(at: AppTest) -> str:
    (metric,) = at.metric
    return str(metric.value)


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption])


def table(at: AppTest) -> Any:
    """The one table there is: only the open tab has any."""
    (found,) = at.dataframe
    return found.value


def test_the_tab_stands_before_the_last_and_does_nothing_until_it_is_opened() -> None:
    at = open_page(tab="chart")

    (strip,) = [each.proto.json for each in at.get("bidi_component") if each.proto.component_name == "tab_strip"]
    assert [title for _name, title in json.loads(strip)["tabs"]][-2:] == ["A request", "Take along"]
    assert prompt(at) is None


def test_it_opens_on_the_courses_first_request_and_its_23_tokens() -> None:
    at = open_page()

    assert json.loads(at.text_area(key=KEY).value) == samples("gpt-4")[0].body
    assert total(at) == "23"
    assert "Exact: each rule" in said(at)
    assert "2023 functions" in said(at)


def test_a_message_and_a_function_can_be_added_and_taken_back() -> None:
    at = open_page()

    ran(at.text_area(key=f"{KEY}_add_message_text").set_value("And in Busan?"))
    ran(at.button(key=f"{KEY}_add_message").click())
    ran(at.segmented_control(key=f"{KEY}_add_kind").set_value("function"))
    ran(at.button(key=f"{KEY}_add_function").click())

    built = json.loads(at.text_area(key=KEY).value)
    assert built["messages"] == [*samples("gpt-4")[0].body["messages"], {"role": "user", "content": "And in Busan?"}]
    assert built["tools"] == samples("gpt-4")[4].body["tools"]
    assert total(at) == str(count_prompt(built).total)
    ran(at.button(key=f"{KEY}_back").click())
    assert "tools" not in json.loads(at.text_area(key=KEY).value)


def test_nothing_is_added_to_a_request_that_is_no_json_nor_a_function_whose_schema_is_none() -> None:
    at = ran(open_page().segmented_control(key=f"{KEY}_add_kind").set_value("function"))

    ran(at.text_area(key=f"{KEY}_add_function_parameters").set_value("{oops"))

    assert at.button(key=f"{KEY}_add_function").disabled
    write(at, "{oops")
    assert "mend it first" in said(at)
    assert not [each for each in at.button if each.key == f"{KEY}_add_function"]


def test_the_pieces_together_are_the_prompt_and_the_legend_adds_up() -> None:
    at = write(open_page(), FUNCTIONS)

    shown = prompt(at)

    assert shown is not None
    assert "".join(text for _kind, text, _borders, _said, _instead in shown["pieces"]) == render_prompt(FUNCTIONS)
    assert sum(int(kind["tokens"]) for kind in shown["kinds"]) == 79
    assert [kind["sign"] for kind in shown["kinds"]] == [str(number) for number, _ in enumerate(shown["kinds"], 1)]


def test_each_piece_says_where_it_comes_from_and_what_it_costs() -> None:
    pieces = prompt_view.told(prompt_entries(FUNCTIONS), prompt_borders(FUNCTIONS))["pieces"]

    assert "description · functions[0].description · 10 tokens · exact" in [
        said for _kind, _text, _borders, said, _instead in pieces
    ]


def test_tokens_without_a_text_have_something_that_stands_for_them() -> None:
    body = samples("gpt-5")[4].body

    pieces = prompt_view.told(prompt_entries(body), prompt_borders(body))["pieces"]

    assert [instead for _kind, text, _borders, _said, instead in pieces if not text][:1] == [
        "instructions of the API +85"
    ]
    assert not any(instead for _kind, text, _borders, _said, instead in pieces if text)


@pytest.mark.parametrize("model", [start for start, _rules in FAMILIES])
def test_every_kind_of_piece_has_a_colour_of_its_own(model: str) -> None:
    picture = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    answer = {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}
    bodies = [sample.body | {"model": model, "tool_choice": "none"} for sample in samples(model)]
    seen = {"role": "user", "name": "a", "content": [picture]}
    bodies.append(bodies[0] | {"messages": [seen], "response_format": answer})
    css = (Path(prompt_view.__file__).parent / "prompt_view.css").read_text(encoding="utf-8")

    for entry in (entry for body in bodies for entry in prompt_entries(body)):
        assert entry.what in prompt_view.KIND_OF, entry.what
        assert f".{prompt_view.KIND_OF[entry.what]} {{ --mark:" in css


def test_a_prompt_too_long_to_draw_says_how_much_is_left() -> None:
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}] * 1500}
    entries = prompt_entries(body)

    told = prompt_view.told(entries, prompt_borders(body))

    assert len(told["pieces"]) == prompt_view.PIECES
    assert told["more"] == f"{len(entries) - prompt_view.PIECES:,} more pieces"


def test_a_piece_is_cut_where_its_tokens_begin() -> None:
    pieces = prompt_view.told(prompt_entries(FUNCTIONS), prompt_borders(FUNCTIONS))["pieces"]

    question = next(piece for piece in pieces if piece[1] == "What's the weather like in Seoul?")

    assert question[2] == [0, 4, 6, 10, 18, 23, 26, 32]


def test_tokens_beyond_the_limit_are_drawn_without_borders_and_the_view_says_so() -> None:
    long = "word " * prompt_view.BORDERS
    body = {"model": "gpt-4", "messages": [{"role": "user", "content": text} for text in ("Hi", long)]}

    told = prompt_view.told(prompt_entries(body), prompt_borders(body))

    assert [piece[2] for piece in told["pieces"] if piece[1] == "Hi"] == [[0]]
    assert [piece[2] for piece in told["pieces"] if piece[1] == long] == [[]]
    assert told["more"] == f"The borders of the first {prompt_view.BORDERS:,} tokens are drawn."


def test_the_bill_lists_every_entry_with_its_certainty_and_its_rule() -> None:
    at = write(open_page(), TOOLS_AGAIN)

    bill = table(at)

    assert bill["Tokens"].sum() == count_prompt(TOOLS_AGAIN).total == int(total(at))
    assert set(bill["Certainty"]) == {"exact", "fitted"}
    assert "messages[1].tool_calls[0].function.arguments" in set(bill["Where"])
    assert all(bill["Why"]) and all(bill["Found in"])


def test_the_picture_of_the_bill_says_itself_in_words() -> None:
    at = write(open_page(), FUNCTIONS)
    assert not at.get("plotly_chart")

    view(at, "Picture of the bill")

    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt == "79 prompt tokens: functions: 64, messages[0]: 12, start of the answer: 3"


def test_of_very_many_parts_the_largest_are_drawn_and_each_hangs_on_one_that_is() -> None:
    properties = {f"p{number}": {"type": "string"} for number in range(600)}
    function = {"name": "f", "parameters": {"type": "object", "properties": properties}}
    at = write(open_page(), FUNCTIONS | {"functions": [function]})

    view(at, "Picture of the bill")

    (chart,) = at.get("plotly_chart")
    (cells,) = json.loads(chart.proto.spec)["data"]
    assert len(cells["ids"]) == 400
    assert set(cells["parents"]) <= {"", *cells["ids"]}
    assert "the 400 largest" in said(at)


def test_what_could_be_left_out_is_listed_largest_first() -> None:
    at = view(write(open_page(), FUNCTIONS), "Leave something out")

    savings = table(at)

    assert list(savings["Tokens"]) == sorted(savings["Tokens"])
    assert savings["Where"][0] == "functions[0]"
    by_place = dict(zip(zip(savings["Where"], savings["Without"], strict=True), savings["Tokens"], strict=True))
    assert by_place["functions[0].description", "description"] == -10


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{\n  "model": "gpt-4",\n  "messages": [}\n', "line 3, column 16"),
        ("", "line 1, column 1"),
        ("[1, 2]", "begins with {"),
        ('{"a":' * 50_000, "too deep"),
        ('{"n": ' + "9" * 5000 + "}", "too long"),
        (r'{"messages": [{"role": "user", "content": "\ud83d"}]}', "half a character"),
    ],
)
def test_bad_json_is_named_with_its_place_and_nothing_is_lost(text: str, error: str) -> None:
    at = write(open_page(), text)

    assert error in at.error[0].value
    assert at.text_area(key=KEY).value == text
    assert not at.metric


def test_the_line_with_the_fault_is_pointed_at() -> None:
    at = write(open_page(), '{\n  "model": ,\n}')

    assert at.code[0].value == '  "model": ,\n           ^'


@pytest.mark.parametrize(
    ("body", "unknown"),
    [
        ({}, "messages: no list"),
        ({"model": 3, "messages": [{"role": "robot", "content": "\ufffd"}]}, "messages[0].role: a role that"),
        ({"model": "gpt-4", "messages": None, "tools": 7}, "tools: no list"),
    ],
)
def test_an_odd_body_is_counted_as_far_as_it_goes_and_the_rest_is_listed(body: object, unknown: str) -> None:
    at = write(open_page(), body)

    assert unknown in at.text[-1].value
    assert "An estimate" in said(at)


def test_a_model_that_nobody_recorded_is_said_to_be_counted_by_the_closest_rules() -> None:
    at = write(open_page(), samples("somebody-s-model")[0].body)

    assert "No rule is known for this model" in said(at)


def test_an_example_replaces_the_request_and_the_one_before_comes_back() -> None:
    at = write(open_page(), '{"my": "own"')

    at.get_by_key(f"{KEY}_examples").click("functions: the second request (the course)")
    ran(at)
    assert total(at) == "72"

    ran(at.button(key=f"{KEY}_back").click())
    assert at.text_area(key=KEY).value == '{"my": "own"'


def test_the_last_request_of_the_session_is_one_of_the_examples() -> None:
    at = write(open_page(), FUNCTIONS)
    ran(at.button(key=f"{KEY}_send").click())
    write(at, "{}")

    at.get_by_key(f"{KEY}_examples").click("The last request of this session")
    ran(at)

    assert json.loads(at.text_area(key=KEY).value) == FUNCTIONS


def test_sending_it_compares_what_was_predicted_with_what_was_reported() -> None:
    at = write(open_page(), FUNCTIONS)

    ran(at.button(key=f"{KEY}_send").click())

    assert "Prompt tokens: predicted 79 = reported 79" in said(at)
    assert "it proves nothing" in said(at)
    assert at.session_state["log"][-1].request == FUNCTIONS


def test_a_comparison_belongs_to_the_request_that_was_sent() -> None:
    at = write(open_page(), FUNCTIONS)
    ran(at.button(key=f"{KEY}_send").click())

    write(at, samples("gpt-4")[0].body)

    assert "predicted 79" not in said(at)


def test_what_the_api_refuses_is_shown_as_its_error() -> None:
    at = write(open_page(), {"model": "gpt-4", "messages": []})

    ran(at.button(key=f"{KEY}_send").click())

    assert "The API refused the request" in said(at)


def test_a_stream_without_usage_is_said_to_report_none() -> None:
    at = write(open_page(), FUNCTIONS | {"stream": True})

    ran(at.button(key=f"{KEY}_send").click())

    assert "include_usage" in said(at)


def test_only_openai_itself_can_be_asked_to_count_and_the_tab_says_so() -> None:
    sentence = "OpenAI itself can be asked to count"

    simulated, with_key = open_page(), open_page(kind="openai")

    assert not [each for each in simulated.button if each.key == f"{KEY}_ask"]
    assert sentence in said(simulated)
    assert with_key.button(key=f"{KEY}_ask")
    assert sentence not in said(with_key)


@pytest.mark.parametrize(
    ("status", "answer", "sentence"),
    [
        (200, {"input_tokens": 23}, "predicted 23 = reported 23"),
        (200, {"input_tokens": 30}, "a difference of +7"),
        (200, {"something": "else"}, "holds no count"),
    ],
)
def test_the_apis_own_count_stands_beside_the_prediction(
    monkeypatch: pytest.MonkeyPatch, status: int, answer: dict[str, Any], sentence: str
) -> None:
    server = httpx2.MockTransport(lambda request: httpx2.Response(status, json=answer))
    monkeypatch.setattr("components.connection.client", lambda: connect("http://server.invalid/v1", "key", server))
    at = open_page(kind="openai")

    ran(at.button(key=f"{KEY}_ask").click())

    assert sentence in said(at)


def test_a_total_is_as_sure_as_its_least_sure_part() -> None:
    bill = count_prompt(TOOLS_AGAIN)

    assert ledger_view.sureness(bill) == "fitted"
    assert ledger_view.sureness(dataclasses.replace(bill, known=False)) == "estimate"
    assert ledger_view.sureness(count_prompt(FUNCTIONS)) == "exact"
