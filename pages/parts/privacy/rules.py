"""A change of the privacy rules: what it would do, saving it, and the way back.

What is being changed stands in the widgets alone until it is saved; leaving the view drops it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import streamlit as st

from memory import AppError, ErasureReceipt, InvalidInput, Memory, PrivacyRules, RulesPlan
from pages.parts.receipt import draw_receipt
from pages.parts.shared import capitalised, count_of, draw_error
from pages.parts.whose import user

NUMBER = "privacy_rules_number"
"""Part of the widgets' keys: with another one they begin anew."""
SAVED = "privacy_rules_saved"
PROBLEM = "privacy_rules_problem"
SEEN_OTHER = (
    "The rules changed while you pressed Save. See below what it does now, and press again."
)


@dataclass(frozen=True, slots=True)
class Saved:
    """The last change, and what it needs to be undone."""

    way_back: PrivacyRules
    receipt: ErasureReceipt


def widgets_key(name: str) -> str:
    return f"privacy_{name}_{st.session_state.get(NUMBER, 0)}"


def edits_of(key: str) -> dict[int, dict[str, object]]:
    """What was changed in a table, by row and column."""
    edited = st.session_state.get(key, {}).get("edited_rows", {})
    return {int(row): changes for row, changes in edited.items()}


# -- drawing --------------------------------------------------------------------------------


def draw_saving(memory: Memory, wanted: Callable[[Memory], PrivacyRules]) -> None:
    """``wanted`` reads the widgets: once more when Save is pressed, as a change may still have been
    under way."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(problem, icon=":material/error:")
    asked = wanted(memory)
    if asked == memory.privacy_rules(user()):
        _draw_saved(memory)
        return
    with st.container(border=True, key="privacy_rules_bar"):
        try:
            plan = memory.plan_privacy_rules(user(), asked)
        except InvalidInput as error:
            draw_error(error)
            plan = None
        else:
            st.markdown(f"**Not saved yet.** {_in_words(plan)}")
            for line in _bounded(memory, asked):
                st.caption(f":material/gavel: {line}")
        with st.container(horizontal=True):
            if plan is not None:
                st.button(
                    "Save and erase" if _erases(plan) else "Save",
                    key="privacy_rules_save",
                    type="primary",
                    on_click=_save,
                    args=(memory, wanted, asked),
                )
            st.button("Discard", key="privacy_rules_discard", on_click=_begin_anew)


def _bounded(memory: Memory, asked: PrivacyRules) -> Iterator[str]:
    """What strict mode makes of days that are longer than it allows."""
    shown = memory.privacy_rules(user())
    resulting = memory.resulting_privacy_rules(user(), asked)
    for name, rule in asked.classes.items():
        days = resulting.classes[name].days
        if days is not None and rule.days not in (days, shown.classes[name].days):
            yield f"{capitalised(name)}: {days:,} days is the longest that strict mode allows."


def _in_words(plan: RulesPlan) -> str:
    said = []
    if erased := _erases(plan):
        said.append(f"Saving erases {erased} at once, for good: no Undo brings that back.")
    if plan.withdrawn:
        are = "is" if plan.withdrawn == 1 else "are"
        said.append(f"{count_of(plan.withdrawn, 'memory')} {are} no longer recalled.")
    return " ".join(said) or "Nothing that is kept now is erased by it, or left out of answers."


def _erases(plan: RulesPlan) -> str:
    """“3 memories and 1 message”; empty when it erases nothing."""
    counted = (
        count_of(number, noun)
        for number, noun in ((plan.expiring, "memory"), (plan.messages, "message"))
        if number
    )
    return " and ".join(counted)


def _draw_saved(memory: Memory) -> None:
    saved: Saved | None = st.session_state.get(SAVED)
    if saved is None:
        return
    with st.container(border=True, key="privacy_rules_saved"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(":material/check: **Saved.** It holds from now on.")
            st.button(
                "Undo",
                key="privacy_rules_undo",
                icon=":material/undo:",
                on_click=_undo,
                args=(memory, saved),
            )
        if saved.receipt.total:
            st.caption("Undo sets the former rules back; what was erased stays erased.")
    if saved.receipt.total:
        draw_receipt(saved.receipt)


# -- doing: callbacks, which draw nothing ---------------------------------------------------


def _save(memory: Memory, wanted: Callable[[Memory], PrivacyRules], shown: PrivacyRules) -> None:
    try:
        if wanted(memory) != shown:
            st.session_state[PROBLEM] = SEEN_OTHER
            return
        before = memory.privacy_rules(user())
        holding = memory.set_privacy_rules(user(), shown)
        receipt = memory.expire()
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.session_state[SAVED] = Saved(_way_back(before, holding), receipt)
    _begin_anew()


def _way_back(before: PrivacyRules, holding: PrivacyRules) -> PrivacyRules:
    """Days and labels that strict mode had hidden are no choices: it hides them again."""
    if holding.strict or not before.strict:
        return before
    classes = {
        name: replace(rule, days=holding.classes[name].days)
        for name, rule in before.classes.items()
    }
    return replace(holding, strict=True, classes=classes)


def _undo(memory: Memory, saved: Saved) -> None:
    try:
        memory.set_privacy_rules(user(), saved.way_back)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return
    forget_saved()
    _begin_anew()


def _begin_anew() -> None:
    """The widgets show the rules as they are."""
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1


def forget_saved() -> None:
    """Undo is offered where it was saved, as long as that is in sight."""
    st.session_state.pop(SAVED, None)
