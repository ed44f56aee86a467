"""A lesson is read, guessed at, taken along, and opens the page that it is tried on."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from playground import lessons
from playground.language import LANGUAGES
from tests.started import go, start

NUMBERS = [heading.number for heading in lessons.headings("en")]


def open_lesson(name: str | None, language: str = "en", **query: str) -> AppTest:
    return go(start(language), "lesson", **({} if name is None else {"lesson": name}), **query)


def words(at: AppTest) -> str:
    return "\n".join(each.value for each in at.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_lesson_can_be_read_in_both_languages(number: int, language: str) -> None:
    at = open_lesson(str(number), language)

    lesson = lessons.find(language, number)
    assert lesson is not None
    assert at.title[0].value == f"{number} {lesson.title}"
    assert lesson.section("shows").markdown.strip() in words(at)
    assert lesson.section("json").markdown.strip() in words(at)


def test_the_answer_appears_after_a_guess_and_not_before() -> None:
    lesson = lessons.find("en", 4)
    assert lesson is not None
    at = open_lesson("4")
    assert lesson.section("answer").markdown.strip() not in words(at)

    wrong = next(place for place, option in enumerate(lesson.guess.options) if not option.right)
    at.radio(key="lesson_guess_4_en").set_value(wrong).run()

    assert lesson.section("answer").markdown.strip() in words(at)
    assert "Most people guess wrong" in words(at)


def test_a_right_guess_is_told_so() -> None:
    lesson = lessons.find("en", 4)
    assert lesson is not None
    at = open_lesson("4")

    right = next(place for place, option in enumerate(lesson.guess.options) if option.right)
    at.radio(key="lesson_guess_4_en").set_value(right).run()

    assert "You guessed right" in words(at)


@pytest.mark.parametrize("name", ["0", "13", "99999", "-1", "4.0", "four", "", "<b>4</b>", "4 OR 1=1", "٤٤"])
def test_a_lesson_that_does_not_exist_is_told_so_and_shows_the_way_back(name: str) -> None:
    at = open_lesson(name)

    assert at.title[0].value == "No such lesson"
    assert at.text[0].value == name[:40]


def test_without_a_number_the_lesson_read_last_opens() -> None:
    at = open_lesson("7")

    at.switch_page("pages/home.py").run()
    at.switch_page("pages/lesson.py").run()

    assert at.title[0].value.startswith("7 ")


def test_trying_a_lesson_opens_its_page_filled_and_sends_nothing() -> None:
    at = open_lesson("9")

    at.button(key="lesson_try").click().run()

    assert not at.exception
    assert at.title[0].value == "Functions"
    assert "log" not in at.session_state or not at.session_state["log"]


def test_done_can_be_marked_and_taken_back() -> None:
    at = open_lesson("5")

    at.checkbox(key="lesson_done").check().run()
    assert at.session_state["scratch_progress"]["done"] == [5]
    at.checkbox(key="lesson_done").uncheck().run()

    assert at.session_state["scratch_progress"]["done"] == []


def test_the_handout_is_the_whole_lesson_without_controls() -> None:
    lesson = lessons.find("en", 4)
    assert lesson is not None

    at = open_lesson("4", handout="1")

    for key in ("shows", "answer", "code", "json"):
        assert lesson.section(key).markdown.strip() in words(at)
    assert not at.radio
    assert {button.key for button in at.main.button} == {"connection_chip_phone"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_has_a_page(language: str) -> None:
    at = open_lesson("glossary", language)

    terms = lessons.glossary(language).terms
    assert at.title[0].value == lessons.glossary(language).title
    assert [each.value for each in at.header] == [term.heading for term in terms]


def test_home_leads_to_every_lesson_and_says_which_is_next() -> None:
    at = open_lesson("1")
    at.checkbox(key="lesson_done").check().run()

    at.switch_page("pages/home.py").run()

    titles = {heading.title for heading in lessons.headings("en")}
    labels = {json.loads(json.dumps(link.proto.label)) for link in at.get("page_link")}
    assert {f"**{title}**" for title in titles} <= labels
    assert sum(":material/check:" in each.value for each in at.markdown) == 1
    assert "continue" in words(at)
