"""Sweeps: what one would do, shown before it is done; how strong memories are; and what earlier
ones did, each with its way back.

The session holds the ids of what was shown, never the plan: that holds texts.
"""

import streamlit as st

from memory import Memory, Sweep, SweepPlan, SweepReport
from pages.parts.forgetting.deeds import draw_undo
from pages.parts.forgetting.preview import draw_plan
from pages.parts.forgetting.spread import draw_spread
from pages.parts.receipt import draw_receipt
from pages.parts.shared import (
    at_time,
    attempt,
    count_of,
    draw_empty,
    draw_pages,
    has_arrived,
    size_of,
)
from pages.parts.steps import OnStep, draw_steps
from pages.parts.sweeping import alone
from pages.parts.whose import user

SHOWN = "forgetting_sweep_shown"
"""Ids of what the preview would archive and erase; None: there is no preview."""
NOW = "forgetting_sweep_now"
"""What was confirmed, as in SHOWN, and is to be swept in this run."""
PROBLEM, REPORT = "forgetting_sweep_problem", "forgetting_sweep_report"
CHANGED = "Nothing was swept: something has changed since. Look once more."
NUMBER = "forgetting_history_page"
PAGE = 10

Ids = tuple[frozenset[int], frozenset[int]]


def draw_sweeps(memory: Memory) -> None:
    if has_arrived():
        _close()
        st.session_state.pop(REPORT, None)
    overview, history = memory.forgetting(user()), memory.sweeps(user())
    counts = overview.counts
    if not (history or counts.active or counts.fading or counts.archived):
        draw_empty(
            "Nothing to sweep yet",
            "A sweep takes what has faded out of answers, and can be undone. Recollect makes one "
            "a day.",
        )
        return
    _draw_report(memory)
    _draw_next(memory)
    if counts.active or counts.fading:
        draw_spread(overview.spread, memory.forgetting_rules(user()))
    if history:
        _draw_history(memory, history)


# -- the next one ---------------------------------------------------------------------------


def _draw_next(memory: Memory) -> None:
    confirmed: Ids | None = st.session_state.pop(NOW, None)
    if st.session_state.get(SHOWN) is None:
        _draw_offer(memory)
        return
    plan = memory.plan_sweep(user())
    if confirmed is not None and confirmed == _taken(plan):
        _sweep(memory, plan)
        plan = memory.plan_sweep(user())  # it failed, as the plan had become another one
    elif confirmed is not None:
        st.session_state[PROBLEM] = CHANGED
    st.session_state[SHOWN] = _taken(plan)
    with st.container(border=True, key="forgetting_sweep"):
        if problem := st.session_state.pop(PROBLEM, None):
            st.warning(problem, icon=":material/info:")
        draw_plan(plan)
        _draw_buttons(plan)


def _taken(plan: SweepPlan) -> Ids:
    archived = frozenset(each.item.id for each in plan.archived)
    return archived, frozenset(item.id for item in plan.purged)


def _draw_offer(memory: Memory) -> None:
    last = memory.last_sweep(user())
    with st.container(horizontal=True, vertical_alignment="center", key="forgetting_sweep_offer"):
        st.button(
            "Preview a sweep",
            key="forgetting_preview",
            type="primary",
            icon=":material/mop:",
            on_click=_preview,
        )
        st.caption(
            "What has faded leaves answers once a day by itself, or now, when you have seen it. "
            + (f"Last one: {at_time(last)}." if last else "None was made so far."),
            width="content",
        )


def _preview() -> None:
    st.session_state[SHOWN] = (frozenset(), frozenset())
    st.session_state.pop(REPORT, None)


def _draw_buttons(plan: SweepPlan) -> None:
    with st.container(horizontal=True, gap="small"):
        if not plan.is_empty:
            st.button(
                "Sweep now",
                key="forgetting_sweep_now",
                type="primary",
                icon=":material/mop:",
                on_click=_confirm,
            )
        st.button("Close" if plan.is_empty else "Not now", key="forgetting_close", on_click=_close)


def _confirm() -> None:
    st.session_state[NOW] = st.session_state[SHOWN]


def _close() -> None:
    st.session_state[SHOWN] = None


def _sweep(memory: Memory, plan: SweepPlan) -> None:
    def sweep(on_step: OnStep) -> SweepReport:
        report = memory.sweep(plan, on_step=on_step)
        _close()
        st.session_state[REPORT] = report
        alone().forget(plan.user_id)
        return report

    if draw_steps("Sweeping", "Not swept", sweep):
        st.rerun()


# -- what was done --------------------------------------------------------------------------


def _draw_report(memory: Memory) -> None:
    """Of the sweep that was made on this visit."""
    report: SweepReport | None = st.session_state.get(REPORT)
    if report is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="forgetting_swept"):
        st.caption(
            f":material/check: Swept: {_done(report.archived, report.purged)}.", width="content"
        )
        if report.archived:
            draw_undo("forgetting_undo_report", _undo, memory, report.id)
    if report.receipt:
        draw_receipt(report.receipt)


def _done(archived: int, purged: int) -> str:
    told = [f"{archived:,} archived"] if archived else []
    return ", ".join([*told, f"{purged:,} erased"] if purged else told)


def _undo(memory: Memory, sweep_id: int) -> None:
    def put_back() -> None:
        back = memory.undo_sweep(sweep_id)
        st.session_state.pop(REPORT, None)
        st.toast(
            f"Undone: {count_of(len(back), 'memory')} in use again, and left alone for a week.",
            icon=":material/check:",
        )

    attempt(put_back)


def _draw_history(memory: Memory, history: list[Sweep]) -> None:
    st.header("Earlier sweeps", anchor=False)
    rows = st.container(gap="xsmall")
    number = draw_pages(len(history), PAGE, NUMBER)
    with rows:
        for sweep in history[PAGE * (number - 1) : PAGE * number]:
            _draw_earlier(memory, sweep)


def _draw_earlier(memory: Memory, sweep: Sweep) -> None:
    who = ":material/schedule: By itself" if sweep.unattended else ":material/person: By you"
    told = f"{who}, {at_time(sweep.at)}: **{_done(sweep.archived, sweep.purged)}**"
    if sweep.archived_tokens:
        told += f" · {count_of(sweep.archived_tokens, 'token')}"
    if sweep.purged_bytes:
        told += f" · {size_of(sweep.purged_bytes)} freed"
    if sweep.undone_at:
        told += f" · undone on {at_time(sweep.undone_at)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(told, width="content")
        if sweep.undoable:
            label = "Undo" if sweep.undoable == sweep.archived else f"Undo for {sweep.undoable:,}"
            key = f"forgetting_undo_sweep_{sweep.id}"
            draw_undo(key, _undo, memory, sweep.id, label=label)
