"""The Inspector's names: whom and what the person's memories mention."""

import streamlit as st

from memory import Memory
from pages.parts.shared import USER, draw_pages

NAMES = 50
"""Names on a page."""


def draw(memory: Memory) -> None:
    import pandas as pd

    st.subheader("Names you mentioned", anchor=False)
    entities = memory.entities(USER)
    if not entities:
        st.caption("People, places and technologies appear here once a memory mentions them.")
        return
    table = st.container()
    number = draw_pages(len(entities), NAMES, "inspector_names_page")
    page = entities[NAMES * (number - 1) :][:NAMES]
    table.dataframe(
        pd.DataFrame(
            {
                "Name": [entity.name for entity in page],
                "Type": [entity.type.value for entity in page],
                "Mentions": [entity.mention_count for entity in page],
                "Last": [entity.last_mentioned_at for entity in page],
            }
        ),
        key="inspector_entities",
        hide_index=True,
        row_height=38,
        alt="Names in your memories with their type and number of mentions",
        column_config={"Last": st.column_config.DatetimeColumn(format="distance")},
    )
