"""Chat: the history goes with every request, nothing that was said is lost, and what it costs is said."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

import components
from components import chat_costs
from components.name_guess import QUESTIONS
from playground.transcript import Node, Transcript, Turn
from tests.started import go, start

STARTERS = ("Hello! I'm John.", "안녕하세요, 저는 민수예요.")


@pytest.fixture
def app() -> AppTest:
    return go(start(), "chat")


def say(at: AppTest, text: str) -> AppTest:
    at.chat_input(key="chat_input").set_value(text).run()
    assert not at.exception
    return at


def talk(at: AppTest) -> Transcript:
    """The conversation that the page shows."""
    return at.session_state["conversations"].open


def turns(at: AppTest) -> list[Turn]:
    return talk(at).turns


def nodes(at: AppTest) -> list[Node]:
    return talk(at).path()


def sent(at: AppTest) -> list[dict[str, Any]]:
    exchange = turns(at)[-1].exchange
    assert exchange is not None
    return exchange.request["messages"]


def act(at: AppTest, node: Node, action: str) -> AppTest:
    """Choose from a message's menu."""
    at.menu_button(key=f"chat_menu_{node.id}").click(action).run()
    assert not at.exception
    return at


def captions(at: AppTest) -> str:
    return "\n".join(each.value for each in at.caption)


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
    assert "its request: +2 messages" in captions(app)


