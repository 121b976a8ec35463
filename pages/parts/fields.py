"""Fields that begin with a text of the person, and leave nothing of it in the session.

What a field is given as ``value=`` stays in Streamlit's description of it until the session ends,
past an erasure. What it is given here goes when the field is no longer drawn.
"""

import streamlit as st


def begin_with(field: str, text: str) -> None:
    """Right before the field of that key is drawn; what was written in it since stays."""
    st.session_state.setdefault(field, text)


def keep_to(field: str, text: str) -> None:
    """As ``begin_with``, and again when the text has become another one: it was saved in another
    tab, or erased."""
    begun = f"{field}_begun"
    if field not in st.session_state or st.session_state.get(begun) != hash(text):
        st.session_state[field] = text
        st.session_state[begun] = hash(text)


def leave(field: str) -> None:
    """When its text has been taken, or is no longer wanted: an answer may take minutes to end, and
    only then would Streamlit let go of it."""
    st.session_state.pop(field, None)
