"""The entry of the app: it assembles the frame, the sidebar and the page, and decides nothing."""

import streamlit as st

from components import connection, connection_chip, progress, shell

page = shell.frame()
with st.sidebar, st.container(key="sidebar_foot"):
    settle_sidebar = connection_chip.draw("sidebar")
    shell.language_switch()
with st.container(key="phone_chip"):
    settle_phone = connection_chip.draw("phone")
progress.sync()
page.run()
settle_sidebar()
settle_phone()
connection.prepare()
