"""The Inspector's card: one memory whole, with its history, and what can be done to it."""

from datetime import datetime

import streamlit as st

from memory import AppError, Change, Memory, MemoryItem, PrivacyRules, Retention, Status
from pages.parts.copy import draw_copy
from pages.parts.deciding import INBOX
from pages.parts.fields import begin_with, leave
from pages.parts.inspector import changes
from pages.parts.inspector.curve_link import draw_to_curves
from pages.parts.inspector.memory_history import draw_history
from pages.parts.inspector.memory_privacy import (
    draw_class,
    draw_class_choice,
    draw_expiry,
    draw_not_recalled,
    draw_sent,
)
from pages.parts.inspector.memory_statement import draw_statement, draw_validity
from pages.parts.kinds import ICONS
from pages.parts.receipt import draw_places
from pages.parts.shared import (
    at_time,
    count_of,
    draw_error,
    literal,
    literal_lines,
    on_day,
    undo_minutes_left,
    until,
)
from pages.parts.whose import user


def draw_card(memory: Memory, item: MemoryItem) -> None:
    with st.container(border=True, key="inspector_card"):
        st.markdown(literal_lines(item.text))
        rules = memory.privacy_rules(user())
        _draw_badges(item)
        draw_statement(item)
        draw_validity(memory, item)
        draw_not_recalled(item, rules)
        (kept,) = memory.retention_of([item])
        _draw_strength(kept)
        _draw_end(kept, rules, memory.now())
        _draw_facts(item)
        draw_sent(memory, item)
        _draw_actions(memory, item)
        draw_class_choice(memory, item)
        draw_history(memory, item)


# -- what it is -----------------------------------------------------------------------------


def _draw_badges(item: MemoryItem) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(item.kind.value, icon=ICONS[item.kind], color="gray")
        draw_class(item)
        if item.by_model:
            st.badge("read by a model", icon=":material/smart_toy:", color="gray")
        if item.pinned:
            st.badge("pinned", icon=":material/keep:", color="green")
        if item.paused:
            st.badge("paused", icon=":material/pause:", color="orange")
        if item.valid_until is not None:
            st.badge(until(item.valid_until), icon=":material/history:", color="orange")
        if item.status is Status.PROPOSED:
            st.badge("in the inbox", icon=":material/inbox:", color="orange")
        elif item.status is not Status.ACTIVE:
            st.badge(item.status.value, color="orange")


def _draw_strength(kept: Retention) -> None:
    st.progress(kept.strength, text=f"Strength {kept.strength:.0%}, {_fading(kept)}")
    if kept.item.status in (Status.ACTIVE, Status.ARCHIVED):
        draw_to_curves([kept.item.id], "See its curve", f"inspector_curve_{kept.item.id}")


def _draw_end(kept: Retention, rules: PrivacyRules, now: datetime) -> None:
    """The first of the two that can erase it: a sweep, of what is archived, or its class's days."""
    item, swept = kept.item, kept.purges_at
    if swept is None or item.pinned or (item.expires_at and item.expires_at < swept):
        draw_expiry(item, rules, now)
    else:
        st.caption(f":material/archive: A sweep may erase it from {on_day(swept)} on")


def _fading(kept: Retention) -> str:
    if kept.item.status is Status.ARCHIVED:
        return "out of answers"
    if kept.item.pinned:
        return "does not fade while it is pinned"
    if kept.fading or kept.fades_at is None:
        return "faded"
    return f"fades on {on_day(kept.fades_at)} if it is not used"


def _draw_facts(item: MemoryItem) -> None:
    said = f"Said on {at_time(item.said_at)}"
    if item.speaker and item.speaker != item.user_id:
        said += f" by {literal(item.speaker)}"
    if item.edited_at:
        said += f", corrected on {on_day(item.edited_at)}"
    used = count_of(item.access_count, "use") if item.access_count else "Not used yet"
    if item.last_accessed_at:
        used += f", last on {on_day(item.last_accessed_at)}"
    st.caption(f"{said}. {used}.")


# -- what can be done -----------------------------------------------------------------------


def _draw_actions(memory: Memory, item: MemoryItem) -> None:
    if item.status is Status.MERGED:
        _draw_merged_into(item)
        return
    if item.status is Status.PROPOSED:
        _draw_waiting(item)
        return
    if item.status is Status.FORGOTTEN:
        minutes = undo_minutes_left(memory, item)
        st.caption(f"Erased for good in about {minutes} min, or when Recollect closes.")
    with st.container(horizontal=True, gap="xsmall"):
        if item.status is Status.ACTIVE:
            _draw_daily(memory, item)
        else:
            _change_button("Put back", ":material/undo:", memory, item, Change.RESTORE)
        _draw_more(memory, item)


