"""Fast-forward: how many memories are active, fading and archived on each day of the coming year if
none is used, and which go when.

The forecast is worked out once for the page; a step of the slider or of the play button draws from
it. It holds ids and numbers only, as whatever a fragment is given stays in the session.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

import streamlit as st

from memory import Forecast, Memory, MemoryItem, StageCounts
from pages.parts.forgetting import example
from pages.parts.forgetting.curve_words import ahead, day_name, stage_in_words
from pages.parts.forgetting.lines import Line, draw_lines
from pages.parts.forgetting.rows import present
from pages.parts.forgetting.year_chart import DAYS, PIXELS, by_stage, draw_year, title_of
from pages.parts.shared import attempt, count_of, draw_pages, literal, shorten
from pages.parts.whose import user

STEP = 5
"""Days a tick of the play button goes on by."""
TICK_SECONDS = 0.5
ECHOES = 3
"""Ticks that a slow browser may be late by."""
PAGE = 20
TEXT = 90
DAY, PLAYING, NUMBER, REACHED = (
    "forgetting_future_day",
    "forgetting_future_playing",
    "forgetting_future_page",
    "forgetting_future_reached",
)
KEEPING: dict[str, Callable[[Memory, int], object]] = {
    "Use it once more": lambda memory, item_id: memory.reinforce([item_id]),
    "Pin": lambda memory, item_id: memory.pin(item_id),
}
"""What bends its curve at once."""


@dataclass(frozen=True, slots=True)
class Going:
    """A memory that has left a stage by some day."""

    item_id: int
    on: int
    archived: bool
    """Otherwise it fades."""


def draw_future(memory: Memory) -> None:
    today = memory.forgetting(user()).counts
    if today == StageCounts(0, 0, 0):
        _draw_example(memory)
        return
    forecast = memory.forecast(user(), days=DAYS)
    # its first day is that of a sweep; nothing is swept by looking
    forecast = replace(forecast, counts=(today, *forecast.counts[1:]))
    st.caption(_assumed(memory, forecast))
    if DAY not in st.session_state:  # another view was open: a slider is forgotten with it
        st.session_state[DAY], st.session_state[PLAYING] = 0, False
    playing = bool(st.session_state.get(PLAYING))
    st.fragment(_draw_day, run_every=TICK_SECONDS if playing else None)(memory, forecast, playing)


def _assumed(memory: Memory, forecast: Forecast) -> str:
    if memory.holiday(user()):
        return ":material/beach_access: Holiday mode is on: nothing fades while it is on."
    due = sum(each.archives_on == 0 for each in forecast.leaving)
    said = "If nothing is used from now on, and a sweep is made each day."
    if not due:
        return said
    is_weak = "is weak enough for that" if due == 1 else "are weak enough for that"
    return f"{said} {count_of(due, 'memory')} {is_weak} already."


# -- playing --------------------------------------------------------------------------------


def _toggle() -> None:
    """Plays on from where it is, and from the first day again at the end."""
    playing = not st.session_state.get(PLAYING)
    st.session_state[PLAYING] = playing
    if playing and st.session_state[DAY] >= DAYS:
        st.session_state[DAY] = 0
    st.session_state[REACHED] = st.session_state[DAY]


def pause() -> None:
    """For who goes to another view: a tick that was under way brings the day back there."""
    st.session_state[PLAYING] = False


def _moved() -> None:
    """Whoever moves the slider has paused it. A day that it played a moment ago comes back from a
    browser that had not heard of the next one yet."""
    if st.session_state.get(PLAYING) and st.session_state[DAY] in _just_played():
        st.session_state[DAY] = st.session_state[REACHED]
    else:
        st.session_state[PLAYING] = False


def _just_played() -> range:
    reached = st.session_state.get(REACHED, 0)
    return range(reached, reached - ECHOES * STEP - 1, -STEP)


def _go_on(*, playing: bool) -> None:
    """A step, if it plays. How often the fragment runs is decided when the whole page does."""
    if playing and st.session_state[DAY] >= DAYS:
        st.session_state[PLAYING] = False
    if bool(st.session_state.get(PLAYING)) != playing:
        st.rerun()
    if playing:
        st.session_state[DAY] = st.session_state[REACHED] = min(DAYS, st.session_state[DAY] + STEP)


# -- a day ----------------------------------------------------------------------------------


def _draw_day(memory: Memory, forecast: Forecast, playing: bool) -> None:
    _go_on(playing=playing)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.button(
            "Pause" if playing else "Play",
            key="forgetting_future_play",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            type="primary",
            on_click=_toggle,
        )
        day = st.slider("Days from now", 0, DAYS, key=DAY, on_change=_moved)
    st.header(title_of(forecast, day), anchor=False)
    _draw_numbers(forecast.counts[0], forecast.counts[day])
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        draw_year(forecast, day)
    with right:
        _draw_going(memory, forecast, day, playing=playing)


def _draw_numbers(today: StageCounts, then: StageCounts) -> None:
    with st.grid(3, min_column_width=95, gap="small"):
        for (name, now), after in zip(
            by_stage(today).items(), by_stage(then).values(), strict=True
        ):
            st.metric(
                name,
                f"{after:,}",
                f"{after - now:+,}" if after != now else "as today",
                delta_color="off",
                delta_arrow="off",
                border=True,
            )


# -- which go -------------------------------------------------------------------------------


def gone_by(forecast: Forecast, day: int) -> list[Going]:
    """By that day, each with the last that happens to it, the latest first. What is weak enough
    for the archive today goes with tomorrow's sweep."""
    going = []
    for each in forecast.leaving:
        archives_on = None if each.archives_on is None else max(1, each.archives_on)
        if archives_on is not None and archives_on <= day:
            going.append(Going(each.item_id, archives_on, archived=True))
        elif each.fades_on is not None and 0 < each.fades_on <= day:
            going.append(Going(each.item_id, each.fades_on, archived=False))
    return sorted(going, key=lambda each: (-each.on, each.item_id))


