"""The rules that are tried: they stand in these widgets alone, in the person's units."""

from dataclasses import replace

import streamlit as st

from memory import ForgettingRules, PolicyName
from pages.parts.forgetting.curve_words import POLICIES

ARTICLE = ForgettingRules()
KEY = "forgetting_what_if_"
"""With which the keys of the whole view begin."""
SHOWN = f"{KEY}shown"
"""The rules that the widgets were set to."""


def show_rules(rules: ForgettingRules) -> None:
    """In the widgets, whatever was tried before."""
    st.session_state[SHOWN] = rules
    for name, value in _in_widgets(rules).items():
        st.session_state[KEY + name] = value


def _in_widgets(rules: ForgettingRules) -> dict[str, object]:
    """By the names of the widgets."""
    return {
        "policy": rules.policy,
        "loss": round(100 * rules.daily_loss, 1),
        "boost": round(100 * rules.boost),
        "floor": round(100 * rules.floor),
        "thresholds": (round(100 * rules.archived_below), round(100 * rules.fading_below)),
        "grace": rules.grace_days,
    }


def tried_rules() -> ForgettingRules:
    """As the widgets have them; what was not moved is as exact as it was."""
    shown: ForgettingRules = st.session_state[SHOWN]
    now = {name: st.session_state[KEY + name] for name in _in_widgets(shown)}
    archived, fading = now["thresholds"]
    moved = {
        "policy": {"policy": PolicyName(now["policy"])},
        "loss": {"daily_loss": now["loss"] / 100},
        "boost": {"boost": now["boost"] / 100},
        "floor": {"floor": now["floor"] / 100},
        "thresholds": {"fading_below": fading / 100, "archived_below": archived / 100},
        "grace": {"grace_days": now["grace"]},
    }
    changed = [moved[name] for name, value in _in_widgets(shown).items() if now[name] != value]
    return replace(shown, **{field: value for each in changed for field, value in each.items()})


def draw_controls(held: ForgettingRules) -> None:
    with st.container(border=True, key=f"{KEY}controls"):
        _draw_policy()
        holds = round(100 * held.daily_loss, 1)  # a script may have set what no slider offers
        low, high = min(0.5, holds), max(20.0, holds)
        st.slider("Loss per day", low, high, step=0.5, format="%.1f%%", key=f"{KEY}loss")
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
