"""The Inspector's way to the curves of what is picked in it."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.forgetting.chosen import LETTERS


def draw_to_curves(item_ids: Sequence[int], label: str, key: str) -> None:
    """Of the first of them: more lines could not be told apart."""
    if st.button(label, key=key, type="tertiary", icon=":material/show_chart:"):
        ids = ",".join(map(str, item_ids[: len(LETTERS)]))
        st.switch_page("pages/forgetting.py", query_params={"view": "curves", "memory": ids})
