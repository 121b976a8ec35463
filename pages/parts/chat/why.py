"""“Why did you say that?”: what an answer was built on, what it would be without that, what nearly
went in, exactly what a model got, and what it took."""

from collections.abc import Mapping

import streamlit as st

from memory import Answered, AppError, Explanation, Memory, Message, Source
from pages.parts.chat.compare import draw_compare
from pages.parts.chat.given import draw_given
from pages.parts.chat.took import draw_took
from pages.parts.shared import (
    count_of,
    draw_empty,
    draw_error,
    literal,
    on_day,
)
from pages.parts.whose import user

OPEN = "chat_why_open"
"""Id of the answer that is explained."""
BUILT_ON, NEAR_MISSES, GIVEN = "Built on", "Near misses", "What the model got"
TOOK = "What it took"


def draw_why(memory: Memory, answer: Message) -> None:
    st.button(
        "Why?",
        key=f"chat_why_{answer.id}",
        type="tertiary",
        icon=":material/help:",
        help="What this answer was built on, and what it would be without it",
        on_click=_open,
        args=(answer.id,),
    )
    if st.session_state.get(OPEN) == answer.id:
        _why(memory, answer.id)


def _open(answer_id: int | None = None) -> None:
    st.session_state[OPEN] = answer_id


@st.dialog("Why this answer", width="large", on_dismiss=_open)
def _why(memory: Memory, answer_id: int) -> None:
    """Given the id: what a dialog is given stays in the session, and would outlive an erasure."""
    try:
        answered = memory.answered(user(), answer_id)
        st.caption(_how(answered))
        asked_a_model = answered is not None and answered.context_tokens > 0
        views = [BUILT_ON, NEAR_MISSES, *([GIVEN] if asked_a_model else []), TOOK]
        view = st.segmented_control(
            "Show",
            views,
            default=BUILT_ON,
            required=True,
            key=f"chat_why_view_{answer_id}",
            label_visibility="collapsed",
        )
        if view == BUILT_ON:
            _draw_built_on(memory, answer_id)
        elif view == NEAR_MISSES:
            _draw_near_misses(memory, answer_id)
        elif view == TOOK:
            draw_took(memory, answer_id)
        else:
            draw_given(memory, answer_id)
    except AppError as error:
        draw_error(error)


def _how(answered: Answered | None) -> str:
    if answered is None:
        return "It is from before such details were kept."
    if not answered.context_tokens:
        return "Answered from memory by the built-in answerer: no model was asked."
    where = "on this computer" if answered.is_local else "elsewhere"
    counted = "" if answered.counted_by_model else "about "
    tokens = (
        f"{counted}{count_of(answered.context_tokens, 'token')} given, "
        f"{count_of(answered.answer_tokens, 'token')} answered"
    )
    times = ""
    if answered.first_seconds is not None and answered.total_seconds is not None:
        times = (
            f" · first word after {answered.first_seconds:.1f} s, "
            f"{answered.total_seconds:.1f} s in all"
        )
    return f"Answered by {literal(answered.model)} {where} · {tokens}{times}"


# -- built on, and without it ---------------------------------------------------------------


def _draw_built_on(memory: Memory, answer_id: int) -> None:
    sources = memory.sources(answer_id)
    if not sources:
        draw_empty(
            "No memory went into it",
            "It was made from the conversation alone, or told what Recollect itself knows.",
        )
        return
    st.markdown("Switch memories off, and see what the answer would be without them.")
    off = [source.item.id for source in sources if not _draw_source(answer_id, source)]
    draw_compare(memory, answer_id, off)


def _draw_source(answer_id: int, source: Source) -> bool:
    """Whether it is on."""
    key = f"chat_why_{answer_id}_{source.item.id}"
    with st.container(border=True, gap="xsmall", key=f"{key}_card"):
        on = st.toggle(literal(source.item.text), value=True, key=f"{key}_on")
        numbers = ", ".join(f"{name} {value}" for name, value in telling(source.terms))
        score = f" Score {source.score:.2f}: {numbers}." if numbers else ""
        st.caption(f"Told on {on_day(source.item.said_at)}. {literal(source.reason)}{score}")
    return on


def telling(terms: Mapping[str, float]) -> list[tuple[str, str]]:
    """The terms of a score in words, the weightiest first; most of them are nothing."""
    weighty = sorted(terms.items(), key=lambda term: -abs(term[1]))
    told = [(name, f"{value:.2f}") for name, value in weighty]
    return [(name, value) for name, value in told if value not in ("0.00", "-0.00")]


# -- near misses ----------------------------------------------------------------------------


def _draw_near_misses(memory: Memory, answer_id: int) -> None:
    misses = memory.near_misses(user(), answer_id)
    if not misses:
        draw_empty("Nothing else was near", "No other memory had to do with the question.")
        return
    st.markdown("Near to the question, and not among what the answer was built on.")
    for miss in misses:
        _draw_miss(miss)


def _draw_miss(miss: Explanation) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(literal(miss.item.text))
        st.caption(
            f"Place {miss.rank} · score {miss.score:.2f} · cosine {miss.similarity:.2f}. "
            f"{literal(miss.reason)}"
        )
