"""Help, from every page: the tour once more, and what people ask first."""

import streamlit as st

from memory import Memory
from pages.parts.shared import literal
from pages.parts.start import tour

OPEN = "help_open"

QUESTIONS = (
    (
        "Where is my data?",
        "In one SQLite file on this computer: {database}. Beside it lie the keys of its audit. "
        "There is no account and no server elsewhere. With a passphrase (Privacy, *Your data*) the "
        "file is encrypted.",
    ),
    (
        "How do I move it to another computer?",
        "Under Privacy, *Your data*: take an **export** and import it there, or make a **backup** "
        "and restore it there. An export is one person’s, and can be read; a backup is the whole "
        "file.",
    ),
    (
        "How do I use it on two computers?",
        "One at a time: move an export or a backup. The file must not lie in a folder that is "
        "synchronised or shared over the network while Recollect is open. For a copy that follows "
        "along, Litestream can replicate the one file; go on at the other computer only after "
        "Recollect is closed here.",
    ),
    (
        "How do I connect a model?",
        "In the sidebar under **Assistant**, *Choose a model*. Ollama, llama.cpp and LM Studio are "
        "found by themselves when they run. Models elsewhere need a key; you see what would leave "
        "before it does.",
    ),
    (
        "Why are the answers so plain?",
        "Without a model, Recollect answers from memory alone: it quotes what you said, with its "
        "date, and says so when it knows nothing. Connect a model for everything else.",
    ),
    (
        "What happens when I forget something, or erase it?",
        "**Forget** takes it out of use at once and can be undone for {undo} minutes; then it is "
        "erased. **Erase**, under Privacy, has no undo: text, meaning, names and copies go from "
        "the file, which is then searched, and you get a receipt without content. Exports and "
        "backups that you took earlier are beyond its reach.",
    ),
    (
        "Does it forget by itself?",
        "A memory that is not used fades, is archived, and a month later at the earliest erased, "
        "never unseen. Pins, your profile and what is very important stay. **Forgetting** shows "
        "what will fade, and changes the rules.",
    ),
    (
        "Who else can read it?",
        "Whoever can use your account on this computer, unless the file has a passphrase. "
        "**People** keeps memories apart, and does not lock them.",
    ),
)


def draw_way_to_help() -> None:
    st.button(
        "Help",
        key="help_show",
        icon=":material/help:",
        type="tertiary",
        on_click=open_dialog,
        args=(True,),
    )


def open_dialog(is_open: bool = False) -> None:
    st.session_state[OPEN] = is_open


def draw_dialog(memory: Memory) -> None:
    """If it is open."""
    if st.session_state.get(OPEN):
        _draw(memory)


def _take_tour() -> None:
    open_dialog(False)
    tour.begin()


@st.dialog("Help", icon=":material/help:", width="medium", on_dismiss=open_dialog)
def _draw(memory: Memory) -> None:
    if not st.session_state.get(OPEN):
        st.rerun()  # it is done: the page without the dialog
    if st.button("Take the tour", key="help_tour", icon=":material/tour:", on_click=_take_tour):
        st.rerun()
    known = {
        "database": literal(str(memory.settings.database)),
        "undo": str(round(memory.settings.undo_seconds / 60)),
    }
    for number, (question, answer) in enumerate(QUESTIONS):
        with st.expander(question, key=f"help_{number}"):
            st.markdown(answer.format(**known))
    st.caption("Every setting, and how to use Recollect from Python, stands in README.md.")
