import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playground.json_two_ways import SCHEMA, by_format, by_function, rows, written_by
from playground.strict import problems
from tests.scripted import exchange_of


def test_the_schema_of_the_two_ways_is_one_that_the_api_takes_as_strict() -> None:
    assert list(problems(SCHEMA)) == []
    assert by_function("gpt-4", "x", SCHEMA)["functions"][0]["parameters"] == SCHEMA
    assert by_format("gpt-4", "x", SCHEMA)["response_format"]["json_schema"]["strict"] is True


def test_the_json_is_found_in_a_call_and_in_an_answer() -> None:
    body = by_function("gpt-4", "x", SCHEMA)
    called = exchange_of(body, {"function_call": {"name": "save_person", "arguments": '{"name": "Kim"}'}})
    said = exchange_of(body, {"role": "assistant", "content": '{"name": "Lee"}'})

    assert [rows(written_by(each)) for each in (called, said)] == [[("name", "Kim")], [("name", "Lee")]]
    assert rows("no JSON") == rows("[1]") == rows("[" * 5000) == []


values = st.integers() | st.text() | st.lists(st.integers(), max_size=3)


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text() | st.lists(st.integers(), max_size=3), max_size=4)
)
def test_every_leaf_has_its_row(value: dict[str, Any]) -> None:
    leaves = sum(len(each) if isinstance(each, list) and each else 1 for each in value.values())

    assert len(rows(json.dumps(value))) == (leaves if value else 1)
