"""The view “Your data” of Privacy: one section for each thing that can be done with the file."""

import streamlit as st

from memory import Memory
from pages.parts.yours.export import draw_export
from pages.parts.yours.import_archive import draw_import


def draw_yours(memory: Memory) -> None:
    draw_export(memory)
    st.space("small")
    draw_import(memory)
