"""The menu of the parameters page: add a parameter, presets, raw JSON, link, code. What it sets, the form shows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components import connection, parameter_form, program_view, state
from components.parameter_knobs import fits
from components.plain_text import plain
from components.wording import _, why
from playground import snippets
from playground.errors import PlaygroundError
from playground.messages import Body
from playground.parameters import COURSE, PARAMETERS
from playground.presets import PRESETS, Link, from_query, to_query
from playground.typed_json import read, write

OWN = 20
"""Settings of one's own that are kept."""


def draw(page: str, body: Body, values: Mapping[str, Any]) -> None:
    """Draw the menu; it works only while it is open."""
    menu = st.popover(_("More settings"), key=f"{page}_menu", icon=":material/tune:", on_change="rerun")
    with menu:
        if not menu.open:
            return
        _adding(page)
        _presets(page, values)
        _raw(page)
        _link(page, body, values)
        st.button(
            _("The request as code"), key=f"{page}_code", icon=":material/code:", on_click=_wish, args=(page, "code")
        )


def dialogs(page: str, body: Body) -> None:
    """Open what the menu was asked for."""
    if state.scratch(f"{page}_menu").pop("wish", None) == "code":
        dialog = st.dialog(_("The request as code"), width="large")
        dialog(program_view.draw)(body, snippets.CHAT, program_view.address(), f"{page}_program")


def raw(page: str) -> dict[str, Any]:
    """What is typed as raw JSON, which wins over the knobs; empty when it is not readable."""
    try:
        return dict(read(_raw_text(page) or "{}", dict))
    except PlaygroundError:
        return {}


def raw_problem(page: str) -> str:
    """Why the raw JSON is not sent; empty when it is."""
    try:
        read(_raw_text(page) or "{}", dict)
    except PlaygroundError as error:
        return _("The raw JSON is not sent: {problem}").format(problem=why(error))
    return ""


def follow_link(page: str) -> None:
    """Fill the page from the link it was opened with, once; nothing is sent."""
    query = {name: st.query_params[name] for name in st.query_params}
    memory = state.scratch(f"{page}_menu")
    ours = query.keys() & {"prompt", "system", "model", *PARAMETERS}
    if "lesson" in query or not ours or memory.get("link") == query:
        return
    memory["link"] = query
    link = from_query(query)
    memory["unread"] = link.unread
    _fill(page, link)


def unread(page: str) -> None:
    """Say what of the link could not be read."""
    if names := state.scratch(f"{page}_menu").get("unread"):
        names = ", ".join(f"`{name}`" for name in names)
        st.caption(_("In the link, the values of {names} are no JSON; they were left out.").format(names=names))


def _fill(page: str, link: Link) -> None:
    if link.prompt is not None:
        state.set_widget(f"{page}_prompt", link.prompt)
    state.set_widget(f"{page}_system", link.system or "")
    if link.model and link.model != state.connection().model:
        connection.use_model(link.model)
    put(page, link.values)


def put(page: str, values: Mapping[str, Any]) -> None:
    """Put the form on these values; what no knob can show becomes raw JSON."""
    shown = {name: value for name, value in values.items() if name in PARAMETERS and fits(PARAMETERS[name], value)}
    parameter_form.fill(COURSE, page, shown)
    rest = {name: value for name, value in values.items() if name not in shown}
    _set_raw(page, write(rest) if rest else "")


def clear(page: str) -> None:
    """Switch everything off; a callback of a button."""
    put(page, {})


def _adding(page: str) -> None:
    key = f"{page}_add"
    missing = [name for name in PARAMETERS if name not in (*COURSE, *parameter_form.others(page))]
    st.selectbox(
        _("Add a parameter"),
        missing,
        index=None,
        format_func=lambda name: f"{name} · {_(PARAMETERS[name].summary)}",
        key=key,
        placeholder=_("Search the other {n}").format(n=len(missing)),
        on_change=lambda: _add(page, key),
    )


def _add(page: str, key: str) -> None:
    if name := state.widget(key):
        parameter_form.add(page, name)
        state.set_widget(key, None)


def _presets(page: str, values: Mapping[str, Any]) -> None:
    own: dict[str, dict[str, Any]] = state.scratch(f"{page}_presets")
    st.markdown(_("**Presets**"))
    with st.container(horizontal=True, key=f"{page}_presets_row"):
        for name, preset in PRESETS.items():
            st.button(
                _(preset.title),
                key=f"{page}_preset_{name}",
                help=f"{_(preset.sentence)} `{write(dict(preset.values))}`",
                on_click=put,
                args=(page, preset.values),
            )
        for number, (name, kept) in enumerate(own.items()):
            st.button(plain(name), key=f"{page}_own_{number}", on_click=put, args=(page, kept))
    if values and len(own) < OWN:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("Keep these settings as"), key=f"{page}_own_name", max_chars=40)
            st.button(_("Keep"), key=f"{page}_own_keep", on_click=_keep, args=(page, dict(values)))


def _keep(page: str, values: dict[str, Any]) -> None:
    name = str(state.widget(f"{page}_own_name") or "").strip()
    if name:
        state.scratch(f"{page}_presets")[name] = values
        state.set_widget(f"{page}_own_name", "")


def _raw(page: str) -> None:
    key = f"{page}_raw"
    state.set_widget(key, _raw_text(page))
    st.text_area(
        _("Raw JSON"),
        key=key,
        placeholder='{"temperature": 3, "top_k": 5}',
        help=_("It is added to the request as it is and wins over the knobs: values out of range, unknown names."),
        max_chars=20_000,
        height=80,
        on_change=lambda: _set_raw(page, str(state.widget(key) or "")),
    )
    if problem := raw_problem(page):
        st.error(problem)


def _raw_text(page: str) -> str:
    return str(state.scratch(f"{page}_form").get("raw", ""))


def _set_raw(page: str, text: str) -> None:
    # With the form's other settings, which a lesson and a preset replace together.
    state.scratch(f"{page}_form")["raw"] = text


def _link(page: str, body: Body, values: Mapping[str, Any]) -> None:
    query = to_query(
        str(state.widget(f"{page}_prompt") or ""),
        str(body["model"]),
        values,
        str(state.widget(f"{page}_system") or ""),
    )
    st.markdown(_("**Link to these settings.** It fills the page and sends nothing; no key is in it."))
    st.code(f"{(st.context.url or '').partition('?')[0]}?{urlencode(query)}", language=None, wrap_lines=True)


def _wish(page: str, what: str) -> None:
    # The menu would lie over the dialog.
    state.set_widget(f"{page}_menu", False)
    state.scratch(f"{page}_menu")["wish"] = what
