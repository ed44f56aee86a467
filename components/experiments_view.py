"""The tab Experiments: n, stop and max_tokens, one mechanism each. Two small requests, and where they part ways."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import capped_call, connection, error_view, prompt_field, state
from components.answer_view import Card, Part
from components.answer_view import draw as draw_answers
from components.wording import _, _n
from playground.comparison import said
from playground.exchange import Exchange
from playground.language import mark
from playground.parameters import PARAMETERS, body_of

if TYPE_CHECKING:
    from playground.client import Client

EXPERIMENTS = {
    "n": mark("n writes the answer from the beginning several times. The prompt is paid once, every answer is paid."),
    "stop": mark("The same request twice at temperature 0, once with a stop text: where does the answer end, and why?"),
    "max_tokens": mark("The same request twice at temperature 0, once with a limit: what is cut, and who says so?"),
}
SEED = 1
"""Both requests of an experiment carry it, so that they differ by one parameter only."""


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the choice of an experiment, its one setting, and its result."""
    memory = state.scratch(f"{page}_experiments")
    prompt_field.draw(page)
    name = st.segmented_control(
        _("Experiment"),
        list(EXPERIMENTS),
        default="n",
        key=f"{page}_experiment",
        required=True,
        label_visibility="collapsed",
    )
    st.markdown(_(EXPERIMENTS[name]))
    line = st.container(horizontal=True, vertical_alignment="bottom", key=f"{page}_experiment_line")
    with line:
        value = _setting(page, name)
    ready = value is not None and bool(prompt_field.text(page))
    requests = [connection.fitted(body) for body in _bodies(page, name, value)]
    added = {each for fitted in requests for each in fitted.changed}
    connection.added([*_shared(name), *sorted(added)], f"{page}_experiment")
    if line.button(
        _("Try it"), key=f"{page}_experiment_run", type="primary", icon=":material/science:", disabled=not ready
    ):
        with st.spinner(_("Waiting for the answer")):
            sent = [capped_call.send(client, fitted.body) for fitted in requests]
        if all(sent):
            memory[name] = value, sent
    if name in memory:
        tried, exchanges = memory[name]
        if broken := next((each for each in exchanges if each.error), None):
            error_view.draw(broken.error, broken.status, key=f"{page}_experiment_error")
        else:
            _RESULTS[name](page, tried, *exchanges)


def _setting(page: str, name: str) -> Any:
    key = f"{page}_experiment_{name}"
    if name == "stop":
        text = st.text_input(_("Stop text"), value=",", key=key, max_chars=100, width=240, persist_state="session")
        return text.replace("\\n", "\n") or None
    first = {"n": 3, "max_tokens": 5}[name]
    most = int(PARAMETERS[name].maximum or 4096)
    return st.number_input(name, 1, most, first, step=1, key=key, width=160, persist_state="session")


def _shared(name: str) -> dict[str, Any]:
    return {"seed": SEED} if name == "n" else {"seed": SEED, "temperature": 0}


def _bodies(page: str, name: str, value: Any) -> list[dict[str, Any]]:
    """The requests of an experiment: the bare one first."""
    shared = _shared(name)
    model, messages = state.connection().model, prompt_field.messages(page)
    return [body_of(model, messages, shared), body_of(model, messages, {**shared, name: value})]


def _n_result(page: str, value: int, bare: Exchange, several: Exchange) -> None:
    shown = [
        (f"choices[{choice.get('index', place)}]", "", [Card("", ((said(choice), ""),), _reason(choice))])
        for place, choice in enumerate(several.choices)
    ]
    draw_answers(shown, f"{page}_experiment_n_answers")
    different = len({said(choice) for choice in several.choices})
    if len(shown) > 1:
        came = (
            _("{m} answers came, {n} different ones among them.")
            if different > 1
            else _("{m} answers came, all the same.")
        )
        st.markdown(came.format(m=len(shown), n=different))
    if len(several.choices) != value:
        st.markdown(
            _("The server gave another number of answers than {n}: it may not know the parameter.").format(n=value)
        )
    if bare.usage and several.usage:
        st.markdown(
            _("Prompt tokens: {one} for one answer, {all} for {n}. Answer tokens: {few} against {many}.").format(
                one=bare.usage.prompt_tokens,
                all=several.usage.prompt_tokens,
                n=len(shown),
                few=bare.usage.completion_tokens,
                many=several.usage.completion_tokens,
            )
        )


def _stop_result(page: str, value: str, bare: Exchange, stopped: Exchange) -> None:
    whole, kept = _first(bare), _first(stopped)
    rest = whole[len(kept) :] if whole.startswith(kept) else ""
    if rest.startswith(value):
        _pair(page, "stop", whole, ((kept, ""), (value, "cut"), (rest[len(value) :], "rest")), bare, stopped)
        st.markdown(_("It ended where the stop text would have come; the stop text is not part of the answer."))
        st.markdown(_("finish_reason is stop, as at a natural end: the response doesn't say which text ended it."))
    else:
        _pair(page, "stop", whole, ((kept, ""),), bare, stopped)
        st.markdown(
            _("The stop text does not appear in the answer, so nothing was cut.")
            if whole == kept
            else _("The two answers differ by more than the cut: this model is not the same at temperature 0.")
        )


def _limit_result(page: str, value: int, bare: Exchange, limited: Exchange) -> None:
    whole, kept = _first(bare), _first(limited)
    parts: tuple[Part, ...] = ((kept, ""),)
    if whole.startswith(kept) and len(whole) > len(kept):
        parts = ((kept, ""), ("✂", "cut"), (whole[len(kept) :], "rest"))
    _pair(page, "max_tokens", whole, parts, bare, limited)
    if limited.finish_reason == "length":
        st.markdown(_("finish_reason length: the limit cut it, in the middle of a sentence if need be."))
    else:
        st.markdown(_("The answer is shorter than the limit, so it ended by itself."))
    if limited.usage:
        st.markdown(
            _n("It has {n} token.", "It has {n} tokens.", limited.usage.completion_tokens).format(
                n=limited.usage.completion_tokens
            )
            + " "
            + _("The model does not know the limit and writes as if there were none.")
        )


def _pair(page: str, name: str, whole: str, parts: tuple[Part, ...], bare: Exchange, changed: Exchange) -> None:
    shown = tuple(part for part in parts if part[0])
    draw_answers(
        [
            (_("Without {name}").format(name=name), "", [Card("", ((whole, ""),), _reason(_choice(bare)))]),
            (_("With {name}").format(name=name), "", [Card("", shown, _reason(_choice(changed)))]),
        ],
        f"{page}_experiment_{name}_answers",
    )


def _choice(exchange: Exchange) -> dict[str, Any]:
    return exchange.choices[0] if exchange.choices else {}


def _first(exchange: Exchange) -> str:
    return said(_choice(exchange))


def _reason(choice: dict[str, Any]) -> str:
    return f"finish_reason {choice.get('finish_reason')}"


_RESULTS = {"n": _n_result, "stop": _stop_result, "max_tokens": _limit_result}
