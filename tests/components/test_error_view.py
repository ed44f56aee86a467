"""A model that is shut down: what to use instead is said, and one click takes it."""

from streamlit.testing.v1 import AppTest

from playground.exchange import ApiError

GONE = ApiError("status", "The model `gpt-4` does not exist", "Use {model} instead.", instead="gpt-6-luna")


def drawn(kind: str) -> AppTest:
    def script(error):  # type: ignore[no-untyped-def]
        from components import error_view

        error_view.draw(error, 404)

    at = AppTest.from_function(script, kwargs={"error": GONE}, default_timeout=20)
    at.session_state["connection"] = {"kind": kind, "model": "gpt-4"}
    at.session_state["connection_key"] = "sk-typed"
    at.run()
    assert not at.exception
    return at


def test_one_click_changes_the_model_and_keeps_the_key() -> None:
    at = drawn("openai")
    assert at.markdown[-1].value == "Use `gpt-6-luna` instead."

    at.button(key="error_use").click().run()

    assert at.session_state["connection"]["model"] == "gpt-6-luna"
    assert at.session_state["connection"]["kind"] == "openai"
    assert at.session_state["connection_key"] == "sk-typed"


def test_the_simulator_still_answers_for_it() -> None:
    assert not drawn("simulator").button
