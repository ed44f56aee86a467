"""Charts: numbers in, a Plotly chart out, in the colours of the theme. It counts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

ROW_HEIGHT = 44


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, a smaller second name, its length."""

    title: str
    name: str
    value: int


def bars(rows: Sequence[Bar], *, unit: str, alt: str, key: str) -> None:
    """Draw horizontal bars in the order given; `alt` says the same in words."""
    st.plotly_chart(
        bar_figure(rows, unit),
        key=key,
        alt=alt,
        config={"displayModeBar": False},
    )


def bar_figure(rows: Sequence[Bar], unit: str) -> go.Figure:
    """Build the figure. Its colours are left to Streamlit's theme, which knows light from dark."""
    labels = [f"{row.title}  <br><sub>{row.name}</sub>" for row in rows]
    figure = go.Figure(
        go.Bar(
            x=[row.value for row in rows],
            y=labels,
            orientation="h",
            text=[f"{row.value:,}" for row in rows],
            textposition="outside",
            cliponaxis=False,
            hovertemplate=f"%{{y}}<br>%{{x:,}} {unit}<extra></extra>",
        )
    )
    figure.update_layout(
        height=ROW_HEIGHT * len(rows) + 72,
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        xaxis={"title": unit, "rangemode": "tozero", "fixedrange": True, "tickformat": ","},
        yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True},
        bargap=0.45,
    )
    return figure
