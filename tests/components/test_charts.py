"""The figures behind the charts: right numbers, in the order given, readable without colour."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.charts import Bar, Cell, Colours, bar_figure, icicle_figure, step_figure
from components.price_chart import figure as price_figure
from components.what_if_chart import Row, Words
from components.what_if_chart import figure as what_if_figure
from playground.model_list import rows as model_rows

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


def test_steps_print_each_number_at_its_point_and_leave_room_above() -> None:
    figure = step_figure(["0", "<b>1</b>"], [1, 3], 3, "temperature", "different answers", COLOURS)

    (line,) = figure.data
    assert list(line.y) == [1, 3]
    assert list(line.text) == ["1", "3"]
    assert list(line.x) == ["0", "&lt;b&gt;1&lt;/b&gt;"], "a value is text"
    assert figure.layout.xaxis.type == "category"
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.range[1] > 3


WORDS = Words("as returned", "what if", "cut", "nucleus", "alt")
ROWS_OF_A_PLACE = (Row("sea", 0.6, 0.7, 1.0), Row("<i>", 0.3, 0.3, 0.0))


def test_a_token_that_top_p_cuts_is_hatched_and_below_the_line() -> None:
    figure = what_if_figure(ROWS_OF_A_PLACE, WORDS, COLOURS)

    returned, kept, cut = figure.data
    assert list(returned.x) == [0.6, 0.3]
    assert list(kept.x) == [1.0, None]
    assert list(cut.x) == [None, 0.3]
    assert cut.marker.pattern.shape == "/"
    (line,) = figure.layout.shapes
    assert line.y0 == line.y1 == 0.5
    assert figure.layout.annotations[0].text == "nucleus"
    assert list(figure.layout.yaxis.ticktext) == ["sea", "&lt;i&gt;"]


def test_a_nucleus_that_keeps_all_has_no_line() -> None:
    figure = what_if_figure([Row("sea", 0.6, 0.6, 0.6), Row("sky", 0.4, 0.4, 0.4)], WORDS, COLOURS)

    assert not figure.layout.shapes


def test_models_stand_at_their_price_and_window_and_those_that_are_gone_are_open() -> None:
    names = {True: "alive", False: "shut down"}

    figure = price_figure(model_rows(), date(2026, 11, 23), names, ("window", "price"), COLOURS)

    alive, gone = figure.data
    assert alive.marker.symbol == "circle"
    assert gone.marker.symbol == "circle-open"
    place = list(gone.text).index("gpt-4")
    assert (gone.x[place], gone.y[place]) == (8192, 30)
    assert not any("gpt-6.2-sol" in text for text in alive.text), "its price is unknown"
    assert not any("text-davinci-003" in text for text in gone.text), "its window is unknown"
