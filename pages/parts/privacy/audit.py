"""The audit: whether its chain holds, and what happened. It holds no text, so it can be shown,
filtered and taken along as it is."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

import streamlit as st

from memory import Act, AuditEvent, AuditVerification, Memory
from pages.parts.privacy.words import CLASSES
from pages.parts.receipt import KNOWN_PLACES
from pages.parts.shared import count_of, counts_in_words, draw_empty, draw_pages
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

PAGE = 25
FILTER, NUMBER = "privacy_audit_actions", "privacy_audit_page"
ACTIONS: Mapping[Act, str] = {
    Act.GRANT: "Consent given",
    Act.REVOKE: "Consent withdrawn",
    Act.STORE: "Stored",
    Act.RECALL: "Answered",
    Act.MODEL_CALL: "Model asked",
    Act.CHOOSE_MODEL: "Model chosen",
    Act.SUMMARISE: "Summarised",
    Act.EDIT: "Corrected",
    Act.CLASSIFY: "Class chosen",
    Act.PIN: "Pinned",
    Act.UNPIN: "Unpinned",
    Act.PAUSE: "Paused",
    Act.RESUME: "Resumed",
    Act.MERGE: "Merged",
    Act.UNMERGE: "Merge undone",
    Act.ARCHIVE: "Let go into the archive",
    Act.FORGET: "Forgotten",
    Act.RESTORE: "Put back",
    Act.REPLACE: "Replaced",
    Act.KEEP: "Kept on request",
    Act.MASK_AGAIN: "Masked again",
    Act.SUPERSEDE: "Took another's place",
    Act.REINFORCE: "Said again, or kept fresh",
    Act.PROPOSE: "Put into the inbox",
    Act.ACCEPT: "Inbox: kept",
    Act.REJECT: "Inbox: not kept",
    Act.LEARNING: "Way of learning chosen",
    Act.MODEL_LEARNING_ON: "Learning with a model on",
    Act.MODEL_LEARNING_OFF: "Learning with a model off",
    Act.INSTRUCTIONS: "Instructions changed",
    Act.RULES: "Rules changed",
    Act.RENAME: "Conversation renamed",
    Act.ADD_PERSON: "Person added",
    Act.RENAME_PERSON: "Person renamed",
    Act.MEMORY_ON: "Memory on in a conversation",
    Act.MEMORY_OFF: "Memory off in a conversation",
    Act.SWEEP: "Swept",
    Act.UNDO_SWEEP: "Sweep undone",
    Act.FORGETTING_RULES: "Rules of forgetting changed",
    Act.BUDGET: "Budget chosen",
    Act.REVIEW: "When to see what is sent chosen",
    Act.HOLIDAY_ON: "Holiday mode on",
    Act.HOLIDAY_OFF: "Holiday mode off",
    Act.FETCH_MODEL: "Embedding model fetched",
    Act.BUILD_INDEX: "Index by meaning begun",
    Act.SWITCH_INDEX: "Index by meaning switched",
    Act.DROP_INDEX: "Index by meaning let go",
    Act.ERASE: "Erased",
    Act.EXPIRE: "Erased when due",
    Act.EXPORT: "Exported",
    Act.BACKUP: "Backed up",
    Act.RESTORE_BACKUP: "Backup restored",
    Act.ENCRYPT: "Passphrase set",
    Act.CHANGE_PASSPHRASE: "Passphrase changed",
    Act.DECRYPT: "Passphrase removed",
    Act.IMPORT: "Imported",
}
SUBJECT = 12
"""Characters of a keyed hash: enough to see what is the same."""


def draw_audit(memory: Memory) -> None:
    """The chain is that of the whole file; of the events, those of the person who is open."""
    if not memory.count_audit():
        draw_empty(
            "Nothing has happened yet",
            "Each thing that is stored, used or erased leaves a line here, without its text.",
        )
        return
    _draw_state(memory.verify_audit())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        actions = st.multiselect(
            "What",
            list(ACTIONS),
            format_func=lambda action: ACTIONS[action],
            key=FILTER,
            placeholder="All events",
            on_change=_first_page,
            width=340,
        )
        _draw_download(memory)
    whose = _whose(memory)
    found = memory.count_audit(user_id=whose, actions=actions)
    if not found:
        st.caption("Nothing of this has happened.")
        return
    st.caption(f"{count_of(found, 'event')}, the latest first. Never the text.")
    table = st.container()
    number = draw_pages(found, PAGE, NUMBER)
    with table:
        offset = PAGE * (number - 1)
        _draw_table(memory.audit(PAGE, user_id=whose, actions=actions, offset=offset))


def _whose(memory: Memory) -> str | None:
    """None where there is nobody else: then the events need no key to be told apart by."""
    return user() if any(each.user_id != user() for each in memory.people()) else None


def _first_page() -> None:
    st.session_state.pop(NUMBER, None)


# -- the chain ------------------------------------------------------------------------------


def _draw_state(found: AuditVerification) -> None:
    with st.container(border=True, key="privacy_audit_state"):
        title, told = _in_words(found)
        st.markdown(f"## {title}")
        st.markdown(told)
        if found.unverifiable_before:
            st.caption(
                f"What stands before number {found.unverifiable_before:,} was written under a key "
                "that was lost since: that part cannot be verified."
            )


def _in_words(found: AuditVerification) -> tuple[str, str]:
    events = count_of(found.events, "event")
    if found.state == "intact":
        return (
            ":material/verified: The chain is intact",
            f"{events}: each is as it was written, none was taken out, and none is missing at the "
            "end.",
        )
    if found.state == "broken":
        return (
            ":material/gpp_bad: The audit was changed from outside",
            f"Number {found.first_bad_id:,} is not as Recollect wrote it, or one before it was "
            "taken out. Compare with a copy of the file from before.",
        )
    if found.state == "cut":
        return (
            ":material/content_cut: The end of the audit is missing",
            f"Events from number {found.first_bad_id:,} on are gone: cut off, or lost when the "
            "power failed, or an older copy of the file was put back.",
        )
    return (
        ":material/gpp_maybe: The audit cannot be verified",
        "The key file is missing, or the record in it of where the chain ends. Put back a copy of "
        "it: it lies beside the database.",
    )


# -- the events -----------------------------------------------------------------------------


def _draw_table(events: Sequence[AuditEvent]) -> None:
    import pandas as pd

    st.dataframe(
        pd.DataFrame(
            {
                "When": [event.at.astimezone() for event in events],
                "What": [_action(event) for event in events],
                "How many": [how_many(event.counts) for event in events],
                "Scope": [event.scope for event in events],
                "Subject": [event.subject[:SUBJECT] for event in events],
                "No.": [event.id for event in events],
            }
        ),
        key="privacy_audit",
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(events)),
        alt="Events of the audit, the latest first",
        column_config={
            "When": st.column_config.DatetimeColumn(width=150, format="D MMM YYYY, HH:mm"),
            "What": st.column_config.TextColumn(width=170),
            "How many": st.column_config.TextColumn(width=250),
            "Scope": st.column_config.TextColumn(width=105, help="Of an erasure."),
            "Subject": st.column_config.TextColumn(
                width=115, help="A keyed hash: the same thing has the same, and none can be read."
            ),
            "No.": st.column_config.NumberColumn(width=55),
        },
    )


def _action(event: AuditEvent) -> str:
    return ACTIONS.get(event.action, event.action)


def how_many(counts: Mapping[str, int]) -> str:
    """“3 memories (2 personal, 1 public), 1 message”: what a person knows of first. An answer may
    have been built on no memory."""
    places = {name: counts.get(name, 0) for name in KNOWN_PLACES} | {
        name: count for name, count in counts.items() if name not in CLASSES
    }
    memories = counts_in_words({"memories": places.pop("memories")})
    if memories and (classes := _classes(counts)):
        memories = f"{memories} ({classes})"
    words = [part for part in (memories, counts_in_words(places)) if part]
    return ", ".join(words) or ("no memory" if "memories" in counts else "")


def _classes(counts: Mapping[str, int]) -> str:
    held = {name: counts[name] for name in CLASSES if counts.get(name)}
    if len(held) == 1:
        return next(iter(held))
    return ", ".join(f"{count:,} {name}" for name, count in held.items())


def _draw_download(memory: Memory) -> None:
    whose = _whose(memory)  # the data is made in a thread that knows of no session
    st.download_button(
        "Download as CSV",
        data=lambda: as_csv(memory.audit(memory.count_audit(), user_id=whose)),
        file_name="recollect-audit.csv",
        mime="text/csv",
        key="privacy_audit_download",
        icon=":material/download:",
        on_click="ignore",
    )


def as_csv(events: Sequence[AuditEvent]) -> str:
    """All columns as they are stored; times in UTC."""
    buffer = io.StringIO()
    rows = csv.writer(buffer)
    rows.writerow(("number", "at", "action", "scope", "subject", "counts"))
    for event in events:
        counts = json.dumps(dict(event.counts), sort_keys=True)
        rows.writerow(
            (event.id, event.at.isoformat(), event.action, event.scope, event.subject, counts)
        )
    return buffer.getvalue()
