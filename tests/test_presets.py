"""Presets set what their knobs can show; a link gives back what it was made of, and never carries a secret."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.parameter_knobs import fits
from playground.parameters import PARAMETERS
from playground.presets import PRESETS, from_query, to_query

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.dictionaries(st.sampled_from(list(PARAMETERS)), plain | st.lists(plain) | st.dictionaries(st.text(), plain))


@given(st.text(), values, st.text())
def test_a_link_gives_back_what_it_was_made_of(prompt: str, chosen: dict[str, Any], system: str) -> None:
    link = from_query(to_query(prompt, "gpt-4", chosen, system))

    assert link.prompt == prompt
    assert link.values == chosen
    assert link.system == (system or None)
    assert link.model == "gpt-4"
    assert link.unread == ()


def test_what_a_link_says_beside_the_parameters_is_left_aside() -> None:
    link = from_query({"api_key": "sk-secret", "base_url": "https://evil.example", "temperature": "0.5", "lesson": "8"})

    assert link.values == {"temperature": 0.5}
    assert "evil" not in str(link)
    assert "sk-" not in str(link)


def test_a_value_that_is_no_json_is_named_and_the_others_stay() -> None:
    link = from_query({"temperature": "NaN", "n": "3", "stop": "unquoted"})

    assert link.values == {"n": 3}
    assert link.unread == ("temperature", "stop")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_stands_where_knobs_can_stand(name: str) -> None:
    for parameter, value in PRESETS[name].values.items():
        assert fits(PARAMETERS[parameter], value)


def test_creative_is_warmer_than_balanced_and_balanced_than_precise() -> None:
    warmths = [PRESETS[name].values["temperature"] for name in ("precise", "balanced", "creative")]

    assert warmths == sorted(set(warmths))
