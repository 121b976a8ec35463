"""Which memories are kept how long, and what they may be used for, by privacy class."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from memory import ClassRule, DataClass, Memory, Preset, PrivacyReport, PrivacyRules
from pages.parts.privacy.rules import draw_saving, edits_of, widgets_key
from pages.parts.privacy.words import CLASSES, PRESETS, until
from pages.parts.shared import capitalised
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

if TYPE_CHECKING:
    import pandas as pd

ORDER = tuple(CLASSES)
FIELDS = {"Days": "days", "Recalled": "recalled", "Sent": "sent", "Exported": "exported"}
"""Columns that can be changed, and what of a rule they are."""
STRICT_LINE = (
    "The article’s regime: everything personal is masked before storing, names too, and nothing "
    "is kept longer than its periods."
)


def draw_retention(memory: Memory) -> None:
    st.caption(
        "Each memory has a class, worked out from its words; the Inspector shows it and lets you "
        "choose another. What a class may be used for, and how long it is kept, is your choice."
    )
    _draw_regime(memory)
    _draw_table(
        memory.resulting_privacy_rules(user(), _regime(memory)), memory.privacy_report(user())
    )
    draw_saving(memory, wanted_rules)
    _draw_meanings()


# -- what is being changed ------------------------------------------------------------------


def wanted_rules(memory: Memory) -> PrivacyRules:
    """The rules as the widgets have them now; what was not touched is as it holds."""
    regime = _regime(memory)
    classes = dict(regime.classes)
    for row, changes in edits_of(_table_key(regime)).items():
        data_class = ORDER[row]
        classes[data_class] = _changed(classes[data_class], changes)
    return replace(regime, classes=classes)


def _regime(memory: Memory) -> PrivacyRules:
    """As chosen above the table. What follows from it is the engine's."""
    current = memory.privacy_rules(user())
    strict = st.session_state.get(widgets_key("strict"), current.strict)
    preset = st.session_state.get(widgets_key("preset"), current.preset)
    return replace(current, strict=strict, preset=current.preset if strict else preset)


def _changed(rule: ClassRule, changes: dict[str, object]) -> ClassRule:
    return replace(rule, **{FIELDS[column]: value for column, value in changes.items()})


def _table_key(regime: PrivacyRules) -> str:
    """Another regime has other days: what was changed in them goes with it."""
    return widgets_key(f"classes_{'strict' if regime.strict else regime.preset.name.lower()}")


# -- drawing --------------------------------------------------------------------------------


def _draw_regime(memory: Memory) -> None:
    current = memory.privacy_rules(user())
    with st.container(border=True, key="privacy_regime"):
        strict = st.toggle("Strict mode", value=current.strict, key=widgets_key("strict"))
        st.caption(STRICT_LINE)
        if strict:
            return
        without = memory.resulting_privacy_rules(user(), replace(current, strict=False))
        preset = st.segmented_control(
            "Periods",
            list(Preset),
            format_func=capitalised,
            default=without.preset,
            required=True,
            key=widgets_key("preset"),
        )
        st.caption(PRESETS[preset])


def _draw_table(regime: PrivacyRules, report: PrivacyReport) -> None:
    st.data_editor(
        _frame(regime, report),
        key=_table_key(regime),
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(ORDER)),
        placeholder="no end",
        disabled=["Class", "Held", "Next expiry"],
        alt="Privacy classes: days they are kept, what they may be used for, and how many are held",
        column_config={
            "Class": st.column_config.TextColumn(width=105),
            "Days": st.column_config.NumberColumn(
                width=95, step=1, help="Days until they are erased. Empty: until they have faded."
            ),
            "Recalled": st.column_config.CheckboxColumn(width=80, help="Used in answers."),
            "Sent": st.column_config.CheckboxColumn(
                width=65,
                help="To a model that is not on this computer, if you agree and choose one.",
            ),
            "Exported": st.column_config.CheckboxColumn(
                width=80, help="Part of the export that you download."
            ),
            "Held": st.column_config.NumberColumn(width=60, help="Memories of this class."),
            "Next expiry": st.column_config.TextColumn(width=110),
        },
    )
    st.caption(
        "Click twice into “Days” to change it. Empty: kept until it has faded, or you erase it."
    )


def _frame(regime: PrivacyRules, report: PrivacyReport) -> "pd.DataFrame":
    import pandas as pd

    rules = [regime.classes[data_class] for data_class in ORDER]
    return pd.DataFrame(
        {
            "Class": [capitalised(data_class) for data_class in ORDER],
            "Days": pd.array([rule.days for rule in rules], dtype="Int64"),
            "Recalled": [rule.recalled for rule in rules],
            "Sent": [rule.sent for rule in rules],
            "Exported": [rule.exported for rule in rules],
            "Held": [_held(report, data_class) for data_class in ORDER],
            "Next expiry": [_next_expiry(report, data_class) for data_class in ORDER],
        }
    )


def _held(report: PrivacyReport, data_class: DataClass) -> int:
    holding = report.holdings.get(data_class)
    return holding.count if holding else 0


def _next_expiry(report: PrivacyReport, data_class: DataClass) -> str:
    holding = report.holdings.get(data_class)
    if holding is None or not holding.count:
        return ""
    return "never" if holding.next_expiry is None else until(holding.next_expiry, report.at)


def _draw_meanings() -> None:
    st.header("What the classes mean", anchor=False)
    st.table(
        {capitalised(data_class): meaning for data_class, meaning in CLASSES.items()},
        border="horizontal",
    )
