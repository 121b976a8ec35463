"""The page that stands in for all others when the database cannot be used: what happened, what was
not changed, what to do."""

import os
from dataclasses import dataclass

import streamlit as st

from memory import (
    AppError,
    DamagedDatabase,
    DatabaseBusy,
    DiskError,
    DiskFull,
    ForeignDatabase,
    KeysUnreadable,
    Memory,
    NewerSchema,
    NotADatabase,
    PassphraseNeeded,
    Settings,
    StoreUnavailable,
    UnwritableFile,
)
from pages.parts.shared import capitalised, draw_error, literal, open_memory
from pages.parts.unlock import draw_unlock
from pages.parts.yours.restore import draw_restore_unopened, draw_restored

UNDER_WAY = "_failure"
PAGE_PIXELS = 720
"""Lines to be read stay short, also where tables have the whole width."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of failure is told."""

    title: str
    unchanged: str
    """What was, and was not, changed."""
    steps: tuple[str, ...]


ELSEWHERE = "Or set `{setting}` to another file, and start Recollect again."

OTHERS = Words("The database cannot be opened", "{message}", ("Then press **Try again**.",))
WORDS: dict[type[StoreUnavailable], Words] = {
    NotADatabase: Words(
        "This file is not a database",
        "Recollect did not write into it.",
        (
            "If it is something else of yours: set `RECOLLECT_DATABASE` to another file, and start "
            "Recollect again.",
            "If your memories should be here: put a copy of them in its place, and press "
            "**Try again**.",
        ),
    ),
    ForeignDatabase: Words(
        "This file belongs to another program",
        "It is a database, but not one of Recollect’s. Nothing was changed in it.",
        ("Set `RECOLLECT_DATABASE` to another file.", "Start Recollect again."),
    ),
    NewerSchema: Words(
        "This file was made by a newer Recollect",
        "This version does not know how it is arranged, so nothing was changed in it.",
        ("Update Recollect, and start it again.", ELSEWHERE),
    ),
    DamagedDatabase: Words(
        "The database is damaged",
        "Parts of the file cannot be read: a disk that fails, or another program that wrote into "
        "it. Recollect changes nothing in it.",
        (
            "Download what can still be read, below. If that fails, nothing of it can be.",
            "If you have a backup of Recollect, restore it below: the damaged file is set aside, "
            "not deleted.",
            "If not: stop Recollect, move the file away, together with those that begin with its "
            "name, and start it again with a new one. Keep them: a later attempt may read more.",
        ),
    ),
    UnwritableFile: Words(
        "The file or its folder cannot be written",
        "{reason}. Recollect does not start where it could not keep what you say; nothing was "
        "changed.",
        ("Put that right, and press **Try again**.", ELSEWHERE),
    ),
    DiskFull: Words(
        "The disk is full",
        "Nothing was lost: what was saved before is still in the file.",
        ("Free some space on the disk that holds it.", "Press **Try again**."),
    ),
    DatabaseBusy: Words(
        "Another program is holding the database",
        "Nothing was changed. Two Recollects may share a file; this one waited ten seconds.",
        (
            "Close the other program, or let it finish: a backup or a database browser, perhaps.",
            "Press **Try again**.",
        ),
    ),
    DiskError: Words(
        "The disk reported an error",
        "What was being done was taken back.",
        (
            "Check that the disk is connected, and healthy.",
            "Make a copy of the file while it can be read.",
            "Press **Try again**.",
        ),
    ),
    KeysUnreadable: Words(
        "The keys of the audit cannot be read",
        "Your memories are not touched. Without the keys nothing is written, as the audit could "
        "not tell of it.",
        (
            "Put a copy of the key file in its place, and press **Try again**.",
            "Without a copy: move the file away. A new one is made, and the audit so far can no "
            "longer be verified.",
        ),
    ),
}


