"""A text to try: what would be found in it, stored of it and sent of it.

Nothing of the text stays: the field is emptied as it is read, and the result is drawn in that run
alone.
"""

from collections.abc import Iterator, Sequence

import streamlit as st

from memory import AppError, Memory, Preview, Span
from pages.parts.privacy.words import HANDLING, LABELS
from pages.parts.shared import capitalised, count_of, draw_error, literal, visible
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

FIELD = "privacy_try_text"
TRIED = "privacy_tried"
"""What is to be looked at in this run."""
SAMPLE = "privacy_try_sample"
SAMPLES = {
    "A contact": "Please write to Jane Miller at jane.miller@example.com or call 555-123-4567.",
    "A password": "The staging server takes the password Tr0ub4dor-plus-3, ask Omar for the rest.",
    "A diagnosis": "I was diagnosed with asthma and carry an inhaler.",
    "Documentation": "PostgreSQL 16 was released in September 2023.",
}
HIGHEST = 4_000
"""Characters: a page of text."""


def draw_tester(memory: Memory) -> None:
    with st.container(border=True, key="privacy_tester"):
        st.header("Try a text", anchor=False)
        st.caption("See what would be found in it, stored of it and sent of it. Nothing is kept.")
        with st.form("privacy_try_form", border=False, clear_on_submit=True):
            st.text_area(
                "Text",
                key=FIELD,
                height=90,
                max_chars=HIGHEST,
                placeholder="Write something with a name, a number or a secret in it",
                label_visibility="collapsed",
            )
            st.form_submit_button(
                "Look", key="privacy_try", icon=":material/troubleshoot:", on_click=_take
            )
        st.pills("Or a sample", list(SAMPLES), key=SAMPLE)
        text = st.session_state.pop(TRIED, None) or SAMPLES.get(st.session_state[SAMPLE], "")
        if text:
            _draw_result(memory, text)


def _take() -> None:
    """Out of the field's state, which a session would keep; the form empties what is seen."""
    st.session_state[TRIED] = st.session_state.pop(FIELD)
    st.session_state[SAMPLE] = None


def _draw_result(memory: Memory, text: str) -> None:
    try:
        preview = memory.preview(user(), text)
    except AppError as error:
        draw_error(error)
        return
    with st.container(key="privacy_try_marked"):
        st.markdown(_highlighted(text, preview.spans))
    found = preview.classification
    st.markdown(f"Class: **{capitalised(found.data_class)}** · {found.reason}")
    if preview.spans:
        _draw_finds(text, preview)
    else:
        st.caption("Nothing in it identifies anybody.")
    stored, sent = st.columns(2, gap="medium")
    with stored:
        _draw_outcome(":material/save: **Stored as**", preview.stored, preview.not_stored)
    with sent:
        _draw_outcome(
            ":material/cloud_upload: **Sent to a model elsewhere as**",
            preview.sent,
            preview.not_sent,
        )


def _highlighted(text: str, spans: Sequence[Span]) -> str:
    """Markdown that shows the text as it is, with what was found in it on a coloured ground."""
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[str]:
    position = 0
    for span in spans:
        yield _inert(text[position : span.start])
        yield f":orange-background[{_inert(text[span.start : span.end])}]"
        position = span.end
    yield _inert(text[position:])


def _inert(piece: str) -> str:
    """As ``literal``, which would take away the spaces between two pieces."""
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{before}{literal(piece)}{after}"


def _draw_finds(text: str, preview: Preview) -> None:
    import pandas as pd

    spans = preview.spans
    st.dataframe(
        pd.DataFrame(
            {
                "Found": [visible(text[span.start : span.end]) for span in spans],
                "What": [LABELS[span.label][0] for span in spans],
                "Done": [HANDLING[handling] for handling in preview.handled],
                "Sure": [100 * span.confidence for span in spans],
                "Rule": [span.rule for span in spans],
            }
        ),
        key="privacy_try_finds",
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(spans)),
        alt=f"{count_of(len(spans), 'piece')} of personal data in the text",
        column_config={
            "Found": st.column_config.TextColumn(width=170),
            "What": st.column_config.TextColumn(width=140),
            "Done": st.column_config.TextColumn(width=90, help="Before anything is stored."),
            "Sure": st.column_config.NumberColumn(width=60, format="%.0f %%"),
            "Rule": st.column_config.TextColumn(width=150, help="The rule that made the find."),
        },
    )


def _draw_outcome(title: str, text: str, reason: str) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(title)
        if text:
            st.text(visible(text))
        if reason:
            told = "Not now" if text else "Not at all"
            st.caption(f":material/block: {told}. {literal(reason)}")
