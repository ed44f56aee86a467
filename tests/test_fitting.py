"""A request written for gpt-4 becomes one that a living model takes; nothing that was set is lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import models
from playground.fitting import NOT_WHILE_REASONING, RENAMED, fit

IDS = [model.id for model in models.MODELS if model.chat]
VALUES = st.dictionaries(
    st.sampled_from([*NOT_WHILE_REASONING, *RENAMED, *RENAMED.values(), "n", "stop", "reasoning_effort"]),
    st.integers(0, 2),
)


@given(model=st.sampled_from([*IDS, "a stranger"]), values=VALUES)
def test_every_value_stays_under_its_name_or_its_new_one(model: str, values: dict[str, Any]):
    body = {"model": model, "messages": [], **values}

    fitted = fit(body)

    for name, value in body.items():
        kept = fitted.body.get(name, fitted.body.get(RENAMED.get(name, ""), None))
        assert kept == value


@given(model=st.sampled_from(IDS), values=VALUES)
def test_fitting_twice_changes_nothing_more(model: str, values: dict[str, Any]):
    once = fit({"model": model, "messages": [], **values}).body

    assert fit(once).body == once
    assert fit(once).changed == ()


@given(model=st.sampled_from([model.id for model in models.MODELS if not model.reasons]), values=VALUES)
def test_a_model_that_takes_everything_gets_the_request_as_it_was(model: str, values: dict[str, Any]):
    body = {"model": model, "messages": [], **values}

    assert fit(body).body is body


def test_the_course_function_call_gets_the_effort_that_its_living_model_needs():
    body = {"model": models.DEFAULT, "messages": [], "functions": [{"name": "get_current_weather"}]}

    fitted = fit(body)

    assert fitted.body == {**body, "reasoning_effort": "none"}
    assert fitted.changed == ("reasoning_effort",)


@pytest.mark.parametrize("model", [model.id for model in models.MODELS if model.none_effort is False])
def test_a_model_that_knows_no_effort_none_is_not_asked_for_it(model: str):
    assert "reasoning_effort" not in fit({"model": model, "messages": [], "temperature": 1}).body


def test_a_first_request_needs_nothing_but_the_models_name():
    assert fit({"model": models.DEFAULT, "messages": []}).changed == ()


def test_the_default_model_lives_and_reasons():
    default = models.find(models.DEFAULT)

    assert default is not None
    assert default.reasons
    assert not default.gone(date.today())
