"""What each request parameter does here: a table, shown to whoever uses the simulator, and the list of known names.

effective: it changes the answer. echoed: it comes back with it. none: it is accepted, as by the API, without effect.
Names: the types of the openai SDK 3.54.0 (types/chat/completion_create_params.py).
"""

from typing import Literal

Effect = Literal["effective", "echoed", "none"]

EFFECTS: dict[str, Effect] = {
    "messages": "effective",
    "model": "effective",
    "frequency_penalty": "effective",
    "function_call": "effective",
    "functions": "effective",
    "logit_bias": "effective",
    "logprobs": "effective",
    "max_completion_tokens": "effective",
    "max_tokens": "effective",
    "n": "effective",
    "parallel_tool_calls": "effective",
    "presence_penalty": "effective",
    "seed": "effective",
    "stop": "effective",
    "stream": "effective",
    "stream_options": "effective",
    "temperature": "effective",
    "tool_choice": "effective",
    "tools": "effective",
    "top_logprobs": "effective",
    "top_p": "effective",
    "service_tier": "echoed",
    "audio": "none",
    "metadata": "none",
    "modalities": "none",
    "moderation": "none",
    "prediction": "none",
    "prompt_cache_key": "none",
    "prompt_cache_options": "none",
    "prompt_cache_retention": "none",
    "reasoning_effort": "none",
    "response_format": "none",
    "safety_identifier": "none",
    "store": "none",
    "user": "none",
    "verbosity": "none",
    "web_search_options": "none",
}
