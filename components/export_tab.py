"""A run to take along: as a program, a notebook, JSON, a link. It sends nothing and writes no format itself."""

import json
from urllib.parse import urlencode

import streamlit as st

from components import function_setup, program_view, state, tool_dialog
from components.wording import _
from playground import run_export, run_link
from playground.staged_run import StagedRun

LANGUAGES = ("Python", "LangChain")


def draw(page: str, run: StagedRun) -> None:
    """Draw the files, the link, and the program to read."""
    key = f"{page}_export"
    body = run.steps[0].exchange.request if run.steps else run.opening(state.connection().model)
    base_url = program_view.address()
    script = run_export.as_script(run, body, base_url)
    langchain = run_export.as_langchain(run, body, base_url)
    notebook = json.dumps(run_export.as_notebook(run, body, base_url), indent=1, ensure_ascii=False)
    told = json.dumps(run_export.as_json(run), indent=2, ensure_ascii=False)
    with st.container(horizontal=True):
        _file(_("Python script"), "function_calling.py", "text/x-python", script, key)
        _file(_("LangChain agent"), "agent.py", "text/x-python", langchain, key)
        _file(_("Notebook"), "function_calling.ipynb", "application/x-ipynb+json", notebook, key)
        _file(_("JSON of the run"), "run.json", "application/json", told, key)
    _link(run)
    program_view.note(base_url)
    shown = st.segmented_control(
        _("Language of the program"), LANGUAGES, default=LANGUAGES[0], key=f"{key}_language", required=True
    )
    st.code(script if shown != "LangChain" else langchain, language="python", wrap_lines=True, height=480)
    if shown == "LangChain":
        st.caption(_("It needs langchain and langchain-openai. LangChain speaks tools, whatever this run spoke."))
    else:
        st.caption(_("It sends the same JSON. The key is read from the environment variable `OPENAI_API_KEY`."))


def _link(run: StagedRun) -> None:
    """A link with the functions of one's own, as long as it is short enough for that."""
    settings, names = function_setup.settings_of(run), {tool.name for tool in run.tools}
    own = [told for told in tool_dialog.told() if told.name in names]
    whole = run_link.link_params(settings, own)
    params = whole or run_link.link_params(settings)
    if not params:
        st.caption(_("The question is too long for a link; send the file instead."))
        return
    st.link_button(_("A link to this page, set up so"), f"?{urlencode(params)}", icon=":material/link:")
    if not whole:
        st.caption(_("It fills the page and sends nothing. Functions of your own are too long for it."))
    else:
        st.caption(_("It fills the page and sends nothing. A key is not in it."))


def open_link(page: str) -> None:
    """Fill the page once from the settings of the link that opened it; to be called before its widgets are drawn."""
    params = {name: st.query_params[name] for name in st.query_params}
    if "question" not in params and "tools" not in params:
        return
    memory = state.scratch(f"{page}_link")
    if memory.get("opened") != params:
        memory["opened"] = params
        memory["left_out"] = tool_dialog.take(params)
        function_setup.fill(page, run_link.read_link(params, function_setup.known()))
    begun = state.scratch(page).get("run")
    if memory["left_out"] and not (begun and begun.steps):
        st.warning("\n\n".join([_("Left out of this link:"), *memory["left_out"]]))


def _file(name: str, file: str, mime: str, contents: str, key: str) -> None:
    st.download_button(
        name,
        contents.encode(),
        file_name=file,
        mime=mime,
        key=f"{key}_{file.replace('.', '_')}",
        icon=":material/download:",
        on_click="ignore",
    )
