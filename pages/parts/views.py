"""The views of a page: one is open, and its address leads back to it."""

from collections.abc import Callable, Mapping

import streamlit as st

from memory import Memory

ADDRESS = "view"
"""In the address: ``/privacy?view=audit``."""
Views = Mapping[str, tuple[str, Callable[[Memory], None]]]
"""By their names in the address: what each is called, and what draws it."""


def choose_view(views: Views, key: str, on_change: Callable[[], None] | None = None) -> str:
    """What the address asks for, or the first. ``on_change``: when another one is opened."""
    first, asked = next(iter(views)), st.query_params.get(ADDRESS)
    if asked in views or key not in st.session_state:
        st.session_state[key] = asked if asked in views else first

    def to_address() -> None:
        """A view can be kept as a bookmark."""
        st.query_params[ADDRESS] = st.session_state[key] or first
        if on_change:
            on_change()

    chosen = st.segmented_control(
        "View",
        list(views),
        format_func=lambda name: views[name][0],
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=to_address,
    )
    return chosen or first


def draw_to_view(label: str, view: str, icon: str, key: str) -> None:
    """From one view of a page to another of the same page."""
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=icon,
        on_click=lambda: st.query_params.update({ADDRESS: view}),
    )
