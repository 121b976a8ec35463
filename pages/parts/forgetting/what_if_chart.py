"""How many memories would be archived by the rules that are tried, beside those that hold."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from memory import Forecast
from pages.parts.charts import colours, draw_chart
from pages.parts.forgetting.chart_parts import (
    counts_axis,
    days_axis,
    nearest,
    told_words,
)
from pages.parts.forgetting.curve_words import DAY, day_name
from pages.parts.forgetting.tried import KEY

if TYPE_CHECKING:
    import altair
    import pandas as pd

PIXELS = 220
DASHES = ([1, 0], [6, 4])


def draw_archived(today: Forecast, tried: Forecast, days: int) -> None:
    import altair

    forecasts = {"Today’s rules": today}
    if tried.rules != today.rules:
        forecasts["These"] = tried
    base = altair.Chart(_counted(forecasts, days)).encode(
        x=days_axis(), y=counts_axis("archived", "Archived memories"), color=_hues(list(forecasts))
    )
    draw_chart(
        altair.layer(_steps(base, list(forecasts)), _pointer(base)),
        title=None,
        pixels=PIXELS,
        key=f"{KEY}chart",
        alt=f"Archived memories after {days} days: {today.counts[days].archived:,} by today’s "
        f"rules, {tried.counts[days].archived:,} by these.",
    )


def _counted(forecasts: Mapping[str, Forecast], days: int) -> "pd.DataFrame":
    """Each day by each of the rules, with its sentence."""
    import pandas as pd

    rows = []
    for name, forecast in forecasts.items():
        for day, counts in enumerate(forecast.counts[: days + 1]):
            at = forecast.start + day * DAY
            said = f"{day_name(at, forecast.start)}: {counts.archived:,} archived"
            rows.append((name, at, counts.archived, f"{said}, {counts.fading:,} fading"))
    return pd.DataFrame(rows, columns=["rules", "day", "archived", "words"])


def _hues(names: list[str]) -> "altair.Color":
    """With a legend where there is something to tell apart."""
    import altair

    legend = altair.Legend(orient="bottom", title=None, symbolType="stroke")
    return altair.Color(
        "rules:N",
        scale=altair.Scale(domain=names, range=colours()[: len(names)]),
        legend=legend if len(names) > 1 else None,
    )


def _steps(base: "altair.Chart", names: list[str]) -> "altair.Chart":
    import altair

    dashes = altair.Scale(domain=names, range=list(DASHES[: len(names)]))
    return base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        strokeDash=altair.StrokeDash("rules:N", scale=dashes, legend=None)
    )


def _pointer(base: "altair.Chart") -> "altair.Chart":
    import altair

    near = nearest()
    return (
        base.mark_circle(size=90)
        .encode(
            opacity=altair.condition(near, altair.value(1), altair.value(0)),
            tooltip=told_words("rules"),
        )
        .add_params(near)
    )
