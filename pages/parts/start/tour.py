"""A short tour: a few lines with the page they are about, from page to page. It can be ended at
any stop, and begun again from the help."""

from dataclasses import dataclass

import streamlit as st

from pages.parts.shared import is_open_at

STEP, GOING = "tour_step", "tour_going"
TAB = "inspector_tab"
"""Of the Inspector, in its address and in the session."""


@dataclass(frozen=True, slots=True)
class Stop:
    page: str
    query: dict[str, str]
    title: str
    text: str


STOPS = (
    Stop(
        "pages/chat.py",
        {},
        "Chat: say it once",
        "What you say here is remembered, if you agree. A line under your message tells what was "
        "learnt from it, with Undo. Under an answer, **memories used** and **Why?** show what it "
        "was built on. “Forget that I…” works, too.",
    ),
    Stop(
        "pages/inspector.py",
        {TAB: "Memories"},
        "Inspector: every memory, in your hand",
        "Search them, open one: where it was said, why it was kept, in which answers it was used. "
        "Correct it, pin it, pause it, forget it. **Profile**, **Names**, **Clusters** and "
        "**Timeline** are the same memories, seen from other sides.",
    ),
    Stop(
        "pages/inspector.py",
        {TAB: "Inbox"},
        "Inbox: you decide what is unclear",
        "What contradicts something, and what reads like an instruction to a model, waits here and "
        "is not used until you keep it.",
    ),
    Stop(
        "pages/forgetting.py",
        {"view": "curves"},
        "Forgetting: what fades, and what you keep",
        "A memory fades by 5 % a day, and every use lifts it. Faded ones are archived first, with "
        "a preview and Undo. **What if** tries other rules on your own memories before you choose "
        "them.",
    ),
    Stop(
        "pages/privacy.py",
        {"view": "overview"},
        "Privacy: what is held, what left, and the way out",
        "Consents, what each class may be used for and for how long, what was sent to whom. **Your "
        "data** takes everything with you, or brings it in. **Erasure** removes it to the last "
        "byte, and shows you a receipt.",
    ),
)


def begin() -> None:
    """A callback, as all of these are: the next run goes there."""
    go_to(0)


def end() -> None:
    st.session_state.pop(STEP, None)


def go_to(step: int) -> None:
    st.session_state[STEP] = st.session_state[GOING] = step
    stop = STOPS[step]
    if is_open_at(stop.page) and TAB in stop.query:
        st.session_state[TAB] = stop.query[TAB]  # a widget's, which only a callback may change


def draw_way_to_it(label: str, key: str) -> None:
    st.button(label, key=key, type="tertiary", icon=":material/tour:", on_click=begin)


def draw_tour() -> None:
    """At the page's lower edge, where a chat that opens at its end shows it, too. Whoever goes
    elsewhere by themselves finds it there."""
    step: int | None = st.session_state.get(STEP)
    if step is None:
        return
    stop = STOPS[step]
    if st.session_state.pop(GOING, None) is not None:
        _go(stop)
    with st.bottom, st.container(border=True, key="tour", gap="xsmall"):
        st.markdown(f"**{stop.title}**")
        st.markdown(stop.text)
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.caption(f"Tour: {step + 1} of {len(STOPS)}", width="content")
            with st.container(horizontal=True, horizontal_alignment="right"):
                _draw_steps(step)


def _go(stop: Stop) -> None:
    if not is_open_at(stop.page):
        st.switch_page(stop.page, query_params=stop.query)
    if TAB not in stop.query:
        st.query_params.update(stop.query)


def _draw_steps(step: int) -> None:
    st.button("End the tour", key="tour_end", type="tertiary", on_click=end)
    if step > 0:
        st.button("Back", key="tour_back", on_click=go_to, args=(step - 1,))
    if step + 1 < len(STOPS):
        st.button("Next", key="tour_next", type="primary", on_click=go_to, args=(step + 1,))
    else:
        st.button("Done", key="tour_done", type="primary", on_click=end)
