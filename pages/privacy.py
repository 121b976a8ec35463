"""Privacy: what is agreed to, where the data is, taking it along, and erasing it for good."""

import streamlit as st

from memory import AppError, ErasureReceipt, Memory
from pages.parts.shared import (
    PERSONALIZATION,
    USER,
    at_time,
    attempt,
    count_of,
    counts_in_words,
    draw_error,
    draw_places,
    draw_receipt,
    enter,
    remembering,
)

CONFIRM = "erase"
AUDIT_ROWS = 50
ACTIONS = {
    "grant": "Consent given",
    "revoke": "Consent withdrawn",
    "store": "Stored",
    "recall": "Answered",
    "edit": "Corrected",
    "pin": "Pinned",
    "unpin": "Unpinned",
    "pause": "Paused",
    "resume": "Resumed",
    "merge": "Merged",
    "unmerge": "Merge undone",
    "forget": "Forgotten",
    "restore": "Put back",
    "replace": "Replaced",
    "rename": "Conversation renamed",
    "memory on": "Memory on in a conversation",
    "memory off": "Memory off in a conversation",
    "erase": "Erased",
    "export": "Exported",
}
AUDIT_STATES = {
    "intact": ":material/verified: The chain of the audit is intact.",
    "broken": ":material/gpp_bad: The audit was changed from outside.",
    "unverifiable": ":material/gpp_maybe: The key file is missing: the audit cannot be verified.",
}


def draw() -> None:
    memory = enter("pages/privacy.py")
    st.title("Privacy", anchor=False)
    receipt: ErasureReceipt | None = st.session_state.pop("privacy_receipt", None)
    if receipt and receipt.scope != "everything":
        draw_receipt(receipt)
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_consent(memory)
        _draw_export(memory)
    with right:
        _draw_place(memory)
        _draw_leaving()
    if receipt and receipt.scope == "everything":
        draw_receipt(receipt)  # where it was asked for: the page stays scrolled down
    _draw_erasure(memory)
    _draw_audit(memory)


# -- consent --------------------------------------------------------------------------------


def _draw_consent(memory: Memory) -> None:
    with st.container(border=True, key="privacy_consent"):
        st.subheader("Consent", anchor=False)
        st.markdown("**Remember what I say** (personalization)")
        st.caption(
            "Allows Recollect to keep conversations, learn memories from them and use them in "
            "answers, on this computer only."
        )
        if not remembering(memory):
            st.button(
                "Allow",
                key="privacy_grant",
                type="primary",
                on_click=attempt,
                args=(memory.grant, USER, PERSONALIZATION),
            )
            return
        given = [c for c in memory.consents(USER) if c.purpose == PERSONALIZATION][-1]
        st.caption(f":material/check: Given on {at_time(given.granted_at)}")
        st.button(
            "Withdraw…",
            key="privacy_revoke",
            on_click=_confirm_revoke,
            args=(memory,),
        )


@st.dialog("Withdraw consent")
def _confirm_revoke(memory: Memory) -> None:
    try:
        footprint = memory.footprint(USER, purpose=PERSONALIZATION)
    except AppError as error:
        draw_error(error)
        return
    if footprint.total:
        st.markdown("This was kept because you agreed. It is erased at once, and for good:")
        draw_places(footprint.places)
    else:
        st.markdown("Nothing is kept, so nothing has to be erased.")
    withdrawn = st.button(
        "Withdraw and erase",
        key="privacy_revoke_confirmed",
        type="primary",
        on_click=_revoke,
        args=(memory,),
    )
    if problem := st.session_state.pop("privacy_problem", None):
        st.error(problem, icon=":material/error:")
    elif withdrawn:
        st.rerun()  # all of the page, without the dialog


def _revoke(memory: Memory) -> None:
    """Draws nothing: what a callback draws while only the dialog runs breaks the page."""
    try:
        st.session_state["privacy_receipt"] = memory.revoke(USER, PERSONALIZATION)
    except AppError as error:
        st.session_state["privacy_problem"] = str(error)


# -- where it is, what leaves ---------------------------------------------------------------


