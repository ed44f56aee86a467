"""The figures behind the charts: right numbers, in the order given, readable without colour."""

from streamlit.testing.v1 import AppTest

from components.charts import Bar, bar_figure

ROWS = (Bar("GPT-3", "r50k_base", 1140), Bar("GPT-4o", "o200k_base", 28))


def test_bars_have_the_lengths_and_the_order_of_the_rows() -> None:
    figure = bar_figure(ROWS, "tokens")

    (bars,) = figure.data
    assert list(bars.x) == [1140, 28]
    assert [label.split(" ")[0] for label in bars.y] == ["GPT-3", "GPT-4o"]
    assert figure.layout.yaxis.autorange == "reversed", "the first row stands on top"


def test_each_number_is_printed_beside_its_bar() -> None:
    (bars,) = bar_figure(ROWS, "tokens").data

    assert list(bars.text) == ["1,140", "28"]


def test_the_axis_begins_at_nothing_and_says_its_unit() -> None:
    axis = bar_figure(ROWS, "tokens").layout.xaxis

    assert axis.rangemode == "tozero"
    assert axis.title.text == "tokens"


def test_colours_are_left_to_the_theme() -> None:
    (bars,) = bar_figure(ROWS, "tokens").data

    assert bars.marker.color is None


def test_a_chart_says_itself_in_words() -> None:
    def page() -> None:
        from components.charts import Bar, bars

        bars([Bar("GPT-3", "r50k_base", 114)], unit="tokens", alt="GPT-3: 114 tokens", key="chart")

    at = AppTest.from_function(page).run()

    assert not at.exception
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt == "GPT-3: 114 tokens"
