"""The chart of the models: price against context window. A model without one of the two is not in it, and counted."""

from collections.abc import Sequence
from datetime import date
from html import escape

import plotly.graph_objects as go
import streamlit as st

from components.charts import Colours, colours, legend
from components.wording import _, _n
from playground.model_list import Row

LARGE = 900_000
"""Tokens of a window behind which nothing follows."""


def draw(rows: Sequence[Row], on: date, key: str) -> None:
    """Draw the models that have both a price and a window."""
    placed = [row for row in rows if row.input_price and row.model and row.model.context_window]
    if not placed:
        st.markdown(_("None of these models has both a known price and a known context window."))
        return
    names = {True: _("alive at OpenAI"), False: _("shut down")}
    said = "; ".join(
        f"{row.id}: ${row.input_price}, {row.model.context_window:,}" for row in placed if row.model is not None
    )
    alt = _("Price of a million tokens of prompt and context window of each model: {said}").format(said=said)
    labels = _("context window, tokens"), _("US dollars for a million tokens of prompt")
    made = figure(placed, on, names, labels, colours())
    st.plotly_chart(made, key=key, alt=alt, config={"displayModeBar": False})
    if left := len(rows) - len(placed):
        st.caption(
            _n(
                "{n} model is not drawn: its price or its window is unknown.",
                "{n} models are not drawn: a price or a window is unknown.",
                left,
            ).format(n=left)
        )


def figure(
    rows: Sequence[Row], on: date, names: dict[bool, str], labels: tuple[str, str], colours: Colours
) -> go.Figure:
    """Build the figure: both axes grow by factors; a model that is gone is an open sign."""
    text = {"color": colours.text, "size": 12}
    series = []
    for alive, symbol in ((True, "circle"), (False, "circle-open")):
        shown = [row for row in rows if row.model and row.model.gone(on) is not alive]
        # Models that stand on one point share a label.
        points: dict[tuple[int, float], list[str]] = {}
        for row in shown:
            if row.model and row.model.context_window and row.input_price:
                points.setdefault((row.model.context_window, float(row.input_price)), []).append(row.id)
        series.append(
            go.Scatter(
                x=[window for window, _price in points],
                y=[price for _window, price in points],
                name=names[alive],
                mode="markers+text",
                marker={"color": colours.mark if alive else colours.text, "symbol": symbol, "size": 11},
                text=[escape(", ".join(ids), quote=False) for ids in points.values()],
                # To the right of the largest window there is room; elsewhere the next column begins.
                textposition=["middle right" if window > LARGE else "middle left" for window, _price in points],
                textfont=text,
                hovertemplate="%{text}: %{x:,} · $%{y}<extra></extra>",
            )
        )
    made = go.Figure(series)
    axis = {"type": "log", "tickfont": text, "gridcolor": colours.line, "automargin": True}
    made.update_layout(
        height=560,
        margin={"l": 8, "r": 24, "t": 8, "b": 8},
        legend=legend(text),
        xaxis={
            **axis,
            "title": {"text": labels[0], "font": text},
            "range": [2.9, 7.0],
            "tickvals": [2_000, 8_000, 32_000, 128_000, 400_000, 1_000_000],
            "ticktext": ["2K", "8K", "32K", "128K", "400K", "1M"],
        },
        yaxis={
            **axis,
            "title": {"text": labels[1], "font": text},
            "tickvals": [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60],
            "tickprefix": "$",
        },
    )
    return made
