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

VIEW = "forgetting_view"
ADDRESS = "view"
"""In the address: ``/forgetting?view=week``."""
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
    _, draw_view = VIEWS[_view()]
    draw_view(memory)


def _view() -> str:
    """What the address asks for, or the first."""
    asked = st.query_params.get(ADDRESS)
    if asked in VIEWS or VIEW not in st.session_state:
        st.session_state[VIEW] = asked if asked in VIEWS else "curves"
    chosen = st.segmented_control(
        "View",
        list(VIEWS),
        format_func=lambda name: VIEWS[name][0],
        required=True,
        key=VIEW,
        label_visibility="collapsed",
        on_change=_to_address,
    )
    return chosen or "curves"


def _to_address() -> None:
    """A view can be kept as a bookmark."""
    st.query_params[ADDRESS] = st.session_state[VIEW] or "curves"
    pause()


draw()
