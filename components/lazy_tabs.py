"""Tabs of which only the open one is drawn. What stands in them, the caller knows."""

from collections.abc import Mapping

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

Tabs = dict[str, TabContainer]
"""Name of a tab -> its place."""


def draw(titles: Mapping[str, str], key: str, first: str | None = None) -> Tabs:
    """Draw the row of tabs, by name and title; `first` names the one that is open first."""
    places = st.tabs(list(titles.values()), key=key, default=titles[first] if first else None, on_change="rerun")
    return dict(zip(titles, places, strict=True))


def opened(tabs: Tabs) -> str:
    """Name the open tab."""
    return next((name for name, tab in tabs.items() if tab.open), next(iter(tabs)))
