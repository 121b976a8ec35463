"""On the Inspector's card: what a memory states, when it happened, how often it was said, and
between which days it holds."""

from datetime import date

import streamlit as st

from memory import Kind, Memory, MemoryItem, NotFound, Statement
from pages.parts.inspector import changes
from pages.parts.shared import literal, on_day, shorten

WORKED = {True: "Yes", False: "No", None: "Not said"}


def draw_statement(item: MemoryItem) -> None:
    if item.statement is not None:
        match item.statement.kind:
            case Kind.SOLUTION:
                _draw_solution(item.statement)
            case Kind.PROCEDURE if item.statement.steps:
                st.markdown(
                    "\n".join(
                        f"{number}. {literal(step)}"
                        for number, step in enumerate(item.statement.steps, 1)
                    )
                )
            case _:
                _draw_value(item.statement)
    if item.happened is not None:
        first, last = _day(item.happened.first), _day(item.happened.last)
        when = f"on {first}" if first == last else f"between {first} and {last}"
        st.caption(f":material/event: Happened {when}")


def _draw_value(statement: Statement) -> None:
    """“location: Berlin”; without a name for what it is a statement of, its words are all."""
    if not statement.attribute:
        return
    value = f"not {statement.value}" if statement.negated else statement.value
    if statement.ended:
        value = f"no longer {statement.value}"
    about = f"“{literal(statement.about)}”" if statement.about else "you"
    st.caption(f"States of {about}: **{literal(statement.attribute)}: {literal(value)}**")


def _draw_solution(statement: Statement) -> None:
    rows = {
        "Problem": literal(statement.problem),
        "Fix": literal(statement.fix),
        "Did it work?": WORKED[statement.worked],
    }
    st.table({name: said for name, said in rows.items() if said}, border="horizontal")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# -- how often, and until when --------------------------------------------------------------


def draw_validity(memory: Memory, item: MemoryItem) -> None:
    if item.times_said > 1 and item.last_said_at is not None:
        times = f"{item.times_said:,} times" if item.times_said > 2 else "twice"
        st.caption(f":material/repeat: Said {times}, last on {on_day(item.last_said_at)}")
    if item.valid_until is not None:
        _draw_superseded(memory, item)
    for older in memory.superseded(item.id):
        words = f":material/history: Took the place of “{literal(shorten(older.text))}”"
        _draw_beside(
            item, older.id, f"{words}, said on {on_day(older.said_at)}", "Open the old one"
        )


def _draw_superseded(memory: Memory, item: MemoryItem) -> None:
    assert item.valid_until is not None
    held = f":material/history: Held from {on_day(item.valid_from)} until "
    held += on_day(item.valid_until)
    newer = _found(memory, item.superseded_by)
    if newer is None:
        st.caption(held)
        return
    words = f"{held}, when you said “{literal(shorten(newer.text))}”"
    _draw_beside(item, newer.id, words, "Open the new one")


def _found(memory: Memory, item_id: int | None) -> MemoryItem | None:
    try:
        return None if item_id is None else memory.item(item_id)
    except NotFound:
        return None  # past its retention


def _draw_beside(item: MemoryItem, other: int, words: str, label: str) -> None:
    """With a way to the other one."""
    with st.container(gap=None):
        st.caption(words)
        st.button(
            label,
            key=f"inspector_validity_{item.id}_{other}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=changes.open_card,
            args=(other,),
        )
