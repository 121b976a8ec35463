"""The lower half of the Inspector's card: where a memory comes from and what became of it."""

import streamlit as st

from memory import Memory, MemoryItem, NotFound, Role, Status
from pages.parts.inspector import changes
from pages.parts.shared import at_time, count_of, literal, literal_lines, shorten, visible


def draw_history(memory: Memory, item: MemoryItem) -> None:
    """One expander each; those without content are left out."""
    _draw_source(memory, item)
    _draw_importance(item)
    _draw_revisions(memory, item)
    _draw_uses(memory, item)
    _draw_related(memory, item)
    _draw_parts(memory, item)


# -- where it comes from --------------------------------------------------------------------


def _draw_source(memory: Memory, item: MemoryItem) -> None:
    if item.source_message_id is None:
        return
    with st.expander("Where it was said", key=f"inspector_source_{item.id}", type="compact"):
        try:
            message = memory.message(item.source_message_id)
        except NotFound:
            st.caption("The message was erased.")
            return
        who = "You" if message.role is Role.USER else message.role.value.capitalize()
        st.caption(f"{literal(message.speaker or who)}, {at_time(message.said_at)}")
        st.text(visible(message.text))
        _link_to_chat("Open the conversation", message.conversation_id, message.id)


def _link_to_chat(label: str, conversation: str, message_id: int) -> None:
    st.page_link(
        "pages/chat.py",
        label=label,
        icon=":material/forum:",
        query_params={"c": conversation, "m": str(message_id)},
    )


def _draw_importance(item: MemoryItem) -> None:
    label = f"Why it was kept: importance {item.importance:.2f}"
    with st.expander(label, key=f"inspector_importance_{item.id}", type="compact"):
        terms = sorted(item.importance_terms.items(), key=lambda term: -abs(term[1]))
        rows = {literal(name.replace("_", " ")): f"{value:+.2f}" for name, value in terms}
        if rows:
            rows["**Sum**"] = f"**{sum(item.importance_terms.values()):+.2f}**"
            st.table(rows, border="horizontal")
        st.caption("The sum is kept between 0 and 1." if rows else "It was given as it is.")


# -- what became of it ----------------------------------------------------------------------


def _draw_revisions(memory: Memory, item: MemoryItem) -> None:
    revisions = memory.revisions(item.id)
    if not revisions:
        return
    label = f"Earlier wording ({len(revisions)})"
    with st.expander(label, key=f"inspector_revisions_{item.id}", type="compact"):
        for version, revision in enumerate(revisions):
            st.markdown(literal_lines(revision.text, "> "))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"Until {at_time(revision.replaced_at)}")
                if item.status is Status.ACTIVE:
                    st.button(
                        "Bring back",
                        key=f"inspector_bring_back_{item.id}_{version}",
                        type="tertiary",
                        icon=":material/history:",
                        on_click=changes.bring_back,
                        args=(memory, item.id, version),
                    )


def _draw_uses(memory: Memory, item: MemoryItem) -> None:
    uses = memory.uses(item.id)
    if not uses:
        return
    with st.expander("Used in", key=f"inspector_uses_{item.id}", type="compact"):
        for use in uses:
            st.caption(f"{at_time(use.at)} · {literal(use.reason)} · cosine {use.similarity:.2f}")
            if use.message_id is not None and use.conversation_id is not None:
                _link_to_chat("Open that answer", use.conversation_id, use.message_id)
        if len(uses) < item.access_count:
            st.caption(f"The last {len(uses)} of {count_of(item.access_count, 'use')}.")


def _draw_related(memory: Memory, item: MemoryItem) -> None:
    """Looked for when it is opened: that compares it with all the others."""
    related = st.expander(
        "Related memories",
        key=f"inspector_related_{item.id}",
        type="compact",
        on_change="rerun",
    )
    if not related.open:
        return
    with related:
        found = memory.related(item.id)
        if not found:
            st.caption("None is near to it in meaning.")
        for other in found:
            _open_button(f"inspector_related_{item.id}_{other.item.id}", other.item)


def _draw_parts(memory: Memory, item: MemoryItem) -> None:
    parts = memory.merged_from(item.id)
    if not parts:
        return
    with st.expander(
        f"Merged from ({len(parts)})", key=f"inspector_parts_{item.id}", type="compact"
    ):
        for part in parts:
            st.markdown(literal_lines(part.text, "> "))
            st.caption(f"Said on {at_time(part.said_at)}")
        st.button(
            "Undo merge",
            key=f"inspector_unmerge_{item.id}",
            icon=":material/call_split:",
            on_click=changes.unmerge,
            args=(memory, item.id),
        )


def _open_button(key: str, item: MemoryItem) -> None:
    st.button(
        literal(shorten(item.text, 90)),
        key=key,
        type="tertiary",
        icon=":material/arrow_forward:",
        wrap=True,
        on_click=changes.open_card,
        args=(item.id,),
    )
