"""The ledger: how many prompt tokens a request costs, and where each one goes. It sends nothing and knows no prices.

The API documents none of the rules (ledger_rules.py); they were fitted to what it reported. So each entry says how sure
it is: "exact" held in every recording, "fitted" in most of them, "estimate" is the nearest rule that is known.

>>> system = {"role": "system", "content": "You are a helpful assistant."}
>>> count_prompt({"model": "gpt-4", "messages": [system, {"role": "user", "content": "Hello! I'm John."}]}).total
23
>>> count_completion({"role": "assistant", "content": "Hello John! How can I assist you today?"}, {"model": "gpt-4"})
11
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from playground import declarations, encodings
from playground import ledger_rules as costs
from playground.language import mark
from playground.ledger_rules import Rules, rules_of

Certainty = Literal["exact", "fitted", "estimate"]
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: what is counted, where it stands in the request, and what it costs."""

    what: str
    """In English, marked for translation."""
    where: str
    """JSON path in the request, such as messages[0].content; empty for what the API adds."""
    text: str
    """The text that is counted, as the model is shown it."""
    tokens: int
    certainty: Certainty


@dataclass(frozen=True)
class Ledger:
    """What a request costs, line by line."""

    entries: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """The prompt tokens: the sum of the entries."""
        return sum(entry.tokens for entry in self.entries)


_FRAME = "<|im_start|><|im_sep|><|im_end|>"
_OPENING = "<|im_start|>assistant<|im_sep|>"


def count_prompt(body: Body) -> Ledger:
    """Count the prompt tokens of a request body. Odd content is counted as the JSON it is, never refused.

    Raises: TextTooLong where the tokenizer gives up.
    """
    model = str(body.get("model") or "")
    encoding, assumed = encodings.for_model(model)
    entries = tuple(entry for entry in _Count(body, encoding, rules_of(model)).entries() if entry.tokens)
    if assumed:
        entries = tuple(replace(entry, certainty="estimate") for entry in entries)
    return Ledger(entries)


def count_completion(message: Mapping[str, Any], body: Body) -> int:
    """Count the completion tokens of an answer to this request, reasoning not included."""
    model = str(body.get("model") or "")
    encoding, _ = encodings.for_model(model)
    rules = rules_of(model)
    offered = bool(declarations.of_request(body)[0])
    text = encodings.count(_text(message.get("content")), encoding)
    forced = isinstance(body.get("function_call"), Mapping) or isinstance(body.get("tool_choice"), Mapping)
    calls = [(_mapping(call.get("function")), rules.call) for call in _list(message.get("tool_calls"))]
    if function_call := _mapping(message.get("function_call")):
        calls.append((function_call, costs.FUNCTION_CALL_ANSWER))
    if not calls:
        return text + (rules.answer_end_offered if offered else rules.answer_end)
    for call, cost in calls:
        arguments = encodings.count(_text(call.get("arguments")), encoding)
        text += arguments if forced else arguments + encodings.count(_text(call.get("name")), encoding) + cost
    return text


