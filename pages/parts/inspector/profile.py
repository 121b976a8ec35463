"""The Inspector's profile: one document of what holds of the person, edited in place, with what
held before; and as it was on another day."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import streamlit as st

from memory import Memory, NotFound, ProfileField
from pages.parts.copy import draw_copy
from pages.parts.inspector import changes
from pages.parts.inspector.profile_edit import (
    Place,
    label,
    open_adding,
    open_edit,
    open_removal,
    ordered,
    places,
)
from pages.parts.shared import (
    count_of,
    draw_empty,
    literal,
    on_day,
    shorten,
)
from pages.parts.whose import user

LOOK = Path(__file__).parent / "profile.css"
AS_OF = "profile_as_of"
NAME, VALUE = "profile_new_name", "profile_new_value"
SOURCE_CHARACTERS = 60


def draw(memory: Memory) -> None:
    st.html(LOOK)
    with st.container(horizontal=True, vertical_alignment="center", key="profile_last"):
        changes.draw_done(memory)
    day = _draw_day(memory)
    fields = ordered(memory.profile(user(), at=None if day is None else _end_of(day)))
    _draw_head(memory, fields, day)
    if not fields:
        _draw_nothing(day)
        return
    earlier = [] if day else [past for past in memory.profile_history(user()) if past.until]
    with st.container(border=True, key="profile_document"):
        seen: set[str] = set()
        for field, place in zip(fields, places(fields), strict=True):
            if seen:
                st.divider()
            name, value = st.columns([1, 2.6], gap="small")
            if field.field in seen:
                held = []
            else:
                name.markdown(f"**{literal(label(field.field))}**")
                held = [past for past in earlier if past.field == field.field]
            seen.add(field.field)
            with value, st.container(gap="xxsmall"):
                _draw_value(memory, field, place, editable=day is None)
                _draw_earlier(held)


# -- as of ----------------------------------------------------------------------------------


def _draw_day(memory: Memory) -> date | None:
    """The day that is asked for; None: now."""
    today = memory.now().astimezone().date()
    with st.container(horizontal=True, vertical_alignment="bottom", key="profile_day"):
        day = st.date_input(
            "What did you believe on",
            value=None,
            min_value=date(2000, 1, 1),
            max_value=today,
            key=AS_OF,
            format="DD/MM/YYYY",
            width=200,
        )
        if not isinstance(day, date) or day >= today:
            return None
        st.button("Back to now", key="profile_now", icon=":material/undo:", on_click=_back_to_now)
    return day


def _back_to_now() -> None:
    st.session_state[AS_OF] = None


def _end_of(day: date) -> datetime:
    """The last moment of a day of the person's own calendar."""
    return datetime.combine(day, time.max).astimezone()


def _draw_head(memory: Memory, fields: Sequence[ProfileField], day: date | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="profile_head"):
        if day is None:
            st.caption(count_of(len(fields), "field"), width="content")
            st.button(
                "Add a field",
                key="profile_add",
                icon=":material/add:",
                on_click=open_adding,
                args=(memory,),
            )
        else:
            when = f"{day.day} {day:%B %Y}"
            st.caption(f"As of {when}, by what had been said", width="content")
        if fields:
            draw_copy(_as_json(fields), key="profile_copy")
            st.caption("as JSON", width="content")


def _draw_nothing(day: date | None) -> None:
    if day is None:
        draw_empty(
            "Nothing is in your profile yet",
            "Your name, where you live and what you use appear here once you have told them.",
        )
    else:
        draw_empty("Nothing was in your profile then", "Choose a later day, or go back to now.")


def _as_json(fields: Sequence[ProfileField]) -> str:
    """Its keys with their values, several as a list."""
    found: dict[str, list[str]] = {}
    for field in fields:
        found.setdefault(field.field, []).append(field.value)
    plain = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    return json.dumps(plain, ensure_ascii=False, indent=2)


# -- one field ------------------------------------------------------------------------------


def _draw_value(memory: Memory, field: ProfileField, place: Place, *, editable: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(literal(field.value), width="stretch")
        if editable:
            _draw_actions(memory, place)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(f"Since {on_day(field.since)} · {_how_sure(field)}", width="content")
        _draw_source(memory, place)


def _how_sure(field: ProfileField) -> str:
    return "set by you" if field.told else f"{field.confidence:.0%} sure"


def _draw_source(memory: Memory, place: Place) -> None:
    """A way to the memory that says it."""
    try:
        words = shorten(memory.item(place.memory_id).text, SOURCE_CHARACTERS)
    except NotFound:
        return  # erased by another tab just now
    st.button(
        f"“{literal(words)}”",
        key=f"profile_source_{place.key}",
        type="tertiary",
        on_click=changes.open_in_list,
        args=(place.memory_id,),
    )


def _draw_earlier(earlier: Sequence[ProfileField]) -> None:
    if not earlier:
        return
    with st.expander(f"{count_of(len(earlier), 'earlier value')}", type="compact"):
        for past in earlier:
            assert past.until is not None
            days = _days(past.since, past.until)
            st.markdown(f"{literal(past.value)}  \n:small[:gray[{days}]]")


def _days(first: datetime, last: datetime) -> str:
    """“2 March - 9 March 2026”."""
    start, end = first.astimezone(), last.astimezone()
    begun = f"{start.day} {start:%B}" + ("" if start.year == end.year else f" {start.year}")
    return f"{begun} – {on_day(last)}"


def _draw_actions(memory: Memory, place: Place) -> None:
    st.button(
        "Change",
        key=f"profile_edit_{place.key}",
        type="tertiary",
        on_click=open_edit,
        args=(memory, place),
    )
    st.button(
        "Remove",
        key=f"profile_remove_{place.key}",
        type="tertiary",
        on_click=open_removal,
        args=(memory, place),
    )
