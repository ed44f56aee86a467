"""How functions are written for the model: the course's own in the layout of 2023, and where that of 2024 differs."""

import pytest

from playground.declarations import declaration, of_request, pieces, section
from tests.simulator.course import FUNCTION


def typed(**properties) -> str:
    """The type of a function's argument in the layout of 2024."""
    written = declaration({"name": "f", "parameters": {"type": "object", "properties": properties}})
    return written.removeprefix("type f = (_: ").removesuffix(") => any;")


def test_the_courses_function_is_written_as_gpt_4_0613_was_shown_it():
    assert section([FUNCTION], "2023") == (
        "# Tools\n\n## functions\n\nnamespace functions {\n\n"
        "// Get the current weather in a given location\n"
        "type get_current_weather = (_: {\n"
        "// The city and state, e.g. Seoul\n"
        "location: string,\n"
        'unit?: "celsius" | "fahrenheit",\n'
        "}) => any;\n\n"
        "} // namespace functions"
    )


@pytest.mark.parametrize("layout", ["2023", "2024"])
def test_a_function_without_properties_takes_no_argument(layout):
    assert declaration({"name": "now", "parameters": {"type": "object", "properties": {}}}, layout) == (
        "type now = () => any;"
    )


def test_properties_without_comments_stand_on_one_line():
    assert typed(a={"type": "integer"}, b={"type": "array", "items": {"type": "string"}}) == (
        "{ a?: number, b?: string[] }"
    )


def test_a_comment_or_a_default_puts_each_property_on_its_own_line():
    assert typed(a={"type": "number", "default": 2}, b={"type": "string", "description": "x\n\n y "}) == (
        "{\na?: number, // default: 2\n// x\n//\n// y\nb?: string,\n}"
    )


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"enum": ["a", 1, None]}, '"a" | 1 | null'),
        ({"const": "a"}, '"a"'),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string|null"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, '("a" | "b")[]'),
        ({"type": "object"}, "object"),
        ({"type": "object", "properties": {"c": {"type": "boolean"}}}, "{ c?: boolean }"),
        ({}, "any"),
    ],
)
def test_each_kind_of_schema_has_its_type(schema, text):
    assert typed(x=schema) == f"{{ x?: {text} }}"


def test_several_types_stand_one_below_the_other_where_something_has_a_comment():
    either = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}], "description": "The day"}

    assert typed(day=either) == "{\n// The day\nday?:\n | string // format: date\n | null\n,\n}"


def test_a_list_of_types_repeats_the_comment_for_each():
    assert typed(day={"type": ["string", "null"], "description": "The day"}) == (
        "{\n// The day\nday?:\n | // The day\nstring\n | // The day\nnull\n,\n}"
    )


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"type": "object", "properties": {"n": {"type": "number"}}}, "{ n?: number }[]"),
        (
            {"type": "object", "properties": {"n": {"type": "number", "description": "How many"}}},
            "Array<{\n// How many\nn?: number,\n}>",
        ),
        (
            {"title": "Row", "type": "object", "properties": {"n": {"type": "number"}}},
            "Array<\n// Row\n{ n?: number }\n>",
        ),
    ],
)
def test_a_list_of_objects_is_written_by_what_is_said_about_them(item, text):
    rows = {"type": "array", "items": item, "description": "The rows"}

    assert typed(rows=rows) == f"{{\n// The rows\nrows?: {text},\n}}"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string", "nullable": True}, "{ x?: string | null }"),
        ({"type": "array"}, "{ x?: Array<any> }"),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, "{ x?: string|number }"),
        ({"type": "string", "examples": ["a", 1]}, '{\n// Examples:\n// - "a"\nx?: string,\n}'),
    ],
)
def test_what_nobody_recorded_is_written_as_openai_harmony_writes_it_and_is_an_estimate(schema, text):
    function = {"name": "f", "parameters": {"type": "object", "properties": {"x": schema, "y": {"type": "number"}}}}

    found = {piece.where: piece for piece in pieces(function, "", "2024")[0] if piece.what == "parameter"}

    assert typed(x=schema) == text
    assert (found["parameters.properties.x"].certainty, found["parameters.properties.x"].why) == (
        "estimate",
        "unrecorded",
    )
    assert found["parameters.properties.y"].certainty == "fitted"


def test_a_const_in_functions_of_2023_is_only_its_type():
    schema = {"type": "object", "properties": {"kind": {"type": "string", "const": "a"}}}

    assert declaration({"name": "f", "parameters": schema}, "2023") == "type f = (_: {\nkind?: string,\n}) => any;"


def test_a_reference_is_looked_up_in_the_schemas_own_definitions():
    parameters = {
        "type": "object",
        "properties": {"size": {"$ref": "#/$defs/Size"}},
        "$defs": {"Size": {"enum": ["small", "large"]}},
    }

    assert declaration({"name": "f", "parameters": parameters}) == 'type f = (_: { size?: "small" | "large" }) => any;'


def test_tools_and_functions_are_read_alike_and_tools_win():
    tools = [{"type": "function", "function": FUNCTION}]

    assert of_request({"functions": [FUNCTION]}) == ([FUNCTION], "functions")
    assert of_request({"tools": tools, "functions": [{"name": "other"}]}) == ([FUNCTION], "tools")
    assert of_request({}) == ([], "functions")


def test_a_function_that_was_changed_is_written_anew():
    day = {"type": "string", "description": "The day"}
    assert typed(day=day) == "{\n// The day\nday?: string,\n}"

    day["description"] = "Which day"

    assert typed(day=day) == "{\n// Which day\nday?: string,\n}"


def test_the_same_property_of_another_function_stands_at_its_own_place():
    parameters = {"type": "object", "properties": {"day": {"type": "string", "description": "The day", "default": "x"}}}

    found = [pieces({"name": "f", "parameters": parameters}, where, "2024")[0] for where in ("tools[0]", "tools[1]")]

    places = [[piece.where for piece in each] for each in found]
    assert places[1] == [place.replace("tools[0]", "tools[1]") for place in places[0]]
    assert "tools[1].parameters.properties.day.default" in places[1]
