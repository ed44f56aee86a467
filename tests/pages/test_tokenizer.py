"""The tokenizer page from app.py: what it opens with, what fills it, what it says to bad input, what it never loses."""

import json
import time
import unicodedata
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.encodings import NAMES
from playground.sample_texts import COURSE_ENGLISH, COURSE_KOREAN, SAMPLES
from tests.components.test_token_view import Unpacked, unpack
from tests.started import go, start


def open_page(language: str = "en", **query: str) -> AppTest:
    return go(start(language), "tokenizer", **query)


def component(at: AppTest, name: str) -> Any:
    return next((each.proto for each in at.get("bidi_component") if each.proto.component_name == name), None)


def shown(at: AppTest) -> Unpacked | None:
    """What the token view was given; nothing when it isn't drawn."""
    view = component(at, "token_view")
    return unpack(view.bytes) if view else None


def counts(at: AppTest) -> dict[str, int]:
    view = shown(at)
    return {row["name"]: row["value"] for row in view.head["rows"]} if view else {}


def text(at: AppTest) -> str:
    return str(json.loads(component(at, "live_editor").json)["text"])


def type_in(at: AppTest, typed: str) -> AppTest:
    revision = json.loads(component(at, "live_editor").json)["revision"]
    at.session_state["tokenizer_editor"] = {"typed": {"text": typed, "revision": revision, "id": "t-1"}}
    return ran(at)


def ran(element: Any) -> AppTest:
    """Run the page after a change of this element; the page itself is one, too."""
    at: AppTest = element.run()
    assert not at.exception
    return at


def open_view(at: AppTest) -> AppTest:
    at.session_state["tokenizer_reading"] = True
    return ran(at)


def example(at: AppTest, name: str) -> AppTest:
    (number,) = [number for number, sample in enumerate(SAMPLES) if sample.name == name]
    at.get_by_key("tokenizer_examples").click(number)
    return ran(at)


def test_it_opens_on_the_courses_sentence_with_its_three_counts() -> None:
    at = open_page()

    assert text(at) == COURSE_KOREAN
    assert counts(at) == {"r50k_base": 114, "cl100k_base": 47, "o200k_base": 28}


def test_what_is_typed_is_counted() -> None:
    at = open_page()

    type_in(at, COURSE_ENGLISH)

    assert counts(at) == {"r50k_base": 23, "cl100k_base": 23, "o200k_base": 22}


def test_one_button_compares_all_seven_and_the_same_goes_back() -> None:
    at = open_page()

    ran(at.button(key="tokenizer_all").click())
    assert tuple(counts(at)) == NAMES

    ran(at.button(key="tokenizer_all").click())
    assert tuple(counts(at)) == ("r50k_base", "cl100k_base", "o200k_base")


def test_encodings_are_shown_oldest_first_whatever_the_order_of_the_clicks() -> None:
    at = open_page()

    ran(at.get_by_key("tokenizer_families").set_value(["o200k_base"]))
    open_view(at)
    ran(at.get_by_key("tokenizer_others").set_value(["p50k_edit", "gpt2"]))

    assert tuple(counts(at)) == ("gpt2", "p50k_edit", "o200k_base")


def test_without_an_encoding_the_page_asks_for_one() -> None:
    at = open_page()

    ran(at.get_by_key("tokenizer_families").set_value([]))

    assert not counts(at)
    assert "encoding" in at.info[0].value


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_each_example_fills_the_editor(sample: Any) -> None:
    at = open_page()

    example(at, sample.name)

    assert text(at) == sample.text
    assert counts(at)


def test_the_lesson_of_chatgpt() -> None:
    at = open_page()

    assert counts(example(at, "ChatGPT")) == {"r50k_base": 3, "cl100k_base": 3, "o200k_base": 2}
    assert counts(example(at, "챗GPT")) == {"r50k_base": 5, "cl100k_base": 5, "o200k_base": 3}


def test_cleared_text_can_be_brought_back() -> None:
    at = type_in(open_page(), "my own text")

    ran(at.button(key="tokenizer_clear").click())
    assert text(at) == ""
    assert not counts(at)

    ran(at.button(key="tokenizer_back_here").click())
    assert text(at) == "my own text"


def test_a_text_replaced_by_an_example_can_be_brought_back() -> None:
    at = type_in(open_page(), "my own text")

    example(at, "JSON")
    ran(at.button(key="tokenizer_back").click())

    assert text(at) == "my own text"


def test_empty_text_is_no_error() -> None:
    at = type_in(open_page(), "")

    assert not at.error
    assert not counts(at)


def test_text_and_encodings_survive_a_page_switch() -> None:
    at = type_in(open_page(), "my own text")
    ran(at.get_by_key("tokenizer_families").set_value(["cl100k_base"]))

    at.switch_page("pages/home.py").run()
    at.switch_page("pages/tokenizer.py").run()

    assert text(at) == "my own text"
    assert tuple(counts(at)) == ("cl100k_base",)


