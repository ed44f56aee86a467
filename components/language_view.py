"""The language tax: Article 1 of the Declaration of Human Rights in many languages, as a chart and a table."""

from collections.abc import Sequence

import streamlit as st

from components import text_menu
from components.charts import Series, ranges
from components.encoding_picker import title
from components.wording import _
from playground import encodings, languages
from playground.languages import Row


@st.cache_data(show_spinner=False)
def _table(names: tuple[str, ...]) -> list[Row]:
    return languages.table(names)


def draw(page: str, names: tuple[str, ...]) -> None:
    """Draw how many times the tokens of English each language takes, in the chosen encodings."""
    names = tuple(dict.fromkeys(encodings.ordinary(name) for name in names))
    rows = _table(names)
    st.markdown(
        _("**The same sentence, {n} languages.** How many times the tokens of English does it take?").format(
            n=len(rows)
        )
    )
    worst_first = sorted(rows, key=lambda row: -row.ratio(names[-1]))
    series = [Series(title(name), [row.ratio(name) for row in worst_first]) for name in names]
    said = "; ".join(
        f"{_(row.language.name)}: " + ", ".join(f"{row.ratio(name):.1f} ({title(name)})" for name in names)
        for row in worst_first
    )
    ranges(
        [_(row.language.name) for row in worst_first],
        series,
        unit=_("times the tokens of English"),
        alt=_("Tokens relative to English: {said}").format(said=said),
        key=f"{page}_languages_chart",
    )
    st.dataframe(_columns(worst_first, names), hide_index=True, key=f"{page}_languages_table")
    st.caption(
        _("Article 1 of the Universal Declaration of Human Rights. Texts: {source}, read {day}.").format(
            source=languages.SOURCE, day=languages.CHECKED
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            _("Look at one of them above"),
            range(len(rows)),
            format_func=lambda place: f"{_(rows[place].language.name)} · {rows[place].language.own_name}",
            key=f"{page}_languages_one",
            width=320,
        )
        text = rows[number].language.text
        st.button(_("Show its tokens"), key=f"{page}_languages_show", on_click=text_menu.put, args=(page, text))


def _columns(rows: Sequence[Row], names: tuple[str, ...]) -> dict[str, list[str | int | float]]:
    columns: dict[str, list[str | int | float]] = {
        _("Language"): [f"{_(row.language.name)} · {row.language.own_name}" for row in rows],
        _("Characters"): [row.characters for row in rows],
        _("Bytes"): [row.bytes for row in rows],
    }
    for name in names:
        columns[f"{title(name)} ({name})"] = [row.tokens[name] for row in rows]
        columns[_("× English, {name}").format(name=name)] = [round(row.ratio(name), 2) for row in rows]
    return columns
