"""Taking everything along: made with its progress shown, then downloaded."""

import streamlit as st

from memory import DataClass, Memory
from pages.parts.shared import counts_in_words, size_of
from pages.parts.whose import user
from pages.parts.yours.progress import draw_progress

PREPARE = "privacy_export_prepare"


def draw_export(memory: Memory) -> None:
    st.header("Take it with you", anchor=False)
    st.caption(
        "One ZIP with everything that is held about you, given or inferred, and marked as such: a "
        "page to read, JSON with its schema, and tables for a spreadsheet; your consents, how long "
        "things are kept, the audit and the ledger. It can be brought in again below."
    )
    _draw_left_out(memory)
    if st.button("Prepare my data", key=PREPARE, icon=":material/luggage:"):
        _draw_prepared(memory)


def _draw_left_out(memory: Memory) -> None:
    rules = memory.privacy_rules(user())
    left_out = [of for of in DataClass if not rules.classes[of].exported]
    if left_out:
        st.caption(f"Left out, as your rules say: what is {', '.join(left_out)}.")


def _draw_prepared(memory: Memory) -> None:
    """In this run alone: what was prepared is let go of with the next one."""
    data = draw_progress(
        "Preparing your data",
        "Your data is ready",
        "It could not be prepared",
        lambda tell: memory.export(user(), on_step=tell),
    )
    if data is None:
        return
    stats = {
        "memories": memory.find(user(), limit=0).total,
        "conversations": len(memory.conversations(user())),
    }
    st.download_button(
        f"Download my data ({size_of(len(data))})",
        data=data,
        file_name=f"recollect-{memory.now():%Y-%m-%d}.zip",
        mime="application/zip",
        key="privacy_export_download",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    held = counts_in_words(stats)
    st.caption(
        f"{f'With {held}. ' if held else ''}It is not encrypted, and no erasure here reaches it: "
        "keep it where only you can read it."
    )
