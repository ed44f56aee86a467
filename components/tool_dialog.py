"""A function of one's own: the dialog that describes it, and those that were described. No code of it ever runs."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from itertools import chain, count

import streamlit as st

from components import state
from components.plain_text import plain
from components.wording import _
from playground import run_link
from playground.builtin_tools import BUILT_IN
from playground.custom_tools import LONGEST_DESCRIPTION, LONGEST_TEXT, Problem, Told, problems, tool_of
from playground.language import mark
from playground.tools import Tool

SCRATCH = "function_tools"

FIRST_SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "description": "The title of the book"}},
    "required": ["title"],
}
FIRST = Told(
    "find_book",
    "Find a book in the library by its title",
    json.dumps(FIRST_SCHEMA, indent=2),
    "template",
    '{"title": "{title}", "shelf": "B 12", "lent": false}',
)
"""What the dialog begins with."""

WAYS = {"template": mark("A text with gaps"), "typed": mark("I type each answer")}


def own() -> dict[str, Tool]:
    """The functions of this session's visitor, by name."""
    return {name: tool_of(Told(**told)) for name, told in state.scratch(SCRATCH).items()}


def told() -> list[Told]:
    """What the visitor said of them."""
    return [Told(**each) for each in state.scratch(SCRATCH).values()]


def take(params: Mapping[str, str]) -> list[str]:
    """Take up the functions that a link brings; answers in words which were left out, and why."""
    found, left_out = run_link.read_own(params, told(), BUILT_IN)
    state.scratch(SCRATCH).update({each.name: asdict(each) for each in found})
    return [
        f"{plain(name[:64])}: {said(problem)}" if problem else _("Something that describes no function.")
        for name, problem in left_out
    ]


def open_for(name: str | None, on_save: Callable[[str], None]) -> None:
    """Open the dialog on a function, or on a new one."""
    there = state.scratch(SCRATCH)
    names = chain([FIRST.name], (f"{FIRST.name}_{number}" for number in count(2)))
    now = Told(**there[name]) if name in there else replace(FIRST, name=next(one for one in names if one not in there))
    for part, value in asdict(now).items():
        state.set_widget(f"{SCRATCH}_{part}", value)
    st.dialog(_("A function of your own"), width="large")(_form)(name, on_save)


def _form(name: str | None, on_save: Callable[[str], None]) -> None:
    st.text_input(_("Name"), key=f"{SCRATCH}_name", max_chars=64)
    st.text_input(_("Description"), key=f"{SCRATCH}_description", max_chars=LONGEST_DESCRIPTION)
    st.text_area(_("Parameters (JSON Schema)"), key=f"{SCRATCH}_schema", height=220, max_chars=LONGEST_TEXT)
    way = st.segmented_control(
        _("It answers with"),
        list(WAYS),
        format_func=lambda each: _(WAYS[each]),
        key=f"{SCRATCH}_way",
        required=True,
    )
    if way == "template":
        st.text_area(
            _("Answer; {name} stands for the argument of that name").format(name="{name}"),
            key=f"{SCRATCH}_answer",
            height=80,
            max_chars=LONGEST_TEXT,
        )
    st.caption(_("It is only described here: no code of yours runs on this server."))
    now = Told(**{part: state.widget(f"{SCRATCH}_{part}") or "" for part in asdict(FIRST)} | {"way": way or "typed"})
    taken: Collection[str] = {*BUILT_IN, *state.scratch(SCRATCH)} - {name}
    found = problems(now, taken)
    for problem in found:
        st.error(said(problem))
    with st.container(horizontal=True):
        if st.button(_("Save"), key=f"{SCRATCH}_save", type="primary", disabled=bool(found)):
            if name:
                state.scratch(SCRATCH).pop(name, None)
            state.scratch(SCRATCH)[now.name] = asdict(now)
            on_save(now.name)
            st.rerun()
        if name and st.button(_("Delete"), key=f"{SCRATCH}_delete"):
            state.scratch(SCRATCH).pop(name, None)
            st.rerun()


def said(problem: Problem) -> str:
    """Put a problem into words: the part, the place in it, what is wrong."""
    parts = {
        "name": _("Name"),
        "description": _("Description"),
        "schema": _("Parameters (JSON Schema)"),
        "answer": _("Answer"),
    }
    values = {key: plain(value) if isinstance(value, str) else value for key, value in problem.values.items()}
    where = f" {plain(problem.where)}" if problem.where else ""
    return f"{parts[problem.part]}{where}: {_(problem.said).format(**values)}"
