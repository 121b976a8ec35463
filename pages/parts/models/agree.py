"""What is agreed to with a model elsewhere, and what stays home all the same."""

from collections.abc import Iterator

import streamlit as st

from memory import PURPOSES, REMOTE_MODEL, Memory
from pages.parts.models.state import open_dialog
from pages.parts.privacy.words import CLASSES, LABELS
from pages.parts.shared import literal
from pages.parts.whose import user


def draw_terms(memory: Memory, provider: str) -> None:
    """The exact words, before the button that agrees to them."""
    purpose = PURPOSES[REMOTE_MODEL]
    with st.container(border=True, gap="small", key="model_terms"):
        st.markdown(f":material/handshake: **{purpose.title}**")
        st.markdown(purpose.text)
        st.caption(
            f"What {literal(provider)} does with what it gets is up to {literal(provider)}. Before "
            "the first message goes you are shown exactly what goes. You can withdraw this in "
            "Privacy at any time."
        )
        draw_what_stays(memory)


def draw_what_stays(memory: Memory) -> None:
    """By the person's own rules, with the way to them."""
    for line in what_stays(memory):
        st.caption(line)
    with st.container(horizontal=True, gap="small"):
        _draw_link("What is masked", "data", ":material/visibility_off:")
        _draw_link("What may be sent", "retention", ":material/tune:")


def what_stays(memory: Memory) -> Iterator[str]:
    rules = memory.privacy_rules(user())
    kept = [name.value for name in CLASSES if not rules.classes[name].sent]
    masked = [LABELS[label][1] for label in LABELS if rules.labels[label].masked_when_sent]
    if kept:
        yield f":material/home: Never sent: what is {_listed(kept, 'or')}."
    if masked:
        yield f":material/visibility_off: Replaced by labels: {_listed(masked, 'and')}."
    else:
        yield ":material/visibility: Your rules mask nothing that is sent but passwords and keys."


def _listed(words: list[str], joined_by: str) -> str:
    *others, last = words
    return f"{', '.join(others)} {joined_by} {last}" if others else last


def _draw_link(label: str, view: str, icon: str) -> None:
    """The dialog does not wait on the page that it leads to."""
    if st.button(label, key=f"model_terms_{view}", type="tertiary", icon=icon):
        open_dialog(False)
        st.switch_page("pages/privacy.py", query_params={"view": view})