def test_the_model_knows_no_name_when_only_the_last_message_is_sent(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    app.segmented_control(key="chat_history").set_value("last").run()
    assert captions(app).count("not in the next request") == 2

    say(app, "Do you know my name?")

    assert [message["role"] for message in sent(app)] == ["system", "user"]
    assert "John" not in turns(app)[-1].answer


@pytest.mark.parametrize(("language", "greeting", "name"), [("en", STARTERS[0], "John"), ("ko", STARTERS[1], "민수")])
def test_the_question_of_the_guess_is_understood(app: AppTest, language: str, greeting: str, name: str) -> None:
    say(app, greeting)

    say(app, QUESTIONS[language])

    assert name in turns(app)[-1].answer


def test_a_guess_is_asked_and_then_explained(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    app.segmented_control(key="chat_history").set_value("last").run()

    app.button(key="chat_guess_yes").click().run()

    assert turns(app)[-1].question == "Do you know my name?"
    explained = next(each.value for each in app.markdown if "You said" in each.value)
    assert "You said: it will know." in explained and "this question alone" in explained
    assert "chat_guess_yes" not in [each.key for each in app.button]


def test_the_system_message_goes_first_and_can_be_left_out(app: AppTest) -> None:
    app.text_area(key="chat_system").set_value("").run()

    say(app, "Hello! I'm John.")

    assert sent(app) == [{"role": "user", "content": "Hello! I'm John."}]


def test_the_conversation_and_the_settings_survive_a_page_switch(app: AppTest) -> None:
    app.text_area(key="chat_system").set_value("Be brief.").run()
    app.segmented_control(key="chat_history").set_value("last").run()
    app.toggle(key="chat_set_temperature").set_value(True).run()
    say(app, "Hello! I'm John.")

    app.switch_page("pages/home.py").run()
    app.switch_page("pages/chat.py").run()

    assert app.text_area(key="chat_system").value == "Be brief."
    assert app.segmented_control(key="chat_history").value == "last"
    assert app.toggle(key="chat_set_temperature").value is True
    assert app.chat_message[0].text[0].value == "Hello! I'm John."


def test_text_of_people_is_shown_as_text(app: AppTest) -> None:
    hostile = "<script>alert(1)</script> **bold** $5 and $6"

    say(app, hostile)

    assert app.chat_message[0].text[0].value == hostile


def test_an_answer_with_pictures_loads_none_until_somebody_asks(app: AppTest) -> None:
    talk(app).begin("Show me").add("Here: ![a cat](https://elsewhere.invalid/cat.png)")
    app.run()
    assert "\\![a cat]" in app.chat_message[1].markdown[0].value

    act(app, nodes(app)[1], "pictures")

    assert app.chat_message[1].markdown[0].value == "Here: ![a cat](https://elsewhere.invalid/cat.png)"


def test_a_failed_call_keeps_the_question_and_can_be_sent_again(app: AppTest) -> None:
    app.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "gpt-4"}
    say(app, "Hello! I'm John.")
    assert turns(app)[0].status == "failed"
    assert any("No connection" in each.value for each in app.markdown)

    app.session_state["connection"] = {"instant": True}
    app.button(key="chat_again").click().run()

    assert not app.exception
    assert turns(app)[-1].answer.startswith("Hello John!")
    assert [message["content"] for message in sent(app) if message["role"] == "user"] == ["Hello! I'm John."]
    assert len(nodes(app)[1].siblings) == 1


def test_a_stream_that_was_stopped_is_shown_as_what_it_is_and_goes_on(app: AppTest) -> None:
    turn = talk(app).begin("Hello! I'm John.")
    turn.add("Hello Jo")
    turn.end("partial", None)
    app.run()
    assert app.chat_message[1].markdown[0].value == "Hello Jo"
    assert "stopped" in app.chat_message[1].caption[0].value

    app.button(key="chat_continue").click().run()

    assert sent(app)[-1] == {"role": "assistant", "content": "Hello Jo"}
    assert turns(app)[-1].answer.startswith("Hello Jo") and turns(app)[-1].status == "complete"


def test_another_answer_is_a_branch_and_both_can_be_seen(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    first = nodes(app)[1]

    act(app, first, "again")
    second = nodes(app)[1]
    app.button(key=f"chat_branch_-1_{second.id}").click().run()

    assert nodes(app)[1].id == first.id
    assert (second.place, len(second.siblings)) == (2, 2)


def test_the_text_and_the_role_of_any_message_can_be_edited(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    answer = nodes(app)[1]

    act(app, answer, "edit")
    app.text_area(key=f"chat_edit_text_{answer.id}").set_value("Hello Mary!")
    app.segmented_control(key=f"chat_edit_role_{answer.id}").set_value("user")
    app.button(key="chat_edit_keep").click().run()

    assert talk(app).messages("all")[-1] == {"role": "user", "content": "Hello Mary!"}
    app.button(key="chat_undo_message").click().run()
    assert nodes(app)[1].text.startswith("Hello John!")


def test_a_question_in_other_words_is_a_branch_with_its_own_answer(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    question = nodes(app)[0]

    act(app, question, "edit")
    app.text_area(key=f"chat_edit_text_{question.id}").set_value("Hello! I'm Mary.")
    app.button(key="chat_edit_ask").click().run()

    assert not app.exception
    assert [each.text for each in nodes(app)] == ["Hello! I'm Mary.", turns(app)[0].answer]
    assert "Mary" in turns(app)[0].answer
    assert len(nodes(app)[0].siblings) == 2


def test_a_deleted_message_leaves_the_next_request_and_can_come_back(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    answer = nodes(app)[1]

    act(app, answer, "delete")
    assert [message["role"] for message in talk(app).messages("all")] == ["system", "user"]
    app.button(key="chat_undo_message").click().run()

    assert nodes(app)[1].id == answer.id


def test_starting_over_keeps_the_conversation_in_the_list(app: AppTest) -> None:
    say(app, "Hello! I'm John.")

    app.button(key="chat_start_over").click().run()

    assert not turns(app)
    assert "Hello! I'm John." in [entry.title for entry in app.session_state["conversations"].entries()]


def test_the_exchange_of_an_earlier_turn_can_be_looked_at(app: AppTest) -> None:
    say(app, "Hello! I'm John.")
    say(app, "Do you know my name?")
    assert app.header[0].value == "Exchange 2"

    act(app, nodes(app)[1], "show")

    assert app.header[0].value == "Exchange 1"


def test_only_what_is_set_is_sent_and_the_button_names_it(app: AppTest) -> None:
    app.toggle(key="chat_set_temperature").set_value(True).run()
    app.slider(key="chat_temperature").set_value(0.0).run()

    say(app, "Hello! I'm John.")

    request = turns(app)[0].exchange.request
    assert list(request) == ["model", "messages", "temperature", "stream", "stream_options"]
    assert request["temperature"] == 0


def test_several_answers_stand_side_by_side_and_one_goes_on(app: AppTest) -> None:
    app.toggle(key="chat_set_n").set_value(True).run()
    app.number_input(key="chat_n").set_value(3).run()
    say(app, "Hello! I'm John.")
    choices = turns(app)[0].choices
    assert len(choices) == 3 and all(each.text for each in choices)

    app.button(key=f"chat_choose_{choices[2].id}").click().run()
    say(app, "Do you know my name?")

    assert sent(app)[2] == {"role": "assistant", "content": choices[2].text}


def test_what_an_answer_took_is_said_and_simulated_money_is_none(app: AppTest) -> None:
    say(app, "Hello! I'm John.")

    assert "simulated · 34 tokens · \\$0 (would be \\$0.0014)" in captions(app)


def test_without_usage_the_page_says_that_it_was_not_asked_for(app: AppTest) -> None:
    app.session_state["scratch_connection"] = {"usage": False}

    say(app, "Hello! I'm John.")

    assert "stream_options" not in turns(app)[0].exchange.request
    assert "about 34 tokens (estimate)" in captions(app)


def test_a_huge_question_is_answered_or_refused_but_never_crashes(app: AppTest) -> None:
    say(app, "가" * 20_000)

    assert turns(app)[0].question == "가" * 20_000
    assert turns(app)[0].exchange is not None


def test_a_text_that_is_too_long_goes_back_into_the_input(app: AppTest) -> None:
    say(app, "a" * 1_000_001)

    assert not turns(app)
    assert any("1,000,001 characters" in each.value for each in app.error)
    assert app.chat_input(key="chat_input").proto.value == "a" * 1_000_001


@pytest.mark.parametrize("empty", ["", "  ", "\n\n"])
def test_an_empty_message_sends_nothing(app: AppTest, empty: str) -> None:
    say(app, empty)

    assert not turns(app)


def test_of_a_long_conversation_the_newest_forty_messages_are_drawn_at_first(app: AppTest) -> None:
    for number in range(45):
        turn = talk(app).begin(f"Question {number}")
        turn.add("Answer")
        turn.end("complete", None)
    app.run()
    assert len(app.chat_message) == 40

    app.button(key="chat_older").click().run()

    assert len(app.chat_message) == 80


@pytest.mark.parametrize(
    "fault", ["429", "500", "html", "error-midstream", "broken-chunk", "ends-early", "reset", "cut"]
)
def test_a_fault_in_mid_conversation_keeps_everything_and_offers_to_try_again(app: AppTest, fault: str) -> None:
    say(app, "Hello! I'm John.")
    app.session_state["scratch_error_lab"] = {"fault": fault, "left": [fault]}

    say(app, "Do you know my name?")

    assert [turn.question for turn in turns(app)] == ["Hello! I'm John.", "Do you know my name?"]
    assert turns(app)[1].status in ("partial", "failed")
    app.button(key="chat_again").click().run()
    assert turns(app)[1].status == "complete"
    assert "John" in turns(app)[1].answer


class Reading(BaseHTTPRequestHandler):
    """A server that keeps the bytes of every request."""

    bodies: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        body = b'{"error": {"message": "Not today.", "type": "server_error"}}'
        self.send_response(500)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        pass


def test_the_request_that_is_shown_is_the_bytes_that_a_server_got(app: AppTest) -> None:
    Reading.bodies.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Reading) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        app.session_state["connection"] = {"kind": "other", "base_url": url, "model": "my-model"}

        say(app, "안녕, <b>$5</b>")
        server.shutdown()

    exchange = turns(app)[0].exchange
    assert exchange is not None and [exchange.request_body] == Reading.bodies
    app.toggle(key="chat_exchange_request_raw").set_value(True).run()
    assert turns(app)[0].status == "failed"


def test_a_cap_keeps_back_what_could_break_it_and_what_has_no_price(app: AppTest) -> None:
    app.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "gpt-4"}
    app.session_state["scratch_spending"] = {"cap": "0.01"}
    say(app, "Hello! I'm John.")
    assert turns(app)[0].exchange is None
    assert any("Not sent: it may cost \\$0.49" in each.value for each in app.error)

    app.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "my-model"}
    app.button(key="chat_again").click().run()

    assert turns(app)[0].exchange is None
    assert any("no price is known" in each.value for each in app.error)


def test_a_call_that_fits_under_the_cap_leaves_and_what_never_arrived_is_given_back(app: AppTest) -> None:
    app.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "gpt-4"}
    app.session_state["scratch_spending"] = {"cap": "1"}

    say(app, "Hello! I'm John.")

    assert turns(app)[0].exchange is not None
    assert app.session_state["scratch_spending"]["held"] == {}


def test_the_simulator_takes_nothing_from_the_cap(app: AppTest) -> None:
    app.session_state["scratch_spending"] = {"cap": "0"}

    say(app, "Hello! I'm John.")

    assert turns(app)[0].status == "complete"
    assert chat_costs.bills(talk(app))[nodes(app)[1].id].simulated


def test_the_usage_of_a_stopped_answer_is_an_estimate_and_says_so(app: AppTest) -> None:
    app.session_state["scratch_error_lab"] = {"fault": "cut", "left": ["cut"]}

    say(app, "Hello! I'm John.")

    assert turns(app)[0].status == "partial"
    assert "tokens (estimate)" in captions(app)


def test_a_question_whose_run_was_cancelled_before_anything_arrived_is_asked_again_once(app: AppTest) -> None:
    turn = talk(app).begin("Hello! I'm John.")
    turn.end("failed", None)
    app.session_state["scratch_chat"]["owed"] = turn.answer_id

    app.run()

    assert not app.exception
    assert [each.answer for each in turns(app)] == ["Hello John! How can I assist you today?"]
    assert "owed" not in app.session_state["scratch_chat"]


@pytest.mark.parametrize("place", ["lesson_banner.draw", "turn_view.draw"])
def test_a_question_is_asked_once_though_another_run_takes_the_place_of_its_own(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    say(app, "Hello! I'm John.")
    module, name = place.split(".")
    drawn = getattr(getattr(components, module), name)
    runs = iter([True])

    def cancelled(*values: Any) -> None:
        if next(runs, False):
            streamlit.rerun()
        drawn(*values)

    monkeypatch.setattr(f"components.{place}", cancelled)
    say(app, "Do you know my name?")

    assert [turn.question for turn in turns(app)] == ["Hello! I'm John.", "Do you know my name?"]
    assert "John" in turns(app)[-1].answer
    assert app.chat_input(key="chat_input").proto.value == ""


def test_a_question_that_was_stopped_is_not_asked_again(app: AppTest) -> None:
    turn = talk(app).begin("Hello! I'm John.")
    turn.end("failed", None)

    app.run()

    assert turns(app)[0].status == "failed"
