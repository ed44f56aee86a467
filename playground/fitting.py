"""What a living model needs in a request that was written for another one: the course's gpt-4 took every parameter.

Facts of OpenAI's deployment checklist and error texts, read 2026-11-23: a model that reasons calls functions and takes
temperature, top_p and logprobs in Chat Completions only with reasoning_effort "none", and its own default is another
effort; it refuses max_tokens by name. Which models reason is in models.toml.

>>> fit({"model": "gpt-6-luna", "messages": [], "max_tokens": 16, "temperature": 0}).body
{'model': 'gpt-6-luna', 'messages': [], 'max_completion_tokens': 16, 'temperature': 0, 'reasoning_effort': 'none'}
>>> fit({"model": "gpt-4", "messages": [], "temperature": 0}).changed
()
"""

from dataclasses import dataclass

from playground import models
from playground.messages import Body

NOT_WHILE_REASONING = ("temperature", "top_p", "logprobs", "top_logprobs", "tools", "functions")
"""Parameters that a model which reasons takes only with reasoning_effort "none"."""

RENAMED = {"max_tokens": "max_completion_tokens"}
"""Parameters that such a model knows under another name only."""


@dataclass(frozen=True)
class Fitted:
    """A request as its model takes it, and the names of the parameters that were added for that."""

    body: Body
    changed: tuple[str, ...] = ()


def fit(body: Body) -> Fitted:
    """Fit a request to the model that it names; what is set stays, and an unknown model's request is left alone."""
    model = models.find(str(body.get("model")))
    if model is None or not model.reasons:
        return Fitted(body)
    # A parameter that is there under both names is for the API to refuse: nothing typed is dropped.
    renamed = {old: new for old, new in RENAMED.items() if old in body and new not in body}
    fitted = {renamed.get(name, name): value for name, value in body.items()}
    changed = tuple(renamed.values())
    wanted = any(name in body for name in NOT_WHILE_REASONING)
    # A few models know no effort "none": with it they would refuse the request as well.
    if wanted and "reasoning_effort" not in body and model.none_effort is not False:
        fitted["reasoning_effort"] = "none"
        changed += ("reasoning_effort",)
    return Fitted(fitted, changed)
