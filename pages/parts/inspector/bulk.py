"""Several memories at once: what can be done to those that are ticked, shown before it is done."""

from collections.abc import Sequence

import streamlit as st

from memory import AppError, Change, Memory, MemoryFilter, Status
from pages.parts.fields import begin_with, leave
from pages.parts.inspector import changes
from pages.parts.inspector.curve_link import draw_to_curves
from pages.parts.inspector.memory_list import Listed
from pages.parts.shared import at_time, count_of, draw_error, literal, shorten
from pages.parts.whose import user

ALL = "inspector_all"
"""Ids of all that match, with the filter they match."""
FIRST = 10
"""How many a preview names."""
LABELS = {
    Change.PIN: ("Pin", ":material/keep:"),
    Change.UNPIN: ("Unpin", ":material/keep_off:"),
    Change.PAUSE: ("Pause", ":material/pause:"),
    Change.RESUME: ("Resume", ":material/play_arrow:"),
    Change.ARCHIVE: ("Archive", ":material/archive:"),
    Change.RESTORE: ("Put back", ":material/undo:"),
}


def draw_bar(memory: Memory, wanted: MemoryFilter, listed: Listed, total: int) -> None:
    """Below the table, which so stays where it is while rows are ticked."""
    ids, all_of_them = _chosen(wanted, listed)
    if len(ids) < 2:
        return
    with st.container(border=True, gap="xsmall", key="inspector_bar"):
        _draw_count(memory, wanted, len(ids), total, all_of_them=all_of_them)
        with st.container(horizontal=True, gap="small"):
            for what in _offered(wanted, listed):
                label, icon = LABELS[what]
                st.button(
                    label,
                    key=f"inspector_bulk_{what}",
                    icon=icon,
                    on_click=_change,
                    args=(memory, ids, what),
                )
            if wanted.status is Status.ACTIVE and not wanted.paused and not all_of_them:
                _button("Merge…", ":material/merge:", _open_merge, memory, ids)
            if wanted.status is not Status.FORGOTTEN:
                _button("Forget…", ":material/ink_eraser:", _forget, memory, ids)
            if wanted.status in (Status.ACTIVE, Status.ARCHIVED) and not all_of_them:
                draw_to_curves(ids, "Curves", "inspector_bulk_curves")


def _draw_count(
    memory: Memory, wanted: MemoryFilter, count: int, total: int, *, all_of_them: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{count:,} chosen**", width="content")
        if all_of_them:
            st.button(
                "Only the ticked ones",
                key="inspector_choose_ticked",
                type="tertiary",
                on_click=_choose_ticked,
            )
        elif total > count:
            st.button(
                f"Choose all {total:,} that match",
                key="inspector_choose_all",
                type="tertiary",
                icon=":material/select_all:",
                on_click=_choose_all,
                args=(memory, wanted),
            )


def _chosen(wanted: MemoryFilter, listed: Listed) -> tuple[tuple[int, ...], bool]:
    """Their ids, and whether they are all that match. All of another filter, or with nothing
    ticked any more, are not meant."""
    matching, ids = st.session_state.get(ALL, (None, ()))
    if matching == hash(wanted) and listed.ticked:
        return ids, True
    _choose_ticked()
    return listed.ticked, False


def _choose_all(memory: Memory, wanted: MemoryFilter) -> None:
    ids = tuple(item.id for item in memory.find(user(), wanted).items)
    st.session_state[ALL] = (hash(wanted), ids)


def _choose_ticked() -> None:
    st.session_state.pop(ALL, None)


def _offered(wanted: MemoryFilter, listed: Listed) -> list[Change]:
    if wanted.status is not Status.ACTIVE:
        return [Change.RESTORE]
    ticked = [item for item in listed.items if item.id in listed.ticked]
    pin = Change.UNPIN if all(item.pinned for item in ticked) else Change.PIN
    return [pin, Change.RESUME if wanted.paused else Change.PAUSE, Change.ARCHIVE]


def _button(label: str, icon: str, opens: object, memory: Memory, ids: Sequence[int]) -> None:
    st.button(
        label,
        key=f"inspector_bulk_{label.rstrip('…').lower()}",
        icon=icon,
        on_click=opens,  # type: ignore[arg-type]
        args=(memory, ids),
    )


def _change(memory: Memory, ids: Sequence[int], what: Change) -> None:
    changes.change(memory, ids, what)
    _choose_ticked()


# -- previews -------------------------------------------------------------------------------


@st.dialog("Forget these memories?")
def _forget(memory: Memory, ids: Sequence[int]) -> None:
    """Given ids: what a dialog is given stays in the session."""
    confirm = "inspector_bulk_forget_confirmed"
    changes.close_after(confirm)
    minutes = max(1, memory.settings.undo_seconds // 60)
    st.markdown(
        f"**{count_of(len(ids), 'memory')}** will no longer be used in answers, at once. You can "
        f"undo that for {minutes} minutes, or until Recollect closes. Then they are erased from "
        "the file for good."
    )
    _draw_first(memory, ids)
    st.button(
        f"Forget {count_of(len(ids), 'memory')}",
        key=confirm,
        type="primary",
        on_click=_change,
        args=(memory, ids, Change.FORGET),
    )
    changes.draw_problem()


def _draw_first(memory: Memory, ids: Sequence[int]) -> None:
    try:
        first = [memory.item(ident) for ident in ids[:FIRST]]
    except AppError as error:
        draw_error(error)
        return
    st.markdown("\n".join(f"- {literal(shorten(item.text, 110))}" for item in first))
    if len(ids) > FIRST:
        st.caption(f"and {len(ids) - FIRST:,} more")


def _open_merge(memory: Memory, ids: Sequence[int]) -> None:
    leave(_text_key(ids))  # what was typed in a dialog that was dismissed just now
    _merge(memory, ids)


def _text_key(ids: Sequence[int]) -> str:
    return f"inspector_merged_{hash(tuple(ids))}"


@st.dialog("Merge these memories?", width="medium", on_dismiss="rerun")
def _merge(memory: Memory, ids: Sequence[int]) -> None:
    confirm = "inspector_bulk_merge_confirmed"
    changes.close_after(confirm)
    try:
        plan = memory.plan_merge(ids)
    except AppError as error:
        draw_error(error)
        return
    st.markdown(
        f"One memory takes the place of **{count_of(len(ids), 'memory')}**. They wait, unused, "
        "and come back when you undo the merge."
    )
    field = _text_key(ids)
    begin_with(field, plan.text)
    st.text_area("What it will say", key=field, height=200)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption("It will be", width="content")
        st.badge(plan.kind.value, color="gray")
        st.badge(plan.data_class.value, color="gray")
        if plan.pinned:
            st.badge("pinned", icon=":material/keep:", color="green")
        st.caption(f"said on {at_time(plan.said_at)}", width="content")
    st.button(
        f"Merge {count_of(len(ids), 'memory')}",
        key=confirm,
        type="primary",
        on_click=changes.merge,
        args=(memory, ids, field),
    )
    changes.draw_problem()
