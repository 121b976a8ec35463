"""What is done with each kind of personal data before it is stored or sent, and a place to try."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from memory import Handling, Label, LabelRule, Memory, PrivacyRules
from pages.parts.privacy.rules import draw_saving, edits_of, widgets_key
from pages.parts.privacy.tester import draw_tester
from pages.parts.privacy.words import HANDLING, LABELS, kept_in_words
from pages.parts.shared import attempt
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

if TYPE_CHECKING:
    import pandas as pd

ORDER = tuple(label for label in LABELS if label is not Label.SECRET)
"""Of a password or key there is nothing to choose."""
STORED, SENT = "Before storing", "Masked when sent"


def draw_personal_data(memory: Memory) -> None:
    draw_tester(memory)
    st.header("What is done with what is found", anchor=False)
    st.caption(
        ":material/key_off: Passwords and keys that are found are never stored or sent; that "
        "cannot be changed. Of a masked value a keyed hash stays as long as a text names it; of "
        "one that is never stored not even that."
    )
    _draw_table(memory.privacy_rules(user()))
    draw_saving(memory, wanted_rules)
    _draw_kept(memory)


def wanted_rules(memory: Memory) -> PrivacyRules:
    """The rules as the table has them now."""
    current = memory.privacy_rules(user())
    labels = dict(current.labels)
    for row, changes in edits_of(_table_key()).items():
        labels[ORDER[row]] = _changed(labels[ORDER[row]], changes)
    return replace(current, labels=labels)


def _changed(rule: LabelRule, changes: dict[str, object]) -> LabelRule:
    handling = {words: handling for handling, words in HANDLING.items()}
    return LabelRule(
        stored=handling[str(changes.get(STORED, HANDLING[rule.stored]))],
        masked_when_sent=bool(changes.get(SENT, rule.masked_when_sent)),
    )


def _table_key() -> str:
    return widgets_key("labels")


def _draw_table(current: PrivacyRules) -> None:
    possible = [Handling.MASK, Handling.NEVER] if current.strict else list(Handling)
    st.data_editor(
        _frame(current),
        key=_table_key(),
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(ORDER)),
        disabled=["Kind"],
        alt="Kinds of personal data: what is done before storing, and whether they are masked when "
        "sent",
        column_config={
            "Kind": st.column_config.TextColumn(width=185),
            STORED: st.column_config.SelectboxColumn(
                width=130, options=[HANDLING[handling] for handling in possible], required=True
            ),
            SENT: st.column_config.CheckboxColumn(
                width=130,
                help="Before a text goes to a model that is not on this computer. What is masked "
                "before storing is so in any case.",
            ),
        },
    )
    if current.strict:
        st.caption("Strict mode is on: nothing of this is kept as it is.")


def _frame(current: PrivacyRules) -> "pd.DataFrame":
    import pandas as pd

    rules = [current.labels[label] for label in ORDER]
    return pd.DataFrame(
        {
            "Kind": [LABELS[label][0] for label in ORDER],
            STORED: [HANDLING[rule.stored] for rule in rules],
            SENT: [rule.masked_when_sent for rule in rules],
        }
    )


def _draw_kept(memory: Memory) -> None:
    """What the person chose to keep in the chat, value by value."""
    kept = memory.kept_values(user())
    if not kept:
        return
    with st.container(border=True, key="privacy_kept"):
        values = ", ".join(kept_in_words(label, count) for label, count in kept.items())
        st.markdown(f"**You keep {values}**")
        st.caption("You asked for it in the chat: these values are stored as they are.")
        st.button(
            "Mask them from now on",
            key="privacy_keep_no_more",
            icon=":material/visibility_off:",
            on_click=attempt,
            args=(memory.keep_no_more, user()),
        )
        st.caption("What is stored already stays as it is until you erase it.")
