"""Parameters: turn a knob and see its line in the request; compare, look at probabilities, at the older endpoint."""

from components import (
    compare_view,
    compatibility_view,
    connection,
    endpoints_view,
    experiments_view,
    lazy_tabs,
    lesson_banner,
    probabilities_view,
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
    "experiments": _("Experiments"),
    "compare": _("Compare"),
    "probabilities": _("Probabilities"),
    "endpoints": _("Two endpoints"),
    "lens": _("Which model takes what"),
}
tabs = lazy_tabs.draw(TABS, f"{PAGE}_tabs")
shown = lazy_tabs.opened(tabs)
VIEWS = {
    "run": run_view.draw,
    "experiments": experiments_view.draw,
    "compare": compare_view.draw,
    "probabilities": probabilities_view.draw,
    "endpoints": endpoints_view.draw,
}
with tabs[shown]:
    if shown in VIEWS:
        VIEWS[shown](PAGE, connection.client)
    else:
        compatibility_view.draw(PAGE)