@dataclass(frozen=True)
class _Count:
    """The entries of one request."""

    body: Body
    encoding: str
    rules: Rules

    def entries(self) -> Iterator[Entry]:
        yield from self._offered()
        yield from self._response_format()
        messages = _list(self.body.get("messages"))
        joined: set[int] = set()
        for at, message in enumerate(messages):
            if at in joined:
                continue
            calls = _list(message.get("tool_calls"))
            if len(calls) > 1 and self.rules.calls_joined:
                joined |= set(_results(messages, at))
                yield from self._joined(messages, at, calls)
            else:
                yield from self._message(messages, at)
        # source: recorded calls of o3-mini, which lose the token they save as soon as tools are offered
        unsaved = 1 if self.rules is costs.O_SERIES and declarations.of_request(self.body)[0] else 0
        yield Entry(mark("start of the answer"), "", _OPENING, self.rules.priming + unsaved, "exact")

    def _n(self, text: str) -> int:
        return encodings.count(text, self.encoding)

    def _entry(self, what: str, where: str, text: str, certainty: Certainty, more: int = 0) -> Entry:
        return Entry(what, where, text, self._n(text) + more, certainty)

    def _message(self, messages: Sequence[Mapping[str, Any]], at: int) -> Iterator[Entry]:
        message, where = messages[at], f"messages[{at}]"
        role, name = _text(message.get("role")), _text(message.get("name"))
        calls = _list(message.get("tool_calls"))
        if role == "tool":
            name = _name_of(messages, at, message.get("tool_call_id"))
            yield self._entry(mark("result of"), f"{where}.tool_call_id", name, "fitted", costs.RESULT)
            yield from self._content(message, where)
            return
        if not calls or message.get("content"):
            yield Entry(mark("frame of the message"), where, _FRAME, costs.MESSAGE, "exact")
            head = name if role == "function" else f"{role}:{name}" if name else role
            yield self._entry(mark("role"), f"{where}.role", head, "exact")
            yield from self._content(message, where)
        if function_call := _mapping(message.get("function_call")):
            called = _text(function_call.get("name"))
            yield self._entry(mark("function called"), f"{where}.function_call.name", called, "exact", costs.CALL_2023)
            arguments = _text(function_call.get("arguments"))
            yield self._entry(mark("arguments"), f"{where}.function_call.arguments", arguments, "exact")
        for number, call in enumerate(calls):
            yield from self._call(_mapping(call.get("function")), f"{where}.tool_calls[{number}].function", number)

    def _call(self, function: Mapping[str, Any], where: str, number: int) -> Iterator[Entry]:
        certainty: Certainty = "estimate" if number else "fitted"
        extra = costs.CALL_FIRST if number == 0 and not self.rules.calls_joined else 0
        yield Entry(mark("frame of the message"), where, _FRAME, costs.MESSAGE + 1 + extra, certainty)
        recipient = f" to=functions.{_text(function.get('name'))}"
        yield self._entry(mark("function called"), f"{where}.name", recipient, certainty)
        arguments = _compact(_text(function.get("arguments")))
        yield self._entry(mark("arguments"), f"{where}.arguments", arguments, certainty, costs.CALL_ARGUMENTS)

    def _joined(self, messages: Sequence[Mapping[str, Any]], at: int, calls: Sequence[Any]) -> Iterator[Entry]:
        """Several calls in one message: the model sees one call of a wrapper, and one list of results."""
        functions = [_mapping(call.get("function")) for call in calls]
        uses = [
            {"recipient_name": f"functions.{_text(f.get('name'))}", "parameters": _parsed(_text(f.get("arguments")))}
            for f in functions
        ]
        wrapper = json.dumps({"tool_uses": uses}, separators=(",", ":"))
        where = f"messages[{at}]"
        if messages[at].get("content"):
            yield Entry(mark("frame of the message"), where, _FRAME, costs.MESSAGE, "exact")
            yield self._entry(mark("role"), f"{where}.role", "assistant", "exact")
            yield from self._content(messages[at], where)
        yield self._entry(mark("functions called"), f"{where}.tool_calls", wrapper, "estimate", costs.JOINED_CALLS)
        answers = _results(messages, at)
        if answers:
            # Since 2025 the API escapes all that isn't ASCII here, so a Korean result costs several times its size.
            listed = json.dumps([_parsed(_text(messages[one].get("content"))) for one in answers])
            yield self._entry(mark("results"), f"messages[{answers[0]}]", listed, "estimate")

    def _content(self, message: Mapping[str, Any], where: str) -> Iterator[Entry]:
        content = message.get("content")
        if not isinstance(content, list):
            yield self._entry(mark("content"), f"{where}.content", _text(content), "exact")
            return
        for number, part in enumerate(content):
            place = f"{where}.content[{number}]"
            if isinstance(part, Mapping) and part.get("type") == "image_url":
                low = _mapping(part.get("image_url")).get("detail") == "low"
                yield Entry(mark("picture"), place, "", costs.IMAGE_LOW if low else costs.IMAGE_HIGH, "estimate")
            elif isinstance(part, Mapping):
                text = part.get("text", part.get("refusal", ""))
                yield self._entry(mark("content"), place, _text(text), "exact")
            else:
                yield self._entry(mark("content"), place, _text(part), "estimate")

    def _response_format(self) -> Iterator[Entry]:
        """The schema of a structured answer; no exact rule for it is known."""
        schema = _mapping(_mapping(self.body.get("response_format")).get("json_schema"))
        if not schema:
            return
        written = json.dumps(_thinned(schema.get("schema")), ensure_ascii=False, separators=(",", ":"))
        text = f"# Response Formats\n\n## {_text(schema.get('name'))}\n\n{written}"
        more = 0
        if not declarations.of_request(self.body)[0]:
            more = costs.RESPONSE_FORMAT + (0 if self._systems() else costs.RESPONSE_FORMAT_ALONE)
        yield self._entry(mark("schema of the answer"), "response_format", text, "estimate", more)

    def _systems(self) -> list[Mapping[str, Any]]:
        return [m for m in _list(self.body.get("messages")) if m.get("role") in ("system", "developer")]

    def _offered(self) -> Iterator[Entry]:
        """The list of functions or tools, which joins the first system message or makes one."""
        functions, dialect = declarations.of_request(self.body)
        if not functions:
            return
        layout: declarations.Layout = "2023" if dialect == "functions" else "2024"
        certainty: Certainty = "exact" if dialect == "functions" and self.rules is costs.CHAT_2023 else "fitted"
        section = declarations.section(functions, layout)
        systems = self._systems()
        if self.rules.tools is not None:
            tokens = self._n(section) + self.rules.tools
        elif systems and isinstance(content := systems[0].get("content"), str):
            tokens = self._n(f"{content}\n\n{section}") - 1 - self._n(content)
        else:
            tokens = costs.MESSAGE + self._n(section)
        declared = [declarations.declaration(function, layout) + "\n\n" for function in functions]
        each = [self._n(text) for text in declared]
        frame = declarations.section([], layout)
        yield Entry(mark("frame of the functions"), dialect, frame, tokens - sum(each), certainty)
        for number, (text, cost) in enumerate(zip(declared, each, strict=True)):
            yield Entry(mark("function offered"), f"{dialect}[{number}]", text, cost, certainty)
        yield from self._choice(certainty)

    def _choice(self, certainty: Certainty) -> Iterator[Entry]:
        if self.rules.tools is not None:
            return
        for key in ("function_call", "tool_choice"):
            choice = self.body.get(key)
            if choice == "none":
                yield Entry(mark("choice"), key, "none", costs.CHOICE_NONE, certainty)
            elif isinstance(choice, Mapping):
                name = _text(_mapping(choice.get("function", choice)).get("name"))
                recipient = name if key == "function_call" else f" to=functions.{name}"
                yield self._entry(mark("choice"), key, recipient, certainty, costs.CHOICE_NAMED)


