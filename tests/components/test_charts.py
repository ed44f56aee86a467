"""The figures behind the charts: right numbers, in the order given, readable without colour."""

import pytest
from streamlit.testing.v1 import AppTest

from components.charts import Bar, Cell, Colours, bar_figure, icicle_figure

ROWS = (Bar("GPT-3", "r50k_base", 1140), Bar("GPT-4o", "o200k_base", 28))
COLOURS = Colours(mark="#010203", text="#040506", line="#070809")


def test_bars_have_the_lengths_and_the_order_of_the_rows() -> None:
    figure = bar_figure(ROWS, "tokens", COLOURS)

    (bars,) = figure.data
    assert list(bars.x) == [1140, 28]
    assert list(bars.y) == ["GPT-3<br>r50k_base", "GPT-4o<br>o200k_base"]
    assert figure.layout.yaxis.autorange == "reversed", "the first row stands on top"


def test_each_number_is_printed_beside_its_bar() -> None:
    (bars,) = bar_figure(ROWS, "tokens", COLOURS).data

    assert list(bars.text) == ["1,140", "28"]


def test_the_axis_begins_at_nothing_and_says_its_unit() -> None:
    axis = bar_figure(ROWS, "tokens", COLOURS).layout.xaxis

    assert axis.rangemode == "tozero"
    assert axis.title.text == "tokens"


def test_marks_and_words_have_the_colours_they_are_given() -> None:
    figure = bar_figure(ROWS, "tokens", COLOURS)

    (bars,) = figure.data
    assert bars.marker.color == "#010203"
    assert bars.textfont.color == figure.layout.xaxis.tickfont.color == figure.layout.yaxis.tickfont.color == "#040506"


@pytest.mark.parametrize(("theme", "text"), [("light", "#1a2022"), ("dark", "#e6eaea"), (None, "#1a2022")])
def test_the_colours_follow_the_visitors_theme(theme: str | None, text: str) -> None:
    def page() -> None:
        import streamlit as st

        from components.charts import colours

        st.text(colours().text)

    at = AppTest.from_function(page)
    if theme:
        at.context = {"theme": theme}
    at.run()

    assert not at.exception
    assert at.text[0].value == text


def test_a_chart_says_itself_in_words() -> None:
    def page() -> None:
        from components.charts import Bar, bars

        bars([Bar("GPT-3", "r50k_base", 114)], unit="tokens", alt="GPT-3: 114 tokens", key="chart")

    at = AppTest.from_function(page).run()

    assert not at.exception
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt == "GPT-3: 114 tokens"


CELLS = (Cell("all", "", "request", 5), Cell("a", "all", "<a href='x'>a</a>", 3), Cell("b", "all", "b", 2))


def test_an_icicle_shows_each_part_with_its_name_and_number_and_a_name_as_text() -> None:
    (cells,) = icicle_figure(CELLS, "tokens", COLOURS).data

    assert list(cells.ids) == ["all", "a", "b"]
    assert list(cells.parents) == ["", "all", "all"]
    assert list(cells.values) == [5, 3, 2]
    assert cells.labels[1] == "&lt;a href='x'&gt;a&lt;/a&gt;"
    assert cells.texttemplate == "%{label}  %{value:,}"
    assert cells.branchvalues == "total"


def test_an_icicle_of_many_parts_is_higher_but_not_without_end() -> None:
    heights = []
    for count in (2, 30, 2000):
        cells = [Cell("all", "", "all", count), *(Cell(str(each), "all", "part", 1) for each in range(count))]
        heights.append(icicle_figure(cells, "tokens", COLOURS).layout.height)

    assert heights == sorted(set(heights))
    assert heights[-1] == 1200
