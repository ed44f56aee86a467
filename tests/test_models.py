"""Tests of playground/models.py: the rows as they ship, and what the loader refuses."""

import re
from datetime import date, timedelta

import pytest

from playground import encodings, models
from playground.errors import BadCatalogue

ROW = {
    "id": '"gpt-4"',
    "family": '"gpt-4"',
    "snapshot": '"gpt-4-0613"',
    "chat": "true",
    "encoding": '"cl100k_base"',
    "context_window": "8192",
    "max_output": "4096",
    "retired": "2026-10-23",
    "source": '"https://example.org/gpt-4"',
    "dates_source": '"https://example.org/deprecations"',
    "checked": "2026-11-23",
}


def toml(**changes):
    row = {**ROW, **changes}
    return "[[model]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items() if value is not None)


@pytest.mark.parametrize("model", models.MODELS, ids=lambda model: model.id)
def test_the_encoding_of_each_model_is_the_one_that_is_counted_with(model):
    name, _ = encodings.for_model(model.id)

    assert model.encoding == name
    assert model.encoding in encodings.NAMES


@pytest.mark.parametrize("model", models.MODELS, ids=lambda model: model.id)
def test_each_row_has_a_source_and_a_day_of_checking(model):
    assert model.source.startswith("https://")
    assert type(model.checked) is date
    assert (model.dates_source is None) == (model.retired is None and model.retires is None)


def test_the_courses_models_are_there_with_the_api_that_the_course_gives_them():
    course = [model for model in models.MODELS if model.course]

    assert {model.id for model in course if model.chat and not model.completions} == {
        "gpt-4",
        "gpt-4-32k",
        "gpt-3.5-turbo",
        "gpt-3.5-turbo-16k",
    }
    assert {model.id for model in course if model.completions and not model.chat} == {
        "text-davinci-003",
        "text-davinci-002",
        "text-curie-001",
        "text-babbage-001",
        "text-ada-001",
    }
    assert all(model.retired for model in course)


def test_the_default_model_lives_and_speaks_chat_completions():
    default = models.find(models.DEFAULT)

    assert default is not None
    assert default in models.living(default.checked)
    assert default.chat


def test_a_model_is_found_by_its_id_and_by_its_snapshot():
    assert models.find("gpt-4") is models.find("gpt-4-0613")
    assert models.find("gpt-4").snapshot == "gpt-4-0613"
    assert models.find("gpt-4-1") is None
    assert models.find("") is None


def test_a_model_lives_until_the_day_it_is_shut_down():
    last_day = date(2027, 1, 13)

    before, after = ({model.id for model in models.living(day)} for day in (last_day, last_day + timedelta(days=1)))

    assert before - after == {"gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini"}
    assert after < before


def test_no_model_of_the_course_lives_today():
    assert not any(model.course for model in models.living(date(2026, 11, 23)))


def test_a_row_becomes_a_model_with_the_texts_that_its_keys_name():
    [model] = models.read(toml(family='"gpt-3-legacy"', note='"window-disputed"'))

    assert model == models.Model(
        id="gpt-4",
        family="GPT-3 (legacy)",
        snapshot="gpt-4-0613",
        chat=True,
        encoding="cl100k_base",
        context_window=8192,
        max_output=4096,
        retired=date(2026, 10, 23),
        source="https://example.org/gpt-4",
        dates_source="https://example.org/deprecations",
        checked=date(2026, 11, 23),
        note=models.NOTES["window-disputed"],
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": None}, "row 1 (no id): id is missing"),
        ({"source": None}, "source is missing"),
        ({"checked": None}, "checked is missing"),
        ({"encoding": None}, "encoding is missing"),
        ({"windw": "1"}, "windw is no field of a model"),
        ({"id": '""'}, "id can't be ''"),
        ({"chat": "1"}, "chat can't be 1"),
        ({"chat": '"yes"'}, "chat can't be 'yes'"),
        ({"context_window": "true"}, "context_window can't be True"),
        ({"context_window": "-1"}, "context_window can't be -1"),
        ({"context_window": '"8k"'}, "context_window can't be '8k'"),
        ({"retired": '"2026-10-23"'}, "retired can't be '2026-10-23'"),
        ({"checked": "2026-11-23T08:00:00"}, "checked can't be datetime.datetime(2026, 11, 23, 8, 0)"),
        ({"family": '"gpt-7"'}, "family 'gpt-7' is none of gpt-6.2, "),
        ({"encoding": '"o300k"'}, "encoding 'o300k' is none of gpt2, "),
        ({"note": '"hello"'}, "note 'hello' is none of "),
        ({"chat": "false"}, "it speaks no API"),
        ({"chat_tools": '"sometimes"'}, "chat_tools 'sometimes' is none of always, "),
        ({"max_output": "8193"}, "max_output is larger than context_window"),
        ({"dates_source": None}, "dates_source is missing"),
        ({"retires": "2027-01-14"}, "it can't have both retired and retires"),
        ({"retired": "2026-11-24"}, "retired is later than checked: it should be retires"),
        ({"retired": None, "retires": "2026-11-23"}, "retires is past: it should be retired"),
        ({"source": '"a friend"'}, "source is no https address"),
    ],
)
def test_a_wrong_row_is_refused_with_its_name_and_its_problem(changes, problem):
    with pytest.raises(BadCatalogue, match=re.escape(problem)) as caught:
        models.read(toml(**changes))

    assert str(caught.value).startswith("models.toml, row 1 (")


@pytest.mark.parametrize("second", [{"snapshot": None}, {"id": '"gpt-4-0613"', "snapshot": None}])
def test_one_name_for_two_models_is_refused(second):
    with pytest.raises(BadCatalogue, match=r"gpt-4\S* is there more than once"):
        models.read(toml() + "\n" + toml(**second))


def test_every_note_and_family_is_used():
    shown = {text for model in models.MODELS for text in (model.family, model.note)}

    assert set(models.FAMILIES.values()) | set(models.NOTES.values()) == shown - {""}
