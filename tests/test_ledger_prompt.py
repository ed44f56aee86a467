"""The literal prompts, letter by letter, and the places that their tokens are booked on."""

import pytest

from playground.ledger import count_prompt, prompt_entries, render_prompt, without

SYSTEM = {"role": "system", "content": "Be brief."}
ASK = {"role": "user", "content": "Which day?"}
FUNCTION = {
    "name": "book",
    "description": "Book a table",
    "parameters": {
        "type": "object",
        "properties": {
            "day": {"type": "string", "description": "The day"},
            "seats": {"type": "integer", "default": 2},
        },
        "required": ["day"],
    },
}
TOOLS = [{"type": "function", "function": FUNCTION}]
SECTION = (
    "# Tools\n\n## functions\n\nnamespace functions {\n\n"
    "// Book a table\ntype book = (_: {\n// The day\nday: string,\nseats?: number, // default: 2\n}) => any;\n\n"
    "} // namespace functions"
)
CALL = {"id": "c1", "type": "function", "function": {"name": "book", "arguments": '{"day": "Monday"}'}}
RESULT = {"role": "tool", "tool_call_id": "c1", "content": "done"}
ANSWER = "<|im_start|>assistant<|im_sep|>"


def calling(*calls):
    return {"role": "assistant", "content": None, "tool_calls": list(calls)}


@pytest.mark.parametrize(
    ("model", "body", "prompt"),
    [
        (
            "gpt-4",
            {"messages": [SYSTEM, {**ASK, "name": "Ann"}]},
            "<|im_start|>system<|im_sep|>Be brief.<|im_end|>"
            f"<|im_start|>user:Ann<|im_sep|>Which day?<|im_end|>{ANSWER}",
        ),
        (
            "gpt-5",
            {"messages": [ASK]},
            "<|start|>user<|message|>Which day?<|end|><|start|>assistant",
        ),
        (
            "gpt-4o",
            {"messages": [SYSTEM, ASK], "tools": TOOLS},
            f"<|im_start|>system<|im_sep|>Be brief.\n\n{SECTION}<|im_end|>"
            f"<|im_start|>user<|im_sep|>Which day?<|im_end|>{ANSWER}",
        ),
        (
            "gpt-4o",
            {"messages": [ASK], "tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "book"}}},
            f"<|im_start|>system<|im_sep|>{SECTION}<|im_end|><|im_start|>user<|im_sep|>Which day?<|im_end|>"
            "<|im_start|>assistant to=functions.book<|im_sep|>",
        ),
        (
            "gpt-4o",
            {"messages": [calling(CALL), RESULT]},
            '<|im_start|>assistant to=functions.book<|im_sep|>{"day":"Monday"}<|im_end|>'
            f"<|im_start|>functions.book<|im_sep|>done<|im_end|>{ANSWER}",
        ),
        (
            "gpt-4",
            {"messages": [calling(CALL), RESULT]},
            '<|im_start|>assistant to=functions.book<|im_sep|>{"day": "Monday"}<|im_end|>'
            f"<|im_start|>book<|im_sep|>done<|im_end|>{ANSWER}",
        ),
        (
            "gpt-4o",
            {"messages": [calling(CALL, {**CALL, "id": "c2"}), RESULT, {**RESULT, "tool_call_id": "c2"}]},
            "<|im_start|>assistant to=multi_tool_use.parallel<|im_sep|>"
            '{"tool_uses":[{"recipient_name":"functions.book","parameters":{"day":"Monday"}},'
            '{"recipient_name":"functions.book","parameters":{"day":"Monday"}}]}<|im_end|>'
            f'<|im_start|>multi_tool_use.parallel<|im_sep|>["done", "done"]<|im_end|>{ANSWER}',
        ),
        (
            "gpt-4o",
            {
                "messages": [SYSTEM],
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {
                        "name": "Day",
                        "schema": {
                            "type": "object",
                            "properties": {"day": {"type": "string", "description": "é", "default": "x"}},
                            "required": ["day"],
                            "additionalProperties": False,
                        },
                    },
                },
            },
            "<|im_start|>system<|im_sep|>Be brief.\n\n# Response Formats\n\n## Day\n\n"
            '{"type":"object","properties":{"day":{"type":"string","description":"\\u00e9"}}}<|im_end|>'
            "<|im_start|>assistant format=Day<|im_sep|>",
        ),
    ],
)
def test_the_model_sees_this(model, body, prompt):
    assert render_prompt({"model": model, **body}) == prompt


def test_each_part_of_a_tool_has_its_own_line():
    ledger = count_prompt({"model": "gpt-4o", "messages": [ASK], "tools": TOOLS})

    lines = {entry.where: (entry.what, entry.text) for entry in ledger.entries if "function" in entry.where}
    place = "tools[0].function"
    assert lines == {
        f"{place}.description": ("description", "// Book a table\n"),
        place: ("function offered", "type book = (_: {\n}) => any;\n\n"),
        f"{place}.parameters.properties.day.description": ("description", "// The day\n"),
        f"{place}.parameters.properties.day": ("parameter", "day: string,\n"),
        f"{place}.parameters.properties.seats": ("parameter", "seats?: number,\n"),
        f"{place}.parameters.properties.seats.default": ("default", " // default: 2"),
    }


def test_leaving_out_a_description_saves_its_line():
    body = {"model": "gpt-4o", "messages": [ASK], "tools": TOOLS}
    place = "tools[0].function.parameters.properties.day.description"

    saved = without(body, place)

    (line,) = (entry for entry in count_prompt(body).entries if entry.where == place)
    assert saved == line.tokens == 3


def test_a_description_behind_a_reference_is_booked_where_it_is_written():
    parameters = {
        "type": "object",
        "properties": {"size": {"$ref": "#/$defs/Size"}},
        "$defs": {"Size": {"description": "How large", "enum": ["s", "l"]}},
    }
    body = {"model": "gpt-4o", "messages": [ASK], "tools": [{"function": {"name": "f", "parameters": parameters}}]}

    places = [entry.where for entry in count_prompt(body).entries if entry.text == "// How large\n"]

    assert places == ["tools[0].function.parameters.$defs.Size.description"]
    assert without(body, places[0]) > 0


def test_every_entry_says_why_and_the_ledger_which_models_it_knows():
    body = {"model": "gpt-4o", "messages": [SYSTEM, ASK], "tools": TOOLS}

    ledger = count_prompt(body)

    assert (ledger.rules.name, ledger.known) == ("2024", True)
    assert all(entry.why.says and entry.why.source for entry in ledger.entries)
    assert {entry.certainty for entry in ledger.entries if entry.where.startswith("tools[")} == {"fitted"}


def test_the_entries_in_order_are_the_prompt_and_cost_the_same():
    body = {"model": "gpt-4o", "messages": [SYSTEM, ASK, calling(CALL), RESULT], "tools": TOOLS}

    entries = prompt_entries(body)

    assert "".join(entry.text for entry in entries) == render_prompt(body)
    assert sum(entry.tokens for entry in entries) == count_prompt(body).total
