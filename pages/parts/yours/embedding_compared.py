"""Two embedding models side by side, on the person's own questions. Nothing of it is kept: their
texts are in no session."""

import streamlit as st

from memory import AppError, ComparedQuestion, IndexComparison, Memory, NotFound
from pages.parts.shared import count_of, literal, shorten
from pages.parts.whose import user

SHOWN = 3


def draw_compared(memory: Memory) -> None:
    try:
        with st.spinner("Asking both models"):
            found = memory.compare_index(user())
    except AppError as error:
        st.error(literal(str(error)), icon=":material/error:")
        return
    _draw_numbers(found)
    st.markdown("### Where they differ most")
    for example in found.examples:
        _draw_example(memory, found, example)


def _draw_numbers(found: IndexComparison) -> None:
    with st.grid(3, min_column_width=170, border=True):
        st.metric(
            "In common",
            f"{found.overlap * 10:.1f} of 10",
            help="Of the ten memories nearest to a question, on average.",
        )
        if found.found_by_used is not None and found.found_by_built is not None:
            st.metric("Found by the one in use", f"{found.found_by_used:.0%}")
            st.metric("Found by the other", f"{found.found_by_built:.0%}")
    if found.asked:
        st.caption(
            f"Found: how much of what your answers were built on is among the first ten, of "
            f"{count_of(found.asked, 'question')} that you asked. The one in use has an advantage: "
            "it is what those answers were found with."
        )
    if found.derived:
        st.caption(
            f"{count_of(found.derived, 'memory')} stood in for questions, as you asked few: each "
            "was looked for by its own words."
        )


def _draw_example(memory: Memory, found: IndexComparison, example: ComparedQuestion) -> None:
    with st.expander(literal(shorten(example.text)), type="compact"):
        sides = ((found.used, example.by_used), (found.built, example.by_built))
        for column, (model, ids) in zip(st.columns(2), sides, strict=True):
            with column:
                st.caption(literal(model))
                for number, ident in enumerate(ids[:SHOWN], start=1):
                    told = " :material/check:" if ident in example.told else ""
                    st.markdown(f"{number}. {_text(memory, ident)}{told}")


def _text(memory: Memory, ident: int) -> str:
    try:
        return literal(shorten(memory.item(ident).text))
    except NotFound:
        return "Erased meanwhile"
