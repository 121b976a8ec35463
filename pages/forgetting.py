"""Forgetting: how strong memories are and were, what will fade and what to do about it, and the
rules they fade by, tried over one's own. Only the view that is open is worked out."""

import streamlit as st

from pages.parts.forgetting.curves import draw_curves
from pages.parts.forgetting.future import draw_future, pause
from pages.parts.forgetting.news import draw_news
from pages.parts.forgetting.numbers import draw_numbers
from pages.parts.forgetting.sweeps import draw_sweeps
from pages.parts.forgetting.week import draw_week
from pages.parts.forgetting.what_if import draw_what_if
from pages.parts.shared import enter
from pages.parts.views import choose_view

VIEW = "forgetting_view"
VIEWS = {
    "curves": (":material/show_chart: Curves", draw_curves),
    "week": (":material/calendar_view_week: This week", draw_week),
    "future": (":material/fast_forward: Fast-forward", draw_future),
    "what-if": (":material/tune: What if", draw_what_if),
    "sweeps": (":material/mop: Sweeps", draw_sweeps),
}


def draw() -> None:
    memory = enter("pages/forgetting.py")
    st.title("Forgetting", anchor=False)
    draw_news(memory)
    draw_numbers(memory)
    _, draw_view = VIEWS[choose_view(VIEWS, VIEW, pause)]
    draw_view(memory)


draw()
