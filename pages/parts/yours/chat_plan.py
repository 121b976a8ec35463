"""What a file would bring in: counts, days, what would be learnt with examples, and which of its
conversations are to come."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from memory import ChatImportPlan, Memory, Omission, Role, WouldLearn
from pages.parts.chat.conversations import UNTITLED
from pages.parts.kinds import GROUPS
from pages.parts.shared import capitalised, count_of, on_day, visible
from pages.parts.yours.chat_desk import Desk

WHICH, TABLE = "chats_which", "chats_chosen"
ALL, SOME = "All conversations", "Choose"
ROWS_PIXELS = 300


def draw_plan(memory: Memory, here: Desk, plan: ChatImportPlan) -> None:
    st.markdown(f"**:material/preview: {_title(plan)}**")
    _draw_counts(plan)
    draw_left_out(plan.left_out)
    if plan.total:
        _draw_learnt(plan)
    only = _draw_choice(plan) if plan.messages else None
    coming = _coming(plan, only)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Bring in {count_of(coming, 'message' if plan.messages else 'line')}",
            key="chats_bring",
            type="primary",
            icon=":material/move_to_inbox:",
            disabled=not coming,
            on_click=lambda: here.bring_in(memory, only),
        )
        st.button("Cancel", key="chats_cancel", on_click=here.set_aside)


def _title(plan: ChatImportPlan) -> str:
    what = "A list" if plan.lines or not plan.conversations else f"An export of {plan.format}"
    return f"{what}: nothing is stored yet"


def _draw_counts(plan: ChatImportPlan) -> None:
    if not plan.total:
        st.markdown("There is nothing new in it.")
        return
    told = []
    if plan.messages:
        fresh = sum(1 for chat in plan.conversations if chat.messages)
        own, others = plan.messages.get(Role.USER, 0), plan.messages.get(Role.ASSISTANT, 0)
        told = [
            count_of(fresh, "conversation"),
            f"{count_of(own, 'message')} of yours",
            count_of(others, "answer"),
        ]
    if plan.lines:
        told.append(count_of(plan.lines, "line"))
    if plan.first_at and plan.last_at:
        told.append(f"from {on_day(plan.first_at)} to {on_day(plan.last_at)}")
    st.markdown(" · ".join(told))


def draw_left_out(left_out: Mapping[Omission, int]) -> None:
    if not left_out:
        return
    total = sum(left_out.values())
    with st.expander(f"Left out: {total:,}", type="compact"):
        st.table(
            {capitalised(why): f"{count:,}" for why, count in left_out.items()},
            border="horizontal",
        )


def _draw_learnt(plan: ChatImportPlan) -> None:
    learnt = plan.learnt
    if plan.looked_through < plan.total:
        st.caption(
            f":material/info: {plan.looked_through:,} of {plan.total:,} were looked through: what "
            "would be learnt is told of those."
        )
    st.markdown(f"**Would be learnt: {count_of(learnt.memories, 'memory')}**")
    rows = _in_words(learnt)
    if rows:
        st.table(rows, border="horizontal")
    if learnt.examples:
        st.dataframe(
            pd.DataFrame(
                {
                    "For example": [visible(each.text) for each in learnt.examples],
                    "Kind": [str(each.kind) for each in learnt.examples],
                    "Said": [each.said_at and on_day(each.said_at) for each in learnt.examples],
                    "In": [visible(each.said_in) for each in learnt.examples],
                    "Class": [str(each.data_class) for each in learnt.examples],
                    "Inbox": [str(each.doubt or "") for each in learnt.examples],
                }
            ),
            hide_index=True,
            height=ROWS_PIXELS,
            column_config={"For example": st.column_config.TextColumn(width="large")},
            alt="Examples of what would be learnt",
            key="chats_examples",
        )


def _in_words(learnt: WouldLearn) -> dict[str, str]:
    """One line for each thing that there is any of."""
    by_group = {
        group: ", ".join(count_of(learnt.kinds[k], k) for k in kinds if learnt.kinds.get(k))
        for group, kinds in GROUPS.items()
    }
    named = {
        "Classes": _counts(learnt.classes),
        "Names": ", ".join(count_of(count, kind) for kind, count in _ordered(learnt.entities)),
        "Profile": _counts(learnt.fields),
        "Masked before storing": _counts(learnt.masked),
        "Waiting in your inbox": ", ".join(
            f"{count:,} ({why})" for why, count in _ordered(learnt.inbox)
        ),
        "Said again": f"{learnt.again:,}" if learnt.again else "",
        "Replaced by what you said later": f"{learnt.replaced:,}" if learnt.replaced else "",
        "Sensitive, and not allowed": f"{learnt.sensitive:,}" if learnt.sensitive else "",
    }
    return {what: told for what, told in (by_group | named).items() if told}


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count:,} {visible(name).replace('_', ' ')}" for name, count in _ordered(found)
    )


def _ordered(found: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: -pair[1])


def _draw_choice(plan: ChatImportPlan) -> list[str] | None:
    """Names of the conversations that were chosen; None: all."""
    which = st.segmented_control(
        "Which", [ALL, SOME], default=ALL, required=True, key=WHICH, label_visibility="collapsed"
    )
    if which == ALL:
        return None
    offered = [chat for chat in plan.conversations if chat.messages]
    event = st.dataframe(
        pd.DataFrame(
            {
                "Conversation": [visible(chat.title) or UNTITLED for chat in offered],
                "New messages": [chat.messages for chat in offered],
                "Last": [chat.last_at and on_day(chat.last_at) for chat in offered],
            }
        ),
        hide_index=True,
        height=ROWS_PIXELS,
        selection_mode="multi-row",
        on_select="rerun",
        alt="Conversations to choose from",
        key=TABLE,
    )
    return [offered[row].name for row in event.selection.rows if row < len(offered)]


def _coming(plan: ChatImportPlan, only: list[str] | None) -> int:
    if only is None:
        return plan.total
    return sum(chat.messages for chat in plan.conversations if chat.name in only)
