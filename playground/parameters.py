"""The parameters of a request, as a table: range, default, one sentence, effect in the simulator. It checks no value.

A value out of range may be sent on purpose: the API's refusal is a lesson. The course's five come first. The rows are
in parameter_table*.py; what a request can't do without (model and messages, or prompt) is no parameter.

>>> body_of("gpt-4", [{"role": "user", "content": "Hi"}], {"temperature": 0, "n": None})
{'model': 'gpt-4', 'messages': [{'role': 'user', 'content': 'Hi'}], 'temperature': 0}
>>> PARAMETERS["max_tokens"].default, TEXT_PARAMETERS["max_tokens"].default
(None, 16)
"""

from collections.abc import Iterable, Mapping
from typing import Any

from playground.messages import Body, Message
from playground.parameter_row import Effect, Kind, Parameter
from playground.parameter_table import DRAWING
from playground.parameter_table_more import DELIVERY, FORM, TOOLS
from playground.parameter_table_text import TEXT

__all__ = [
    "COURSE",
    "EFFECTS",
    "PARAMETERS",
    "REQUIRED",
    "TEXT_PARAMETERS",
    "TEXT_REQUIRED",
    "Effect",
    "Kind",
    "Parameter",
    "body_of",
]

PARAMETERS: Mapping[str, Parameter] = {each.name: each for each in (*DRAWING, *FORM, *TOOLS, *DELIVERY)}
"""Name -> parameter of Chat Completions, the course's five first."""

REQUIRED = ("model", "messages")

TEXT_PARAMETERS: Mapping[str, Parameter] = {each.name: each for each in TEXT}
"""Name -> parameter of the older Completions API."""

TEXT_REQUIRED = ("model", "prompt")

EFFECTS: Mapping[str, Effect] = {
    "model": "effective",
    "messages": "effective",
    **{name: parameter.effect for name, parameter in PARAMETERS.items()},
}
"""What each parameter of Chat Completions does in the simulator."""

COURSE = tuple(PARAMETERS)[:5]
"""The names of the parameters that the course explains."""


def body_of(model: str, messages: Iterable[Message], values: Mapping[str, Any]) -> Body:
    """Build the request: model, messages and only the parameters that are set; None means not set.

    Known parameters stand in the order of the table, so that equal settings give equal requests; others follow.
    """
    body: Body = {"model": model, "messages": list(messages)}
    known = [name for name in PARAMETERS if name in values]
    others = [name for name in values if name not in PARAMETERS]
    body.update({name: values[name] for name in [*known, *others] if values[name] is not None})
    return body
