from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.parameters import COURSE
from tests.shown import json_of, lit_of
from tests.started import go, start


def open_page(language: str = "en", **connection: Any) -> AppTest:
    return opened(start(language, **connection))


def opened(at: AppTest, **query: str) -> AppTest:
    return go(at, "parameters", **query)


def turn(at: AppTest, name: str, kind: str, position: Any) -> AppTest:
    at.toggle(key=f"parameters_set_{name}").set_value(True).run()
    getattr(at, kind)(key=f"parameters_{name}").set_value(position).run()
    assert not at.exception
    return at


def run(at: AppTest) -> AppTest:
    at.button(key="parameters_run").click().run()
    assert not at.exception
    return at


def sent(at: AppTest) -> Mapping[str, Any]:
    """The request of the session's latest exchange."""
    request: dict[str, Any] = at.session_state["log"][-1].request
    return request


def test_the_page_opens_on_the_smallest_request_and_sends_nothing() -> None:
    at = open_page()

    request, lit = json_of(at, "parameters_request"), lit_of(at, "parameters_request")

    assert request == {"model": "gpt-4", "messages": [{"role": "user", "content": "Write a haiku about the sea."}]}
    assert lit == []
    assert "log" not in at.session_state


def test_the_form_shows_the_course_s_five() -> None:
    at = open_page()

    knobs = [toggle.label for toggle in at.toggle if str(toggle.key).startswith("parameters_set_")]

    assert knobs == list(COURSE)


def test_a_knob_lights_its_line_and_run_sends_exactly_what_is_shown() -> None:
    at = open_page()
    turn(at, "temperature", "slider", 0.3)
    turn(at, "max_tokens", "number_input", 5)

    request, lit = json_of(at, "parameters_request"), lit_of(at, "parameters_request")
    run(at)

    assert lit == ['"temperature": 0.3,', '"max_tokens": 5']
    assert sent(at) == request


def test_n_answers_stand_side_by_side_as_cards() -> None:
    at = turn(open_page(), "n", "number_input", 4)

    run(at)

    captions = [caption.value for caption in at.caption if caption.value.startswith("index")]
    assert [caption.split(" · ")[0] for caption in captions] == ["index 0", "index 1", "index 2", "index 3"]
    assert any(heading.value == "4 answers" for heading in at.header)


@pytest.mark.parametrize(("temperature", "answers"), [(0.0, 1), (1.0, 3)])
def test_temperature_0_gives_one_answer_and_1_several(
    monkeypatch: pytest.MonkeyPatch, temperature: float, answers: int
) -> None:
    seeds = iter(range(100, 200))
    monkeypatch.setattr("simulator.completion.getrandbits", lambda bits: next(seeds))
    at = turn(open_page(), "temperature", "slider", temperature)

    for _ in range(6):
        run(at)

    texts = [exchange.message["content"] for exchange in at.session_state["log"]]
    assert len(texts) == 6
    assert (len(set(texts)) == 1) if answers == 1 else (len(set(texts)) >= answers)
    assert texts[-1] in [text.value for text in at.text]


def test_max_tokens_cuts_the_answer_and_the_page_says_so() -> None:
    at = turn(open_page(), "max_tokens", "number_input", 3)

    run(at)

    assert at.session_state["log"][-1].finish_reason == "length"
    assert any("length: It was cut at the token limit." in caption.value for caption in at.caption)


def test_stop_ends_the_answer_before_the_text() -> None:
    at = turn(open_page(), "stop", "multiselect", ["\\n"])

    run(at)

    assert sent(at)["stop"] == "\n"
    assert "\n" not in at.session_state["log"][-1].message["content"]


def test_everything_is_still_there_after_another_page() -> None:
    at = turn(open_page(), "temperature", "slider", 0.3)
    at.text_area(key="parameters_prompt").set_value("Write a poem about rain.").run()
    run(at)
    answer = at.session_state["log"][-1].message["content"]

    at.switch_page("pages/chat.py").run()
    opened(at)

    request, lit = json_of(at, "parameters_request"), lit_of(at, "parameters_request")
    assert request["messages"][0]["content"] == "Write a poem about rain."
    assert lit == ['"temperature": 0.3']
    assert answer in [text.value for text in at.text]


def test_reset_sends_nothing_of_the_knobs_and_keeps_the_prompt() -> None:
    at = turn(open_page(), "n", "number_input", 7)
    at.text_area(key="parameters_prompt").set_value("Write a poem about rain.").run()

    at.button(key="parameters_reset").click().run()

    request, lit = json_of(at, "parameters_request"), lit_of(at, "parameters_request")
    assert request == {"model": "gpt-4", "messages": [{"role": "user", "content": "Write a poem about rain."}]}
    assert lit == []


def test_a_refusal_is_shown_as_an_error_and_nothing_typed_is_lost() -> None:
    at = turn(open_page(model="no-such-model"), "temperature", "slider", 0.3)

    run(at)

    assert at.session_state["log"][-1].status == 404
    assert any("no-such-model" in text.value for text in at.text)
    assert lit_of(at, "parameters_request") == ['"temperature": 0.3']


def test_an_empty_prompt_can_not_be_run() -> None:
    at = open_page()

    at.text_area(key="parameters_prompt").set_value("").run()

    assert at.button(key="parameters_run").disabled


@pytest.mark.parametrize("text", ["<b>bold</b><script>alert(1)</script>", "끝 👩‍👩‍👧 \u0000", "x" * 20_000])
def test_any_text_is_sent_as_it_is(text: str) -> None:
    at = open_page()

    at.text_area(key="parameters_prompt").set_value(text).run()
    run(at)

    assert sent(at)["messages"][0]["content"] == text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_look_has_one_primary_button_and_few_controls(language: str) -> None:
    at = open_page(language)

    buttons = [button for button in at.main.button if button.key != "connection_chip_phone"]
    controls = [*buttons, *at.main.toggle, *at.main.text_area, *at.main.slider, *at.main.number_input]

    assert [button.key for button in buttons if button.proto.type == "primary"] == ["parameters_run"]
    assert len(controls) <= 9
