"""Which encodings are compared: pills for the families of models, the others one by one or by model, all at once."""

import streamlit as st

from components import state
from components.wording import _
from playground import encodings, models
from playground.encodings import NAMES
from playground.language import mark

TITLES = {
    "gpt2": "GPT-2",
    "r50k_base": "GPT-3",
    "p50k_base": "text-davinci-003",
    "p50k_edit": mark("Edit models of GPT-3"),
    "cl100k_base": mark("GPT-4 and GPT-3.5"),
    "o200k_base": mark("GPT-4o and newer"),
    "o200k_harmony": "gpt-oss",
}
"""What a person calls an encoding: the models that read with it."""

FAMILIES = ("r50k_base", "cl100k_base", "o200k_base")
OTHERS = tuple(name for name in NAMES if name not in FAMILIES)


def title(name: str) -> str:
    """Name the models that use an encoding."""
    return _(TITLES[name])


def pick(key: str) -> tuple[str, ...]:
    """Draw the pills and answer the chosen encodings, oldest first; none when the reader wants none."""
    state.start_widget(f"{key}_families", list(FAMILIES))
    state.start_widget(f"{key}_others", [])
    families = st.pills(
        _("Families of models"),
        FAMILIES,
        selection_mode="multi",
        format_func=title,
        key=f"{key}_families",
        label_visibility="collapsed",
        wrap=True,
        persist_state="session",
        width="content",
    )
    return tuple(name for name in NAMES if name in {*families, *(state.widget(f"{key}_others") or ())})


def pick_one(key: str, names: tuple[str, ...], width: int) -> str:
    """Draw the choice of one of these encodings, the newest of them first."""
    if state.widget(key) not in names:
        state.set_widget(key, names[-1])
    return st.selectbox(_("Encoding"), names, format_func=lambda each: f"{title(each)} · {each}", key=key, width=width)


def more(key: str) -> None:
    """Draw the choice of the other encodings, and of an encoding by its model."""
    st.pills(
        _("Older encodings, and one with more special tokens"),
        OTHERS,
        selection_mode="multi",
        format_func=lambda name: f"{name} · {title(name)}",
        key=f"{key}_others",
        persist_state="session",
    )
    _by_model(key)


def _by_model(key: str) -> None:
    """Add the encoding of a model, whatever its name."""
    field = f"{key}_model"

    def add() -> None:
        model = str(state.widget(field) or "").strip()
        if model:
            name, assumed = encodings.for_model(model)
            state.scratch(field)["found"] = model, name, assumed
            families, others = state.widget(f"{key}_families"), state.widget(f"{key}_others")
            choose(key, (*families, *others, name))

    st.selectbox(
        _("By model"),
        [model.id for model in models.MODELS],
        index=None,
        key=field,
        on_change=add,
        accept_new_options=True,
        placeholder=_("Choose a model or type its name"),
    )
    if found := state.scratch(field).get("found"):
        model, name, assumed = found
        sentence = (
            _("tiktoken does not know {model}; {name} is assumed.") if assumed else _("{model} reads with {name}.")
        )
        st.caption(sentence.format(model=f"`{model[:60].replace('`', '')}`", name=f"`{name}`"))


def compare_all(key: str, chosen: tuple[str, ...]) -> None:
    """Draw the button that chooses every encoding, or, when all are chosen, the three families again."""
    everything = len(chosen) == len(NAMES)
    st.button(
        _("Back to three encodings") if everything else _("Compare all {n} encodings").format(n=len(NAMES)),
        type="primary",
        key=f"{key}_all",
        on_click=choose,
        args=(key, FAMILIES if everything else NAMES),
    )


def choose(key: str, names: tuple[str, ...]) -> None:
    """Choose encodings before the picker is drawn."""
    state.set_widget(f"{key}_families", [name for name in FAMILIES if name in names])
    state.set_widget(f"{key}_others", [name for name in OTHERS if name in names])
