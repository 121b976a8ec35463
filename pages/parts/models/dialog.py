"""Who answers, in the sidebar and in the dialog behind it: the models of this computer and those of
elsewhere, whether one works, and which is chosen.

Nobody elsewhere is asked anything before the person asks for it there.
"""

import threading
from contextlib import suppress

import streamlit as st

from memory import BUILT_IN, REMOTE_MODEL, AppError, Memory, ModelChoice
from pages.parts.models.agree import draw_terms
from pages.parts.models.elsewhere import draw_elsewhere
from pages.parts.models.here import draw_here
from pages.parts.models.state import (
    ELSEWHERE,
    GROUP,
    HERE,
    OPEN,
    PROBLEM,
    TESTED,
    Picked,
    forget_tested,
    open_dialog,
)
from pages.parts.models.words import dollars, elsewhere, is_elsewhere, provider_of, where
from pages.parts.shared import agreed, literal

SENT_IN_A_TEST = (
    "The test asks for one word, and sends nothing of yours. It may cost a fraction of a cent."
)


# -- in the sidebar -------------------------------------------------------------------------


def draw_answerer(memory: Memory, user: str) -> None:
    """Who answers, and the way to another one."""
    chosen = memory.chosen_model(user)
    name = memory.answerer(user)
    st.markdown(f"**Model:** {literal(name)}")
    if chosen is not None and is_elsewhere(chosen):
        st.caption(f"{where(chosen)}. What you say to it leaves this computer, masked.")
    elif chosen is not None:
        st.caption(f"{where(chosen)}. What you say to it stays on this computer.")
    elif name == BUILT_IN:
        st.caption("No model is connected: answers come from what you told Recollect.")
    st.button(
        "Choose a model",
        key="model_choose",
        icon=":material/tune:",
        width="stretch",
        on_click=open_dialog,
        args=(True,),
    )


def draw_leaving(memory: Memory, user: str) -> None:
    """Where it is always seen: that what is said goes elsewhere, to whom, and for how much."""
    chosen = elsewhere(memory, user)
    if chosen is None:
        return
    with st.container(border=True, gap="xxsmall", key="sidebar_elsewhere"):
        st.markdown(
            f":material/cloud_upload: **{literal(chosen.model)}** at "
            f"{literal(provider_of(chosen))} answers"
        )
        with suppress(AppError):  # told where it is spent
            spending = memory.spending(user)
            of = "" if spending.budget is None else f" of {dollars(spending.budget)}"
            if spending.spent or spending.budget is not None:
                st.caption(literal(f"{dollars(spending.spent)}{of} this month"))
        st.page_link(
            "pages/privacy.py",
            label="What left",
            icon=":material/outbox:",
            query_params={"view": "sent"},
        )


def draw_dialog(memory: Memory, user: str) -> None:
    """If it is open."""
    if st.session_state.get(OPEN):
        _choose(memory, user)


# -- the dialog -----------------------------------------------------------------------------


@st.dialog("Who answers", width="medium", on_dismiss=open_dialog)
def _choose(memory: Memory, user: str) -> None:
    if not st.session_state[OPEN]:
        st.rerun()  # it is done: the page without the dialog
    if GROUP not in st.session_state:
        st.session_state[GROUP] = ELSEWHERE if elsewhere(memory, user) else HERE
    group = st.segmented_control(
        "Where",
        [HERE, ELSEWHERE],
        key=GROUP,
        required=True,
        label_visibility="collapsed",
        on_change=forget_tested,
    )
    picked = (draw_elsewhere if group == ELSEWHERE else draw_here)(memory, user)
    if picked is not None:
        _draw_use(memory, user, picked)
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(literal(problem), icon=":material/error:")


def _draw_use(memory: Memory, user: str, picked: Picked) -> None:
    choice = picked.choice
    leaves = choice is not None and is_elsewhere(choice)
    asks = leaves and not agreed(memory, REMOTE_MODEL)
    if asks and choice is not None:
        draw_terms(memory, provider_of(choice))
    with st.container(horizontal=True):
        st.button(
            "Agree and use it" if asks else "Use it",
            key="model_use",
            type="primary",
            on_click=_use,
            args=(memory, user, choice, asks),
        )
        tests = choice is not None and st.button("Test the connection", key="model_test")
    if leaves:
        st.caption(SENT_IN_A_TEST)
    if choice is not None and tests:
        loaded = "" if leaves else "; a large model may have to be loaded first"
        with st.spinner(f"It is asked for one word{loaded}"):
            st.session_state[TESTED] = memory.test_model(choice, user_id=user)
    _draw_tested()


def _use(memory: Memory, user: str, choice: ModelChoice | None, agrees: bool) -> None:
    """``agrees``: to what is shown above the button."""
    try:
        if agrees:
            memory.grant(user, REMOTE_MODEL)
        memory.choose_model(user, choice)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        open_dialog(False)
        warm_up_model(memory, user)


def _draw_tested() -> None:
    tested = st.session_state.get(TESTED)
    if tested is not None:
        (st.success if tested.works else st.warning)(
            literal(tested.says),
            icon=":material/check_circle:" if tested.works else ":material/error:",
        )


# -- ahead of the first answer --------------------------------------------------------------


def warm_up_model(memory: Memory, user: str) -> None:
    """What the first answer would wait for is loaded in the background."""

    def load() -> None:
        with suppress(AppError):  # told where it is needed: a page can say it, a thread cannot
            memory.warm_up_model(user)

    threading.Thread(target=load, name="warm up the model", daemon=True).start()
