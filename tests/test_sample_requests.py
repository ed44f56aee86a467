"""The sample requests are the course's calls, to the token."""

import pytest

from playground.ledger import count_prompt
from playground.sample_requests import samples
from tests.simulator.course import COURSE


def test_the_courses_four_cost_what_the_api_reported():
    assert [count_prompt(sample.body).total for sample in samples("gpt-4")[:4]] == [23, 47, 79, 72]


@pytest.mark.parametrize(("number", "name"), list(enumerate(COURSE)))
def test_the_courses_four_are_its_very_requests(number, name):
    body = samples("gpt-4")[number].body
    told = [{key: value for key, value in each.items() if key in ("role", "content")} for each in body["messages"]]
    course = COURSE[name][0]["messages"]

    assert told == [{key: value for key, value in each.items() if key in ("role", "content")} for each in course]
    assert body.get("functions") == COURSE[name][0].get("functions")


def test_changing_one_leaves_the_next_reader_s_as_it_was():
    samples("gpt-4")[0].body["messages"].clear()

    assert len(samples("gpt-4")[0].body["messages"]) == 2
