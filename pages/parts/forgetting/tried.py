"""The rules that are tried: they stand in these widgets alone, in the person's units."""

import streamlit as st

from memory import ForgettingRules, PolicyName
from pages.parts.forgetting.curve_words import POLICIES

ARTICLE = ForgettingRules()
KEY = "forgetting_what_if_"
"""With which the keys of the whole view begin."""


def show_rules(rules: ForgettingRules) -> None:
    """In the widgets, whatever was tried before."""
    st.session_state[f"{KEY}policy"] = rules.policy
    st.session_state[f"{KEY}loss"] = round(100 * rules.daily_loss, 1)
    st.session_state[f"{KEY}boost"] = round(100 * rules.boost)
    st.session_state[f"{KEY}floor"] = round(100 * rules.floor)
    st.session_state[f"{KEY}thresholds"] = (
        round(100 * rules.archived_below),
        round(100 * rules.fading_below),
    )
    st.session_state[f"{KEY}grace"] = rules.grace_days


def tried_rules() -> ForgettingRules:
    """As the widgets have them."""
    archived, fading = st.session_state[f"{KEY}thresholds"]
    return ForgettingRules(
        policy=PolicyName(st.session_state[f"{KEY}policy"]),
        daily_loss=st.session_state[f"{KEY}loss"] / 100,
        boost=st.session_state[f"{KEY}boost"] / 100,
        floor=st.session_state[f"{KEY}floor"] / 100,
        fading_below=fading / 100,
        archived_below=archived / 100,
        grace_days=st.session_state[f"{KEY}grace"],
    )


def draw_controls() -> None:
    with st.container(border=True, key=f"{KEY}controls"):
        _draw_policy()
        st.slider("Loss per day", 0.5, 20.0, step=0.5, format="%.1f%%", key=f"{KEY}loss")
        _draw_shares()
        st.number_input(
            "Days of grace",
            0,
            3650,
            step=5,
            key=f"{KEY}grace",
            help="Days in the archive before a memory may be erased. No chart shows them.",
        )
        st.button(
            "The article’s settings",
            key=f"{KEY}article",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=show_rules,
            args=(ARTICLE,),
        )


def _draw_policy() -> None:
    st.segmented_control(
        "Policy",
        list(POLICIES),
        format_func=POLICIES.__getitem__,
        required=True,
        key=f"{KEY}policy",
        help="Exponential: the same share each day. Stability: ever more slowly, and the more "
        "slowly the more well-spaced its uses were.",
    )


def _draw_shares() -> None:
    st.slider(
        "Boost of a use",
        0,
        100,
        step=5,
        format="%d%%",
        key=f"{KEY}boost",
        help="Share of what it lacks to full strength that a memory gains.",
    )
    st.slider(
        "Floor",
        0,
        100,
        step=5,
        format="%d%%",
        key=f"{KEY}floor",
        help="What your profile, and whatever is very important, never falls below.",
    )
    st.slider(
        "Archived below, fading below",
        0,
        100,
        format="%d%%",
        key=f"{KEY}thresholds",
        help="The lower one archives, the upper one warns.",
    )
