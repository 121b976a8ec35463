"""What the charts of forgetting are made of: hues, axes, and how the pointer finds what it is
told."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pages.parts.charts import ink

if TYPE_CHECKING:
    import altair

TEAL, ORANGE, GREY = 0, 1, 6
"""Places among the theme's colours: active, fading, archived."""
TICKS = 6


# -- axes -----------------------------------------------------------------------------------


def days_axis() -> "altair.X":
    """Begins and ends with the data: a round date would leave an empty edge."""
    import altair

    return altair.X(
        "day:T",
        title=None,
        scale=altair.Scale(nice=False),
        axis=altair.Axis(grid=False, tickCount=TICKS, labelFlush=True),
    )


def counts_axis(column: str, title: str, ticks: int = TICKS) -> "altair.Y":
    """No mark between two whole numbers."""
    import altair

    axis = altair.Axis(format=",d", tickMinStep=1, tickCount=ticks)
    return altair.Y(f"{column}:Q", title=title, axis=axis)


def rule_with_name(day: datetime, name: str) -> "list[altair.Chart]":
    """Over the whole height, its name on top."""
    import altair
    import pandas as pd

    base = altair.Chart(pd.DataFrame({"day": [day], "name": [name]})).encode(x="day:T")
    return [
        base.mark_rule(color=ink(), opacity=0.45),
        base.mark_text(color=ink(), fontSize=12, dy=-8, y=0).encode(text="name:N"),
    ]


# -- the pointer ----------------------------------------------------------------------------


def nearest(*encodings: Literal["x"]) -> "altair.Parameter":
    """What is nearest to the pointer: in the plane, or along these."""
    import altair

    return altair.selection_point(
        on="pointermove",
        clear="pointerout",
        nearest=True,
        empty=False,
        name="near",
        **({"encodings": list(encodings)} if encodings else {}),
    )


def told_words(heading: str) -> "list[altair.Tooltip]":
    """The column ``words``, under what stands in the column ``heading``."""
    import altair

    return [altair.Tooltip(f"{heading}:N", title="title"), altair.Tooltip("words:N", title=" ")]
