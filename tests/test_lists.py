"""Lists that stand in different files and must agree."""

import importlib.util
import json
from typing import get_args

import pytest

from components import compare_view, connection, error_view, exchange_panel, lane_strip, parameter_knobs
from playground import models, typed_json
from playground.exchange import ErrorKind
from playground.fitting import NOT_WHILE_REASONING, RENAMED, fit
from playground.messages import user
from playground.parameter_row import Kind
from playground.parameters import PARAMETERS
from playground.stages import STAGES
from playground.tools import get_current_weather
from simulator.results import COURSE_FUNCTION, COURSE_WEATHER


def test_every_kind_of_error_has_a_title() -> None:
    assert error_view.TITLES.keys() == set(get_args(ErrorKind))


def test_every_kind_of_parameter_has_a_knob() -> None:
    assert parameter_knobs._KNOBS.keys() == set(get_args(Kind))


@pytest.mark.parametrize("name", compare_view.SUGGESTED)
def test_values_to_compare_are_json_that_the_parameter_takes(name: str) -> None:
    values = [typed_json.read(text) for text in compare_view.SUGGESTED[name]]

    assert all(parameter_knobs.fits(PARAMETERS[name], value) for value in values)


def test_whatever_a_page_may_add_is_named_under_the_exchange() -> None:
    full = dict.fromkeys((*RENAMED, *NOT_WHILE_REASONING), 1)

    added = {
        name for model in models.MODELS for name in fit({"model": model.id, "messages": [user("Hi")], **full}).changed
    }

    assert added | {"stream", "stream_options"} == set(exchange_panel.ADDED)


@pytest.mark.parametrize("module", connection.FIRST_NEEDED)
def test_what_is_loaded_ahead_is_there(module: str) -> None:
    assert importlib.util.find_spec(module)


def test_every_lane_that_speaks_or_listens_has_a_name() -> None:
    assert {lane for stage in STAGES for lane in (stage.speaker, stage.listener)} == lane_strip.NAMES.keys()


@pytest.mark.parametrize("place", ["Seoul", "Busan"])
def test_the_simulator_knows_what_the_course_s_function_always_says(place: str) -> None:
    assert get_current_weather.__name__ == COURSE_FUNCTION
    assert json.loads(get_current_weather(place, None)) == {"location": place, "unit": None, **COURSE_WEATHER}
