"""The tab Compare: one parameter at several values, each several times. Threads own the calls; this draws their job."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import capped_call, charts, compare_guess, connection, prompt_field, state
from components.answer_view import Card
from components.answer_view import draw as draw_answers
from components.parameter_knobs import fits
from components.wording import _, _n, why
from playground.comparison import (
    REPETITIONS_AT_MOST,
    THREADS,
    VALUES_AT_LEAST,
    VALUES_AT_MOST,
    Column,
    Comparison,
    marked,
)
from playground.errors import PlaygroundError
from playground.fitting import Fitted
from playground.ledger import count_prompt
from playground.messages import Body
from playground.parameters import PARAMETERS, Parameter
from playground.pricing import price, prices_source
from playground.spending import most_output
from playground.typed_json import read, write

if TYPE_CHECKING:
    from playground.client import Client

SUGGESTED: Mapping[str, tuple[str, ...]] = {
    "temperature": ("0", "0.7", "1", "1.5", "2"),
    "top_p": ("0.1", "0.5", "1"),
    "n": ("1", "2", "4"),
    "max_tokens": ("4", "8", "16"),
    "max_completion_tokens": ("4", "8", "16"),
    "stop": ('"."', '","', '"\\n"'),
    "seed": ("1", "2", "3"),
    "presence_penalty": ("-2", "0", "2"),
    "frequency_penalty": ("-2", "0", "2"),
    "user": ('"student-1"', '"student-2"'),
    "logit_bias": ("{}", '{"9906": -100}'),
}
"""Values to begin with, as JSON."""

POLL = 0.5
"""Seconds between two looks at a comparison that runs."""


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the settings, what it will cost, and the comparison that ran last or runs."""
    memory = state.scratch(page)
    prompt_field.draw(page)
    prompt_field.settings_line(page)
    name, texts, repetitions = _choice(page)
    values, problem = _values(PARAMETERS[name], texts)
    fitted = [_fitted(prompt_field.body(page, {name: value})) for value in values]
    bodies = [each.body for each in fitted]
    job: Comparison | None = memory.get("comparison")
    running = job is not None and job.running
    if problem:
        st.error(problem)
    elif bodies and prompt_field.text(page):
        _cost(bodies, repetitions)
        connection.added(dict.fromkeys(each for one in fitted for each in one.changed), f"{page}_compare")
    ready = VALUES_AT_LEAST <= len(values) <= VALUES_AT_MOST and bool(prompt_field.text(page)) and not problem
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _("Compare"),
            key=f"{page}_compare_run",
            type="primary",
            icon=":material/compare_arrows:",
            disabled=running or not ready,
        ):
            memory["comparison"] = _begin(name, values, bodies, repetitions, client)
            compare_guess.clear(page)
            st.rerun()
        compare_guess.switch(page)
    if job:
        _job(page, job)


def _fitted(body: Body) -> Fitted:
    """Let a call stream, so that stopping can leave it at once; what the visitor says of streaming counts."""
    return connection.fitted(body) if "stream" in body else connection.streamed(body)


def _choice(page: str) -> tuple[str, list[str], int]:
    names = [name for name, each in PARAMETERS.items() if each.kind not in ("list",) and name != "stream"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(_("Parameter"), names, key=f"{page}_compare_name", persist_state="session", width=220)
        key = f"{page}_compare_values_{name}"
        state.start_widget(key, list(_suggested(PARAMETERS[name]))[:3])
        texts = st.multiselect(
            _("Values, {least} to {most}, as JSON").format(least=VALUES_AT_LEAST, most=VALUES_AT_MOST),
            _suggested(PARAMETERS[name]),
            key=key,
            accept_new_options=True,
            max_selections=VALUES_AT_MOST,
            placeholder=_("Choose or type a value"),
            persist_state="session",
        )
        repetitions = st.number_input(
            _("Times each"),
            1,
            REPETITIONS_AT_MOST,
            3,
            key=f"{page}_compare_times",
            persist_state="session",
            width=140,
        )
    return name, texts, repetitions


def _suggested(parameter: Parameter) -> tuple[str, ...]:
    if parameter.name in SUGGESTED:
        return SUGGESTED[parameter.name]
    if parameter.kind == "boolean":
        return "true", "false"
    if parameter.kind == "choices":
        return tuple(write([each]) for each in parameter.choices)
    return tuple(write(each) for each in parameter.choices) or ((parameter.example,) if parameter.example else ())


def _values(parameter: Parameter, texts: Sequence[str]) -> tuple[list[Any], str]:
    """Read the values; what a person would type without quotes is read as text where a text is wanted."""
    values: list[Any] = []
    for text in texts:
        try:
            value = read(text)
        except PlaygroundError as error:
            if parameter.kind not in ("text", "texts", "choice"):
                return values, f"{text}: " + why(error)
            value = text
        if parameter.kind in ("text", "texts", "choice") and not fits(parameter, value) and not isinstance(value, list):
            value = text
        values.append(value)
    return values, ""


def _cost(bodies: Sequence[Body], times: int) -> None:
    """Say before the start what it takes: calls, tokens, dollars at most."""
    calls = len(bodies) * times
    try:
        prompt = sum(count_prompt(body).total for body in bodies) * times
    except PlaygroundError as error:
        st.caption(why(error))
        return
    parts = [
        _n("{n} request", "{n} requests", calls).format(n=calls),
        _n("{n} prompt token", "{n} prompt tokens", prompt).format(n=f"{prompt:,}"),
    ]
    outputs = [most_output(body) for body in bodies]
    longest = None if None in outputs else sum(each or 0 for each in outputs) * times
    parts.append(_dollars(str(bodies[0]["model"]), prompt, longest))
    st.text(" · ".join(parts))
    if not all({"max_tokens", "max_completion_tokens"} & body.keys() for body in bodies):
        st.caption(_("No limit is set for the answers; they will hardly be as long as the model allows."))


def _dollars(model: str, prompt: int, longest: int | None) -> str:
    """What the prompts cost, and the answers at most; on the simulator what it would be."""
    cost = price(model, prompt, longest or 0)
    if cost is None:
        return _("the price of {model} is unknown").format(model=model)
    said = _("{dollars} for the prompts").format(dollars=f"${cost.input_dollars:.4f}")
    if longest is not None:
        said += ", " + _("at most {dollars} for the answers").format(dollars=f"${cost.output_dollars:.4f}")
    if state.connection().kind != "simulator":
        return said
    source = " ".join(str(each) for each in prices_source() if each)
    return _("$0 (would be {cost}; {model}, {source})").format(cost=said, model=model, source=source)


def _begin(
    name: str, values: Sequence[Any], bodies: Sequence[Body], times: int, client: "Callable[[], Client]"
) -> Comparison:
    job = Comparison(name, values, bodies, times)
    job.start(capped_call.senders(client, min(THREADS, job.total)))
    _jobs().append(job)
    return job


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda jobs: [job.cancel() for job in jobs])
def _jobs() -> list[Comparison]:
    """The session's comparisons: who closes the tab pays for no further call."""
    return []


