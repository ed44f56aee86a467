"""The error lab: a fault that was set meets as many requests as it shall, is recorded as added, and is explained."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.error_lab import HEADER, TITLES, take
from playground.diagnosis import notice
from playground.exchange import Exchange, header
from simulator.faults import FAULTS
from tests.started import start


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A silence is given up at once."""
    monkeypatch.setattr("components.error_lab.PATIENCE", 0.3)


def app(fault: str = "", times: int = 1, **connection: Any) -> AppTest:
    lab = {"fault": fault, "left": [fault] * times if times else None}
    return start(session={"scratch_error_lab": lab} if fault else None, **connection)


def ask(at: AppTest) -> Exchange:
    at.button(key="home_run").click().run()
    assert not at.exception
    exchange: Exchange = at.session_state["log"][-1]
    return exchange


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.text])


def lab() -> AppTest:
    def script() -> None:
        from components import connection_chip

        connection_chip.form()

    at = AppTest.from_function(script, default_timeout=20)
    at.session_state["connection_lab"] = True
    return at.run()


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_what_went_wrong_is_told_with_what_to_do(fault: str) -> None:
    at = app(fault)

    exchange = ask(at)
    on_the_page = said(at)
    at.switch_page("pages/log.py").run()
    at.button(key=f"log_open_{exchange.id}").click().run()

    assert header(exchange.request_headers, HEADER) == fault
    assert f"Added by the error lab: the header `{HEADER}: {fault}`" in said(at)
    if exchange.error:
        for place in (on_the_page, said(at)):
            assert exchange.error.remedy.split("{")[0] in place
            assert exchange.error.message in place
    elif sentence := notice(exchange):
        assert sentence in said(at)


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_has_a_title(fault: str) -> None:
    assert fault in TITLES


@pytest.mark.parametrize(("times", "met"), [(1, [True, False, False]), (2, [True, True, False]), (0, [True] * 3)])
def test_a_fault_meets_as_many_requests_as_it_shall(times: int, met: list[bool]) -> None:
    at = app("429", times)

    failed = [not ask(at).ok for _ in range(3)]

    assert failed == met


@pytest.mark.parametrize("page", ["home", "tokenizer", "chat", "parameters", "function_calling", "log"])
def test_the_chip_of_every_page_shows_the_fault_and_one_click_lifts_it(page: str) -> None:
    at = app("429", 2)
    at.switch_page(f"pages/{page}.py").run()
    assert at.button(key="error_lab_off_sidebar_2").label == "429 × 2"

    at.button(key="error_lab_off_sidebar_2").click().run()

    assert not at.exception
    assert not [each for each in at.button if str(each.key).startswith("error_lab_off")]


def test_the_chip_counts_down_and_falls_silent() -> None:
    at = app("500", 2)

    ask(at)
    assert at.button(key="error_lab_off_sidebar_1").label == "500 × 1"
    ask(at)

    assert not [each for each in at.button if str(each.key).startswith("error_lab_off")]


def test_a_page_that_draws_its_answer_in_the_same_run_leaves_no_sign_of_a_fault_that_is_spent() -> None:
    at = app("500", 1)
    at.switch_page("pages/parameters.py").run()

    at.button(key="parameters_run").click().run()

    assert at.session_state["log"][-1].status == 500
    assert not [each for each in at.button if str(each.key).startswith("error_lab_off")]


def test_the_dialog_sets_a_fault_and_lifts_it() -> None:
    at = lab()

    at.selectbox(key="error_lab_fault").select("429-quota").run()
    at.segmented_control(key="error_lab_times").set_value(0).run()
    at.button(key="error_lab_arm").click().run()
    assert at.session_state["scratch_error_lab"] == {"fault": "429-quota", "left": None}
    at.button(key="error_lab_lift").click().run()

    assert at.session_state["scratch_error_lab"] == {}


def test_a_real_server_is_never_asked_to_fail() -> None:
    at = app("429", 0, kind="other", base_url="http://127.0.0.1:9/v1", model="gpt-4")

    exchange = ask(at)

    assert header(exchange.request_headers, HEADER) == ""
    assert not [each for each in at.button if str(each.key).startswith("error_lab_off")]


def test_the_sdk_tries_again_where_that_is_allowed_and_each_attempt_is_kept() -> None:
    at = app("500", 1)
    at.session_state["scratch_connection"] = {"retries": True}

    assert ask(at).ok

    assert [(each.attempt, each.status) for each in at.session_state["log"]] == [(1, 500), (2, 200)]


def test_taking_is_counted_even_when_two_take_at_once() -> None:
    memory = {"fault": "500", "left": ["500"]}

    assert [take(memory), take(memory)] == [{HEADER: "500"}, {}]
