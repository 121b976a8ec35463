"""Privacy: what is agreed to, what left this computer, what is held and for how long, what is
masked, taking it along, erasing it for good, and the record of all that. Only the view that is open
is worked out."""

from pathlib import Path

import streamlit as st

from pages.parts.privacy.audit import draw_audit
from pages.parts.privacy.consent import draw_consent
from pages.parts.privacy.erasure import draw_erasure
from pages.parts.privacy.overview import draw_overview
from pages.parts.privacy.personal_data import draw_personal_data
from pages.parts.privacy.retention import draw_retention
from pages.parts.privacy.rules import forget_saved
from pages.parts.privacy.sent import draw_sent
from pages.parts.shared import enter, has_arrived
from pages.parts.views import choose_view
from pages.parts.yours.chat_desk import drop_without_consent
from pages.parts.yours.view import draw_yours

LOOK = Path(__file__).parent / "parts/privacy/privacy.css"
VIEW = "privacy_view"
VIEWS = {
    "overview": (":material/space_dashboard: Overview", draw_overview),
    "consent": (":material/handshake: Consent", draw_consent),
    "sent": (":material/outbox: What left", draw_sent),
    "retention": (":material/schedule: Retention", draw_retention),
    "data": (":material/visibility_off: Personal data", draw_personal_data),
    "yours": (":material/luggage: Your data", draw_yours),
    "erasure": (":material/ink_eraser: Erasure", draw_erasure),
    "audit": (":material/receipt_long: Audit", draw_audit),
}


def draw() -> None:
    memory = enter("pages/privacy.py")
    st.html(LOOK)
    st.title("Privacy", anchor=False)
    if has_arrived():
        forget_saved()
    drop_without_consent(memory)
    # what was saved in one view is no longer undone in another
    _, draw_view = VIEWS[choose_view(VIEWS, VIEW, forget_saved)]
    draw_view(memory)


draw()
