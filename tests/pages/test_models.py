from typing import Any

import httpx2
import pytest
from streamlit.testing.v1 import AppTest

from playground import models
from playground.client import connect
from tests.started import go, start


def open_page(language: str = "en", **connection: Any) -> AppTest:
    return go(start(language, **connection), "models")


def listed(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value.iloc[:, 0])


def choose(at: AppTest, name: str) -> AppTest:
    """What the browser sends when a row is clicked."""
    key = at.dataframe[0].key
    at.session_state[key] = {"selection": {"rows": [listed(at).index(name)], "columns": [], "cells": []}}
    at.run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.main.markdown, *at.main.caption])


def test_the_page_opens_on_the_whole_catalogue_and_asks_nobody() -> None:
    at = open_page()

    assert listed(at) == [model.id for model in models.MODELS]
    assert "log" not in at.session_state


def test_the_course_s_table_is_one_pill_away() -> None:
    at = open_page()

    at.button_group(key="models_filter").set_value("course").run()

    assert listed(at) == [model.id for model in models.MODELS if model.course]
    table = at.dataframe[0].value.set_index("Model")
    assert table.loc["gpt-4", "Chat"] == "✓"
    assert table.loc["text-davinci-003", "Chat"] == "–"
    assert table.loc["text-davinci-003", "Completions"] == "✓"


def test_what_nobody_knows_stays_empty() -> None:
    table = open_page().dataframe[0].value.set_index("Model")

    assert table["$ in"].isna()["gpt-6.2-sol"]
    assert table["Context window"].isna()["text-davinci-003"]
    assert (table["$ in"].dropna() > 0).all()


def test_the_server_s_list_is_merged_in_on_a_click() -> None:
    at = open_page()

    at.button(key="models_ask").click().run()

    assert not at.exception
    assert [each.url for each in at.session_state["log"]] == ["http://simulator.invalid/v1/models"]
    assert f"names {len(models.MODELS)} models" in texts(at)
    assert set(at.dataframe[0].value["On the server"]) == {"✓"}


def test_what_another_connection_s_server_has_is_not_shown_for_this_one() -> None:
    at = open_page()
    at.button(key="models_ask").click().run()

    at.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "mine"}
    at.run()

    assert not at.exception
    assert "On the server" not in at.dataframe[0].value


def test_a_server_that_has_no_such_list_is_told_and_the_catalogue_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    server = httpx2.MockTransport(lambda request: httpx2.Response(404, text="<html>nothing here</html>"))
    monkeypatch.setattr("components.connection.client", lambda: connect("http://server.invalid/v1", "key", server))
    at = open_page()

    at.button(key="models_ask").click().run()

    assert not at.exception
    assert listed(at) == [model.id for model in models.MODELS]
    assert any("404" in each.value for each in at.main.markdown)


def test_a_row_opens_the_model_in_full_and_its_button_chooses_it() -> None:
    at = choose(open_page(), "gpt-6-luna")
    said = texts(at)

    at.button(key="models_detail_use").click().run()

    assert "1,050,000" in said
    assert "only with reasoning_effort none" in said
    assert "https://developers.openai.com/api/docs/models/gpt-6-luna" in said
    assert at.session_state["connection"]["model"] == "gpt-6-luna"
    assert at.session_state["connection"]["kind"] == "simulator"


def test_a_model_that_does_not_chat_can_not_be_chosen_for_the_chat() -> None:
    at = choose(open_page(), "text-davinci-003")

    assert at.button(key="models_detail_use").disabled


def test_the_chart_is_drawn_when_its_tab_is_opened() -> None:
    at = open_page()
    assert not at.get("plotly_chart")

    at.session_state["models_tabs"] = "Price against window"
    at.run()

    assert not at.exception
    (chart,) = at.get("plotly_chart")
    assert "gpt-4: $30, 8,192" in chart.proto.alt


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_look_has_one_primary_button(language: str) -> None:
    at = open_page(language)

    assert [each.key for each in at.main.button if each.proto.type == "primary"] == ["models_ask"]
