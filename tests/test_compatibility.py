"""The lens: each parameter, model, endpoint and effort has one judgement with reason and source; facts as examples."""

import json
from datetime import date
from itertools import product

import pytest

from playground import models
from playground.compatibility import EFFORTS, GROUPS, contradictions, judge, judge_all
from playground.compatibility_rules import RULES, SERVERS
from playground.parameters import PARAMETERS, TEXT_PARAMETERS
from simulator.api import Request, handle
from simulator.validation import TYPES

TODAY = date(2026, 11, 23)
IDS = [model.id for model in models.MODELS]


@pytest.mark.parametrize("server", ["openai", "simulator", "ollama", "other"])
@pytest.mark.parametrize("endpoint", ["chat", "completions"])
def test_everything_is_judged_with_a_reason_and_a_source(server: str, endpoint: str) -> None:
    # Only OpenAI's own models differ.
    ids = [*IDS, "a stranger"] if server == "openai" else ["gpt-4"]
    for model, effort in product(ids, [None, *EFFORTS]):
        judged = judge_all(model, endpoint, effort, server, TODAY)

        assert list(judged) == list(PARAMETERS if endpoint == "chat" else TEXT_PARAMETERS)
        for each in judged.values():
            assert each.verdict in ("accepted", "refused", "unsure")
            assert each.reason.endswith(".")
            assert each.source
            assert each.date.year >= 2026


@pytest.mark.parametrize(
    ("name", "model", "effort", "verdict"),
    [
        ("temperature", "gpt-6-luna", None, "refused"),
        ("temperature", "gpt-6-luna", "none", "accepted"),
        ("temperature", "gpt-6-luna", "high", "refused"),
        ("temperature", "gpt-6.1-sol", "none", "refused"),
        ("temperature", "gpt-5.4", None, "accepted"),
        ("temperature", "gpt-4o-mini", None, "accepted"),
        ("temperature", "gpt-5.5", None, "unsure"),
        ("tools", "gpt-6-sol", None, "refused"),
        ("tools", "gpt-6-sol", "none", "accepted"),
        ("tools", "gpt-6-astra", "low", "refused"),
        ("tools", "gpt-4.1-mini", None, "accepted"),
        ("max_tokens", "gpt-5.6-luna", None, "refused"),
        ("max_tokens", "gpt-4o", None, "accepted"),
        ("max_completion_tokens", "gpt-6-luna", None, "accepted"),
        ("logit_bias", "gpt-6-luna", "none", "refused"),
        ("logit_bias", "gpt-4.1", None, "accepted"),
        ("stop", "gpt-6-luna", "none", "unsure"),
        ("stop", "o3", None, "refused"),
        ("reasoning_effort", "gpt-6.2-sol", "none", "refused"),
        ("reasoning_effort", "gpt-6-sol", "minimal", "refused"),
        ("reasoning_effort", "gpt-5", "minimal", "accepted"),
        ("seed", "gpt-6-luna", None, "accepted"),
        ("prompt_cache_options", "gpt-5.5", None, "refused"),
        ("prompt_cache_options", "gpt-6-luna", None, "accepted"),
        ("temperature", "gpt-4", None, "refused"),
        ("temperature", "no-such-model", None, "unsure"),
    ],
)
def test_the_facts_that_were_read_are_what_is_judged(name: str, model: str, effort: str | None, verdict: str) -> None:
    assert judge(name, model, effort=effort, on=TODAY).verdict == verdict


def test_the_same_model_was_judged_otherwise_while_it_lived() -> None:
    assert judge("temperature", "gpt-4", on=date(2026, 10, 22)).verdict == "accepted"
    assert judge("temperature", "gpt-4", on=date(2026, 10, 23)).verdict == "refused"


def test_a_model_of_the_other_endpoint_takes_nothing() -> None:
    before = date(2026, 9, 1)

    assert judge("temperature", "gpt-3.5-turbo-instruct", "chat", on=before).verdict == "refused"
    assert judge("temperature", "gpt-3.5-turbo-instruct", "completions", on=before).verdict == "accepted"
    assert judge("temperature", "gpt-4o", "completions", on=before).verdict == "refused"


def test_the_simulator_takes_whatever_its_model_is_called() -> None:
    for name in TYPES.keys() & PARAMETERS.keys():
        assert judge(name, "gpt-6-luna", server="simulator").verdict == "accepted", name


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_models_is_named_by_a_rule_and_has_members(group: str) -> None:
    rules = [*RULES, *(rule for rows in SERVERS.values() for rule in rows)]

    assert group in {rule.models for rule in rules}
    assert any(GROUPS[group](model) for model in models.MODELS)


def test_every_rule_names_parameters_that_there_are_and_is_reached() -> None:
    chatting = [model for model in models.MODELS if model.chat]
    reached = {
        judge(name, model.id, effort=effort, on=date(2023, 1, 1))
        for model, name, effort in product(chatting, PARAMETERS, [None, *EFFORTS])
    }
    reasons = {each.reason for each in reached}

    for rule in RULES:
        assert set(rule.names) <= set(PARAMETERS)
        assert rule.reason in reasons or rule is RULES[-1], rule


def test_what_contradicts_itself_is_what_the_simulator_refuses() -> None:
    base = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}
    for odd in (
        {"top_logprobs": 3},
        {"stream_options": {"include_usage": True}},
        {"max_tokens": 3, "max_completion_tokens": 3},
    ):
        found = [name for name, _ in contradictions({**base, **odd})]
        content = json.dumps({**base, **odd}).encode()
        response = handle(Request("POST", "/v1/chat/completions", {"Authorization": "Bearer any"}, content))

        assert response.status == 400
        assert json.loads(response.body)["error"]["param"] in found


def test_a_sound_request_has_no_contradiction() -> None:
    sound = {
        "logprobs": True,
        "top_logprobs": 5,
        "stream": True,
        "stream_options": {},
        "tools": [{}],
        "tool_choice": "auto",
    }

    assert list(contradictions(sound)) == []
