"""Whose memory a session shows. Every tab has one person open; a new one begins with whoever was
chosen last. What the pages keep in a session goes when another person is opened in it."""

import streamlit as st

from memory import Memory, Person

ME = "me"
"""The one who is there before anybody is added."""
YOU = "You"
_USER = "_user"
GONE = "_person_gone"
OF_THE_TAB = "_via_app"
"""What a session keeps whoever is open in it; the page is one that they have just come to."""


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
    st.session_state[_USER] = user_id


def everybody(memory: Memory) -> dict[str, str]:
    """What each is called, by user_id; oneself first, known or not."""
    known = {each.user_id: called(each) for each in memory.people()}
    return {ME: YOU} | known


def called(person: Person) -> str:
    if person.name:
        return person.name
    return YOU if person.user_id == ME else person.user_id
