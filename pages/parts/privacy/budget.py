"""The budget: US dollars a month that models elsewhere may cost."""

import streamlit as st

from memory import AppError, Memory, Spending
from pages.parts.models.words import dollars
from pages.parts.shared import literal
from pages.parts.whose import user

AMOUNT, PROBLEM = "privacy_budget", "privacy_budget_problem"
MEANING = (
    "An answer is not asked for if it could go beyond this, were it as long as it may be. What has "
    "been spent is the sum of the ledger below; models without a known price are not counted."
)


def draw_budget(memory: Memory, spending: Spending) -> None:
    with st.container(border=True, height="stretch", key="privacy_budget_card"):
        st.markdown("## :material/account_balance_wallet: Budget")
        if spending.budget is None:
            st.markdown("No limit is set.")
        else:
            spent = f"{dollars(spending.spent)} of {dollars(spending.budget)} this month"
            st.progress(_share(spending.spent, spending.budget), text=literal(spent))
        with st.form("privacy_budget_form", border=False):
            st.number_input(
                "US dollars a month",
                min_value=0.0,
                step=1.0,
                format="%.2f",
                value=spending.budget,
                placeholder="No limit",
                key=f"{AMOUNT}_{spending.budget}",
            )
            with st.container(horizontal=True):
                st.form_submit_button(
                    "Set" if spending.budget is None else "Change",
                    key="privacy_budget_set",
                    on_click=_set,
                    args=(memory, spending.budget),
                )
                if spending.budget is not None:
                    st.form_submit_button(
                        "Remove the limit",
                        key="privacy_budget_remove",
                        on_click=_choose,
                        args=(memory, None),
                    )
        if problem := st.session_state.pop(PROBLEM, None):
            st.error(literal(problem), icon=":material/error:")
        st.caption(MEANING)


def _share(spent: float, budget: float) -> float:
    return min(1.0, spent / budget) if budget else 1.0


def _set(memory: Memory, shown: float | None) -> None:
    """``shown``: the budget that the field was drawn for."""
    amount = st.session_state.get(f"{AMOUNT}_{shown}")
    if amount is None:
        st.session_state[PROBLEM] = "There is no amount. Enter one, such as 5."
    else:
        _choose(memory, amount)


def _choose(memory: Memory, dollars_a_month: float | None) -> None:
    try:
        memory.set_budget(user(), dollars_a_month)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
