"""The course's four requests, their answers and what the API counted."""

SYSTEM = {"role": "system", "content": "You are a helpful assistant."}
HELLO = {"role": "user", "content": "Hello! I'm John."}
HELLO_BACK = {"role": "assistant", "content": "Hello John! How can I assist you today?"}
NAME = {"role": "user", "content": "Do you know my name?"}
WEATHER = {"role": "user", "content": "What's the weather like in Seoul?"}
FUNCTION = {
    "name": "get_current_weather",
    "description": "Get the current weather in a given location",
    "parameters": {
        "type": "object",
        "properties": {
            "location": {"type": "string", "description": "The city and state, e.g. Seoul"},
            "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        },
        "required": ["location"],
    },
}
CALL = {
    "role": "assistant",
    "content": None,
    "refusal": None,
    "annotations": [],
    "function_call": {"name": "get_current_weather", "arguments": '{\n  "location": "Seoul"\n}'},
}
RESULT = {
    "role": "function",
    "name": "get_current_weather",
    "content": '{"location": "Seoul", "temperature": "25", "unit": "celsius", "forecast": ["sunny", "windy"]}',
}

COURSE = {
    "greeting": (
        {"messages": [SYSTEM, HELLO]},
        {"content": "Hello John! How can I assist you today?"},
        ("stop", 23, 11),
    ),
    "name": (
        {"messages": [SYSTEM, HELLO, HELLO_BACK, NAME]},
        {"content": "Yes, you just told me that your name is John. How can I assist you today, John?"},
        ("stop", 47, 22),
    ),
    "call": (
        {"messages": [WEATHER], "functions": [FUNCTION]},
        {"content": None, "function_call": CALL["function_call"]},
        ("function_call", 79, 18),
    ),
    "result": (
        {"messages": [WEATHER, CALL, RESULT]},
        {"content": "The current weather in Seoul is 25 degrees Celsius. The forecast indicates it's sunny and windy."},
        ("stop", 72, 21),
    ),
}
"""Request, answer, and (finish_reason, prompt_tokens, completion_tokens): the course of March 2025, gpt-4-0613."""
