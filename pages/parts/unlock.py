"""The page in place of all others while the file is locked: its passphrase, or what to do without.

What is typed is tried and kept nowhere.
"""

import streamlit as st

from memory import Memory, PassphraseNeeded, Settings, WrongPassphrase
from pages.parts.locking import draw_passphrase_field, take, try_to_open
from pages.parts.shared import attempt, literal
from pages.parts.yours.restore import draw_restore_unopened

TYPED, PROBLEM, ANEW = "unlock_passphrase", "unlock_problem", "unlock_anew"
WRONG = (
    "This passphrase does not open the file. Check how it is typed: capitals, blanks and the "
    "language of the keyboard count. If you are sure of it, the beginning of the file may be "
    "damaged: restore a backup, below."
)
GIVEN = (
    "The passphrase in `RECOLLECT_PASSPHRASE` does not open the file. Type the right one here, and "
    "correct it there."
)
LOST = (
    "Nothing can bring a lost passphrase back: it is stored nowhere, and there is no other way in. "
    "Keep the file; you may remember the passphrase yet. Until then, go on with another file:"
)


def draw_unlock(error: PassphraseNeeded) -> None:
    st.title("Recollect is locked", anchor=False)
    st.markdown("Its file is encrypted. Enter the passphrase to open it.")
    st.code(str(error.path), language=None, wrap_lines=True)
    with st.form("unlock_form", border=False, clear_on_submit=True):
        draw_passphrase_field("Passphrase", TYPED, autocomplete="current-password", width="stretch")
        st.form_submit_button(
            "Unlock",
            key="unlock_submit",
            type="primary",
            icon=":material/lock_open:",
            on_click=_unlock,
        )
    problem = st.session_state.pop(PROBLEM, None)
    if problem:
        st.error(literal(problem), icon=":material/error:")
    elif isinstance(error, WrongPassphrase):  # nobody has typed one yet
        st.error(GIVEN, icon=":material/error:")
    _draw_lost()


def _unlock() -> None:
    hindrance = try_to_open(take(TYPED))
    if hindrance is not None:
        wrong = isinstance(hindrance, PassphraseNeeded)
        st.session_state[PROBLEM] = WRONG if wrong else str(hindrance)


def _draw_lost() -> None:
    with st.expander("I do not know the passphrase", icon=":material/help:", key="unlock_lost"):
        st.markdown(LOST)
        st.markdown("**Restore a backup** made before the passphrase was set, or with another one.")
        draw_restore_unopened(Settings.from_env())
        st.markdown("**Or begin with an empty file.** The locked one is set aside, not deleted.")
        st.button("Begin anew", key=ANEW, on_click=attempt, args=(_begin_anew,))


def _begin_anew() -> None:
    aside = Memory.set_aside(Settings.from_env())
    st.toast(f"The locked file is now “{literal(str(aside))}”.", icon=":material/drive_file_move:")
