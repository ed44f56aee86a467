"""Charts: numbers in, a Plotly chart out, in the colours of the theme. It counts nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

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
class Cell:
    """A cell of an icicle: its id, the id of the cell that it is a part of (empty for the whole), name and size."""

    id: str
    above: str
    title: str
    value: int


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


def legend(font: Mapping[str, Any]) -> dict[str, Any]:
    """Place the legend above a chart; bound at its foot, its lines on a phone grow away from what is drawn."""
    return {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": font}


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
        legend=legend(text),
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


def icicle(cells: Sequence[Cell], *, unit: str, alt: str, key: str) -> None:
    """Draw a whole and its parts, level by level from the left; `alt` says the same in words."""
    st.plotly_chart(icicle_figure(cells, unit, colours()), key=key, alt=alt, config={"displayModeBar": False})


def icicle_figure(cells: Sequence[Cell], unit: str, colours: Colours) -> go.Figure:
    """Build the figure; name and number stand in each cell, so that no colour has to be told from another."""
    depths = _depths(cells)
    marks = colours.marks or (colours.mark,)
    last = max(depths.values(), default=0)
    widest = max((list(depths.values()).count(level) for level in range(last + 1)), default=1)
    figure = go.Figure(
        go.Icicle(
            ids=[cell.id for cell in cells],
            parents=[cell.above for cell in cells],
            # Plotly reads a few tags in a label; a name is text.
            labels=[escape(cell.title, quote=False) for cell in cells],
            values=[cell.value for cell in cells],
            branchvalues="total",
            sort=False,
            tiling={"orientation": "h"},
            pathbar={"visible": False},
            texttemplate="%{label}  %{value:,}",
            textfont={"color": colours.text, "size": 13},
            marker={
                "colors": [_pale(marks[depths[cell.id] % len(marks)]) for cell in cells],
                "line": {"color": colours.line, "width": 1},
            },
            hovertemplate=f"%{{label}}<br>%{{value:,}} {unit}<extra></extra>",
        )
    )
    figure.update_layout(
        height=min(1200, max(480, 28 * widest)),
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        # A name that doesn't fit is left to the pointer, not made unreadably small.
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    return figure


def _depths(cells: Sequence[Cell]) -> dict[str, int]:
    """How deep each cell lies; a cell stands behind the one that it is a part of."""
    found: dict[str, int] = {}
    for cell in cells:
        found[cell.id] = found.get(cell.above, -1) + 1
    return found


def _pale(colour: str) -> str:
    """A colour that text can be read on, whatever lies below.

    >>> _pale("#0f6e6a")
    'rgba(15, 110, 106, 0.18)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.18)"


def steps(
    names: Sequence[str], values: Sequence[float], *, most: float, axis: str, unit: str, alt: str, key: str
) -> None:
    """Draw how a count grows from one named value to the next; `alt` says the same in words."""
    figure = step_figure(names, values, most, axis, unit, colours())
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False})


def step_figure(
    names: Sequence[str], values: Sequence[float], most: float, axis: str, unit: str, colours: Colours
) -> go.Figure:
    """Build the figure; every number stands at its point."""
    text = {"color": colours.text, "size": 13}
    figure = go.Figure(
        go.Scatter(
            # As categories: neighbours stand equally far apart, whatever the values are.
            x=[escape(name, quote=False) for name in names],
            y=list(values),
            mode="lines+markers+text",
            line={"color": colours.mark, "width": 2},
            marker={"color": colours.mark, "size": 11},
            text=[f"{value:g}" for value in values],
            textposition="top center",
            textfont={"color": colours.text, "size": 15},
            cliponaxis=False,
            hovertemplate=f"%{{x}}: %{{y}} {unit}<extra></extra>",
        )
    )
    figure.update_layout(
        height=300,
        margin={"l": 8, "r": 24, "t": 24, "b": 8},
        xaxis={"title": {"text": axis, "font": text}, "tickfont": text, "type": "category", "fixedrange": True},
        yaxis={
            "title": {"text": unit, "font": text},
            "tickfont": text,
            "gridcolor": colours.line,
            "range": [0, most * 1.15],
            "automargin": True,
            "fixedrange": True,
        },
    )
    return figure
