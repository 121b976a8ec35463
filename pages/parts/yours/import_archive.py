"""Bringing an export in again: looked at first, then brought in, then let go of.

The session holds no word of it but the uploaded file itself, and that only until it is brought in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from memory import Conflict, ImportReport, LeftOutBecause, Memory
from pages.parts.deciding import INBOX
from pages.parts.shared import capitalised, count_of, counts_in_words, literal, shorten
from pages.parts.whose import user
from pages.parts.yours.progress import OnProgress, draw_progress
from pages.parts.yours.uploads import begin_anew, key_of, let_go_of

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

FIELD = "privacy_import_file"
LOOK, NOW = "privacy_import_looking", "privacy_import_now"
"""What is to be done in this run."""
LONGEST = 200
"""Characters of a text in a table."""
MOST_SHOWN = 50
"""Differences; each is a row of texts."""


@dataclass(frozen=True, slots=True)
class Words:
    """Of what was done, or would be."""

    added: str
    waiting: str


WOULD = Words("This would come in", "would wait in your inbox")
DID = Words("This came in", "wait in your inbox")


def draw_import(memory: Memory) -> None:
    st.header("Bring it in", anchor=False)
    st.caption(
        "An export of Recollect, from this computer or another. You see first what would come in. "
        "What is here stays as it is; what is here already is not brought in twice. What you "
        "erased since the export comes back if it stands in it."
    )
    confirmed = st.session_state.pop(NOW, False)
    if confirmed and (file := st.session_state.get(key_of(FIELD))) is not None:
        _bring_in(memory, file)
    uploaded = st.file_uploader(
        "The ZIP of an export, or its recollect.json",
        type=["zip", "json"],
        key=key_of(FIELD),
        on_change=lambda: st.session_state.update({LOOK: True}),
    )
    if uploaded is None:
        return
    if st.session_state.pop(LOOK, False):
        _draw_look(memory, uploaded)
    else:
        st.button(
            "Look at it again",
            key="privacy_import_look",
            icon=":material/search:",
            on_click=lambda: st.session_state.update({LOOK: True}),
        )


def _draw_look(memory: Memory, file: "UploadedFile") -> None:
    def look(tell: OnProgress) -> ImportReport:
        file.seek(0)
        return memory.import_archive(user(), file, dry_run=True, on_step=tell)

    report = draw_progress("Looking at it", "Looked at it", "It cannot be brought in", look)
    if report is None:
        return
    _draw_report(report, WOULD)
    if not report.changes_nothing:
        st.button(
            "Bring it in",
            key="privacy_import_bring",
            type="primary",
            icon=":material/move_to_inbox:",
            on_click=lambda: st.session_state.update({NOW: True}),
        )


def _bring_in(memory: Memory, file: "UploadedFile") -> None:
    def bring(tell: OnProgress) -> ImportReport:
        file.seek(0)
        report = memory.import_archive(user(), file, on_step=tell)
        begin_anew(FIELD)
        let_go_of(file)
        return report

    report = draw_progress("Bringing it in", "Brought in", "Nothing was brought in", bring)
    if report is not None:
        _draw_report(report, DID)


# -- the report -----------------------------------------------------------------------------


def _draw_report(report: ImportReport, words: Words) -> None:
    if report.person != user():
        st.caption(f"The archive is about “{literal(report.person)}”.")
    if report.changes_nothing:
        st.markdown("**Nothing new.** What may come in of it is here already.")
    else:
        st.markdown(f"**{words.added}:** {counts_in_words(report.added)}.")
    st.markdown("\n".join(f"- {line}" for line in _lines(report, words)))
    if report.to_inbox and words is DID:
        st.page_link(
            "pages/inspector.py",
            label="Open the inbox",
            icon=":material/inbox:",
            query_params=INBOX,
        )
    _draw_left_out(report.left_out)
    _draw_conflicts(report.conflicts)


def _lines(report: ImportReport, words: Words) -> list[str]:
    lines = []
    if here := counts_in_words(report.already_here):
        lines.append(f"Already here: {here}.")
    if report.consents:
        agreed = ", ".join(f"“{literal(purpose)}”" for purpose in report.consents)
        lines.append(f"Agreed to, as the archive says: {agreed}. Nothing was decided here of that.")
    if report.settings:
        lines.append(f"Settings: {literal(', '.join(report.settings))}.")
    if report.to_inbox:
        lines.append(f"{count_of(report.to_inbox, 'memory')} {words.waiting}.")
    if report.masked:
        lines.append(f"{count_of(report.masked, 'value')} masked, as your rules say.")
    if report.forgotten:
        lines.append(
            f"{count_of(report.forgotten, 'memory')} forgotten before: erased when undo is over."
        )
    return lines


def _draw_left_out(left_out: Mapping[LeftOutBecause, int]) -> None:
    if left_out:
        st.markdown("### Left out")
        told = {capitalised(why): f"{number:,}" for why, number in left_out.items()}
        st.table(told, border="horizontal")


def _draw_conflicts(conflicts: tuple[Conflict, ...]) -> None:
    if not conflicts:
        return
    st.markdown("### Where the two differ")
    st.caption("What is here stays as it is.")
    st.table(
        pd.DataFrame(
            {
                "What": [capitalised(each.what) for each in conflicts],
                "Here": [_quoted(each.here) for each in conflicts],
                "In the archive": [_there(each) for each in conflicts],
            }
        ).head(MOST_SHOWN),
        border="horizontal",
        hide_index=True,
    )
    if len(conflicts) > MOST_SHOWN:
        st.caption(f"And {len(conflicts) - MOST_SHOWN:,} more.")


def _there(conflict: Conflict) -> str:
    waits = " :material/inbox: waits in the inbox" if conflict.goes_to_inbox else ""
    return f"{_quoted(conflict.there)}{waits}"


def _quoted(text: str) -> str:
    return literal(shorten(text, LONGEST))
