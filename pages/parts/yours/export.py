"""Taking everything along: the download."""

import streamlit as st

from memory import Memory
from pages.parts.shared import USER


def draw_export(memory: Memory) -> None:
    st.subheader("Take it with you", anchor=False)
    st.caption("What is held about you, given or inferred, as JSON in a ZIP.")
    st.download_button(
        "Download my data",
        data=lambda: memory.export(USER),
        file_name="recollect-export.zip",
        mime="application/zip",
        key="privacy_export_download",
        icon=":material/download:",
        on_click="ignore",
    )
