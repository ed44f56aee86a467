"""Every string a person reads is in the catalogue, in every language, and none is hard-wired."""

import ast
import re
from pathlib import Path

import pytest

from playground.language import LANGUAGES, closest, translate, translate_plural
from playground.parameters import PARAMETERS
from tests.catalogue import load

ROOT = Path(__file__).parent.parent
SCREENS = sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "components").rglob("*.py"), ROOT / "app.py"])
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
SPEAKING = {
    *("button", "caption", "chat_input", "checkbox", "code", "download_button", "error", "expander", "header", "info"),
    *(
        "markdown",
        "metric",
        "multiselect",
        "number_input",
        "page_link",
        "pills",
        "popover",
        "radio",
        "selectbox",
        "slider",
    ),
    *("segmented_control", "spinner", "status", "subheader", "success", "tabs", "text", "text_area", "text_input"),
    *("title", "toast", "toggle", "warning", "write"),
}
"""Streamlit's calls whose first argument a person reads."""
NAMED = {"label", "help", "placeholder"}
"""Named arguments that a person reads."""
OF_THE_API = ["OpenAI", "Chat Completions", "index", "finish_reason", *(name for name in PARAMETERS if "_" in name)]
NO_WORDS = re.compile(
    r":[a-z_]+/\w+:|:[a-z]+\[|`[^`]*`|https?://\S+|sk-…|\{\"[^}]*\}|\b(" + "|".join(OF_THE_API) + r")\b"
)
"""Icons, colours, code, addresses, JSON, names, and the API's own words, which are the same in every language."""


catalogue = load()
OTHERS = [code for code in LANGUAGES if code != "en"]


def test_every_language_of_the_switch_has_a_catalogue() -> None:
    assert list(catalogue.languages()) == sorted(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_has_exactly_the_strings_of_the_source(language: str) -> None:
    in_source = {message.id for message in catalogue.extract() if message.id}
    in_catalogue = {message.id for message in catalogue.read(language) if message.id}

    assert in_catalogue - in_source == set()
    assert in_source - in_catalogue == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_or_doubtful(language: str) -> None:
    for message in catalogue.read(language):
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), f"{message.id!r} has no translation"
            assert not message.fuzzy, f"{message.id!r} is marked fuzzy"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    for message in catalogue.read(language):
        if message.id:
            source = message.id[-1] if isinstance(message.id, tuple) else message.id
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            for string in strings:
                assert set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(source)), source


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    committed = catalogue.po_file(language).with_suffix(".mo").read_bytes()

    assert committed == catalogue.compiled(catalogue.read(language))


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_string_on_the_screen_is_hard_wired(path: Path) -> None:
    hard_wired = [
        f"line {call.lineno}: {text}"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SPEAKING
        for argument in [*call.args[:1], *(each.value for each in call.keywords if each.arg in NAMED)]
        for text in said(argument)
    ]

    assert hard_wired == []


def said(argument: ast.expr) -> list[str]:
    """The literal words of an argument, where it does not go through _()."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    literals = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [text for text in (NO_WORDS.sub("", each) for each in literals) if re.search(r"[A-Za-z가-힣]{2}", text)]


def test_the_checker_finds_a_hard_wired_string() -> None:
    call = ast.parse('st.caption(f"Hello {name}")').body[0]
    assert isinstance(call, ast.Expr) and isinstance(call.value, ast.Call)

    assert said(call.value.args[0]) == ["Hello "]


def test_a_locale_finds_its_language() -> None:
    assert [closest(locale) for locale in ("ko", "ko-KR", "ko_KR", "en-GB", "de", "", None)] == [
        "ko",
        "ko",
        "ko",
        "en",
        "en",
        "en",
        "en",
    ]


def test_english_is_its_own_translation() -> None:
    assert translate("Chat", "en") == "Chat"
    assert translate("", "ko") == ""
    assert [translate_plural("{n} token", "{n} tokens", n, "en") for n in (1, 2)] == ["{n} token", "{n} tokens"]


def test_korean_is_there() -> None:
    assert translate("Chat", "ko") != "Chat"
