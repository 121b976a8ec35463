"""Files that a person chooses here, and how each is let go of: neither the session nor the server
keeps one that is done with."""

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


def key_of(field: str) -> str:
    """The key that the field has now. It ends in a number, so that the field can begin anew."""
    return f"{field}_{st.session_state.get(_counter(field), 0)}"


def begin_anew(field: str) -> None:
    """An empty field in its place: one with another key is another field."""
    st.session_state[_counter(field)] = st.session_state.get(_counter(field), 0) + 1


def let_go_of(file: "UploadedFile") -> None:
    """Streamlit would keep all of it in memory for as long as the page is open."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _counter(field: str) -> str:
    return f"{field}_number"
