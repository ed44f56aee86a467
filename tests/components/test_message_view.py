"""A message is drawn as what it is: Markdown of an answer safely, everybody else's text as it was written."""

from streamlit.testing.v1 import AppTest


def drawn(message: dict) -> AppTest:
    def page(message: dict) -> None:
        from components import message_view
        from playground.branches import Node

        message_view.text(Node("n1", message))

    at = AppTest.from_function(page, args=(message,)).run()
    assert not at.exception
    return at


def test_an_answer_is_markdown_and_loads_nothing() -> None:
    at = drawn({"role": "assistant", "content": "**Yes** ![x](https://elsewhere.invalid/a.png)"})

    assert at.markdown[0].value == "**Yes** \\![x](https://elsewhere.invalid/a.png)"


def test_what_a_person_wrote_is_text() -> None:
    at = drawn({"role": "user", "content": "**No** <b>"})

    assert (at.text[0].value, len(at.markdown)) == ("**No** <b>", 0)


def test_a_role_that_is_neither_is_named() -> None:
    at = drawn({"role": "tool", "content": "25", "tool_call_id": "call_1"})

    assert at.caption[0].value == "`tool`"
    assert at.text[0].value == "25"
    assert at.get("bidi_component")


def test_of_a_megabyte_the_beginning_is_drawn_and_the_rest_counted() -> None:
    at = drawn({"role": "user", "content": "a" * 1_000_000})

    assert len(at.text[0].value) == 20_000
    assert at.caption[0].value == "and 980,000 more characters"


def test_a_message_without_text_shows_its_calls() -> None:
    at = drawn({"role": "assistant", "content": None, "tool_calls": [{"id": "call_1"}]})

    assert not at.text and at.get("bidi_component")
