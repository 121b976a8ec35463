"""The Inspector's inbox: what is learnt at all, and what waits for the person to decide."""

from collections.abc import Mapping, Sequence

import streamlit as st

from memory import Doubt, Learning, Memory, MemoryItem
from pages.parts.deciding import (
    OF_WHAT_WAS_ASKED,
    SUGGESTED,
    Choice,
    Waiting,
    draw_options,
    said_when,
    together,
)
from pages.parts.inspector import changes
from pages.parts.kinds import named
from pages.parts.shared import (
    attempt,
    count_of,
    draw_empty,
    draw_pages,
    literal,
    literal_lines,
    shorten,
    visible,
)
from pages.parts.whose import user

CARDS = 10
"""On a page."""
QUOTED = 240
"""Characters of a message that something was read in."""
LEARNING, NUMBER = "inspector_inbox_learning", "inspector_inbox_page"
LANGUAGES = (
    "What a message states is read from English. Other languages are kept word for word, and found "
    "by their words."
)
MODES: Mapping[Learning, tuple[str, str]] = {
    Learning.AUTOMATIC: (
        "Automatic",
        "Recollect keeps what deserves to last. Only what is at odds with something you said, or "
        "reads like an instruction to a model, waits here.",
    ),
    Learning.ASK: ("Ask me", "All that would be kept waits here first; you decide each time."),
    Learning.TOLD: (
        "Only what I say",
        "Nothing is kept unless you begin with “Remember that …”.",
    ),
}


def draw(memory: Memory) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_inbox_last"):
        changes.draw_done(memory)
    _draw_learning(memory)
    found = together(memory.inbox(user()))
    if not found:
        draw_empty(
            "Nothing waits for you",
            "What is at odds with something you said before lands here, what reads like an "
            "instruction to a model, all that you want to be asked about, and what a model that "
            "reads along suggests.",
        )
        return
    _draw_all_asked(memory, found)
    cards = st.container()
    number = draw_pages(len(found), CARDS, NUMBER)
    with cards:
        for waiting in found[CARDS * (number - 1) :][:CARDS]:
            _draw_card(memory, waiting)


# -- what is learnt -------------------------------------------------------------------------


def _draw_learning(memory: Memory) -> None:
    chosen = memory.learning(user())
    st.session_state[LEARNING] = chosen.value  # as it stands, also when it was refused
    st.segmented_control(
        "What Recollect learns from what you say",
        [mode.value for mode in MODES],
        format_func=lambda mode: MODES[Learning(mode)][0],
        required=True,
        key=LEARNING,
        on_change=_learn,
        args=(memory,),
    )
    st.caption(
        "  \n".join(
            f"{f'**{name}**' if mode is chosen else name}: {what}"
            for mode, (name, what) in MODES.items()
        )
    )
    st.caption(LANGUAGES)


def _learn(memory: Memory) -> None:
    if st.session_state[LEARNING] != memory.learning(
        user()
    ):  # a control that leaves reports itself
        attempt(memory.set_learning, user(), st.session_state[LEARNING])


# -- what waits -----------------------------------------------------------------------------


def _draw_all_asked(memory: Memory, found: Sequence[Waiting]) -> None:
    """Those that can be answered by yes or no; between two, each is a choice of its own."""
    asked = [waiting for waiting in found if waiting.options is OF_WHAT_WAS_ASKED]
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_inbox_count"):
        st.markdown(f"**{count_of(len(found), 'thing')} to decide**", width="content")
        if len(asked) < 2:
            return
        # the oldest first, as they would have been learnt
        ids = tuple(ident for waiting in reversed(asked) for ident in waiting.ids)
        of_these = "all" if len(asked) == len(found) else f"the {len(asked):,} asked about"
        for option in OF_WHAT_WAS_ASKED:
            st.button(
                f"{'Remember' if option.choice is Choice.ACCEPT else 'Drop'} {of_these}",
                key=f"inspector_inbox_{option.choice}_all",
                type="tertiary",
                icon=option.icon,
                on_click=changes.decide,
                args=(memory, ids, option.choice),
            )


def _draw_card(memory: Memory, waiting: Waiting) -> None:
    with st.container(border=True, key=f"inspector_inbox_card_{waiting.ids[0]}"):
        if waiting.by_model:
            st.caption(f"{SUGGESTED}, in its own words.")
        if waiting.rival is not None:
            _draw_two(memory, waiting, waiting.rival)
        elif waiting.doubt is Doubt.INSTRUCTION:
            _draw_instruction(memory, waiting)
        else:
            _draw_asked(memory, waiting)
        with st.container(horizontal=True, gap="small"):
            draw_options("inspector", waiting, changes.decide, memory)
            if waiting.rival is not None:
                st.button(
                    "Open the old one",
                    key=f"inspector_inbox_open_{waiting.ids[0]}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    on_click=changes.open_in_list,
                    args=(waiting.rival.id,),
                )


def _draw_two(memory: Memory, waiting: Waiting, rival: MemoryItem) -> None:
    """Beside each other; on a phone the old one stands above the new."""
    st.caption(
        ":material/edit_note: Another wording of what is known."
        if waiting.doubt is Doubt.REWORDING
        else ":material/compare_arrows: The two do not go together. Which holds?"
    )
    for column, item in zip(st.columns(2), (rival, waiting.whole), strict=True):
        with column.container(border=True, height="stretch"):
            st.caption(_said(memory, item))
            st.markdown(literal_lines(item.text))


def _draw_asked(memory: Memory, waiting: Waiting) -> None:
    st.caption(_said(memory, waiting.whole))
    st.markdown(literal_lines(waiting.whole.text))
    if waiting.stated:
        parts = (f"{named(item.kind)}: “{literal(item.text)}”" for item in waiting.stated)
        st.caption("  \n".join(parts))
    else:
        st.caption(named(waiting.whole.kind))


def _draw_instruction(memory: Memory, waiting: Waiting) -> None:
    """As text that does nothing, whatever it says."""
    st.caption(
        f":material/shield: {_said(memory, waiting.whole)}. It reads like an instruction to a "
        "model, so no model is given it before you have looked at it."
    )
    st.text(visible(waiting.whole.text))


def _said(memory: Memory, item: MemoryItem) -> str:
    who = "You" if item.speaker in (None, item.user_id) else literal(item.speaker or "")
    said = f"{who} said {said_when(item.said_at, memory.now())}"
    if not item.by_model or item.source_message_id is None:
        return said
    whole = memory.message(item.source_message_id).text
    return f"{said}: “{literal(shorten(whole, QUOTED))}”"