def _draw_place(memory: Memory) -> None:
    stats = memory.stats()
    with st.container(border=True, key="privacy_place"):
        st.subheader("Where your data is", anchor=False)
        st.caption("One file, readable for you alone. Copy it to move; nothing is anywhere else.")
        st.code(str(memory.settings.database), language=None, wrap_lines=True)
        st.caption(
            f"{stats.file_bytes / 1024:,.0f} KB · {count_of(stats.memories, 'memory')} · "
            f"{count_of(stats.messages, 'message')} · "
            f"{count_of(stats.conversations, 'conversation')}"
        )
        report = memory.privacy_report()
        if report.by_class:
            classes = ", ".join(f"{count} {name}" for name, count in report.by_class.items())
            st.caption(f"By class: {classes}. Expiring within 30 days: {report.expiring_soon}.")
        kept = "30 days from storing (strict)" if memory.settings.strict else "a year from last use"
        st.caption(f"Personal memories are kept for {kept}. Passwords and keys are never stored.")


def _draw_leaving() -> None:
    with st.container(border=True, key="privacy_leaving"):
        st.subheader("What left this computer", anchor=False)
        st.markdown("**Nothing.**")
        st.caption(
            "No remote model can be connected in this version, there are no statistics, and the "
            "page loads nothing from outside. The tests hold both server and browser to it."
        )


def _draw_export(memory: Memory) -> None:
    with st.container(border=True, key="privacy_export"):
        st.subheader("Take it with you", anchor=False)
        st.caption("Everything held about you, given or inferred, as JSON in a ZIP.")
        st.download_button(
            "Download my data",
            data=lambda: memory.export(USER),
            file_name="recollect-export.zip",
            mime="application/zip",
            key="privacy_export_download",
            icon=":material/download:",
            on_click="ignore",
        )


# -- erasure --------------------------------------------------------------------------------


def _draw_erasure(memory: Memory) -> None:
    with st.container(border=True, key="privacy_erase"):
        st.subheader("Delete everything", anchor=False)
        footprint = memory.footprint(USER)
        if not footprint.total:
            st.caption("Nothing is held about you.")
            return
        st.caption(
            "Erases all of this from the file to the last byte, then reads the file to check. "
            "There is no undo. Exports you downloaded earlier and your own backups are not reached."
        )
        draw_places(footprint.places)
        with st.form("privacy_erase_form", border=False):
            st.text_input(f"Type “{CONFIRM}” to confirm", key="privacy_erase_word", max_chars=20)
            confirmed = st.form_submit_button(
                "Delete everything", key="privacy_erase_submit", icon=":material/delete_forever:"
            )
    if confirmed:
        _erase(memory)


def _erase(memory: Memory) -> None:
    if st.session_state["privacy_erase_word"].strip().lower() != CONFIRM:
        st.warning(f"Nothing was erased: type “{CONFIRM}” first.", icon=":material/info:")
        return
    with st.spinner("Erasing, and reading the file to check"):
        receipt = memory.erase(USER)
    for key in ("chat_conversation", "chat_shown", "chat_not_now"):
        st.session_state.pop(key, None)
    st.session_state["privacy_receipt"] = receipt
    st.rerun()


# -- audit ----------------------------------------------------------------------------------


def _draw_audit(memory: Memory) -> None:
    import pandas as pd

    events = memory.audit(AUDIT_ROWS)
    st.subheader("Audit", anchor=False)
    if not events:
        st.caption("Nothing has happened yet.")
        return
    st.caption(
        f"{AUDIT_STATES[memory.verify_audit().state]} It holds what happened and to how many, "
        f"never the text. The last {AUDIT_ROWS} events:"
    )
    st.dataframe(
        pd.DataFrame(
            {
                "When": [event.at for event in events],
                "What": [ACTIONS.get(event.action, event.action) for event in events],
                "How many": [counts_in_words(event.counts) for event in events],
                "Subject (keyed hash)": [event.subject[:12] for event in events],
            }
        ),
        key="privacy_audit",
        hide_index=True,
        alt="The latest events of the audit",
        column_config={"When": st.column_config.DatetimeColumn(format="distance")},
    )


draw()
