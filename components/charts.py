"""Charts: numbers in, a Plotly chart out, in the colours of the theme. It counts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

ROW_HEIGHT = 56


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, a smaller second name, its length."""

    title: str
    name: str
    value: int


@dataclass(frozen=True)
class Colours:
    """The theme's colours that a chart needs."""

    mark: str
    text: str
    line: str


def colours() -> Colours:
    """Read the colours of the theme that this visitor has chosen."""
    side = st.context.theme.type or "light"
    marks = st.get_option(f"theme.{side}.chartCategoricalColors") or ["#0f6e6a"]
    return Colours(
        marks[0],
        st.get_option(f"theme.{side}.textColor") or "#1a2022",
        st.get_option(f"theme.{side}.borderColor") or "#d9e0e0",
    )


def bars(rows: Sequence[Bar], *, unit: str, alt: str, key: str) -> None:
    """Draw horizontal bars in the order given; `alt` says the same in words."""
    st.plotly_chart(bar_figure(rows, unit, colours()), key=key, alt=alt, config={"displayModeBar": False})


def bar_figure(rows: Sequence[Bar], unit: str, colours: Colours) -> go.Figure:
    """Build the figure; every number is printed on its bar, so that no colour has to be told from another."""
    text = {"color": colours.text, "size": 13}
    figure = go.Figure(
        go.Bar(
            x=[row.value for row in rows],
            y=[f"{row.title}<br>{row.name}" for row in rows],
            orientation="h",
            marker={"color": colours.mark, "line": {"width": 0}},
            text=[f"{row.value:,}" for row in rows],
            textposition="outside",
            textfont={"color": colours.text, "size": 16},
            cliponaxis=False,
            hovertemplate=f"%{{y}}<br>%{{x:,}} {unit}<extra></extra>",
        )
    )
    figure.update_layout(
        height=ROW_HEIGHT * len(rows) + 72,
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        bargap=0.5,
        xaxis={
            "title": {"text": unit, "font": text},
            "tickfont": text,
            "gridcolor": colours.line,
            "tickformat": ",",
            "rangemode": "tozero",
            "fixedrange": True,
        },
        yaxis={
            "tickfont": text,
            "ticklabelstandoff": 8,
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
        },
    )
    return figure
