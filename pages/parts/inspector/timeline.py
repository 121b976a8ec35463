"""The Inspector's timeline: what was said and what happened, by day, the latest first."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from memory import Days, Kind, Memory, MemoryItem, Moment, Moments
from pages.parts.charts import colours, draw_chart
from pages.parts.inspector import changes
from pages.parts.shared import (
    count_of,
    draw_empty,
    draw_pages,
    literal,
    shorten,
)
from pages.parts.whose import user

PAGE = 40
"""Moments on a page."""
MONTHS = 24
"""In the chart: more would be a comb."""
CHART_PIXELS = 150
TEXT = 220
"""Characters of a memory here; its card has all."""
WHAT, NUMBER = "timeline_what", "timeline_page"
NAMES = {
    "Everything": Moments.EVERYTHING,
    "Events": Moments.EVENTS,
    "Changes": Moments.CHANGES,
    "Decisions": Moments.DECISIONS,
    "Commitments": Moments.COMMITMENTS,
}
NOTHING = {
    Moments.EVERYTHING: "What you tell Recollect stands here by its day.",
    Moments.EVENTS: "What you did, on the day you name: “I ran a marathon on 3 May.”",
    Moments.CHANGES: "What is no longer so: “We moved from MySQL to Postgres.”",
    Moments.DECISIONS: "What you settled: “We decided to use Redis.”",
    Moments.COMMITMENTS: "What you mean to do: “I will send the report by Friday.”",
}


def draw(memory: Memory) -> None:
    what = NAMES[_draw_what()]
    asked = st.session_state.get(NUMBER, 1)
    found = memory.timeline(user(), what, limit=PAGE, offset=PAGE * (asked - 1))
    if not found.total:
        draw_empty("Nothing on this timeline yet", NOTHING[what])
        return
    _draw_chart(found.months)
    st.caption(count_of(found.total, "moment"))
    listed = st.container(key="timeline_list")
    number = draw_pages(found.total, PAGE, NUMBER)
    if number != asked:
        found = memory.timeline(user(), what, limit=PAGE, offset=PAGE * (number - 1))
    with listed:
        _draw_months(found.moments)


def _draw_what() -> str:
    chosen = st.pills(
        "What",
        list(NAMES),
        default="Everything",
        required=True,
        key=WHAT,
        label_visibility="collapsed",
        on_change=_first_page,
    )
    return chosen or "Everything"


def _first_page() -> None:
    st.session_state[NUMBER] = 1


# -- the chart ------------------------------------------------------------------------------


def _draw_chart(months: Mapping[date, int]) -> None:
    """Of the latest months, those without any too; one month alone says nothing."""
    if len(months) < 2:
        return
    import altair
    import pandas as pd

    shown = _with_empty(months)
    bars = altair.Chart(pd.DataFrame({"month": list(shown), "memories": list(shown.values())}))
    drawn = bars.mark_bar(
        cornerRadiusTopLeft=3,
        cornerRadiusTopRight=3,
        color=colours()[0],
    ).encode(
        x=altair.X("yearmonth(month):O", title=None, axis=altair.Axis(format="%b %y")),
        y=altair.Y("memories:Q", title="Memories", axis=altair.Axis(format="d", tickMinStep=1)),
        tooltip=[
            altair.Tooltip("yearmonth(month):T", title="Month", format="%B %Y"),
            altair.Tooltip("memories:Q", title="Memories", format=","),
        ],
    )
    draw_chart(
        drawn,
        title="Memories by month",
        pixels=CHART_PIXELS,
        key="timeline_chart",
        alt=f"Memories by month, {min(shown):%B %Y} to {max(shown):%B %Y}: "
        + ", ".join(f"{month:%b %Y} {count}" for month, count in shown.items()),
    )


def _with_empty(months: Mapping[date, int]) -> dict[date, int]:
    """The latest months in their order, with 0 for those between that have none."""
    first, last = min(months), max(months)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers][-MONTHS:]
    return {day: months.get(day, 0) for day in days}


# -- the list -------------------------------------------------------------------------------


def _draw_months(moments: Sequence[Moment]) -> None:
    for month, its_moments in groupby(moments, lambda moment: moment.day.replace(day=1)):
        st.header(f"{month:%B %Y}", anchor=False)
        for day, of_day in groupby(its_moments, lambda moment: moment.day):
            _draw_day(day, list(of_day))


def _draw_day(day: date, moments: Sequence[Moment]) -> None:
    left, right = st.columns([1, 8], gap="small")
    left.markdown(f"**{day.day}** {day:%a}")
    with right:
        for moment in moments:
            _draw_moment(moment)


def _draw_moment(moment: Moment) -> None:
    item = moment.item
    with st.container(horizontal=True, vertical_alignment="top", gap="xsmall"):
        with st.container(gap="xxsmall", width="stretch"):
            changed = _change(moment)
            if changed:
                st.markdown(changed)
            st.markdown(literal(shorten(item.text, TEXT)) if not changed else _quoted(item))
            st.caption(" · ".join(_facts(moment)))
        st.button(
            "Open",
            key=f"timeline_open_{item.id}",
            type="tertiary",
            on_click=changes.open_in_list,
            args=(item.id,),
        )


def _quoted(item: MemoryItem) -> str:
    return f":gray[“{literal(shorten(item.text, TEXT))}”]"


def _change(moment: Moment) -> str:
    """“**Location**: Berlin → Munich”; empty where nothing was replaced."""
    was = moment.replaced.statement if moment.replaced else None
    now = moment.item.statement
    if was is None or now is None or not (was.value and now.value and now.attribute):
        return ""
    name = literal(now.attribute.capitalize())
    return f"**{name}**: {literal(was.value)} → {literal(now.value)}"


def _facts(moment: Moment) -> list[str]:
    item = moment.item
    facts = [_kind(item)]
    if item.happened and item.happened.first != item.happened.last:
        facts.append(f"some day from {_spelt(item.happened)}")
    if moment.due:
        facts.append(f"for {_spelt(moment.due)}")
    if item.happened:
        facts.append(f"said on {item.said_at.astimezone():%-d %B %Y}")
    if item.valid_until:
        facts.append(f"until {item.valid_until.astimezone():%-d %B %Y}")
    return facts


def _kind(item: MemoryItem) -> str:
    """A turn of no other kind is an event when it tells of one."""
    if item.kind is not Kind.EPISODE:
        return item.kind.value
    return "event" if item.happened or item.statement else "said"


def _spelt(days: Days) -> str:
    first = f"{days.first.day} {days.first:%B %Y}"
    last = f"{days.last.day} {days.last:%B %Y}"
    return first if first == last else f"{first} to {last}"
