"""The view “Your data” of Privacy: one section for each thing that can be done with the file."""

import streamlit as st

from memory import Memory
from pages.parts.yours.backup import draw_backup
from pages.parts.yours.chats import draw_chats
from pages.parts.yours.export import draw_export
from pages.parts.yours.import_archive import draw_import
from pages.parts.yours.passphrase import draw_passphrase
from pages.parts.yours.restore import draw_restore


def draw_yours(memory: Memory) -> None:
    draw_export(memory)
    draw_backup(memory)
    draw_restore(memory)
    draw_passphrase(memory)
    st.space("small")
    draw_chats(memory)
    draw_import(memory)
