"""What an empty Recollect offers beside chatting: an example, an import, and a tour."""

import streamlit as st

from memory import Memory
from pages.parts.start import example, tour


def draw_other_beginnings(memory: Memory) -> None:
    with st.grid(2, min_column_width=260, border=True, key="start_ways"):
        with st.container(height="stretch"):
            example.draw_offer(memory)
        with st.container(height="stretch"):
            _draw_import()
    with st.container(horizontal_alignment="center"):
        tour.draw_way_to_it("Take the tour: five stops, a minute", "start_tour")


def _draw_import() -> None:
    st.markdown("## :material/upload: Bring something in")
    st.caption(
        "Your chats from ChatGPT or Claude, a list of notes, or an archive of Recollect. You see "
        "what would be learnt before anything is."
    )
    if st.button("Import", key="start_import"):
        st.switch_page("pages/privacy.py", query_params={"view": "yours"})
