"""Home: one click sends the course's first request and shows what went over the wire."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import lessons
from playground.exchange import Exchange
from tests.started import start


@pytest.fixture
def app() -> AppTest:
    return start()


def exchange_of(at: AppTest) -> Exchange:
    return at.session_state["scratch_home"]["exchange"]


def test_home_opens_with_one_button_and_no_empty_pane(app: AppTest) -> None:
    assert not app.exception
    assert [button.key for button in app.main.button if button.proto.type == "primary"] == ["home_run"]
    assert "Request" not in [each.value for each in app.markdown]


def test_one_click_sends_the_first_request_of_the_course(app: AppTest) -> None:
    app.button(key="home_run").click().run()

    exchange = exchange_of(app)
    assert not app.exception
    assert exchange.request["messages"] == [
        {"role": "system", "content": "You are a helpful assistant."},
        {"role": "user", "content": "Hello! I'm John."},
    ]
    assert exchange.usage is not None
    assert (exchange.usage.prompt_tokens, exchange.usage.completion_tokens) == (23, 11)
    assert app.chat_message[1].markdown[0].value == "Hello John! How can I assist you today?"
    assert "23 + 11 = 34 tokens" in app.chat_message[1].caption[0].value
    assert "simulated" in app.chat_message[1].caption[0].value


def test_the_exchange_is_still_there_after_a_page_switch(app: AppTest) -> None:
    app.button(key="home_run").click().run()
    first = exchange_of(app).id

    app.switch_page("pages/chat.py").run()
    app.switch_page("pages/home.py").run()

    assert exchange_of(app).id == first
    assert app.chat_message[1].markdown[0].value.startswith("Hello John!")


def test_asking_for_the_name_takes_the_conversation_to_the_chat(app: AppTest) -> None:
    app.button(key="home_run").click().run()

    app.button(key="home_ask_name").click().run()

    assert not app.exception
    assert app.title[0].value == "Chat"
    assert app.chat_message[0].text[0].value == "Hello! I'm John."
    assert app.chat_input(key="chat_input").proto.value == "Do you know my name?"


def test_a_refused_connection_says_what_to_do_and_the_button_stays() -> None:
    at = start(kind="other", base_url="http://127.0.0.1:9/v1", model="gpt-4")

    at.button(key="home_run").click().run()

    assert not at.exception
    assert exchange_of(at).error is not None
    assert any("No connection" in each.value for each in at.markdown)
    assert at.button(key="home_run")


def test_every_exchange_is_in_the_log_of_the_session(app: AppTest) -> None:
    app.button(key="home_run").click().run()
    app.button(key="home_run").click().run()

    assert [each.id for each in app.session_state["log"]][-1] == exchange_of(app).id
    assert len(app.session_state["log"]) == 2


def test_the_lessons_are_rows_in_their_order_each_with_its_question(app: AppTest) -> None:
    course = lessons.headings("en")

    captions = [each.value for each in app.caption]

    assert len(course) == 12
    assert [value for value in captions if value in {each.question for each in course}] == [
        each.question for each in course
    ]


def test_a_lesson_that_was_tried_has_its_mark_and_the_next_one_says_continue(app: AppTest) -> None:
    assert not any(":material/check:" in each.value for each in app.markdown)
    app.query_params["lesson"] = "2"
    app.switch_page("pages/chat.py").run()

    app.switch_page("pages/home.py").run()

    assert sum(":material/check:" in each.value for each in app.markdown) == 1
    assert sum("continue" in each.value for each in app.markdown) == 1
