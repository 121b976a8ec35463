"""Exactly what a model got for an answer, or would get: tokens by section as a bar, the messages,
what stands in them for what, and what was left out."""

from collections.abc import Sequence

import streamlit as st

from memory import ContextReport, LeftOut, Memory, NotFound, Pseudonym
from memory.records import ChatMessage
from pages.parts.charts import colours, draw_chart
from pages.parts.shared import count_of, draw_empty, literal, on_day, shorten, visible
from pages.parts.whose import user

BAR_PIXELS = 26
MESSAGE_PIXELS = 320
ROLES = {"system": "Instructions and memory", "user": "You", "assistant": "Assistant"}


def draw_given(memory: Memory, answer_id: int) -> None:
    given = memory.given(user(), answer_id)
    if given is None:
        draw_empty(
            "It is kept no more",
            "What a model got is kept for seven days, or until something in it is erased.",
        )
        return
    _draw_bar(given.report, answer_id)
    key = f"chat_given_{answer_id}"
    draw_what_is_given(given.messages, key)
    draw_pseudonyms(given.pseudonyms)
    if given.report.left_out:
        draw_left_out(memory, given.report, key)
    kept = f"Kept until {on_day(given.expires_at)}, and erased with what went into it."
    st.caption(kept if answer_id > 0 else "Not stored: it is gone with this chat.")


def _draw_bar(report: ContextReport, answer_id: int) -> None:
    import altair
    import pandas as pd

    sections = [section for section in report.sections if section.tokens]
    hues = colours()
    names = [section.name.capitalize() for section in sections]
    tokens = [section.tokens for section in sections]
    bar = (
        altair.Chart(pd.DataFrame({"section": names, "tokens": tokens, "place": range(len(names))}))
        .mark_bar(size=BAR_PIXELS)
        .encode(
            x=altair.X("tokens:Q", stack=True, axis=None, scale=altair.Scale(nice=False)),
            color=altair.Color(
                "section:N", scale=altair.Scale(domain=names, range=hues), legend=None
            ),
            order="place:Q",
            tooltip=["section:N", "tokens:Q"],
        )
    )
    st.markdown(
        f"**{count_of(report.tokens, 'token')}** of {report.budget:,} allowed, as Recollect counts"
    )
    told = [f"{name} {size:,}" for name, size in zip(names, tokens, strict=True)]
    draw_chart(
        bar,
        title=None,
        pixels=BAR_PIXELS,
        key=f"chat_given_bar_{answer_id}",
        alt=f"Tokens by section: {', '.join(told)}",
    )
    with st.container(horizontal=True, gap="small", key="chat_given_legend"):
        for each, colour in zip(told, hues, strict=False):
            st.html(f'<span style="color:{colour}">■</span> {each}', width="content")


def draw_what_is_given(messages: Sequence[ChatMessage], key: str) -> None:
    for number, message in enumerate(messages):
        role = ROLES[message["role"]]
        with st.expander(
            f"{role}: {literal(shorten(message['content'], 60))}",
            key=f"{key}_{number}",
            type="compact",
            expanded=number in (0, len(messages) - 1),
        ):
            st.code(
                visible(message["content"]),
                language=None,
                wrap_lines=True,
                height=MESSAGE_PIXELS if len(message["content"]) > 800 else "content",
            )


def draw_pseudonyms(pseudonyms: Sequence[Pseudonym]) -> None:
    """Nothing of a value is in what leaves; here it is told what each label stands for."""
    if not pseudonyms:
        st.caption(":material/visibility_off: Nothing in it had to be masked.")
        return
    values: dict[str, list[str]] = {}
    for each in pseudonyms:
        values.setdefault(each.placeholder, []).append(literal(shorten(each.value, 60)))
    st.markdown(f":material/visibility_off: **Masked** ({len(values)})")
    told = [f"`{label}` stands for {', '.join(named)}" for label, named in values.items()]
    st.markdown("\\\n".join(told))


def draw_left_out(memory: Memory, report: ContextReport, key: str, title: str = "Left out") -> None:
    with st.expander(f"{title} ({len(report.left_out)})", key=f"{key}_left_out", type="compact"):
        for each in report.left_out:
            st.markdown(_what(memory, each))
            st.caption(f"{each.what.capitalize()}, {count_of(each.tokens, 'token')}: {each.reason}")


def _what(memory: Memory, left_out: LeftOut) -> str:
    if left_out.memory_id is None:
        return "A turn of the conversation" if left_out.what == "conversation" else "A line"
    try:
        return literal(shorten(memory.item(left_out.memory_id).text, 160))
    except NotFound:
        return "*A memory that is erased*"