def _draw_more(memory: Memory, item: MemoryItem) -> None:
    menu = f"inspector_more_{item.id}"
    with st.popover("More", key=menu, on_change="rerun"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Id {item.id}", width="content")
            draw_copy(str(item.id), key=f"inspector_copy_{item.id}")
        st.button(
            "Erase now…",
            key=f"inspector_erase_{item.id}",
            icon=":material/delete_forever:",
            on_click=_open_erase,
            args=(memory, item.id, menu),
        )


def _draw_daily(memory: Memory, item: MemoryItem) -> None:
    st.button(
        "Correct",
        key=f"inspector_edit_{item.id}",
        icon=":material/edit:",
        type="primary",
        on_click=_open_edit,
        args=(memory, item.id),
    )
    if item.pinned:
        _change_button("Unpin", ":material/keep_off:", memory, item, Change.UNPIN)
    else:
        _change_button("Pin", ":material/keep:", memory, item, Change.PIN)
    if item.paused:
        _change_button("Resume", ":material/play_arrow:", memory, item, Change.RESUME)
    else:
        _change_button("Pause", ":material/pause:", memory, item, Change.PAUSE)
    _change_button("Archive", ":material/archive:", memory, item, Change.ARCHIVE)
    _change_button("Forget", ":material/ink_eraser:", memory, item, Change.FORGET)


def _change_button(label: str, icon: str, memory: Memory, item: MemoryItem, what: Change) -> None:
    st.button(
        label,
        key=f"inspector_{what}_{item.id}",
        icon=icon,
        on_click=changes.change,
        args=(memory, [item.id], what),
    )


def _draw_merged_into(item: MemoryItem) -> None:
    st.caption("It lives on in another memory, into which it was merged.")
    if item.merged_into is not None:
        st.button(
            "Open that memory",
            key=f"inspector_merged_into_{item.id}",
            icon=":material/merge:",
            on_click=changes.open_card,
            args=(item.merged_into,),
        )


def _draw_waiting(item: MemoryItem) -> None:
    st.caption(f"Not used until you decide: {item.doubt}.")
    st.button(
        "Open the inbox",
        key=f"inspector_waiting_{item.id}",
        icon=":material/inbox:",
        on_click=lambda: st.session_state.update(INBOX),
    )


def _open_edit(memory: Memory, item_id: int) -> None:
    leave(_text_key(item_id))  # what was typed in a dialog that was dismissed just now
    _edit(memory, item_id)


def _text_key(item_id: int) -> str:
    return f"inspector_text_{item_id}"


@st.dialog("Correct this memory", on_dismiss="rerun")
def _edit(memory: Memory, item_id: int) -> None:
    """Given the id: what a dialog is given stays in the session, and would outlive an erasure."""
    save, field = f"inspector_save_{item_id}", _text_key(item_id)
    changes.close_after(save)
    try:
        item = memory.item(item_id)
    except AppError as error:
        draw_error(error)
        return
    st.caption("The old wording stays as an earlier version until the memory is erased.")
    begin_with(field, item.text)
    st.text_area("Memory", key=field, height=160, label_visibility="collapsed")
    st.button(
        "Save", key=save, type="primary", on_click=changes.edit, args=(memory, item_id, field)
    )
    changes.draw_problem()


def _open_erase(memory: Memory, item_id: int, menu: str) -> None:
    st.session_state[menu] = False  # it would stay open behind the dialog
    _erase(memory, item_id)


@st.dialog("Erase this memory now?")
def _erase(memory: Memory, item_id: int) -> None:
    confirm = f"inspector_erase_confirmed_{item_id}"
    changes.close_after(confirm)
    try:
        footprint = memory.footprint(user(), memory=item_id)
    except AppError as error:
        draw_error(error)
        return
    st.markdown(
        "All of this goes from the file to the last byte, at once; then the file is read to check. "
        "**There is no undo.**"
    )
    draw_places(footprint.places)
    st.button(
        "Erase now",
        key=confirm,
        type="primary",
        icon=":material/delete_forever:",
        on_click=changes.erase,
        args=(memory, item_id),
    )
    changes.draw_problem()