def _job(page: str, job: Comparison) -> None:
    if job.running:
        st.fragment(run_every=POLL)(_progress)(page, job)
    elif job.done < job.total:
        st.markdown(
            _("Stopped after {done} of {total} requests; what came is kept.").format(done=job.done, total=job.total)
        )
    if not job.running and job.done:
        _results(page, job)


def _progress(page: str, job: Comparison) -> None:
    if not job.running:
        st.rerun()
    said = _("{done} of {total} requests answered").format(done=job.done, total=job.total)
    st.progress(job.done / job.total, said)
    st.button(_("Stop"), key=f"{page}_compare_stop", icon=":material/stop:", on_click=job.cancel)


def _results(page: str, job: Comparison) -> None:
    columns = job.columns()
    if compare_guess.hides(page, job.parameter, columns):
        return
    compare_guess.result(page, columns)
    reference = next((column.distinct[0][0] for column in columns if column.distinct), "")
    draw_answers(
        [_drawn(job.parameter, column, reference) for column in columns],
        f"{page}_compare_answers",
    )
    st.caption(_("Underlined: words that differ from the commonest answer of the first value."))
    _chart(page, job.parameter, columns)


def _drawn(name: str, column: Column, reference: str) -> tuple[str, str, list[Card]]:
    cards = []
    for text, count in column.distinct:
        parts = tuple((part, "new" if differs else "") for part, differs in marked(text, reference))
        reasons = sorted({str(each.finish_reason) for each in column.answers if each.text == text})
        times = _n("{n} time", "{n} times", count).format(n=count)
        cards.append(Card(times, parts or ((_("(empty)"), ""),), " · ".join(reasons)))
    for (status, message), count in _failures(column).items():
        failed = _("Failed: {status}").format(status=status or "–")
        times = _n("{n} time", "{n} times", count).format(n=count)
        cards.append(Card(f"{failed} · {times}", ((message, ""),), failed=True))
    return f"{name} {write(column.value)}", _facts(column), cards


def _failures(column: Column) -> Counter[tuple[int | None, str]]:
    """What went wrong, and how often in the same words."""
    silent = _("The answer holds no choice.")
    return Counter((each.status, each.error.message if each.error else silent) for each in column.failures)


def _facts(column: Column) -> str:
    answered = len(column.answers)
    if not answered:
        return _("no answer")
    parts = [
        _("{distinct} different of {n}").format(distinct=len(column.distinct), n=answered),
        _("{n} characters").format(n=round(column.characters)),
    ]
    if column.tokens is not None:
        parts.append(_("{n} tokens").format(n=f"{round(column.tokens, 1):g}"))
    return " · ".join([*parts, "/".join(column.reasons), _("{ms}\u00a0ms").format(ms=round(column.milliseconds))])


def _chart(page: str, name: str, columns: Sequence[Column]) -> None:
    told = [column for column in columns if column.diversity is not None]
    if len(told) < VALUES_AT_LEAST:
        return
    st.header(_("How different the answers are"), anchor=False)
    rows = [(write(column.value), len(column.distinct), len(column.answers)) for column in told]
    said = ", ".join(f"{value}: {distinct}/{answered}" for value, distinct, answered in rows)
    alt = _("Different answers of all, for each value of {name}: {said}").format(name=name, said=said)
    charts.steps(
        [value for value, _distinct, _answered in rows],
        [distinct for _value, distinct, _answered in rows],
        most=max(answered for _value, _distinct, answered in rows),
        axis=name,
        unit=_("different answers"),
        alt=alt,
        key=f"{page}_compare_chart",
    )
