"""What left this computer, to whom, and for how much; and the person's say in it."""

from typing import Any

import streamlit as st

from memory import REMOTE_MODEL, Memory, ModelPlace, MonthSpent, Review, Spending
from pages.parts.charts import draw_bars
from pages.parts.models.words import dollars
from pages.parts.privacy.budget import draw_budget
from pages.parts.privacy.ledger import draw_ledger
from pages.parts.shared import agreed, attempt, count_of, draw_empty
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.views import draw_to_view
from pages.parts.whose import user

REVIEW = "privacy_review"
WHEN = {
    Review.FIRST: "The first time that anything goes to a provider",
    Review.ALWAYS: "Every time",
}
NOTHING_LEFT = (
    "For anything to leave, you would have to choose a model elsewhere under Assistant, agree to "
    "it, and press Send on exactly what is shown to you."
)
OF_ALL_MODELS = "Also of models on this computer."
MONTHS = 12
"""Drawn; the table has all."""


def draw_sent(memory: Memory) -> None:
    spending = memory.spending(user())
    if memory.count_ledger(user(), place=ModelPlace.REMOTE):
        _draw_numbers(memory, spending)
    else:
        draw_empty("Nothing has left this computer", NOTHING_LEFT)
    left, right = st.columns(2, gap="medium")
    with left:
        draw_budget(memory, spending)
    with right:
        _draw_say(memory)
    _draw_months(spending)
    draw_ledger(memory)


# -- in numbers -----------------------------------------------------------------------------


def _draw_numbers(memory: Memory, spending: Spending) -> None:
    month = _this_month(memory, spending)
    st.markdown(f"## {month.month:%B %Y}")
    with st.grid(4, min_column_width=150):
        st.metric("Calls elsewhere", f"{month.calls_elsewhere:,}", border=True)
        st.metric("Spent", dollars(spending.spent), border=True)
        st.metric("Tokens given", f"{month.context_tokens:,}", border=True, help=OF_ALL_MODELS)
        st.metric("Tokens answered", f"{month.answer_tokens:,}", border=True, help=OF_ALL_MODELS)
    if month.unpriced:
        st.caption(
            f":material/info: Of {count_of(month.unpriced, 'call')} nobody says the price: "
            f"{'it is' if month.unpriced == 1 else 'they are'} not among what is spent."
        )


def _this_month(memory: Memory, spending: Spending) -> MonthSpent:
    first = memory.now().astimezone().date().replace(day=1)
    nothing = MonthSpent(first, 0, 0, 0, 0, 0, 0.0, 0)
    return next((month for month in spending.months if month.month == first), nothing)


def _draw_months(spending: Spending) -> None:
    if not spending.months:
        return
    import pandas as pd

    st.header("Month by month", anchor=False)
    months = spending.months
    if len(months) > 1:
        tokens = {f"{m.month:%B %Y}": m.context_tokens + m.answer_tokens for m in months[:MONTHS]}
        title = "Tokens by month, given and answered"
        draw_bars(title, tokens, key="privacy_chart_months", unit="tokens")
    st.dataframe(
        pd.DataFrame(
            {
                "Month": [f"{month.month:%B %Y}" for month in months],
                "Spent": [dollars(month.cost) for month in months],
                "Calls": [month.calls for month in months],
                "Elsewhere": [month.calls_elsewhere for month in months],
                "Given": [month.context_tokens for month in months],
                "Answered": [month.answer_tokens for month in months],
                "Saved": [month.tokens_saved for month in months],
                "No price": [month.unpriced for month in months],
            }
        ),
        key="privacy_months",
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(months)),
        alt="What models took, by month, the latest first",
        column_config=_columns(),
    )


def _columns() -> dict[str, Any]:
    def number(width: int, of_what: str | None = None) -> Any:
        return st.column_config.NumberColumn(width=width, format="localized", help=of_what)

    return {
        "Month": st.column_config.TextColumn(width=130),
        "Spent": st.column_config.TextColumn(width=85),
        "Calls": number(65, "Of models."),
        "Elsewhere": number(85),
        "Given": number(85, "Tokens."),
        "Answered": number(85, "Tokens."),
        "Saved": number(85, "Tokens, against giving the whole history."),
        "No price": st.column_config.NumberColumn(
            width=75, help="Calls elsewhere of which nobody says the price."
        ),
    }


# -- the person's say -----------------------------------------------------------------------


def _draw_say(memory: Memory) -> None:
    with st.container(border=True, height="stretch", key="privacy_say"):
        st.markdown("## :material/preview: Show what leaves")
        st.session_state[REVIEW] = memory.sending_review(
            user()
        )  # as it stands, also by another tab
        st.radio(
            "Show what leaves",
            list(Review),
            format_func=lambda when: WHEN[when],
            key=REVIEW,
            label_visibility="collapsed",
            on_change=_choose_review,
            args=(memory,),
        )
        given = agreed(memory, REMOTE_MODEL)
        state = "given" if given else "not given, so nothing can leave"
        st.caption(f"Your consent to send anything is {state}.")
        draw_to_view("Your consents", "consent", ":material/handshake:", "privacy_to_consent")


def _choose_review(memory: Memory) -> None:
    if st.session_state[REVIEW] != memory.sending_review(user()):
        attempt(memory.set_sending_review, user(), st.session_state[REVIEW])