def upload(at: AppTest, name: str, contents: bytes) -> AppTest:
    at.file_uploader(key="tokenizer_file").upload(name, contents)
    return ran(at)


def test_a_file_from_korean_windows_is_read_and_its_encoding_named() -> None:
    at = upload(open_page(), "note.txt", "안녕하세요".encode("cp949"))

    assert text(at) == "안녕하세요"
    assert "cp949" in at.info[0].value


def test_a_picture_is_refused_and_the_text_stays() -> None:
    at = upload(type_in(open_page(), "my own text"), "picture.png", b"\x89PNG\r\n\x1a\n\0\0\0")

    assert "text file" in at.error[0].value
    assert text(at) == "my own text"


def counted(at: AppTest) -> dict[str, str]:
    """The counts of a long text, once its counting is over."""
    deadline = time.monotonic() + 20
    while not at.metric and time.monotonic() < deadline:
        time.sleep(0.1)
        ran(at)
    return {each.label.split(" · ")[-1]: each.value for each in at.metric}


def test_a_long_file_is_counted_and_the_text_stays() -> None:
    at = upload(type_in(open_page(), "my own text"), "long.txt", b"hello " * 50_000)

    assert counted(at) == {"r50k_base": "50,001", "cl100k_base": "50,001", "o200k_base": "50,001"}
    assert text(at) == "my own text"


def test_a_text_that_is_too_long_to_be_drawn_is_counted() -> None:
    at = type_in(open_page(), "hello " * 50_000)

    assert set(counted(at).values()) == {"50,001"}
    assert len(text(at)) == 300_000
    assert shown(at) is None


def test_a_file_above_ten_megabytes_is_refused() -> None:
    at = upload(type_in(open_page(), "my own text"), "long.txt", b"a" * (10 * 1024 * 1024 + 1))

    assert "10,485,760" in at.error[0].value
    assert text(at) == "my own text"


def test_html_and_markdown_reach_the_view_as_text() -> None:
    hostile = "</div><script>alert(1)</script> $x$ :smile: <|endoftext|>"

    at = type_in(open_page(), hostile)

    view = shown(at)
    assert view and view.text == hostile
    assert counts(at)["r50k_base"] > 15, "a special token that is only written is ordinary text"


@pytest.mark.parametrize("odd", ["\0", "\ud83d alone", "\ufeffa", " " * 5000, "\u202e", "a\r\nb"])
def test_odd_characters_are_no_error(odd: str) -> None:
    at = type_in(open_page(), odd)

    assert not at.error
    assert counts(at)


def test_a_link_fills_the_page() -> None:
    at = open_page(text="Hello! I'm John.", encodings="cl100k_base,o200k_base")

    assert text(at) == "Hello! I'm John."
    assert counts(at) == {"cl100k_base": 6, "o200k_base": 5}


def test_a_link_with_unknown_encodings_says_which_and_keeps_the_others() -> None:
    at = open_page(text="Hi", encodings="o300k,cl100k_base,<b>")

    assert "o300k" in at.warning[0].value
    assert tuple(counts(at)) == ("cl100k_base",)


def test_a_link_of_nonsense_alone_leaves_the_three_families() -> None:
    at = open_page(encodings="nonsense")

    assert text(at) == COURSE_KOREAN
    assert tuple(counts(at)) == ("r50k_base", "cl100k_base", "o200k_base")


def test_a_link_never_overwrites_what_was_typed_unless_asked() -> None:
    at = type_in(open_page(), "my own text")

    at.query_params["text"] = "from the link"
    ran(at)
    assert text(at) == "my own text"

    ran(at.button(key="tokenizer_take").click())
    assert text(at) == "from the link"


def test_what_is_typed_after_a_link_stays() -> None:
    at = open_page(text="from the link")

    type_in(at, "from the link, and more")

    assert text(ran(at)) == "from the link, and more"


def open_tab(at: AppTest, name: str) -> AppTest:
    at.session_state["tokenizer_tabs"] = {"open": name}
    return ran(at)


def test_there_is_no_chart_before_its_tab_is_opened() -> None:
    at = open_page()
    assert not at.get("plotly_chart")

    open_tab(at, "chart")

    (chart,) = at.get("plotly_chart")
    assert "GPT-3 (r50k_base): 114" in chart.proto.alt


def test_ids_can_be_copied_as_python() -> None:
    at = open_tab(type_in(open_page(), "hello world"), "along")

    assert [code.value for code in at.code][1] == "[15339, 1917]"


def test_only_the_first_ids_of_a_long_text_are_shown() -> None:
    at = open_tab(type_in(open_page(), "hello " * 3000), "along")

    assert any("2,000" in each.value for each in at.caption)


