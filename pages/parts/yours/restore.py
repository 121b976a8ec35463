"""Going back to a backup: chosen, looked into, confirmed in a word.

The session holds counts only, never what was typed as a passphrase.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from memory import (
    AppError,
    Memory,
    PassphraseNeeded,
    RestorePlan,
    RestoreReport,
    Settings,
    WrongPassphrase,
)
from pages.parts.locking import close_memory, draw_passphrase_field, take, try_to_open
from pages.parts.shared import at_time, count_of, counts_in_words, literal
from pages.parts.yours.uploads import begin_anew, key_of, let_go_of

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

CONFIRM = "restore"
MAX_MEGABYTES = 4096
FILE, WORD = "privacy_restore_file", "privacy_restore_word"
THEIRS, OWN = "privacy_restore_passphrase", "privacy_restore_own"
LOOK, NOW, UNOPENED = "privacy_restore_look", "privacy_restore_now", "privacy_restore_unopened"
FOUND, PROBLEM, DONE = "privacy_restore_found", "privacy_restore_problem", "privacy_restored"

CANNOT_TELL = (
    "This backup is not an earlier state of the file that is here, or another one was restored in "
    "between. What you erased since it was made cannot be told, so **all of it comes back**."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen in a file that was chosen."""

    file_id: str
    plan: RestorePlan | None
    """None: it is encrypted, and its passphrase was not typed yet."""


def draw_restore(memory: Memory) -> None:
    with st.expander("Restore a backup", icon=":material/settings_backup_restore:"):
        st.caption(
            "It takes the place of everything that is here, settings and rules included; what you "
            "agreed to, and the audit, stay as they are today. You see what is in it before "
            "anything is changed. What is here now is not kept: make a backup first if you may "
            "want it."
        )
        source = _choose_file()
        if source is None:
            return
        found: Found | None = st.session_state.get(FOUND)
        if found is None or found.file_id != source.file_id:
            found = _look(memory, source, None)
        _draw_problem()
        if found is None:
            return
        if found.plan is None:
            _draw_question(memory, source)
            return
        _draw_plan(found.plan)
        _draw_confirmation(memory, source, found.plan)


def draw_restore_unopened(settings: Settings) -> None:
    """Where the file that is here cannot be opened."""
    st.caption(
        "The file that is here is not deleted: it is set aside under another name, and Recollect "
        "no longer looks into it. What you erased since the backup was made cannot be told, so all "
        "of the backup comes back."
    )
    source = _choose_file()
    _draw_problem()
    if source is None:
        return
    with st.form("privacy_restore_unopened_form", border=False, clear_on_submit=True):
        draw_passphrase_field("Passphrase of the backup, if it has one", THEIRS)
        st.form_submit_button(
            "Restore it",
            key=UNOPENED,
            icon=":material/settings_backup_restore:",
            on_click=_restore_unopened,
            args=(settings, source),
        )


def _choose_file() -> "UploadedFile | None":
    return st.file_uploader("Backup", type="zip", key=key_of(FILE), max_upload_size=MAX_MEGABYTES)


# -- looking --------------------------------------------------------------------------------


def _look(memory: Memory, source: "UploadedFile", passphrase: str | None) -> Found | None:
    """What is in it, kept for the next run; None when it is no backup, which is told."""
    try:
        found = Found(source.file_id, memory.plan_restore(source, passphrase=passphrase))
    except PassphraseNeeded as error:
        if isinstance(error, WrongPassphrase):
            st.session_state[PROBLEM] = str(error)
        found = Found(source.file_id, None)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return None
    st.session_state[FOUND] = found
    return found


def _look_again(memory: Memory, source: "UploadedFile") -> None:
    _look(memory, source, take(THEIRS))


def _draw_question(memory: Memory, source: "UploadedFile") -> None:
    with st.form("privacy_restore_look_form", border=False, clear_on_submit=True):
        st.markdown("This backup is encrypted.")
        draw_passphrase_field("Its passphrase", THEIRS)
        st.form_submit_button("Look into it", key=LOOK, on_click=_look_again, args=(memory, source))


def _draw_plan(plan: RestorePlan) -> None:
    backup = plan.backup
    held = {"memories": backup.memories, "messages": backup.messages}
    st.markdown(
        f"**Made on {at_time(backup.made_at)}**, whole and readable. "
        f"In it: {counts_in_words(held) or 'nothing'}."
    )
    if plan.erased_since is None:
        st.warning(CANNOT_TELL, icon=":material/warning:")
    elif erased := counts_in_words(plan.erased_since):
        st.markdown(f"Erased here since, and erased from it again: {erased}.")
    else:
        st.markdown("Nothing of it was erased here since.")
    if newer := counts_in_words(plan.newer or {}):
        st.markdown(f"Not in it, and gone afterwards: {newer} of today.")


# -- restoring ------------------------------------------------------------------------------


def _draw_confirmation(memory: Memory, source: "UploadedFile", plan: RestorePlan) -> None:
    with st.form("privacy_restore_form", border=False, clear_on_submit=True):
        if plan.backup.encrypted:
            draw_passphrase_field(
                "Passphrase of the backup, once more; the file has it afterwards", THEIRS
            )
        elif memory.is_encrypted:
            draw_passphrase_field("Passphrase of the file that is here; it keeps it", OWN)
        st.text_input(f"Type “{CONFIRM}” to confirm", key=WORD, max_chars=20, width=280)
        st.form_submit_button(
            "Restore this backup",
            key=NOW,
            type="primary",
            icon=":material/settings_backup_restore:",
            on_click=_restore,
            args=(memory, source),
        )


def _restore(memory: Memory, source: "UploadedFile") -> None:
    theirs, own = take(THEIRS) or None, take(OWN) or None
    if take(WORD).strip().lower() != CONFIRM:
        st.session_state[PROBLEM] = f"Nothing was restored: type “{CONFIRM}” first."
        return
    _carry_out(
        lambda: memory.restore_backup(source, passphrase=theirs, current=own), source, theirs or own
    )


def _restore_unopened(settings: Settings, source: "UploadedFile") -> None:
    theirs = take(THEIRS) or None

    def restore() -> RestoreReport:
        close_memory()
        return Memory.restore_unopened(settings, source, passphrase=theirs)

    _carry_out(restore, source, theirs)


def _carry_out(
    restore: Callable[[], RestoreReport], source: "UploadedFile", passphrase: str | None
) -> None:
    try:
        report = restore()
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.session_state[DONE] = report
    st.session_state.pop(FOUND, None)
    begin_anew(FILE)
    let_go_of(source)
    close_memory()
    try_to_open(passphrase)


def _draw_problem() -> None:
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(literal(problem), icon=":material/error:")


def draw_restored() -> None:
    """Above whatever page comes next, once."""
    report: RestoreReport | None = st.session_state.pop(DONE, None)
    if report is None:
        return
    backup = report.plan.backup
    words = [
        f"**Restored**: the state of {at_time(backup.made_at)}, "
        f"with {count_of(backup.memories, 'memory')} in the backup."
    ]
    if erased := counts_in_words(report.plan.erased_since or {}):
        words.append(f"Erased from it again: {erased}.")
    if report.set_aside:
        words.append(
            f"The file that could not be opened is now “{literal(str(report.set_aside))}”; no "
            "erasure reaches it. Delete it when you do not need it."
        )
    st.success(" ".join(words), icon=":material/settings_backup_restore:")
