"""Whose memory a session shows. Every tab has one person open; a new one begins with whoever was
chosen last. What the pages keep in a session goes when another person is opened in it."""

from enum import Enum, auto

import streamlit as st

from memory import Memory, Person

ME = "me"
"""The one who is there before anybody is added."""
YOU = "You"
_USER, _CHANGE = "_user", "_change"
GONE = "_person_gone"
OF_THE_TAB = "_via_app"
"""What a session keeps whoever is open in it; the page is one that they have just come to."""


class Change(Enum):
    """From one person to another."""

    BEGUN = auto()
    EMPTIED = auto()


def user() -> str:
    """The user_id of the person who is open here."""
    open_here: str = st.session_state[_USER]
    return open_here


def is_me() -> bool:
    return user() == ME


def settle(memory: Memory) -> None:
    """Before anything is drawn: who is open here. One who was erased elsewhere is so no more."""
    here = st.session_state.get(_USER)
    if here is None:
        st.session_state[_USER] = memory.chosen_person() or ME
    elif here != ME and all(each.user_id != here for each in memory.people()):
        become(ME)
        st.session_state[GONE] = True


def become(user_id: str) -> None:
    """Open another person in this session; nothing of the one before stays in it."""
    for key in list(st.session_state):
        if key != OF_THE_TAB:
            del st.session_state[key]
    st.query_params.clear()
    st.session_state.update({_USER: user_id, _CHANGE: Change.BEGUN})


def change_over() -> None:
    """After another person was opened: one page with nothing on it. What stands in a field is kept
    by the browser as long as the field is there, and would be the other one's next."""
    if _CHANGE in st.session_state:
        _go_on()
        st.stop()


@st.fragment(run_every=0.1)
def _go_on() -> None:
    """The page is empty when this runs for a second time."""
    if st.session_state[_CHANGE] is Change.BEGUN:
        st.session_state[_CHANGE] = Change.EMPTIED
    else:
        del st.session_state[_CHANGE]
        st.rerun()


def everybody(memory: Memory) -> dict[str, str]:
    """What each is called, by user_id; oneself first, known or not."""
    known = {each.user_id: called(each) for each in memory.people()}
    return {ME: YOU} | known


def called(person: Person) -> str:
    if person.name:
        return person.name
    return YOU if person.user_id == ME else person.user_id
