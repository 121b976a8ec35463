"""With nothing remembered yet: a made-up memory, by the real rules, to play with."""

import streamlit as st

from memory import Curve, ForgettingRules, Memory, PolicyName
from pages.parts.forgetting.curve_words import POLICIES, ahead, day_name
from pages.parts.forgetting.lines import Line, draw_lines
from pages.parts.whose import user

AGE_DAYS = 60
"""Long enough ago for some uses to show."""
USED = (55, 45, 30, 20, 10, 3)
"""Days ago, to choose from."""
CHOSEN = [45, 20, 3]
DAYS = 90
IMPORTANCE, USES, POLICY = (
    "forgetting_example_importance",
    "forgetting_example_uses",
    "forgetting_example_policy",
)


def draw_example(memory: Memory) -> None:
    draw_title("Each memory fades, and each use brings it back. Change what happened to this one.")
    controls, drawn = st.columns([1, 2.4], gap="medium")
    with controls:
        draw_story()
        policy = st.segmented_control(
            "Policy",
            list(POLICIES),
            format_func=POLICIES.__getitem__,
            default=memory.forgetting_rules(user()).policy,
            required=True,
            key=POLICY,
        )
    with drawn:
        curve = curve_of(memory, policy)
        draw_lines(
            [Line("An example", curve)],
            memory.now(),
            DAYS,
            title="Strength over time",
            key="forgetting_example_chart",
            alt=f"A made-up memory. {in_words(memory, curve)}",
        )
        st.caption(in_words(memory, curve))


def draw_title(what_to_do: str) -> None:
    st.markdown("**Nothing is remembered yet, so here is a made-up memory.**")
    st.caption(what_to_do)


def draw_story() -> None:
    """What happened to it; each widget begins as ``curve_of`` takes it."""
    st.slider("Importance", 10, 100, 60, 5, format="%d%%", key=IMPORTANCE)
    st.pills(
        "Used, days ago",
        list(USED),
        selection_mode="multi",
        default=CHOSEN,
        wrap=True,
        key=USES,
        help=f"It was stored {AGE_DAYS} days ago. Each of these is an answer built on it.",
    )


def curve_of(
    memory: Memory, policy: ForgettingRules | PolicyName | None = None, days: int = DAYS
) -> Curve:
    return memory.example_curve(
        user(),
        importance=st.session_state.get(IMPORTANCE, 60) / 100,
        age_days=AGE_DAYS,
        used_days_ago=st.session_state.get(USES, CHOSEN),
        days=days,
        policy=policy,
    )


def in_words(memory: Memory, curve: Curve) -> str:
    now, strength = memory.now(), curve.points[0][1]
    if curve.fades_at is None:
        return f"Strength {strength:.0%} now. It never fades."
    if curve.fades_at <= now:
        return f"Strength {strength:.0%} now. It fades since {day_name(curve.fades_at, now)}."
    return (
        f"Strength {strength:.0%} now. Unused, it fades on {day_name(curve.fades_at, now)}, "
        f"{ahead(curve.fades_at, now)}."
    )
