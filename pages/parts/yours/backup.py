"""Backups: the whole file as one download, and what becomes of it when something is erased."""

import io

import streamlit as st

from memory import Act, Memory
from pages.parts.shared import at_time, count_of
from pages.parts.whose import user

OPEN = (
    "**It is not encrypted**: whoever has a backup can read all of it, and find out masked numbers "
    "by trying. Set a passphrase first, below, or keep it where nobody else gets at it."
)
SEALED = "It is encrypted with the passphrase of today, which you need to restore it."
LATER = (
    "What you erase later is still in the backups from before. When you restore one here, what was "
    "erased since is erased from it again, as far as that can be told; in the backup itself it "
    "stays until you delete that. Delete the ones that you do not need."
)


def draw_backup(memory: Memory) -> None:
    st.header("Backup", anchor=False)
    st.caption(
        "Everything in one file, to keep elsewhere: memories, conversations, settings, and the "
        "keys of the audit. You can go on meanwhile; the copy is read to the end before you get it."
    )
    st.markdown(SEALED if memory.is_encrypted else OPEN)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Make a backup",
            data=lambda: _made(memory),
            file_name=f"recollect-backup-{memory.now().astimezone():%Y-%m-%d}.zip",
            mime="application/zip",
            key="privacy_backup_download",
            type="primary",
            icon=":material/archive:",
            on_click="ignore",
        )
        st.caption(_last(memory))
    st.caption(LATER)


def _made(memory: Memory) -> bytes:
    target = io.BytesIO()
    memory.backup(target)
    return target.getvalue()


def _last(memory: Memory) -> str:
    made = memory.audit(1, user_id=user(), actions=[Act.BACKUP])
    if not made:
        return "None was made yet."
    number = memory.count_audit(user_id=user(), actions=[Act.BACKUP])
    return f"{count_of(number, 'backup')} so far, the last on {at_time(made[0].at)}."
