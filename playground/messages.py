"""Messages as the wire has them: plain dicts with a role. They carry no id, no time and nothing of a screen.

What the API sent is kept as it came; these functions only build what a program adds to the conversation itself.

>>> [system("You are a helpful assistant."), user("Hello! I'm John.")]
[{'role': 'system', 'content': 'You are a helpful assistant.'}, {'role': 'user', 'content': "Hello! I'm John."}]
"""

from typing import Any

Message = dict[str, Any]
"""One message: role, content, and what the role asks for (name, tool_calls, tool_call_id, function_call)."""

Body = dict[str, Any]
"""The JSON of a request: model, messages, and the parameters that are set."""


def system(text: str) -> Message:
    """Instruct the model."""
    return {"role": "system", "content": text}


def user(text: str) -> Message:
    """Speak to the model."""
    return {"role": "user", "content": text}


def assistant(text: str) -> Message:
    """Repeat what the model said earlier: the API keeps no history."""
    return {"role": "assistant", "content": text}


def tool(call_id: str, text: str) -> Message:
    """Answer one of the model's tool_calls, named by its id.

    >>> tool("call_1", "25 degrees")
    {'role': 'tool', 'tool_call_id': 'call_1', 'content': '25 degrees'}
    """
    return {"role": "tool", "tool_call_id": call_id, "content": text}


def function(name: str, text: str) -> Message:
    """Answer the model's function_call, the older dialect: it has no id, only the function's name.

    >>> function("get_current_weather", "25 degrees")
    {'role': 'function', 'name': 'get_current_weather', 'content': '25 degrees'}
    """
    return {"role": "function", "name": name, "content": text}
