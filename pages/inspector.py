"""Inspector: every memory, searched as one types; its source, its reasons; correct, pin, forget."""

import streamlit as st

from memory import AppError, Memory, MemoryItem, NotFound, Status
from pages._shared import (
    USER,
    at_time,
    count_of,
    draw_empty,
    draw_error,
    enter,
    literal,
    on_day,
    shorten,
    title_of,
    undo_minutes_left,
)

STATUSES = {
    "In use": Status.ACTIVE,
    "Archived": Status.ARCHIVED,
    "Forgotten": Status.FORGOTTEN,
}


def draw() -> None:
    memory = enter("pages/inspector.py")
    st.title("Inspector", anchor=False)
    if st.session_state.pop("inspector_corrected", None):
        st.toast("Corrected. The next answer follows.", icon=":material/check:")
    if not memory.items(USER):
        draw_empty("Nothing is remembered yet", "What you tell Recollect in the chat appears here.")
        with st.container(horizontal_alignment="center"):
            if st.button("Start chatting", key="inspector_chat", icon=":material/forum:"):
                st.switch_page("pages/chat.py")
        return
    memories, about = st.tabs(["Memories", "About you"], key="inspector_tab", on_change="rerun")
    if memories.open:
        with memories:
            _draw_memories(memory)
    if about.open:
        with about:
            _draw_profile(memory)
            _draw_entities(memory)


# -- the list -------------------------------------------------------------------------------


def _draw_memories(memory: Memory) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search",
            key="inspector_search",
            type="search",
            live=True,
            placeholder="Search your memories",
            label_visibility="collapsed",
            bind="query-params",
        )
        status = st.segmented_control(
            "Status",
            list(STATUSES),
            default="In use",
            required=True,
            key="inspector_status",
            label_visibility="collapsed",
        )
    found = [
        item
        for item in memory.items(USER, search=search or "")
        if item.status is STATUSES[status or "In use"]
    ]
    if not found:
        draw_empty("No memory matches", "Try fewer words, or look among the archived ones.")
        return
    st.caption(count_of(len(found), "memory"))
    table, card = st.columns([1.75, 1], gap="medium")
    with table:
        chosen = _draw_table(memory, found)
    with card:
        _draw_card(memory, chosen)


def _draw_table(memory: Memory, found: list[MemoryItem]) -> MemoryItem:
    import pandas as pd

    strengths = {r.item.id: r.strength for r in memory.retention(USER)}
    frame = pd.DataFrame(
        {
            "Memory": [shorten(item.text, 160) for item in found],
            "Kind": [item.kind.value for item in found],
            "Strength": [100 * strengths.get(item.id, 0.0) for item in found],
            "Said": [item.said_at for item in found],
        }
    )
    wanted = st.query_params.get("memory", "")
    first = next((i for i, item in enumerate(found) if str(item.id) == wanted), 0)
    selection = st.dataframe(
        frame,
        # a new list starts with its own first row
        key=f"inspector_table_{found[0].id}_{len(found)}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [first]}},
        row_height=38,
        alt="Your memories, newest first, with kind, strength and the day they were said",
        column_config={
            "Memory": st.column_config.TextColumn(width=235),
            "Kind": st.column_config.TextColumn(width=80),
            "Strength": st.column_config.ProgressColumn(
                width=90, min_value=0, max_value=100, format="%.0f %%"
            ),
            "Said": st.column_config.DatetimeColumn(width=100, format="distance"),
        },
    )
    rows = selection["selection"]["rows"] if selection else []
    return found[rows[0] if rows and rows[0] < len(found) else first]


# -- one memory -----------------------------------------------------------------------------


def _draw_card(memory: Memory, item: MemoryItem) -> None:
    with st.container(border=True, key="inspector_card"):
        st.markdown(f"> {literal(item.text)}")
        _draw_badges(item)
        _draw_actions(memory, item)
        _draw_source(memory, item)
        _draw_importance(item)
        _draw_revisions(memory, item)


def _draw_badges(item: MemoryItem) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(item.kind.value, color="gray")
        st.badge(item.data_class.value, color="gray")
        if item.pinned:
            st.badge("pinned", icon=":material/keep:", color="green")
    told = f"Said on {at_time(item.said_at)}"
    if item.edited_at:
        told += f", corrected on {on_day(item.edited_at)}"
    used = count_of(item.access_count, "use") if item.access_count else "Not used yet"
    if item.last_accessed_at:
        used += f", last on {on_day(item.last_accessed_at)}"
    kept = f"kept until {on_day(item.expires_at)}" if item.expires_at else "kept until you erase it"
    st.caption(f"{told}. {used}; {kept}. #{item.id}")


def _draw_actions(memory: Memory, item: MemoryItem) -> None:
    with st.container(horizontal=True):
        if item.status is Status.FORGOTTEN:
            minutes = undo_minutes_left(memory, item)
            st.caption(f"Erased for good in about {minutes} min.")
        if item.status is not Status.ACTIVE:
            _button("Put back", ":material/undo:", memory.restore, item)
            return
        st.button(
            "Correct",
            key=f"inspector_edit_{item.id}",
            icon=":material/edit:",
            type="primary",
            on_click=_edit,
            args=(memory, item.id),
        )
        if item.pinned:
            _button("Unpin", ":material/keep_off:", memory.unpin, item)
        else:
            _button("Pin", ":material/keep:", memory.pin, item)
        _button("Forget", ":material/ink_eraser:", memory.forget, item)


