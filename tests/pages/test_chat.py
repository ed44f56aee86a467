"""Chat: the history goes with every request, and nothing that was said is lost."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.transcript import Transcript, Turn


@pytest.fixture
def app() -> AppTest:
    at = AppTest.from_file("../../app.py", default_timeout=20)
    at.session_state["connection"] = {"instant": True}
    at.run()
    return at.switch_page("pages/chat.py").run()


def say(at: AppTest, text: str) -> AppTest:
    at.chat_input(key="chat_input").set_value(text).run()
    assert not at.exception
    return at


def turns(at: AppTest) -> list[Turn]:
    return at.session_state["transcript"].turns


def sent(at: AppTest) -> list[dict[str, Any]]:
    exchange = turns(at)[-1].exchange
    assert exchange is not None
    return exchange.request["messages"]


def test_an_empty_chat_offers_sentences_and_no_json_pane(app: AppTest) -> None:
    assert not app.exception
    assert app.pills(key="chat_starters").options
    assert not app.tabs


def test_the_model_knows_the_name_when_the_history_is_sent(app: AppTest) -> None:
    say(app, "Hello! I'm John.")

    say(app, "Do you know my name?")

    assert [message["role"] for message in sent(app)] == ["system", "user", "assistant", "user"]
    assert turns(app)[-1].answer == ("Yes, you just told me that your name is John. How can I assist you today, John?")
    assert turns(app)[-1].exchange.usage.total == 47 + 22


def test_the_model_knows_no_name_when_only_the_last_message_is_sent(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    app.segmented_control(key="chat_history").set_value("last").run()

    say(app, "Do you know my name?")

    assert [message["role"] for message in sent(app)] == ["system", "user"]
    assert "John" not in turns(app)[-1].answer


def test_the_system_message_goes_first_and_can_be_left_out(app: AppTest) -> None:
    app.text_area(key="chat_system").set_value("").run()

    say(app, "Hello! I'm John.")

    assert sent(app) == [{"role": "user", "content": "Hello! I'm John."}]


def test_the_conversation_and_the_settings_survive_a_page_switch(app: AppTest) -> None:
    app.text_area(key="chat_system").set_value("Be brief.").run()
    app.segmented_control(key="chat_history").set_value("last").run()
    say(app, "Hello! I'm John.")

    app.switch_page("pages/home.py").run()
    app.switch_page("pages/chat.py").run()

    assert app.text_area(key="chat_system").value == "Be brief."
    assert app.segmented_control(key="chat_history").value == "last"
    assert app.chat_message[0].text[0].value == "Hello! I'm John."


def test_text_of_people_is_shown_as_text(app: AppTest) -> None:
    hostile = "<script>alert(1)</script> **bold** $5 and $6"

    say(app, hostile)

    assert app.chat_message[0].text[0].value == hostile


def test_a_failed_call_keeps_the_question_and_can_be_sent_again(app: AppTest) -> None:
    app.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "gpt-4"}
    say(app, "Hello! I'm John.")
    assert turns(app)[0].status == "failed"
    assert any("No connection" in each.value for each in app.markdown)

    app.session_state["connection"] = {"instant": True}
    app.button(key="chat_again_0").click().run()

    assert not app.exception
    assert turns(app)[-1].answer.startswith("Hello John!")
    assert [message["content"] for message in sent(app) if message["role"] == "user"] == ["Hello! I'm John."]


def test_a_stream_that_was_stopped_is_shown_as_what_it_is(app: AppTest) -> None:
    talk = Transcript("")
    talk.begin("Tell me a story").add("Once upon")
    app.session_state["transcript"] = talk

    app.run()

    assert turns(app)[0].status == "partial"
    assert app.chat_message[1].markdown[0].value == "Once upon"
    assert "stopped" in app.chat_message[1].caption[0].value


def test_starting_over_can_be_undone(app: AppTest) -> None:
    say(app, "Hello! I'm John.")

    app.button(key="chat_start_over").click().run()
    assert not turns(app)
    app.button(key="chat_undo").click().run()

    assert turns(app)[0].question == "Hello! I'm John."


def test_the_exchange_of_an_earlier_turn_can_be_looked_at(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    say(app, "Do you know my name?")
    assert app.header[0].value == "Exchange 2"

    app.button(key="chat_show_0").click().run()

    assert app.header[0].value == "Exchange 1"


def test_a_huge_question_is_answered_or_refused_but_never_crashes(app: AppTest) -> None:
    say(app, "가" * 20_000)

    assert turns(app)[0].question == "가" * 20_000
    assert turns(app)[0].exchange is not None
