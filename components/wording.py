"""The words of the interface in the session's language. Which language that is, state.py knows."""

from components import state
from playground.errors import PlaygroundError
from playground.language import translate, translate_plural


def _(text: str) -> str:
    """Translate an English source string for this session."""
    return translate(text, state.language())


def _n(one: str, many: str, n: int) -> str:
    """Translate the form of a string that goes with n."""
    return translate_plural(one, many, n, state.language())


def why(error: PlaygroundError) -> str:
    """Say what the playground refused and why."""
    return _(error.message).format(**error.values)