def _results(messages: Sequence[Mapping[str, Any]], at: int) -> list[int]:
    """Find the tool messages that follow an assistant's calls."""
    end = at + 1
    while end < len(messages) and messages[end].get("role") == "tool":
        end += 1
    return list(range(at + 1, end))


def _name_of(messages: Sequence[Mapping[str, Any]], at: int, call_id: object) -> str:
    for message in reversed(messages[:at]):
        for call in _list(message.get("tool_calls")):
            if call.get("id") == call_id:
                return _text(_mapping(call.get("function")).get("name"))
    return ""


def _thinned(schema: object, depth: int = 0) -> object:
    """Leave out what the model isn't shown of a schema."""
    if depth > declarations.DEEPEST:
        return None
    if isinstance(schema, Mapping):
        shown = (key for key in schema if key not in ("additionalProperties", "required"))
        return {key: _thinned(schema[key], depth + 1) for key in shown}
    return [_thinned(one, depth + 1) for one in schema] if isinstance(schema, list) else schema


def _compact(arguments: str) -> str:
    parsed = _parsed(arguments)
    return arguments if isinstance(parsed, str) else json.dumps(parsed, ensure_ascii=False, separators=(",", ":"))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Mapping[str, Any]]:
    return [_mapping(one) for one in value] if isinstance(value, list | tuple) else []
