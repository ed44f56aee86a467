"""A lesson fills its page once, never over what a visitor made without asking, and says where one is."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import shell
from playground import lessons, models

APP = Path(__file__).parents[2] / "app.py"
NUMBERS = [heading.number for heading in lessons.headings("en")]


def start(**connection: Any) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.session_state["language"] = "en"
    at.session_state["connection"] = connection or {"instant": True}
    return at.run()


def arrive(at: AppTest, page: str, lesson: str | None = None) -> AppTest:
    at.switch_page(str(shell.file(page).relative_to(shell.ROOT)))
    if lesson is not None:
        at.query_params["lesson"] = lesson
    at.run()
    assert not at.exception
    return at


def setup(number: int) -> tuple[str, Mapping[str, Any]]:
    lesson = lessons.find("en", number)
    assert lesson is not None
    return lesson.page, lesson.setup


def filled(at: AppTest, page: str) -> dict[str, Any]:
    """What the page shows of a set-up, by the set-up's own keys."""
    if page == "chat":
        talk = at.session_state["transcript"]
        return {
            "system": at.text_area(key="chat_system").value,
            "turns": tuple((turn.question, turn.answer) for turn in talk.turns),
            "history": at.segmented_control(key="chat_history").value,
            "ask": at.chat_input(key="chat_input").proto.value,
        }
    if page == "tokenizer":
        chosen = [*at.session_state["tokenizer_families"], *at.session_state["tokenizer_others"]]
        return {"text": at.session_state["scratch_tokenizer"]["text"], "encodings": tuple(chosen)}
    if page == "parameters":
        body = at.session_state["parameters_prompt"]
        names = ("temperature", "n", "stop", "max_tokens", "user")
        knobs = {
            name: at.session_state[f"parameters_{name}"]
            for name in names
            if at.toggle(key=f"parameters_set_{name}").value
        }
        return {"prompt": body, "system": at.session_state["parameters_system"], "parameters": knobs}
    return {
        "question": at.text_input(key="function_calling_question").value,
        "dialect": at.segmented_control(key="function_calling_dialect").value,
        "unit": "get" if at.session_state["function_calling_by_get"] else "left out",
        "function_call": at.session_state["function_calling_choice"],
        "send_functions_again": at.session_state["function_calling_again"],
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_a_set_up_fills_its_page_and_sends_nothing(number: int) -> None:
    page, wanted = setup(number)

    at = arrive(start(), page, str(number))

    shown = filled(at, page)
    for key, value in wanted.items():
        assert shown[key] == (dict(value) if isinstance(value, Mapping) else value), key
    assert "log" not in at.session_state or not at.session_state["log"]
    assert any(f"Lesson {number}" in each.value for each in at.markdown)


def test_a_page_with_something_of_the_visitors_is_filled_only_when_asked() -> None:
    at = arrive(start(), "function_calling")
    at.text_input(key="function_calling_question").set_value("Is it raining in Busan?").run()

    arrive(at, "function_calling", "9")
    assert at.text_input(key="function_calling_question").value == "Is it raining in Busan?"
    at.button(key="lesson_fill").click().run()

    assert at.text_input(key="function_calling_question").value == setup(9)[1]["question"]


def test_keeping_ones_own_is_respected() -> None:
    at = arrive(start(), "function_calling")
    at.text_input(key="function_calling_question").set_value("Is it raining in Busan?").run()
    arrive(at, "function_calling", "9")

    at.button(key="lesson_keep").click().run()
    arrive(at, "function_calling", "9")

    assert at.text_input(key="function_calling_question").value == "Is it raining in Busan?"
    assert not [button for button in at.button if button.key == "lesson_fill"]


def test_a_conversation_is_asked_for_and_can_come_back() -> None:
    at = arrive(start(), "chat")
    at.chat_input(key="chat_input").set_value("Hello! I'm Mina.").run()

    arrive(at, "chat", "4")
    assert at.session_state["transcript"].turns[0].question == "Hello! I'm Mina."
    at.button(key="lesson_fill").click().run()
    assert at.session_state["transcript"].turns[0].question != "Hello! I'm Mina."
    at.button(key="chat_start_over").click().run()

    assert not at.exception


def test_what_was_done_with_a_set_up_is_not_undone_by_the_next_run() -> None:
    at = arrive(start(), "chat", "4")

    at.chat_input(key="chat_input").set_value("Do you know my name?").run()
    at.run()

    assert at.session_state["transcript"].turns[-1].question == "Do you know my name?"


def test_one_lesson_after_another_on_the_same_page_needs_no_question() -> None:
    at = arrive(start(), "function_calling", "9")

    arrive(at, "function_calling", "10")

    assert at.session_state["function_calling_choice"] == "none"


@pytest.mark.parametrize("name", ["99", "-1", "x" * 100, "<b>"])
def test_a_lesson_that_does_not_exist_is_told_so(name: str) -> None:
    at = arrive(start(), "chat", name)

    assert any("no such lesson" in each.value for each in at.markdown)


def test_a_lesson_of_another_page_shows_the_way_there() -> None:
    at = arrive(start(), "chat", "9")

    assert any("another page" in each.value for each in at.info)


def test_the_banner_stays_until_it_is_closed() -> None:
    at = arrive(start(), "chat", "4")
    at.switch_page("pages/home.py").run()
    del at.query_params["lesson"]

    arrive(at, "chat")
    assert any("Lesson 4" in each.value for each in at.markdown)
    at.button(key="lesson_close").click().run()

    assert not any("Lesson 4" in each.value for each in at.markdown)


def test_on_a_real_connection_a_retired_model_is_changed_in_one_click() -> None:
    at = start(kind="other", base_url="http://127.0.0.1:9/v1", model="gpt-4")
    arrive(at, "chat", "4")
    assert any("retired" in each.value for each in at.markdown)

    at.button(key="lesson_living").click().run()

    assert at.session_state["connection"]["model"] == models.DEFAULT
    living = models.find(models.DEFAULT)
    assert living is not None and not living.gone(date.today())
    assert not any("retired" in each.value for each in at.markdown)


def test_the_simulator_needs_no_living_model() -> None:
    at = arrive(start(), "chat", "4")

    assert not any("retired" in each.value for each in at.markdown)


def test_the_lesson_shows_what_another_model_changed_in_the_request() -> None:
    at = start(kind="other", base_url="http://127.0.0.1:9/v1", model="gpt-4")
    arrive(at, "function_calling", "9")

    at.button(key="lesson_living").click().run()
    at.session_state["lesson_changed"] = True
    at.run()

    assert not at.exception
    assert any("`reasoning_effort`" in each.value for each in at.caption)


def test_a_conversation_survives_two_lessons_after_another() -> None:
    at = arrive(start(), "chat")
    at.chat_input(key="chat_input").set_value("Hello! I'm Mina.").run()
    arrive(at, "chat", "4")
    at.button(key="lesson_fill").click().run()
    at.button(key="chat_start_over").click().run()

    at.session_state["conversations_popover"] = True
    at.run()
    next(each for each in at.button if each.label == "Hello\\! I'm Mina\\.").click().run()

    assert at.session_state["transcript"].turns[0].question == "Hello! I'm Mina."


def test_the_course_on_a_living_model_sends_what_that_model_needs() -> None:
    at = start(kind="other", base_url="http://127.0.0.1:9/v1", model=models.DEFAULT)
    arrive(at, "function_calling", "9")

    at.button(key="function_calling_next").click().run()

    assert at.session_state["log"][-1].request["reasoning_effort"] == "none"


def test_a_visitor_may_send_the_request_as_it_is() -> None:
    at = start(kind="other", base_url="http://127.0.0.1:9/v1", model=models.DEFAULT, fit=False)
    arrive(at, "function_calling", "9")

    at.button(key="function_calling_next").click().run()

    assert "reasoning_effort" not in at.session_state["log"][-1].request
