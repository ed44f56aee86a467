"""A JSON object that a person typed: read, or refused on the spot with a sign below the fault. It draws no field."""

from typing import Any

import streamlit as st

from components.wording import why
from playground import typed_json
from playground.errors import NotTheJson


def read(text: str) -> dict[str, Any] | None:
    """Read the object; where it is none, draw what is wrong, where, and what to do."""
    try:
        found: dict[str, Any] = typed_json.read(text, dict)
    except NotTheJson as error:
        st.error(why(error))
        if {"line", "column"} <= error.values.keys():
            st.code(typed_json.pointed(text, error.values["line"], error.values["column"]), language=None)
        return None
    return found