def _draw_going(memory: Memory, forecast: Forecast, day: int, *, playing: bool) -> None:
    going = gone_by(forecast, day)
    if not going:
        st.caption(_first_to_go(memory, forecast))
        return
    st.markdown(f"**{count_of(len(going), 'memory')} fade or are archived by then**")
    listed = st.container(height=PIXELS, border=False, key="forgetting_future_going")
    number = draw_pages(len(going), PAGE, NUMBER)
    with listed:
        shown = going[PAGE * (number - 1) :][:PAGE]
        dated = sorted(_dated(memory, shown, forecast), key=lambda each: each[0], reverse=True)
        for day_of_all, of_day in groupby(dated, lambda each: day_name(each[0], forecast.start)):
            st.markdown(f"**{day_of_all}**")
            for _, each, item in of_day:
                _draw_one(memory, item, archived=each.archived, playing=playing)


def _draw_one(memory: Memory, item: MemoryItem, *, archived: bool, playing: bool) -> None:
    """While it plays nothing can be pressed: it would be another one by then."""
    what = ":gray-badge[archived]" if archived else ":orange-badge[fading]"
    text, keep = st.columns([4, 1], gap="small")
    text.markdown(f"{what} {literal(shorten(item.text, TEXT))}")
    chosen = keep.menu_button(
        "Keep",
        list(KEEPING),
        key=f"forgetting_future_keep_{item.id}",
        type="tertiary",
        disabled=playing,
    )
    if chosen:
        attempt(KEEPING[chosen], memory, item.id)
        st.rerun()  # the whole page: the forecast is another one now


def _dated(
    memory: Memory, going: Sequence[Going], forecast: Forecast
) -> Iterator[tuple[datetime, Going, MemoryItem]]:
    """With the very moment, whose date the other views say: whole days from now on end at this
    time of the day, which may be a date later."""
    items = [item for each in going if (item := present(memory, each.item_id))]
    retained = {kept.item.id: kept for kept in memory.retention_of(items)}
    for each in going:
        if kept := retained.get(each.item_id):
            end = forecast.start + timedelta(days=each.on)
            at = kept.archives_at if each.archived else kept.fades_at
            # otherwise it is due already, or something was done with it since
            yield at if at and forecast.start < at <= end else end, each, kept.item


def _first_to_go(memory: Memory, forecast: Forecast) -> str:
    going = [*_first_steps(forecast), *gone_by(forecast, DAYS)]
    if not going:
        return "Nothing goes within a year."
    day = min(each.on for each in going)
    first = [each for each in going if each.on == day][:PAGE]
    moments = (at for at, _, _ in _dated(memory, first, forecast))
    at = min(moments, default=forecast.start + timedelta(days=day))
    return f"Nothing goes by then. The first goes on {day_name(at, forecast.start)}."


def _first_steps(forecast: Forecast) -> Iterator[Going]:
    """What fades is archived later, and counts when it fades."""
    for each in forecast.leaving:
        if each.fades_on:
            yield Going(each.item_id, each.fades_on, archived=False)


# -- nothing yet ----------------------------------------------------------------------------


def _draw_example(memory: Memory) -> None:
    example.draw_title("Move the day, and see what becomes of it if it is not used.")
    controls, drawn = st.columns([1, 2.4], gap="medium")
    with controls:
        example.draw_story()
        day = st.slider("Days from now", 0, DAYS, 30, key="forgetting_future_example_day")
    curve = example.curve_of(memory, days=DAYS)
    at, strength = curve.points[day]
    now = memory.now()
    stage = stage_in_words(strength, curve) or "active"
    with drawn:
        draw_lines(
            [Line("An example", curve)],
            now,
            DAYS,
            title="Strength over the coming year",
            key="forgetting_future_example_chart",
            alt=f"A made-up memory over {DAYS} days. {example.in_words(memory, curve)}",
            chosen=at,
        )
        st.markdown(f"**{day_name(at, now)}, {ahead(at, now)}**: strength {strength:.0%}, {stage}.")
