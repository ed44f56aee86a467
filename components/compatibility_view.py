"""The compatibility lens: which parameters a model takes, as a table; what that means for the form of this session."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from components import state
from components.wording import _
from playground import models
from playground.compatibility import EFFORTS, ENDPOINTS, Judgement, judge, judge_all
from playground.fitting import RENAMED, fit
from playground.language import mark
from playground.parameters import PARAMETERS, TEXT_PARAMETERS

VERDICTS = {
    "accepted": mark("accepted"),
    "refused": mark("refused"),
    "unsure": mark("unsure"),
}
SIGNS = {"accepted": "✓", "refused": "✕", "unsure": "?"}

SERVERS = {
    "openai": "OpenAI",
    "simulator": mark("Simulator"),
    "ollama": "Ollama",
    "other": mark("Another server"),
}
OLLAMA_PORT = 11434


def server() -> str:
    """Which server's rules hold for the session's connection."""
    now = state.connection()
    if now.kind != "other":
        return now.kind
    try:
        return "ollama" if urlsplit(now.base_url).port == OLLAMA_PORT else "other"
    except ValueError:
        return "other"


def judgements(values: Mapping[str, Any], model: str | None = None) -> dict[str, Judgement]:
    """Judge each parameter for the session's connection, with what the page would add for the model.

    Empty for the simulator, whose effect each knob tells by itself.
    """
    now = state.connection()
    if now.kind == "simulator":
        return {}
    name = model or now.model
    known = models.find(name)
    fits = now.kind == "openai" and now.fit and known is not None and known.reasons
    effort = values.get("reasoning_effort")
    if fits and effort is None:
        # A knob that is turned makes the page add what the model needs for it.
        effort = fit({"model": name, "messages": [], "temperature": 1}).body.get("reasoning_effort")
    where = server()
    return {
        each: judge(RENAMED.get(each, each) if fits else each, name, effort=_text(effort), server=where)
        for each in PARAMETERS
    }


def _text(effort: object) -> str | None:
    return effort if isinstance(effort, str) else None


def draw(page: str) -> None:
    """Draw the lens: server, endpoint, model and effort to choose, and the table."""
    st.markdown(_("Which parameters a model takes is data that ages: each row names its source and its day."))
    key = f"{page}_lens"
    now = state.connection()
    state.start_widget(f"{key}_server", server() if now.kind != "simulator" else "openai")
    state.start_widget(f"{key}_model", models.DEFAULT if now.kind == "simulator" else now.model)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        where = st.selectbox(
            _("Server"), list(SERVERS), format_func=lambda each: _(SERVERS[each]), key=f"{key}_server", width=180
        )
        endpoint = st.selectbox(
            _("Endpoint"),
            list(ENDPOINTS),
            format_func=lambda each: _(ENDPOINTS[each]),
            key=f"{key}_endpoint",
            width=220,
        )
        ids = [model.id for model in models.MODELS]
        chosen = state.widget(f"{key}_model")
        model = st.selectbox(
            _("Model"),
            ids if chosen in ids else [chosen, *ids],
            key=f"{key}_model",
            accept_new_options=True,
            width=240,
        )
        effort = st.selectbox(
            "reasoning_effort", EFFORTS, index=None, placeholder=_("not set"), key=f"{key}_effort", width=180
        )
    known = models.find(model or "")
    if known and not effort and known.reasons:
        own = known.effort or _("unknown")
        st.caption(_("Where the request names no effort, the model's own holds: {effort}.").format(effort=own))
    _table(key, judge_all(model or "", endpoint, effort, where), endpoint)


def _table(key: str, judged: Mapping[str, Judgement], endpoint: str) -> None:
    counts = {verdict: sum(each.verdict == verdict for each in judged.values()) for verdict in VERDICTS}
    st.markdown(
        " · ".join(f"{SIGNS[verdict]} {_(VERDICTS[verdict])}: **{count}**" for verdict, count in counts.items())
    )
    table = PARAMETERS if endpoint == "chat" else TEXT_PARAMETERS
    st.dataframe(
        {
            _("Parameter"): list(judged),
            _("Verdict"): [f"{SIGNS[each.verdict]} {_(VERDICTS[each.verdict])}" for each in judged.values()],
            _("Reason"): [_(each.reason) for each in judged.values()],
            _("Source"): [each.source for each in judged.values()],
            _("Read on"): [each.date.isoformat() for each in judged.values()],
            _("What it does"): [_(table[name].summary) for name in judged],
        },
        hide_index=True,
        key=f"{key}_table",
        column_config={_("Parameter"): st.column_config.TextColumn(width=190, pinned=True)},
        height=520,
    )
