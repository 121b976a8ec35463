"""The passphrase of the file: set, changed, removed, and locking up."""

from collections.abc import Callable

import streamlit as st

from memory import AppError, Memory
from pages.parts.locking import can_lock, close_memory, draw_passphrase_field, take
from pages.parts.shared import literal

CURRENT, NEW, AGAIN = (f"privacy_passphrase_{name}" for name in ("current", "new", "again"))
REMOVED = "privacy_passphrase_removed"
TODAY, CHOSEN = "current-password", "new-password"
"""As password managers tell the two apart."""
PROBLEM, DONE = "privacy_passphrase_problem", "privacy_passphrase_done"
LOST = (
    "**A passphrase that is lost is lost for good, and with it everything that is remembered.** It "
    "is stored nowhere, and there is no other way in. Write it down and keep it elsewhere, and "
    "make a backup first."
)
WHAT_IT_DOES = (
    "Encrypts the file on the disk: whoever gets hold of the computer, the disk or a copy of the "
    "file cannot read it. While Recollect is open, whoever sits at this computer still can."
)
WHAT_STAYS = (
    "The file from before was overwritten. Some disks (SSDs) keep such remains for a while all the "
    "same; only encrypting the whole disk covers those. **Backups and exports that you made before "
    "are as readable as they were**: make a new backup, and delete them."
)
HINT = "At least 12 characters: four or more words that have nothing to do with each other."
DIFFER = "The two are not the same. Nothing was changed; type both anew."


def draw_passphrase(memory: Memory) -> None:
    st.header("Passphrase", anchor=False)
    st.caption(WHAT_IT_DOES)
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/enhanced_encryption:")
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(literal(problem), icon=":material/error:")
    if memory.is_encrypted:
        _draw_locking()
        with st.expander("Change the passphrase", icon=":material/password:"):
            _draw_choice(memory, "Change it")
        with st.expander("Remove the passphrase", icon=":material/no_encryption:"):
            _draw_removal(memory)
        return
    with st.expander("Encrypt the file", icon=":material/enhanced_encryption:"):
        st.warning(LOST, icon=":material/warning:")
        _draw_choice(memory, "Encrypt the file")


def _draw_locking() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":material/lock: The file is encrypted.")
        if can_lock():
            st.button("Lock now", key="privacy_lock", icon=":material/lock:", on_click=close_memory)
    if not can_lock():
        st.caption("`RECOLLECT_PASSPHRASE` opens it at each start, so it cannot be locked here.")


def _draw_choice(memory: Memory, label: str) -> None:
    with st.form("privacy_passphrase_form", border=False, clear_on_submit=True):
        st.caption(HINT)
        if memory.is_encrypted:
            draw_passphrase_field("Passphrase of today", CURRENT, autocomplete=TODAY)
        draw_passphrase_field("New passphrase", NEW, autocomplete=CHOSEN)
        draw_passphrase_field("New passphrase, once more", AGAIN, autocomplete=CHOSEN)
        st.form_submit_button(
            label, key="privacy_passphrase_set", type="primary", on_click=_choose, args=(memory,)
        )


def _draw_removal(memory: Memory) -> None:
    with st.form("privacy_passphrase_removal", border=False, clear_on_submit=True):
        st.markdown("The file can be read by anybody who gets hold of it then.")
        draw_passphrase_field("Passphrase of today", REMOVED, autocomplete=TODAY)
        st.form_submit_button(
            "Remove it", key="privacy_passphrase_remove", on_click=_remove, args=(memory,)
        )


def _choose(memory: Memory) -> None:
    current, new, again = take(CURRENT) or None, take(NEW), take(AGAIN)
    if new != again:
        st.session_state[PROBLEM] = DIFFER
        return
    was_encrypted = memory.is_encrypted
    done = "The passphrase was changed." if was_encrypted else "The file is encrypted now."
    _carry_out(
        lambda: memory.set_passphrase(new, current=current),
        f"{done} Backups from before keep the old one."
        if was_encrypted
        else f"{done} {WHAT_STAYS}",
    )


def _remove(memory: Memory) -> None:
    typed = take(REMOVED)
    _carry_out(lambda: memory.remove_passphrase(typed), "The file is not encrypted any more.")


def _carry_out(change: Callable[[], None], done: str) -> None:
    try:
        change()
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        st.session_state[DONE] = done
