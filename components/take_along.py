"""Tokens to take along: the ids to copy, files, a link, and the same in Python. It writes no format itself."""

from urllib.parse import urlencode

import streamlit as st

from components.encoding_picker import title
from components.wording import _, _n
from playground import token_export
from playground.tokens import Comparison

SHOWN = 2_000
"""Ids of one encoding that are shown; more make the page slow and are read by nobody."""


def draw(page: str, text: str, compared: Comparison, language: str) -> None:
    """Draw the files, the link and the lists."""
    with st.container(horizontal=True):
        _file(page, "csv", "text/csv", token_export.to_csv(compared))
        _file(page, "json", "application/json", token_export.to_json(compared))
        html = token_export.to_html(
            compared,
            {name: title(name) for name in compared},
            title=_("Tokens"),
            counted=_("{n} tokens"),
            language=language,
        )
        _file(page, "html", "text/html", html)
    params = token_export.link_params(text, compared)
    if params:
        st.link_button(_("A link to this text and these encodings"), f"?{urlencode(params)}", icon=":material/link:")
    else:
        st.caption(_("The text is too long for a link; send the file instead."))
    for name, each in compared.items():
        st.markdown(f"{title(name)} `{name}`")
        st.code(str(list(each.ids[:SHOWN])), language=None, wrap_lines=True)
        if len(each.ids) > SHOWN:
            st.caption(_("The first {shown:,} of {all:,} ids.").format(shown=SHOWN, all=len(each.ids)))
    if len(text) <= SHOWN:
        st.markdown(_("The same in Python:"))
        st.code(token_export.to_python(text, list(compared)[-1]), language="python", wrap_lines=True)


def _file(page: str, kind: str, mime: str, contents: bytes) -> None:
    size = _n("{n:,} byte", "{n:,} bytes", len(contents)).format(n=len(contents))
    st.download_button(
        kind.upper(),
        contents,
        file_name=f"tokens.{kind}",
        mime=mime,
        key=f"{page}_download_{kind}",
        icon=":material/download:",
        on_click="ignore",
        help=size,
    )
