"""The chart of one place in an answer: what was returned, what other settings would make of it, and the nucleus."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
import streamlit as st

from components.charts import Colours, colours, legend
from components.probability_view import percent


@dataclass(frozen=True)
class Row:
    """One returned token: its probability as returned, at another temperature, and after the cut of top_p."""

    name: str
    returned: float
    reshaped: float
    kept: float


@dataclass(frozen=True)
class Words:
    """What the chart says, already translated."""

    returned: str
    kept: str
    cut: str
    nucleus: str
    alt: str


def draw(rows: Sequence[Row], words: Words, key: str) -> None:
    """Draw the chart; `words.alt` says the same in words."""
    st.plotly_chart(figure(rows, words, colours()), key=key, alt=words.alt, config={"displayModeBar": False})


def figure(rows: Sequence[Row], words: Words, colours: Colours) -> go.Figure:
    """Build the figure. A token that top_p cuts is hatched at the weight that it loses."""
    text = {"color": colours.text, "size": 13}
    places = list(range(len(rows)))
    second = (colours.marks or (colours.mark, colours.mark))[1 % max(1, len(colours.marks))]
    kept = [row.kept > 0 for row in rows]
    series = (
        (words.returned, [row.returned for row in rows], colours.line, ""),
        (words.kept, [row.kept if row.kept else None for row in rows], colours.mark, ""),
        (words.cut, [None if row.kept else row.reshaped for row in rows], second, "/"),
    )
    made = go.Figure(
        [
            go.Bar(
                x=values,
                y=places,
                name=title,
                orientation="h",
                marker={"color": colour, "pattern": {"shape": pattern}, "line": {"color": colours.text, "width": 1}},
                text=["" if value is None else percent(value) for value in values],
                textposition="outside",
                textfont={"color": colours.text, "size": 12},
                cliponaxis=False,
                hoverinfo="skip",
            )
            for title, values, colour, pattern in series
        ]
    )
    if False in kept:
        # The nucleus ends behind the last token that is kept: they stand in the order of their probability.
        made.add_hline(y=kept.index(False) - 0.5, line={"color": colours.text, "width": 2, "dash": "dash"})
        made.add_annotation(
            x=1, xref="paper", xanchor="right", y=kept.index(False) - 0.5, yanchor="bottom",
            text=words.nucleus, showarrow=False, font=text,
        )  # fmt: skip
    made.update_layout(
        height=52 * len(rows) + 150,
        margin={"l": 8, "r": 56, "t": 8, "b": 8},
        barmode="group",
        bargap=0.25,
        legend=legend(text),
        xaxis={
            "tickformat": ".0%",
            "tickfont": text,
            "gridcolor": colours.line,
            "range": [0, 1.05],
            "fixedrange": True,
        },
        yaxis={
            "tickvals": places,
            "ticktext": [escape(row.name, quote=False) for row in rows],
            "tickfont": text,
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
        },
    )
    return made
