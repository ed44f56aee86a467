"""The tabs of the parameters page besides Run: they use its prompt and settings, and show what servers really send."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from streamlit.testing.v1 import AppTest

from playground.client import Client, connect
from playground.comparison import THREADS
from tests.pages.test_parameters import open_page, sent, turn
from tests.shown import is_shown, json_of, lit_of

TITLES = {
    "experiments": "Experiments",
    "compare": "Compare",
    "probabilities": "Probabilities",
    "endpoints": "Two endpoints",
    "lens": "Which model takes what",
}


def open_tab(at: AppTest, name: str) -> AppTest:
    at.session_state["parameters_tabs"] = TITLES[name]
    at.run()
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def view(at: AppTest, key: str) -> dict[str, Any]:
    """What a component of the page was given to draw."""
    return json.loads(next(each for each in at.get("bidi_component") if each.key == key).proto.json)


def words(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.main.markdown, *at.main.caption, *at.main.text, *at.main.error])


def answered(at: AppTest) -> AppTest:
    """Wait for a comparison's threads, as the browser does by looking again."""
    at.session_state["scratch_parameters"]["comparison"].wait(20)
    at.run()
    assert not at.exception
    return at


def use_server(monkeypatch: pytest.MonkeyPatch, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
    monkeypatch.setattr(
        "components.connection.client",
        lambda: connect("http://server.invalid/v1", "key", httpx2.MockTransport(answer)),
    )


def plain_answer(request: httpx2.Request) -> httpx2.Response:
    """A server that knows no parameter: one choice, no usage, no logprobs."""
    message = {"role": "assistant", "content": "Hello."}
    return httpx2.Response(200, json={"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_tab_opens_asks_nobody_and_has_one_primary_button_at_most(name: str, language: str) -> None:
    at = open_page(language)
    titles = [tab.label for tab in at.main.tabs]
    at.session_state["parameters_tabs"] = titles[1 + list(TITLES).index(name)]
    at.run()

    assert not at.exception
    assert "log" not in at.session_state
    primary = [each.key for each in at.main.button if each.proto.type == "primary"]
    assert len(primary) == (0 if name == "lens" else 1)
    assert not at.get("plotly_chart")


def test_the_prompt_is_the_same_in_every_tab() -> None:
    at = open_page()
    at.text_area(key="parameters_prompt").set_value("Write a poem about rain.").run()

    for name in ("experiments", "compare", "probabilities", "endpoints"):
        open_tab(at, name)
        assert at.text_area(key="parameters_prompt").value == "Write a poem about rain."


def test_n_is_shown_as_choices_and_what_they_cost() -> None:
    at = open_tab(open_page(), "experiments")

    click(at, "parameters_experiment_run")

    columns = view(at, "parameters_experiment_n_answers")["columns"]
    assert [column["heading"] for column in columns] == ["choices[0]", "choices[1]", "choices[2]"]
    assert "Prompt tokens: 15 for one answer, 15 for 3." in words(at)
    assert [each.request.get("n") for each in at.session_state["log"]] == [None, 3]


def test_stop_is_shown_at_the_place_of_the_cut() -> None:
    at = open_tab(open_page(), "experiments")
    at.text_area(key="parameters_prompt").set_value("Hello! I'm John.").run()
    at.button_group(key="parameters_experiment").set_value("stop").run()
    at.text_input(key="parameters_experiment_stop").set_value("!").run()

    click(at, "parameters_experiment_run")

    bare, cut = view(at, "parameters_experiment_stop_answers")["columns"]
    assert bare["cards"][0]["parts"] == [["Hello John! How can I assist you today?", ""]]
    assert cut["cards"][0]["parts"] == [
        ["Hello John", ""],
        ["!", "cut"],
        [" How can I assist you today?", "rest"],
    ]
    assert "the stop text is not part of the answer" in words(at)


def test_a_stop_text_that_never_comes_cuts_nothing() -> None:
    at = open_tab(open_page(), "experiments")
    at.button_group(key="parameters_experiment").set_value("stop").run()
    at.text_input(key="parameters_experiment_stop").set_value("xyzzy").run()

    click(at, "parameters_experiment_run")

    assert "does not appear in the answer" in words(at)


def test_an_empty_stop_can_not_be_tried() -> None:
    at = open_tab(open_page(), "experiments")
    at.button_group(key="parameters_experiment").set_value("stop").run()

    at.text_input(key="parameters_experiment_stop").set_value("").run()

    assert at.button(key="parameters_experiment_run").disabled


def test_max_tokens_is_shown_as_what_is_left_out_and_why() -> None:
    at = open_tab(open_page(), "experiments")
    at.text_area(key="parameters_prompt").set_value("Hello! I'm John.").run()
    at.button_group(key="parameters_experiment").set_value("max_tokens").run()
    at.number_input(key="parameters_experiment_max_tokens").set_value(3).run()

    click(at, "parameters_experiment_run")

    _bare, cut = view(at, "parameters_experiment_max_tokens_answers")["columns"]
    assert cut["cards"][0]["parts"][0] == ["Hello John!", ""]
    assert cut["cards"][0]["parts"][2] == [" How can I assist you today?", "rest"]
    assert cut["cards"][0]["facts"] == "finish_reason length"
    assert "It has 3 tokens." in words(at)


def test_a_comparison_says_its_cost_before_it_starts_and_shows_answers_side_by_side() -> None:
    at = open_tab(open_page(), "compare")
    before = words(at)

    click(at, "parameters_compare_run")
    answered(at)

    assert "9 requests · 135 prompt tokens · $0 (would be $0.0040 for the prompts, at most $4.4237" in before
    assert "genai-prices 0.2.3 2026-11-10" in before
    assert len(at.session_state["log"]) == 9
    columns = view(at, "parameters_compare_answers")["columns"]
    assert [column["heading"] for column in columns] == ["temperature 0", "temperature 0.7", "temperature 1"]
    assert columns[0]["facts"].startswith("1 different of 3")
    assert [card["title"] for card in columns[0]["cards"]] == ["3 times"]
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt.startswith("Different answers of all, for each value of temperature: 0: 1/3, ")


def test_a_comparison_takes_the_other_settings_from_run() -> None:
    at = open_tab(turn(open_page(), "max_tokens", "number_input", 4), "compare")

    click(at, "parameters_compare_run")
    answered(at)

    assert {each.request["max_tokens"] for each in at.session_state["log"]} == {4}
    assert {each.request["temperature"] for each in at.session_state["log"]} == {0, 0.7, 1}
    assert view(at, "parameters_compare_answers")["columns"][0]["cards"][0]["facts"] == "length"


def test_guesses_come_before_the_answers_when_that_is_wanted() -> None:
    at = open_tab(open_page(), "compare")
    at.toggle(key="parameters_compare_guess").set_value(True).run()
    click(at, "parameters_compare_run")
    answered(at)
    hidden = is_shown(at, "parameters_compare_answers")

    at.number_input(key="parameters_compare_guess_0").set_value(1).run()
    click(at, "parameters_compare_reveal")

    assert not hidden
    assert is_shown(at, "parameters_compare_answers")
    assert ":material/check: `0`: guessed 1, it is 1" in words(at)


@pytest.mark.parametrize(
    ("values", "problem"), [(["0"], ""), ([], ""), (["0", "NaN"], "NaN: JSON has no NaN."), (["0", "x"], "x: ")]
)
def test_values_that_can_not_be_compared_start_nothing(values: list[str], problem: str) -> None:
    at = open_tab(open_page(), "compare")

    at.multiselect(key="parameters_compare_values_temperature").set_value(values).run()

    assert at.button(key="parameters_compare_run").disabled
    assert problem in words(at)


def test_a_value_out_of_range_is_sent_and_its_refusal_stands_in_its_column() -> None:
    at = open_tab(open_page(), "compare")
    at.multiselect(key="parameters_compare_values_temperature").set_value(["0", "3"]).run()

    click(at, "parameters_compare_run")
    answered(at)

    sound, refused = view(at, "parameters_compare_answers")["columns"]
    assert sound["cards"][0]["title"] == "3 times"
    assert [(card["failed"], card["title"]) for card in refused["cards"]] == [(True, "Failed: 400 · 3 times")]
    assert "decimal above maximum value" in refused["cards"][0]["parts"][0][0]


def test_a_server_that_knows_none_of_this_is_compared_without_a_stumble(monkeypatch: pytest.MonkeyPatch) -> None:
    use_server(monkeypatch, plain_answer)
    at = open_tab(open_page(), "compare")

    click(at, "parameters_compare_run")
    answered(at)

    facts = [column["facts"] for column in view(at, "parameters_compare_answers")["columns"]]
    assert all(each.startswith("1 different of 3 · 6 characters · stop") for each in facts)


def test_stopping_a_comparison_leaves_its_streams_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes: list[str] = []

    begun = threading.Semaphore(0)

    class Endless(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            begun.release()
            while True:
                time.sleep(0.005)
                yield b'data: {"choices": [{"index": 0, "delta": {"content": "and "}}]}\n\n'

    def speak(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Endless())

    def client() -> Client:
        transport = httpx2.MockTransport(speak)
        return connect("http://server.invalid/v1", "key", transport, lambda each: outcomes.append(each.outcome))

    monkeypatch.setattr("components.connection.client", client)
    at = click(open_tab(open_page(), "compare"), "parameters_compare_run")

    job = at.session_state["scratch_parameters"]["comparison"]
    assert begun.acquire(timeout=10)
    job.cancel()
    job.wait(10)

    assert set(outcomes) == {"closed"}
    assert len(outcomes) <= THREADS
    assert job.done == 0


def test_what_is_said_of_streaming_by_hand_counts_in_a_comparison() -> None:
    at = open_page()
    at.session_state["scratch_parameters_form"] = {"raw": '{"stream": false}'}
    open_tab(at, "compare")

    click(at, "parameters_compare_run")
    answered(at)

    assert {each.request["stream"] for each in at.session_state["log"]} == {False}


def test_probabilities_are_asked_for_and_drawn_with_marks_and_numbers() -> None:
    at = open_tab(open_page(), "probabilities")
    at.text_area(key="parameters_prompt").set_value("Hello! I'm John.").run()

    click(at, "parameters_probabilities_run")

    assert sent(at)["logprobs"] is True
    assert sent(at)["top_logprobs"] == 5
    (key,) = [each.key for each in at.get("bidi_component") if "_told_" in str(each.key)]
    tokens = view(at, key)["tokens"]
    assert "".join(token["text"] for token in tokens).replace("·", " ").startswith("Hello John")
    assert all(token["percent"].endswith(" %") and token["step"] in range(5) for token in tokens)
    assert len(tokens[0]["others"]) >= 5
    assert "perplexity" in words(at)
    (chart,) = at.get("plotly_chart")
    assert "Hello " in chart.proto.alt
    assert "Truncated: the" in words(at)


def test_what_if_cuts_what_top_p_leaves_out() -> None:
    at = click(open_tab(open_page(), "probabilities"), "parameters_probabilities_run")

    at.slider(key="parameters_what_if_top_p").set_value(0.05).run()

    (chart,) = at.get("plotly_chart")
    shares = [part.split(" → ")[1] for part in chart.proto.alt.split(": ", 1)[1].split(", ") if " → " in part]
    assert shares[0] == "100 %"
    assert set(shares[1:]) == {"<0.1 %"}


def test_an_answer_without_log_probabilities_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    use_server(monkeypatch, plain_answer)

    at = click(open_tab(open_page(), "probabilities"), "parameters_probabilities_run")

    assert "holds no log probabilities" in words(at)


def test_one_text_goes_through_both_endpoints() -> None:
    at = open_tab(turn(open_page(), "temperature", "slider", 0.0), "endpoints")
    chat, text = json_of(at, "parameters_two_chat"), json_of(at, "parameters_two_text")

    click(at, "parameters_two_run")

    first, second = at.session_state["log"]
    assert (first.request, second.request) == (chat, text)
    assert text == {"model": "text-davinci-003", "prompt": "Write a haiku about the sea.", "temperature": 0}
    assert second.url.endswith("/v1/completions")
    assert second.finish_reason == "length", "16 tokens are this endpoint's default"
    assert any(line.startswith('"text": ') for line in lit_of(at, "parameters_two_text_response"))
    assert '"role": "assistant",' in lit_of(at, "parameters_two_chat_response")
    assert "2026-09-28" in words(at)


def test_the_older_endpoint_repeats_the_prompt_when_it_is_asked_to() -> None:
    at = open_tab(open_page(), "endpoints")
    at.toggle(key="parameters_two_echo").set_value(True).run()

    click(at, "parameters_two_run")

    assert at.session_state["log"][-1].choices[0]["text"].startswith("Write a haiku about the sea.")
    assert "echo" not in at.session_state["log"][0].request


def test_a_server_without_the_older_endpoint_says_so_and_the_chat_s_answer_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return plain_answer(request) if "chat" in request.url.path else httpx2.Response(404, text="not found")

    use_server(monkeypatch, answer)

    at = click(open_tab(open_page(), "endpoints"), "parameters_two_run")

    assert json_of(at, "parameters_two_chat_response")["choices"][0]["message"]["content"] == "Hello."
    assert "404" in words(at)


def test_the_lens_says_of_a_model_what_it_takes_and_why() -> None:
    at = open_tab(open_page(), "lens")

    at.selectbox(key="parameters_lens_model").set_value("gpt-6-luna").run()
    thinking = at.dataframe[0].value.set_index("Parameter")
    at.selectbox(key="parameters_lens_effort").set_value("none").run()
    calm = at.dataframe[0].value.set_index("Parameter")

    assert thinking.loc["temperature", "Verdict"] == "✕ refused"
    assert calm.loc["temperature", "Verdict"] == "✓ accepted"
    assert calm.loc["stop", "Verdict"] == "? unsure"
    assert all(calm["Source"])
    assert set(calm["Read on"]) == {"2026-11-23"}


def capped(at: AppTest) -> AppTest:
    """A real connection whose session has nearly nothing left to spend."""
    at.session_state["scratch_spending"] = {"cap": "0.000001"}
    return at


def test_a_cap_keeps_a_run_back_and_what_was_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx2.Request] = []
    use_server(monkeypatch, lambda request: asked.append(request) or plain_answer(request))
    at = capped(open_page(kind="openai", model="gpt-4o"))

    click(at, "parameters_run")

    assert asked == []
    assert "Not sent:" in words(at)


def test_a_cap_keeps_the_calls_of_a_comparison_back_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx2.Request] = []
    use_server(monkeypatch, lambda request: asked.append(request) or plain_answer(request))
    at = open_tab(capped(open_page(kind="openai", model="gpt-4o")), "compare")

    click(at, "parameters_compare_run")
    answered(at)

    cards = [card for column in view(at, "parameters_compare_answers")["columns"] for card in column["cards"]]
    assert asked == []
    assert [card["title"] for card in cards] == ["Failed: – · 3 times"] * 3
    assert {card["parts"][0][0] for card in cards} == {"Not sent: it may cost more than is left of your cap."}


def test_a_cap_that_can_not_be_kept_says_why_in_a_comparison_too(monkeypatch: pytest.MonkeyPatch) -> None:
    use_server(monkeypatch, plain_answer)
    at = open_tab(capped(open_page(kind="openai", model="mystery")), "compare")

    click(at, "parameters_compare_run")
    answered(at)

    first, *_others = view(at, "parameters_compare_answers")["columns"]
    assert first["cards"][0]["parts"][0][0].startswith("Not sent: no price is known for this model")
