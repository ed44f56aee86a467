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
class Series:
    """Values of one kind, one for each row."""

    title: str
    values: Sequence[float]


@dataclass(frozen=True)
class Colours:
    """The theme's colours that a chart needs."""

    mark: str
    text: str
    line: str
    marks: tuple[str, ...] = ()
    """For series that stand side by side."""


def colours() -> Colours:
    """Read the colours of the theme that this visitor has chosen."""
    side = st.context.theme.type or "light"
    marks = st.get_option(f"theme.{side}.chartCategoricalColors") or ["#0f6e6a"]
    return Colours(
        marks[0],
        st.get_option(f"theme.{side}.textColor") or "#1a2022",
        st.get_option(f"theme.{side}.borderColor") or "#d9e0e0",
        tuple(marks),
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


def ranges(rows: Sequence[str], series: Sequence[Series], *, unit: str, alt: str, key: str) -> None:
    """Draw a row of points for each name, a kind of point for each series; `alt` says the same in words."""
    st.plotly_chart(range_figure(rows, series, unit, colours()), key=key, alt=alt, config={"displayModeBar": False})


def range_figure(rows: Sequence[str], series: Sequence[Series], unit: str, colours: Colours) -> go.Figure:
    """Build the figure; series differ by their sign as well as by their colour."""
    signs = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star")
    text = {"color": colours.text, "size": 13}
    marks = colours.marks or (colours.mark,)
    figure = go.Figure(
        [
            go.Scatter(
                x=list(each.values),
                y=list(rows),
                name=each.title,
                mode="markers",
                marker={"color": marks[place % len(marks)], "symbol": signs[place % len(signs)], "size": 11},
                hovertemplate=f"%{{y}}: %{{x:.2f}} {unit}<extra>{each.title}</extra>",
            )
            for place, each in enumerate(series)
        ]
    )
    figure.update_layout(
        height=26 * len(rows) + 120,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.04, "x": 0, "font": text},
        xaxis={
            "title": {"text": unit, "font": text},
            "tickfont": text,
            "gridcolor": colours.line,
            "rangemode": "tozero",
            "fixedrange": True,
        },
        yaxis={
            "tickfont": text,
            "gridcolor": colours.line,
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
        },
    )
    return figure
