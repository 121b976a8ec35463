"""How many memories are how strong: bars, with the strengths at which they fade and go."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from memory import ForgettingRules
from pages.parts.charts import colours, draw_chart, ink
from pages.parts.forgetting.chart_parts import GREY, ORANGE, TEAL, counts_axis
from pages.parts.shared import count_of

if TYPE_CHECKING:
    import altair

HEIGHT_PIXELS = 220
ACTIVE, FADING, WEAK = "Active", "Fading", "Weak enough for the archive"
HUES = {ACTIVE: TEAL, FADING: ORANGE, WEAK: GREY}


def draw_spread(spread: Sequence[int], rules: ForgettingRules) -> None:
    """``spread``: how many are in each equal part of strength, the weakest first."""
    import altair

    st.header("How strong your memories are", anchor=False)
    chart = altair.layer(_bars(spread, rules), *_thresholds(rules))
    told = in_words(spread, rules)
    draw_chart(chart, title=None, pixels=HEIGHT_PIXELS, key="forgetting_spread", alt=told)


def _bars(spread: Sequence[int], rules: ForgettingRules) -> "altair.Chart":
    import altair
    import pandas as pd

    hues = [colours()[hue] for hue in HUES.values()]
    return (
        altair.Chart(pd.DataFrame(_counted(spread, rules)))
        .mark_bar(binSpacing=1)
        .encode(
            x=altair.X(
                "from:Q",
                bin="binned",
                title="Strength",
                scale=altair.Scale(domain=[0, 1]),
                axis=altair.Axis(format="%", tickCount=5, grid=False),
            ),
            x2="to:Q",
            y=counts_axis("memories", "Memories", ticks=4),
            color=altair.Color(
                "stage:N",
                title=None,
                scale=altair.Scale(domain=list(HUES), range=hues),
                legend=altair.Legend(orient="bottom", columns=3),
            ),
            tooltip=[
                altair.Tooltip("strength:N", title="Strength"),
                altair.Tooltip("memories:Q", title="Memories", format=","),
            ],
        )
    )


def _thresholds(rules: ForgettingRules) -> "list[altair.Chart]":
    """Named above the bars, away from each other: on a phone they stand close together."""
    import altair
    import pandas as pd

    archived, fading = rules.archived_below, rules.fading_below
    lines = altair.Chart(pd.DataFrame({"at": [archived, fading]}))
    names = [
        lines.transform_filter(altair.datum.at == at)
        .mark_text(align=align, dx=dx, dy=-6, baseline="bottom", color=ink())
        .encode(x="at:Q", y=altair.value(0), text=altair.value(f"{name} {at:.0%}"))
        for name, at, align, dx in (
            ("archived", archived, "right", 4),
            ("fading", fading, "left", -4),
        )
    ]
    return [lines.mark_rule(strokeDash=[4, 3], color=ink()).encode(x="at:Q"), *names]


def _counted(spread: Sequence[int], rules: ForgettingRules) -> dict[str, list[object]]:
    edges = _edges(spread)
    return {
        "from": [low for low, _ in edges],
        "to": [high for _, high in edges],
        "memories": list(spread),
        "strength": [f"{low:.0%} to {high:.0%}" for low, high in edges],
        "stage": [_stage((low + high) / 2, rules) for low, high in edges],
    }


def _edges(spread: Sequence[int]) -> list[tuple[float, float]]:
    return [(place / len(spread), (place + 1) / len(spread)) for place in range(len(spread))]


def _stage(strength: float, rules: ForgettingRules) -> str:
    if strength < rules.archived_below:
        return WEAK
    return FADING if strength < rules.fading_below else ACTIVE


def in_words(spread: Sequence[int], rules: ForgettingRules) -> str:
    """What the bars say, for whoever does not see them: “Of 60 memories, 40 …”."""
    bars = [
        f"{count} from {low:.0%} to {high:.0%}"
        for count, (low, high) in zip(spread, _edges(spread), strict=True)
        if count
    ]
    return (
        f"How strong {count_of(sum(spread), 'memory')} not in the archive are. "
        f"By strength: {', '.join(bars)}. Below {rules.fading_below:.0%} they are fading, below "
        f"{rules.archived_below:.0%} weak enough for the archive."
    )
