"""The same request as a program: Python with OpenAI's SDK, curl, JavaScript with fetch. It sends nothing.

A program reads the key from the environment variable OPENAI_API_KEY; no key is ever written into one.

>>> print(as_python({"model": "gpt-4", "messages": [], "top_k": 3}, "http://127.0.0.1:8080/v1"))
from openai import OpenAI
<BLANKLINE>
client = OpenAI(base_url="http://127.0.0.1:8080/v1")  # the key: OPENAI_API_KEY of the environment
response = client.chat.completions.create(
    model="gpt-4",
    messages=[],
    extra_body={
        "top_k": 3,
    },
)
print(response.model_dump_json(indent=2))
"""

import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from playground.messages import Body

CHAT, COMPLETIONS = "chat/completions", "completions"

_BOTH = (
    "model frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options "
    "temperature top_p user"
)
_CHAT_ONLY = (
    "messages audio function_call functions max_completion_tokens metadata modalities parallel_tool_calls prediction "
    "prompt_cache_key reasoning_effort response_format safety_identifier service_tier store tool_choice tools "
    "top_logprobs verbosity web_search_options"
)
ARGUMENTS: Mapping[str, frozenset[str]] = {
    CHAT: frozenset(f"{_BOTH} {_CHAT_ONLY}".split()),
    COMPLETIONS: frozenset(f"{_BOTH} prompt best_of echo suffix".split()),
}
"""What create() of the SDK takes by name (openai 3.54.0); everything else goes through extra_body."""

_REQUIRED = {CHAT: {"model", "messages"}, COMPLETIONS: {"model", "prompt"}}
_CREATE = {CHAT: "client.chat.completions.create", COMPLETIONS: "client.completions.create"}
_PIECE = {CHAT: "chunk.choices[0].delta.content", COMPLETIONS: "chunk.choices[0].text"}

EXACT = 2**53
"""JavaScript's numbers are exact up to here."""


def as_python(body: Body, base_url: str, endpoint: str = CHAT) -> str:
    """Write the request with OpenAI's SDK. What create() would refuse to send goes through its post()."""
    lines = [
        "from openai import OpenAI",
        "",
        f"client = OpenAI(base_url={_text(base_url)})  # the key: OPENAI_API_KEY of the environment",
    ]
    if not _REQUIRED[endpoint] <= body.keys():
        written = _value(body, "    ", _PYTHON)
        lines += ["response = client.post(", f'    "/{endpoint}",', f"    body={written},", "    cast_to=object,", ")"]
        return "\n".join([*lines, "print(response)"])
    named = {name: value for name, value in body.items() if name in ARGUMENTS[endpoint]}
    if other := {name: value for name, value in body.items() if name not in named}:
        named["extra_body"] = other
    arguments = [f"    {name}={_value(value, '    ', _PYTHON)}," for name, value in named.items()]
    lines += [f"response = {_CREATE[endpoint]}(", *arguments, ")"]
    if body.get("stream"):
        lines += ["for chunk in response:", "    if chunk.choices:"]
        lines += [f'        print({_PIECE[endpoint]} or "", end="", flush=True)']
    else:
        lines += ["print(response.model_dump_json(indent=2))"]
    return "\n".join(lines)


def as_curl(body: Body, base_url: str, endpoint: str = CHAT) -> str:
    """Write the request as a command for a POSIX shell."""
    command = "curl --no-buffer" if body.get("stream") else "curl"
    return " \\\n  ".join(
        [
            f"{command} {shlex.quote(f'{base_url}/{endpoint}')}",
            '-H "Authorization: Bearer $OPENAI_API_KEY"',
            "-H 'Content-Type: application/json'",
            f"--data-raw {shlex.quote(json.dumps(body, indent=2, ensure_ascii=False))}",
        ]
    )


def as_javascript(body: Body, base_url: str, endpoint: str = CHAT) -> str:
    """Write the request with fetch, which browsers, Node, Deno and Bun share; a module, for it waits at top level."""
    content = f"JSON.stringify({_value(body, '  ', _JAVASCRIPT)})"
    if _has_large(body):
        # As text, for JavaScript would round the number.
        content = _text(json.dumps(body, ensure_ascii=False))
    lines = [
        f"const response = await fetch({_text(f'{base_url}/{endpoint}')}, {{",
        '  method: "POST",',
        "  headers: {",
        '    "Authorization": `Bearer ${process.env.OPENAI_API_KEY}`,',
        '    "Content-Type": "application/json",',
        "  },",
        f"  body: {content},",
        "});",
    ]
    if body.get("stream"):
        lines += [
            "const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();",
            "for (let part = await reader.read(); !part.done; part = await reader.read()) {",
            "  console.log(part.value);",
            "}",
        ]
    else:
        lines += ["console.log(await response.json());"]
    return "\n".join(lines)


LANGUAGES: Mapping[str, tuple[str, Callable[[Body, str, str], str]]] = {
    "Python": ("python", as_python),
    "curl": ("bash", as_curl),
    "JavaScript": ("javascript", as_javascript),
}
"""Name -> its name for a highlighter, and the function that writes it."""


def place(url: str) -> tuple[str, str] | None:
    """Split the address of a recorded request into base URL and endpoint; None for one that these programs don't call.

    >>> place("https://api.openai.com/v1/chat/completions")
    ('https://api.openai.com/v1', 'chat/completions')
    >>> place("https://api.openai.com/v1/models")
    """
    for endpoint in (CHAT, COMPLETIONS):
        if url.endswith(f"/{endpoint}"):
            return url.removesuffix(f"/{endpoint}"), endpoint
    return None


_PYTHON = {"true": "True", "false": "False", "null": "None"}
_JAVASCRIPT: dict[str, str] = {}


def _value(value: Any, indent: str, words: Mapping[str, str]) -> str:
    """Write a JSON value as a literal over several lines; `words` are the language's own for true, false and null."""
    inner = indent + "    " if words is _PYTHON else indent + "  "
    if isinstance(value, dict) and value:
        items = [f"{_name(name, words)}: {_value(each, inner, words)}" for name, each in value.items()]
    elif isinstance(value, list) and value:
        items = [_value(each, inner, words) for each in value]
    elif isinstance(value, str):
        return _text(value)
    else:
        written = json.dumps(value)
        return words.get(written, written)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, *(f"{inner}{item}," for item in items), f"{indent}{closing}"])


def _name(name: str, words: Mapping[str, str]) -> str:
    # In an object of JavaScript the plain name would set its prototype instead.
    return '["__proto__"]' if name == "__proto__" and words is _JAVASCRIPT else _text(name)


def _text(text: str) -> str:
    """Write a string as all three languages read it: JSON's escapes, other alphabets as they are."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _has_large(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_large(each) for each in value.values())
    if isinstance(value, list):
        return any(_has_large(each) for each in value)
    return isinstance(value, int) and abs(value) > EXACT
