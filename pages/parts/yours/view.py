"""The view “Your data” of Privacy: taking it along and bringing it in; the file, its copies and its
passphrase."""

import streamlit as st

from memory import Memory
from pages.parts.yours.backup import draw_backup
from pages.parts.yours.chats import draw_chats
from pages.parts.yours.embedding import draw_embedding
from pages.parts.yours.export import draw_export
from pages.parts.yours.import_archive import draw_import
from pages.parts.yours.passphrase import draw_passphrase
from pages.parts.yours.restore import draw_restore

SECTIONS = (
    draw_export,
    draw_import,
    draw_chats,
    draw_backup,
    draw_restore,
    draw_passphrase,
    draw_embedding,
)


def draw_yours(memory: Memory) -> None:
    for draw_section in SECTIONS:
        draw_section(memory)
        st.space("small")
