"""The history that a request carries, and what becomes of turns that end badly."""

from playground.messages import assistant, system, user
from playground.transcript import Transcript


def talk_of(*turns: tuple[str, str]) -> Transcript:
    talk = Transcript("Be brief.")
    for question, answer in turns:
        turn = talk.begin(question)
        turn.add(answer)
        turn.end("complete", None)
    return talk


def test_the_whole_history_is_sent_again() -> None:
    talk = talk_of(("Hello! I'm John.", "Hello John!"))

    messages = talk.begin("Do you know my name?").request(talk, "all")

    assert messages == [
        system("Be brief."),
        user("Hello! I'm John."),
        assistant("Hello John!"),
        user("Do you know my name?"),
    ]


def test_the_last_message_alone_knows_nothing_of_the_history() -> None:
    talk = talk_of(("Hello! I'm John.", "Hello John!"))

    messages = talk.begin("Do you know my name?").request(talk, "last")

    assert messages == [system("Be brief."), user("Do you know my name?")]


def test_an_empty_system_message_is_not_sent() -> None:
    talk = Transcript("  ")

    assert talk.begin("Hi").request(talk, "all") == [user("Hi")]


def test_a_question_without_an_answer_is_left_out_of_the_next_request() -> None:
    talk = Transcript("")
    talk.begin("Lost?").end("failed", None)

    assert talk.begin("Hi").request(talk, "all") == [user("Hi")]


def test_the_same_question_twice_is_two_turns() -> None:
    talk = talk_of(("Hi", "Hello!"))

    messages = talk.begin("Hi").request(talk, "all")

    assert messages == [system("Be brief."), user("Hi"), assistant("Hello!"), user("Hi")]


def test_a_stopped_stream_keeps_what_arrived() -> None:
    talk = Transcript("")
    stopped, silent = talk.begin("One"), talk.begin("Two")
    stopped.add("Half an ans")

    talk.settle()

    assert (stopped.status, stopped.answer) == ("partial", "Half an ans")
    assert silent.status == "failed"