# Reading goes on, in the page that is open.
WARNINGS: dict[type[StoreUnavailable], str] = {
    DiskFull: "**The disk is full: nothing new is saved.** Free some space.",
    UnwritableFile: "**The file can no longer be written: nothing new is saved.** Check its disk "
    "and who owns it.",
    DatabaseBusy: "**Another program is holding the database: nothing new is saved.** Close it.",
    DiskError: "**The disk reported an error: nothing new is saved.** Check the disk.",
    KeysUnreadable: "**The keys of the audit cannot be read: nothing new is saved.** Put a copy of "
    "the key file back.",
}
WHAT_IT_MEANS = (
    "What was saved before is here to read. What is due to be erased waits until the file can be "
    "written again."
)


SECRETS_UNREADABLE = (
    "**{file} cannot be read, so no key is taken from it.** Each line of it is a name and a value "
    'in quotes, such as `OPENAI_API_KEY = "…"`. Correct it, or remove it, and reload the page.'
)


def read_secrets() -> None:
    """Before the memory is opened: Streamlit puts what stands in its file of secrets into the
    environment, but only once somebody has asked for one. Nothing is said where there is none."""
    try:
        len(st.secrets)
    except (OSError, ValueError) as error:  # also what is no TOML, or no text
        files = [path for path in st.get_option("secrets.files") if os.path.lexists(path)]
        if files or not isinstance(error, FileNotFoundError):
            told = SECRETS_UNREADABLE.format(file=literal(", ".join(files) or "A file of secrets"))
            st.warning(told, icon=":material/key_off:")


def memory_or_stop() -> Memory:
    """The one engine. Without it the page of the failure is drawn, and nothing else."""
    try:
        if under_way := st.session_state.pop(UNDER_WAY, None):
            raise under_way
        memory = open_memory()
        draw_restored()
        return memory
    except PassphraseNeeded as error:
        with st.container(width=PAGE_PIXELS):
            draw_unlock(error)
        st.stop()
    except StoreUnavailable as error:
        _draw(error)
        st.stop()
    except AppError as error:
        draw_error(error)
        st.stop()


def draw_problem(error: AppError) -> None:
    """What went wrong while a page was drawn: beneath it, or in its place when the file cannot
    even be read."""
    if isinstance(error, StoreUnavailable) and type(error) not in WARNINGS:
        st.session_state[UNDER_WAY] = error
        st.rerun()  # half of the page stands there already
    draw_error(error)


def draw_warning(error: StoreUnavailable) -> None:
    """Above a page. Raises the error again when there is nothing to be read either."""
    if type(error) not in WARNINGS:
        raise error
    st.warning(f"{WARNINGS[type(error)]} {WHAT_IT_MEANS}", icon=":material/save_as:")


def _draw(error: StoreUnavailable) -> None:
    words = WORDS.get(type(error), OTHERS)
    told = {
        "message": literal(str(error)),
        "setting": getattr(error, "setting", "RECOLLECT_DATABASE"),
        "reason": _sentence(getattr(error, "reason", "")),
    }
    with st.container(width=PAGE_PIXELS):
        st.title(words.title, anchor=False)
        st.markdown(words.unchanged.format_map(told))
        st.code(str(error.path), language=None, wrap_lines=True)
        steps = [step.format_map(told) for step in words.steps]
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)))
        damaged = isinstance(error, DamagedDatabase)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if damaged:
                _draw_download()
            st.button(
                "Try again",
                key="failure_again",
                type="secondary" if damaged else "primary",
                icon=":material/refresh:",
            )
        if damaged:
            with st.expander("Restore a backup", icon=":material/settings_backup_restore:"):
                draw_restore_unopened(Settings.from_env())


def _sentence(reason: str) -> str:
    return literal(capitalised(reason))


def _draw_download() -> None:
    settings, passphrase = Settings.from_env(), None
    if Memory.is_locked(settings):
        passphrase = st.text_input(
            "Passphrase, to read it", type="password", key="failure_passphrase", autocomplete="off"
        )
    st.download_button(
        "Download what can be read",
        data=lambda: Memory.salvage(settings, passphrase=passphrase),
        file_name="recollect-salvage.zip",
        mime="application/zip",
        key="failure_download",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )
