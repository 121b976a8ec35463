"""Lines of strength: past and future of some memories, each use a jump, over the stages.

What the pointer is told is written in Python (``curve_words``), where it can be tested.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from memory import Curve
from pages.parts.charts import colours, draw_chart, ink, paper
from pages.parts.forgetting.chart_parts import (
    GREY,
    ORANGE,
    days_axis,
    nearest,
    rule_with_name,
    told_words,
)
from pages.parts.forgetting.curve_words import DAY, percent, short_day, told_points

if TYPE_CHECKING:
    import altair
    import pandas as pd

PIXELS = 400
LINE, THICK = 1.75, 3.0
LABEL_ROOM, LABEL_PIXELS = 0.1, 14
"""What a day's name takes: a share of the width, and its height."""
LEGEND_PIXELS, LEGEND_LINE = 270, 19
"""Of one text in the legend."""


@dataclass(frozen=True, slots=True)
class Line:
    """One curve of a chart."""

    name: str
    """Another one for each line of a chart: what has the same name would be joined."""
    curve: Curve
    thick: bool = False


def draw_lines(
    lines: Sequence[Line],
    now: datetime,
    days: int,
    *,
    title: str,
    key: str,
    alt: str,
    chosen: datetime | None = None,
) -> None:
    """Past and future of some memories, or of one by several rules; thresholds of the last.
    ``chosen``: a day to come that is marked."""
    import altair

    begin, end = _span(lines, now, days)
    points = _points(lines, now, begin)
    hues = _hues([line.name for line in lines])
    chart = altair.layer(
        *_bands(lines[-1].curve, begin, end),
        *rule_with_name(now, "today"),
        *(rule_with_name(chosen, short_day(chosen)) if chosen and chosen != now else []),
        *_strokes(points, hues),
        *_uses(lines, begin, hues),
        *_fading_days(lines, now, begin, end, hues),
        *_letters(lines, now, hues),
        _pointer(points, hues),
    )
    pixels = PIXELS + LEGEND_LINE * len(lines)
    draw_chart(chart, title=title, pixels=pixels, key=key, alt=alt)


def _hues(names: Sequence[str]) -> "altair.Color":
    """With a legend where there is something to tell apart."""
    import altair

    legend = altair.Legend(
        orient="bottom",
        columns=1,
        title=None,
        labelLimit=LEGEND_PIXELS,
        symbolType="stroke",
        symbolStrokeWidth=3,
        labelColor=ink(),
        labelFontSize=13,
        rowPadding=4,
    )
    return altair.Color(
        "series:N",
        scale=altair.Scale(domain=list(names), range=colours()[: len(names)]),
        legend=legend if len(names) > 1 else None,
    )


def _span(lines: Sequence[Line], now: datetime, days: int) -> tuple[datetime, datetime]:
    """From the first of them on, but no more of the past than of what is to come."""
    created = min(line.curve.past[0][0] for line in lines)
    return max(created, now - days * DAY), now + days * DAY


def _points(lines: Sequence[Line], now: datetime, begin: datetime) -> "pd.DataFrame":
    import pandas as pd

    rows = [
        (line.name, at, strength, part, place, line.thick, words)
        for line in lines
        for place, (at, strength, part, words) in enumerate(told_points(line.curve, now))
        if at >= begin
    ]
    columns = ["series", "day", "strength", "part", "place", "thick", "words"]
    return pd.DataFrame(rows, columns=columns)


def _bands(curve: Curve, begin: datetime, end: datetime) -> "list[altair.Chart]":
    """What is fading, and what is weak enough for the archive, named below their upper edges: above
    them stand the days."""
    import altair
    import pandas as pd

    x = days_axis()
    y = altair.Y(
        "strength:Q",
        title="Strength",
        scale=altair.Scale(domain=[0, 1]),
        axis=altair.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    drawn = []
    for name, top, low, hue in (
        ("fading", curve.fading_below, curve.archived_below, ORANGE),
        ("archived", curve.archived_below, 0.0, GREY),
    ):
        band = {"day": [begin], "end": [end], "strength": [top], "low": [low]}
        named = pd.DataFrame(band | {"name": [f"{name} below {percent(top)}"]})
        base, colour = altair.Chart(named), colours()[hue]
        drawn += [
            base.mark_rect(opacity=0.1, color=colour).encode(x=x, x2="end:T", y=y, y2="low:Q"),
            base.mark_rule(strokeDash=[2, 3], color=colour).encode(x=x, x2="end:T", y=y),
            base.mark_text(
                align="right", baseline="top", dx=-4, dy=4, fontSize=11, color=colour
            ).encode(x="end:T", y=y, text="name:N"),
        ]
    return drawn


def _strokes(points: "pd.DataFrame", hues: "altair.Color") -> "list[altair.Chart]":
    import altair

    drawn = []
    for part, dash in (("past", [1, 0]), ("future", [5, 4])):
        line = altair.Chart(points[points["part"] == part]).mark_line(strokeDash=dash)
        drawn.append(
            line.encode(
                x="day:T",
                y="strength:Q",
                color=hues,
                order="place:Q",
                strokeWidth=altair.condition(
                    "datum.thick", altair.value(THICK), altair.value(LINE)
                ),
            )
        )
    return drawn


def _uses(lines: Sequence[Line], begin: datetime, hues: "altair.Color") -> "list[altair.Chart]":
    """A dot at the top of each jump."""
    import altair
    import pandas as pd

    rows = [
        (line.name, jump.at, jump.after)
        for line in lines
        for jump in line.curve.jumps
        if jump.at >= begin
    ]
    dots = altair.Chart(pd.DataFrame(rows, columns=["series", "day", "strength"]))
    return [
        dots.mark_circle(size=55, opacity=1).encode(x="day:T", y="strength:Q", color=hues)
    ] * bool(rows)


def _fading_days(
    lines: Sequence[Line], now: datetime, begin: datetime, end: datetime, hues: "altair.Color"
) -> "list[altair.Chart]":
    """A mark where a line crosses a threshold, and the day on which it fades."""
    import altair
    import pandas as pd

    rows = []
    for line in lines:
        curve = line.curve
        for moment, strength, fades in (
            (curve.fades_at, curve.fading_below, True),
            (curve.archives_at, curve.archived_below, False),
        ):
            if moment is not None and now < moment <= end:
                rows.append((line.name, moment, strength, short_day(moment) if fades else ""))
    if not rows:
        return []
    marks = pd.DataFrame(rows, columns=["series", "day", "strength", "name"])
    shapes = altair.Chart(marks).mark_point(shape="diamond", size=70, filled=True, opacity=1)
    drawn = [shapes.encode(x="day:T", y="strength:Q", color=hues)]
    named = marks[marks["name"] != ""].sort_values("day")
    levels = _levels(list(named["day"]), begin, end)
    for level in set(levels):
        text = altair.Chart(named[[each == level for each in levels]]).mark_text(
            align="left", dx=12, dy=-9 - LABEL_PIXELS * level, fontSize=12, fontWeight="bold"
        )
        drawn.append(text.encode(x="day:T", y="strength:Q", text="name:N", color=hues))
    return drawn


def _levels(days: Sequence[datetime], begin: datetime, end: datetime) -> "list[int]":
    """Of the names above the marks, in the order of their days: one that would stand on another
    stands above it."""
    room, last, levels = LABEL_ROOM * (end - begin), [], []
    for day in days:
        level = next((n for n, taken in enumerate(last) if day - taken > room), len(last))
        last[level : level + 1] = [day]
        levels.append(level)
    return levels


def _letters(lines: Sequence[Line], now: datetime, hues: "altair.Color") -> "list[altair.Chart]":
    """Of several memories: its letter where each stands today, for who cannot tell the colours."""
    import altair
    import pandas as pd

    if len({line.curve.item and line.curve.item.id for line in lines}) < 2:
        return []
    rows = [(line.name, now, line.curve.points[0][1], line.name[0]) for line in lines]
    base = altair.Chart(pd.DataFrame(rows, columns=["series", "day", "strength", "letter"]))
    return [
        base.mark_circle(size=240, opacity=1).encode(x="day:T", y="strength:Q", color=hues),
        base.mark_text(color=paper(), fontSize=11, fontWeight="bold").encode(
            x="day:T", y="strength:Q", text="letter:N"
        ),
    ]


def _pointer(points: "pd.DataFrame", hues: "altair.Color") -> "altair.Chart":
    """The nearest point tells its story."""
    import altair

    near = nearest()
    return (
        altair.Chart(points)
        .mark_circle(size=110)
        .encode(
            x="day:T",
            y="strength:Q",
            color=hues,
            opacity=altair.condition(near, altair.value(1), altair.value(0)),
            tooltip=told_words("series"),
        )
        .add_params(near)
    )
