"""The first view: where everything is, what left, and the article's compliance report."""

from collections.abc import Sequence

import streamlit as st

from memory import Act, Consent, Memory, ModelPlace, Order, PrivacyReport
from pages.parts.charts import draw_bars
from pages.parts.privacy.words import (
    CLASSES,
    DELETIONS,
    in_force,
    purpose_of,
    until_and_day,
    with_version,
)
from pages.parts.shared import (
    capitalised,
    count_of,
    draw_empty,
    literal,
    on_day,
    shorten,
    size_of,
    visible,
)
from pages.parts.views import draw_to_view
from pages.parts.whose import user

NEXT = 5
"""Expiries that are listed."""


def draw_overview(memory: Memory) -> None:
    with st.grid(3, min_column_width=250):
        _draw_place(memory)
        _draw_leaving(memory)
        _draw_export()
    report, consents = memory.privacy_report(user()), memory.consents(user())
    if not (report.memories or report.deletions or consents):
        draw_empty(
            "Nothing is held about you",
            "Once you allow it, this is where you see what is kept, of which kind, and for how "
            "long.",
        )
        return
    _draw_report(memory, report, consents)


# -- where it is, what leaves ---------------------------------------------------------------


def _draw_place(memory: Memory) -> None:
    stats = memory.stats()
    with st.container(border=True, height="stretch", key="privacy_place"):
        st.markdown("## :material/database: Where your data is")
        st.code(str(memory.settings.database), language=None, wrap_lines=True)
        st.caption(
            f"One file of {size_of(stats.file_bytes)}, readable for you alone: "
            f"{count_of(stats.memories, 'memory')} · {count_of(stats.messages, 'message')} · "
            f"{count_of(stats.conversations, 'conversation')}{_of_people(memory)}. The keys of the "
            "audit lie beside it."
        )


def _of_people(memory: Memory) -> str:
    """The file is everybody's; all else on this page is of the one who is open."""
    people = len(memory.people())
    return f", of {people} people" if people > 1 else ""


def _draw_leaving(memory: Memory) -> None:
    with st.container(border=True, height="stretch", key="privacy_leaving"):
        st.markdown("## :material/outbox: What left this computer")
        sent = memory.count_ledger(user(), place=ModelPlace.REMOTE)
        if sent:
            st.markdown(f"**{count_of(sent, 'call')}** of models elsewhere.")
            st.caption(
                "Each carried only what your rules let go, masked as they say. There are no "
                "statistics, and the page loads nothing from outside."
            )
        else:
            st.markdown("**Nothing.**")
            st.caption(
                "No model elsewhere was asked, there are no statistics, and the page loads nothing "
                "from outside. The tests hold both server and browser to it."
            )
        if memory.count_audit(user_id=user(), actions=[Act.FETCH_MODEL]):
            st.caption(
                "An embedding model was fetched: its hub learned this computer's address and which "
                "model, and nothing of what is held."
            )
        draw_to_view("See each call", "sent", ":material/outbox:", "privacy_to_sent")


def _draw_export() -> None:
    with st.container(border=True, height="stretch", key="privacy_export"):
        st.markdown("## :material/luggage: Take it with you")
        st.caption(
            "What is held about you, given or inferred, in one ZIP: to read, for a spreadsheet and "
            "for other programs. It can be brought in again, here or on another computer."
        )
        draw_to_view("Take it along", "yours", ":material/luggage:", "privacy_to_yours")


# -- the report -----------------------------------------------------------------------------


def _draw_report(memory: Memory, report: PrivacyReport, consents: Sequence[Consent]) -> None:
    st.header("What is held, and for how long", anchor=False)
    with st.grid(4, min_column_width=150):
        st.metric("Memories", f"{report.memories:,}", border=True)
        st.metric("Expire within 30 days", f"{report.expiring_soon:,}", border=True)
        st.metric("Consents in force", f"{len(in_force(consents)):,}", border=True)
        st.metric("Memories erased so far", f"{sum(report.deletions.values()):,}", border=True)
    left, right = st.columns(2, gap="large")
    with left:
        if report.memories:
            _draw_classes(report)
            draw_bars("Memories by purpose", _by_purpose(report), key="privacy_chart_purposes")
        _draw_consents(consents)
    with right:
        if report.memories:
            _draw_retention(report)
            _draw_next(memory, report)
        if reasons := _by_reason(report):
            draw_bars("Memories erased, by reason", reasons, key="privacy_chart_erased")


def _draw_classes(report: PrivacyReport) -> None:
    bars = {capitalised(data_class): report.by_class.get(data_class, 0) for data_class in CLASSES}
    draw_bars("Memories by class", bars, key="privacy_chart_classes")


def _draw_retention(report: PrivacyReport) -> None:
    bars = {
        "Over": report.expired,
        "Within 30 days": report.expiring_soon,
        "Later, or never": report.fresh,
    }
    draw_bars("Memories by time left", bars, key="privacy_chart_retention", hues=(1, 4, 0))


def _draw_next(memory: Memory, report: PrivacyReport) -> None:
    found = memory.find(user(), order=Order.EXPIRING, limit=NEXT).items
    due = [(item, item.expires_at) for item in found if item.expires_at is not None]
    if not due:
        return
    st.markdown("### Next to go")
    for item, expires_at in due:
        with st.container(gap="xxsmall"):
            st.markdown(literal(shorten(item.text, 90)))
            st.caption(f":material/schedule: {until_and_day(expires_at, report.at)}")


def _draw_consents(consents: Sequence[Consent]) -> None:
    st.markdown("### Consents in force")
    given = in_force(consents)
    if not given:
        st.caption("None.")
    for name, consent in given.items():
        with st.container(gap="xxsmall"):
            st.markdown(f":material/check: {literal(purpose_of(name).title)}")
            st.caption(with_version(f"Since {on_day(consent.granted_at)}", consent.text_version))


def _by_purpose(report: PrivacyReport) -> dict[str, int]:
    return {visible(purpose_of(name).title): n for name, n in report.by_purpose.items()}


def _by_reason(report: PrivacyReport) -> dict[str, int]:
    """Without erasures that no memory was among."""
    counted = ((DELETIONS.get(scope, scope), n) for scope, n in report.deletions.items())
    return {reason: number for reason, number in counted if number}
