"""Parameters: turn a knob and see its line in the request; compare, look at probabilities, at the older endpoint."""

import streamlit as st

from components import (
    compatibility_view,
    connection,
    lesson_banner,
    run_view,
    settings_menu,
    shell,
)
from components.shell import through_entry
from components.wording import _

through_entry()

PAGE = "parameters"

settings_menu.follow_link(PAGE)
shell.header(_("Parameters"), _("Turn a knob, see the line it adds to the request, and what the model makes of it."))
lesson_banner.draw(PAGE)
settings_menu.unread(PAGE)
TABS = {
    "run": _("Run"),
    "lens": _("Which model takes what"),
}
tabs = dict(zip(TABS, st.tabs(list(TABS.values()), key=f"{PAGE}_tabs", on_change="rerun"), strict=True))
shown = next((name for name, tab in tabs.items() if tab.open), "run")
with tabs[shown]:
    if shown == "run":
        run_view.draw(PAGE, connection.client)
    elif shown == "lens":
        compatibility_view.draw(PAGE)
