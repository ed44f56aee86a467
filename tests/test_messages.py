import json

from hypothesis import given
from hypothesis import strategies as st

from playground import messages

texts = st.text(max_size=200)


@given(texts)
def test_a_text_comes_back_from_the_wire_unchanged(text: str) -> None:
    built = [
        messages.system(text),
        messages.user(text),
        messages.assistant(text),
        messages.tool("call_1", text),
        messages.function("f", text),
    ]

    received = json.loads(json.dumps(built))

    assert received == built
    assert [message["content"] for message in received] == [text] * 5


def test_each_function_speaks_with_its_own_role() -> None:
    built = [
        messages.system("a"),
        messages.user("b"),
        messages.assistant("c"),
        messages.tool("call_1", "d"),
        messages.function("f", "e"),
    ]

    assert [message["role"] for message in built] == ["system", "user", "assistant", "tool", "function"]


def test_a_tool_message_names_the_call_and_a_function_message_the_function() -> None:
    assert messages.tool("call_1", "25") == {"role": "tool", "tool_call_id": "call_1", "content": "25"}
    assert messages.function("weather", "25") == {"role": "function", "name": "weather", "content": "25"}
