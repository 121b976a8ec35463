"""Recollect's front door: page configuration, navigation, and the sidebar's truth about the state
of things. The pages are in ``pages/``, everything they do is behind ``memory.Memory``."""

from pathlib import Path

import streamlit as st

from memory import AppError
from pages.parts.failure import draw_problem, draw_warning, memory_or_stop, read_secrets
from pages.parts.shared import (
    ABOUT,
    come_back_to_deep_link,
    erase_what_is_due,
    stay_local,
    warm_up,
)
from pages.parts.sidebar import draw_sidebar
from pages.parts.start.above import draw_above
from pages.parts.sweeping import keep_sweeping, note_visit
from pages.parts.whose import change_over, settle, user

ASSETS = Path(__file__).parent / ".streamlit"
LOOK = Path(__file__).parent / "pages/parts/look.css"

stay_local()
# Before the navigation and with a local icon: a page's Material icon would otherwise become the
# tab's, and the browser would fetch it from outside.
st.set_page_config(
    page_title="Recollect",
    page_icon=str(ASSETS / "icon.svg"),
    menu_items={"About": ABOUT},
)
page = st.navigation(
    [
        st.Page("pages/chat.py", title="Chat", icon=":material/forum:", default=True),
        st.Page("pages/inspector.py", title="Inspector", icon=":material/search_insights:"),
        st.Page("pages/forgetting.py", title="Forgetting", icon=":material/trending_down:"),
        st.Page("pages/privacy.py", title="Privacy", icon=":material/shield_person:"),
    ]
)
# Lines of a conversation are read: they stay short. Tables need the width.
st.set_page_config(
    page_title=f"{page.title} · Recollect", layout="centered" if page.title == "Chat" else "wide"
)
logo = "logo_dark.svg" if st.context.theme.type == "dark" else "logo.svg"
st.html(LOOK)
st.logo(str(ASSETS / logo), icon_image=str(ASSETS / "icon.svg"), size="large")
come_back_to_deep_link()
read_secrets()
memory = memory_or_stop()
try:
    settle(memory)
    change_over()
    if hindrance := erase_what_is_due(memory):
        draw_warning(hindrance)
    note_visit(memory)
    draw_sidebar(memory, user())
    draw_above(memory)
    page.run()
    warm_up(memory)
    keep_sweeping(memory)
except AppError as error:
    draw_problem(error)
