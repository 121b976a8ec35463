"""The chart of the coming year: how many memories are in which stage on each day.

A step to another day changes the chosen day's data alone: the browser draws the rest once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from memory import Forecast, StageCounts
from pages.parts.charts import colours, draw_chart, ink
from pages.parts.forgetting.chart_parts import (
    GREY,
    ORANGE,
    TEAL,
    counts_axis,
    days_axis,
    nearest,
    told_words,
)
from pages.parts.forgetting.curve_words import ahead, day_name, short_day

if TYPE_CHECKING:
    import altair

DAYS = 365
PIXELS = 300
ALPHA = ("E6", "D9", "55")
"""What is archived is there no more."""
STAGES = {"Active": TEAL, "Fading": ORANGE, "Archived": GREY}


def draw_year(forecast: Forecast, day: int) -> None:
    import altair

    days = [forecast.start + timedelta(days=each) for each in range(DAYS + 1)]
    chart = altair.layer(
        _areas(forecast, days),
        *_chosen_day(),
        _pointer(forecast, days),
        datasets={"chosen": _chosen(forecast, day)},
    )
    draw_chart(
        chart,
        title="Memories by stage over the coming year",
        pixels=PIXELS,
        key="forgetting_future_chart",
        alt=_year_in_words(forecast),
    )


def _areas(forecast: Forecast, days: Sequence[datetime]) -> "altair.Chart":
    import altair
    import pandas as pd

    rows = [
        (at, name, count, place)
        for at, counts in zip(days, forecast.counts, strict=True)
        for place, (name, count) in enumerate(by_stage(counts).items())
    ]
    frame = pd.DataFrame(rows, columns=["day", "stage", "count", "place"])
    return (
        altair.Chart(frame)
        .mark_area(interpolate="step-after")
        .encode(
            x=days_axis(),
            y=counts_axis("count", "Memories"),
            color=altair.Color(
                "stage:N",
                scale=altair.Scale(domain=list(STAGES), range=_hues()),
                legend=altair.Legend(orient="bottom", title=None),
            ),
            order=altair.Order("place:Q"),
        )
    )


def _hues() -> list[str]:
    hues = colours()
    return [hues[hue] + alpha for hue, alpha in zip(STAGES.values(), ALPHA, strict=True)]


def _chosen(forecast: Forecast, day: int) -> list[dict[str, object]]:
    at = forecast.start + timedelta(days=day)
    return [{"day": at.timestamp() * 1000, "name": "today" if day == 0 else short_day(at)}]


def _chosen_day() -> "list[altair.Chart]":
    import altair

    base = altair.Chart(altair.NamedData("chosen")).encode(x="day:T")
    return [
        base.mark_rule(color=ink(), strokeWidth=2),
        base.mark_text(color=ink(), fontSize=12, dy=-8, y=0, fontWeight="bold").encode(
            text="name:N"
        ),
    ]


def _pointer(forecast: Forecast, days: Sequence[datetime]) -> "altair.Chart":
    import altair
    import pandas as pd

    told = [
        (at, _in_words(counts), day_name(at, forecast.start))
        for at, counts in zip(days, forecast.counts, strict=True)
    ]
    near = nearest("x")
    return (
        altair.Chart(pd.DataFrame(told, columns=["day", "words", "named"]))
        .mark_rule(color=ink())
        .encode(
            x="day:T",
            opacity=altair.condition(near, altair.value(0.5), altair.value(0)),
            tooltip=told_words("named"),
        )
        .add_params(near)
    )


# -- in words -------------------------------------------------------------------------------


def title_of(forecast: Forecast, day: int) -> str:
    at = forecast.start + timedelta(days=day)
    return "Today" if day == 0 else f"{day_name(at, forecast.start)}, {ahead(at, forecast.start)}"


def by_stage(counts: StageCounts) -> Mapping[str, int]:
    return {"Active": counts.active, "Fading": counts.fading, "Archived": counts.archived}


def _year_in_words(forecast: Forecast) -> str:
    """The same for each day: with another one the chart would be built anew, and flicker."""
    told = "; ".join(
        f"{title_of(forecast, day)}: {_in_words(forecast.counts[day])}" for day in (0, 30, 90, DAYS)
    )
    return f"Memories by stage over the coming year. {told}."


def _in_words(counts: StageCounts) -> str:
    return ", ".join(f"{count:,} {name.lower()}" for name, count in by_stage(counts).items())