def _button(label: str, icon: str, action: object, item: MemoryItem) -> None:
    st.button(
        label,
        key=f"inspector_{label.lower().replace(' ', '_')}_{item.id}",
        icon=icon,
        on_click=_do,
        args=(label, action, item.id),
    )


DONE = {
    "Pin": "Pinned: it no longer fades.",
    "Unpin": "Unpinned: it fades as others do.",
    "Forget": "Forgotten. You find it under “Forgotten” until it is erased.",
    "Put back": "It is back in use.",
}


def _do(label: str, action: object, item_id: int) -> None:
    try:
        action(item_id)  # type: ignore[operator]
    except AppError as error:
        st.toast(str(error), icon=":material/error:")
    else:
        st.toast(DONE[label], icon=":material/check:")


@st.dialog("Correct this memory")
def _edit(memory: Memory, item_id: int) -> None:
    """Given the id: what a dialog is given stays in the session, and would outlive an erasure."""
    try:
        item = memory.item(item_id)
    except AppError as error:
        draw_error(error)
        return
    st.caption("The old wording stays as an earlier version until the memory is erased.")
    st.text_area(
        "Memory",
        value=item.text,
        key=f"inspector_text_{item.id}",
        height=160,
        label_visibility="collapsed",
    )
    saved = st.button(
        "Save",
        key=f"inspector_save_{item.id}",
        type="primary",
        on_click=_save,
        args=(memory, item.id),
    )
    if problem := st.session_state.pop("inspector_problem", None):
        st.error(problem, icon=":material/error:")
    elif saved:
        st.rerun()  # all of the page, without the dialog


def _save(memory: Memory, item_id: int) -> None:
    """Draws nothing: what a callback draws while only the dialog runs breaks the page."""
    try:
        memory.edit(item_id, st.session_state[f"inspector_text_{item_id}"])
    except AppError as error:
        st.session_state["inspector_problem"] = str(error)
    else:
        st.session_state["inspector_corrected"] = True


def _draw_source(memory: Memory, item: MemoryItem) -> None:
    if item.source_message_id is None:
        return
    with st.expander("Where it was said", key=f"inspector_source_{item.id}", type="compact"):
        try:
            message = memory.message(item.source_message_id)
        except NotFound:
            st.caption("The message was erased.")
            return
        st.caption(f"You, {at_time(message.said_at)}")
        st.text(message.text)
        if st.button(
            "Open the conversation",
            key=f"inspector_open_{item.id}",
            icon=":material/forum:",
        ):
            st.session_state["chat_conversation"] = message.conversation_id
            st.switch_page("pages/chat.py", query_params={"c": message.conversation_id})


def _draw_importance(item: MemoryItem) -> None:
    label = f"Why it was kept: importance {item.importance:.2f}"
    with st.expander(label, key=f"inspector_importance_{item.id}", type="compact"):
        for name, value in sorted(item.importance_terms.items(), key=lambda term: -abs(term[1])):
            st.markdown(f"{value:+.2f}  {literal(name)}")
        st.caption("The sum is kept between 0 and 1.")


def _draw_revisions(memory: Memory, item: MemoryItem) -> None:
    revisions = memory.revisions(item.id)
    if not revisions:
        return
    label = f"Earlier wording ({len(revisions)})"
    with st.expander(label, key=f"inspector_revisions_{item.id}", type="compact"):
        for revision in revisions:
            st.markdown(f"> {literal(revision.text)}")
            st.caption(f"Until {at_time(revision.replaced_at)}")


# -- about you ------------------------------------------------------------------------------


def _draw_profile(memory: Memory) -> None:
    import pandas as pd

    st.subheader("Profile", anchor=False)
    fields = memory.profile(USER)
    if not fields:
        st.caption("Your name, tools and the like appear here once you have told them.")
        return
    texts = {item.id: title_of(item) for item in memory.items(USER)}
    st.dataframe(
        pd.DataFrame(
            {
                "Field": [field.field for field in fields],
                "Value": [field.value for field in fields],
                "Since": [field.since for field in fields],
                "Said in": [texts.get(field.source_memory_id or 0, "") for field in fields],
            }
        ),
        key="inspector_profile",
        hide_index=True,
        row_height=38,
        alt="What you stated about yourself, with the day and the memory it comes from",
        column_config={"Since": st.column_config.DatetimeColumn(format="distance")},
    )
    st.caption("A field follows the memory it was said in: correct or forget it there.")


def _draw_entities(memory: Memory) -> None:
    import pandas as pd

    st.subheader("Names you mentioned", anchor=False)
    entities = memory.entities(USER)
    if not entities:
        st.caption("People, places and technologies appear here once a memory mentions them.")
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Name": [entity.name for entity in entities],
                "Type": [entity.type.value for entity in entities],
                "Mentions": [entity.mention_count for entity in entities],
                "Last": [entity.last_mentioned_at for entity in entities],
            }
        ),
        key="inspector_entities",
        hide_index=True,
        row_height=38,
        alt="Names in your memories with their type and number of mentions",
        column_config={"Last": st.column_config.DatetimeColumn(format="distance")},
    )


draw()
