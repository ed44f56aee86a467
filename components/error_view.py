"""An ApiError as a card: what happened in the API's own words, and what to do. It adds nothing to the record."""

import streamlit as st

from components import connection, state
from components.plain_text import code
from components.wording import _
from playground.exchange import ApiError
from playground.language import mark

TITLES: dict[str, str] = {
    "status": mark("The API refused the request"),
    "connection": mark("No connection"),
    "timeout": mark("No answer in time"),
    "not_json": mark("This is not the API's answer"),
    "broken_chunk": mark("The stream was damaged"),
    "stream_error": mark("An error in mid-stream"),
    "cut_short": mark("The stream was cut short"),
}


def draw(error: ApiError, status: int | None = None, key: str = "error") -> None:
    """Draw an error: title with status and code, the message as text, one sentence on what to do."""
    title = _(TITLES[error.kind])
    details = [str(part) for part in (status, error.code or error.type, error.param) if part]
    with st.container(key=key, border=True):
        st.markdown(f":material/error: **{title}**" + "".join(f" `{code(detail)}`" for detail in details))
        st.text(error.message)
        st.markdown(_(error.remedy).format(model=f"`{error.instead}`"))
        # The simulator answers for models that are gone.
        if error.instead and state.connection().kind != "simulator":
            st.button(
                _("Use {model}").format(model=f"`{error.instead}`"),
                key=f"{key}_use",
                on_click=connection.use_model,
                args=(error.instead,),
                help=_("The connection changes; the page marks what it adds to the request for this model."),
            )