def test_ids_become_text_again() -> None:
    at = open_tab(open_page(), "ids")

    at.selectbox(key="tokenizer_ids_encoding").select("cl100k_base")
    ran(at.text_input(key="tokenizer_ids").set_value("[15339, 1917]"))

    assert at.code[0].value == "hello world"


@pytest.mark.parametrize("ids", ["100256", "99999999999", "-1 99999999"])
def test_an_id_that_is_none_is_named(ids: str) -> None:
    at = open_tab(open_page(), "ids")

    at.selectbox(key="tokenizer_ids_encoding").select("cl100k_base")
    ran(at.text_input(key="tokenizer_ids").set_value(ids))

    assert "cl100k_base" in at.error[0].value


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_opens_in_both_languages(language: str) -> None:
    at = open_page(language)

    assert at.title[0].value
    assert counts(at)["o200k_base"] == 28


def test_differences_are_ranked() -> None:
    at = open_tab(type_in(open_page(), "챗GPT, ChatGPT"), "differences")

    (table,) = at.dataframe
    assert list(table.value["Text"]) == ["GPT", "챗"]
    assert list(table.value["Difference"]) == [-1, -1]


def test_merges_are_played_step_by_step_to_the_ids() -> None:
    at = open_tab(open_page(), "merges")
    at.selectbox(key="tokenizer_merges_encoding").select("cl100k_base")
    ran(at.text_input(key="tokenizer_merges_text").set_value("hello"))
    assert len(at.code[0].value.splitlines()) == 2

    ran(next(each for each in at.button if each.label == "To the end").click())

    assert at.code[0].value.splitlines()[-1].endswith("hello")
    assert any("15339" in each.value for each in at.markdown)


def test_the_language_tax_is_a_chart_and_a_table_with_its_source() -> None:
    at = open_tab(open_page(), "languages")

    (chart,) = at.get("plotly_chart")
    assert "Korean" in chart.proto.alt
    assert len(at.dataframe[0].value) >= 15
    assert any("Declaration of Human Rights" in each.value for each in at.caption)


def test_a_search_in_the_vocabulary_finds_the_token() -> None:
    at = open_tab(open_page(), "ids")
    at.selectbox(key="tokenizer_ids_encoding").select("cl100k_base")

    ran(at.text_input(key="tokenizer_vocabulary").set_value("hello"))

    assert at.dataframe[0].value["Id"][0] == 15339


def test_a_guess_hides_the_counts_until_it_is_revealed() -> None:
    at = open_page()
    at.session_state["tokenizer_reading_guess"] = True
    ran(at)
    assert set(counts(at).values()) == {None}

    at.number_input(key="tokenizer_guess_o200k_base").set_value(28)
    ran(at.button(key="tokenizer_guess_reveal").click())

    assert counts(at)["o200k_base"] == 28
    assert any("1 of 1" in each.value for each in at.caption)


def test_a_baseline_and_a_model_stand_beside_the_counts() -> None:
    at = open_page()
    at.session_state["tokenizer_reading_baseline"] = "r50k_base"
    at.session_state["tokenizer_reading_model"] = "gpt-4"

    ran(at)

    view = shown(at)
    assert view is not None
    note = next(row["note"] for row in view.head["rows"] if row["name"] == "cl100k_base")
    assert "-59 %" in note
    assert "0.57% of the window" in note
    assert "$0.00141" in note


def test_a_special_token_is_read_as_the_reader_says() -> None:
    at = type_in(open_page(), "a<|endoftext|>b")
    as_text = counts(at)["o200k_base"]
    at.session_state["tokenizer_reading_special"] = "allow"
    ran(at)
    assert (as_text, counts(at)["o200k_base"]) == (9, 3)

    at.session_state["tokenizer_reading_special"] = "refuse"
    ran(at)

    assert "<|endoftext|>" in at.error[0].value


def test_a_model_that_tiktoken_does_not_know_says_what_is_assumed() -> None:
    at = open_page()

    open_view(at)
    ran(at.selectbox(key="tokenizer_model").set_value("gpt-6-luna"))

    assert any("o200k_base" in each.value and "assumed" in each.value for each in at.caption)


def test_decomposed_korean_is_told() -> None:
    at = type_in(open_page(), unicodedata.normalize("NFD", "한국어"))

    assert any("composed it takes 2 tokens" in each.value and "24" in each.value for each in at.caption)


def test_a_budget_says_where_it_ends_and_cuts_there() -> None:
    at = type_in(open_page(), "챗GPT, ChatGPT")
    at.session_state["tokenizer_reading_budget"] = 4
    ran(at)

    ran(at.button(key="tokenizer_cut_cl100k_base").click())

    assert text(at) == "챗G"
    assert counts(at)["cl100k_base"] == 4
