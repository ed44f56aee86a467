"""What the token ids of a logit_bias stand for in the model's encoding, and which of them are no tokens."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import state
from components.difference_view import spelled
from components.wording import _
from playground import encodings, vocabulary
from playground.errors import PlaygroundError

SHOWN = 12
"""Tokens that are named."""


def draw(bias: Mapping[str, Any]) -> None:
    """Name the tokens in a line of text; nothing for an empty bias."""
    encoding, _sure = encodings.for_model(state.connection().model)
    named, unknown = [], []
    for key, weight in list(bias.items())[:SHOWN]:
        text = _token(key, encoding)
        if text is None:
            unknown.append(key)
        else:
            named.append(f"{key} {text} {weight}")
    if named:
        st.text(f"{encoding}: " + " · ".join(named))
    if unknown:
        st.text(_("No token of {encoding}: {ids}").format(encoding=encoding, ids=", ".join(unknown)))


def _token(key: str, encoding: str) -> str | None:
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    try:
        return spelled(vocabulary.look_up(int(key), encoding).bytes)
    except PlaygroundError:
        return None
