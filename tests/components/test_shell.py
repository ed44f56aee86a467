"""The frame: the navigation is the pages, and the language follows the visitor."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.shell import NAVIGATION, ROOT, file
from playground import lessons
from playground.language import LANGUAGES, translate

PAGES = sorted((ROOT / "pages").glob("*.py"))


def test_every_page_is_in_the_navigation_once() -> None:
    assert sorted(ROOT / room.file for room in NAVIGATION) == PAGES
    assert len({room.path for room in NAVIGATION}) == len(NAVIGATION)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_comes_through_the_entry_first(page: Path) -> None:
    source = page.read_text(encoding="utf-8").split("\n\n")
    statements = [part for part in source if not part.startswith(('"""', "import ", "from "))]

    assert statements[0].strip() in ("through_entry()", "shell.through_entry()")


def test_a_page_is_found_by_its_path() -> None:
    assert file("chat") == ROOT / "pages" / "chat.py"


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-US", "en"), ("fr-FR", "en")])
def test_the_language_is_that_of_the_browser(locale: str, language: str) -> None:
    at = AppTest.from_file("../../app.py", default_timeout=20)
    at.context = {"locale": locale}

    at.run()

    assert not at.exception
    assert at.segmented_control(key="language").value == language
    assert at.title[0].value == translate("See what the ChatGPT API really does", language)


@pytest.mark.parametrize("room", NAVIGATION, ids=lambda room: room.path)
def test_the_switch_changes_the_language_of_every_page_and_it_stays(room: object) -> None:
    at = AppTest.from_file("../../app.py", default_timeout=30)
    at.session_state["connection"] = {"instant": True}
    at.run()

    at.segmented_control(key="language").set_value("ko").run()
    at.switch_page(room.file).run()  # type: ignore[attr-defined]

    assert not at.exception
    assert at.segmented_control(key="language").value == "ko"
    first_lesson = lessons.headings("ko")[0]
    own_titles = {
        "home": translate("See what the ChatGPT API really does", "ko"),
        "lesson": f"{first_lesson.number} {first_lesson.title}",
    }
    assert at.title[0].value == own_titles.get(room.path, translate(room.title, "ko"))  # type: ignore[attr-defined]


def test_every_language_has_a_name_of_its_own() -> None:
    assert set(LANGUAGES) == {"en", "ko"}
