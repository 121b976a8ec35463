"""What takes a while, and tells its steps: an erasure, or a sweep that erases."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

from memory import AppError, ErasureStep
from pages.parts.shared import capitalised, draw_error

OnStep = Callable[[ErasureStep], None]
Result = TypeVar("Result")


def draw_steps(doing: str, undone: str, action: Callable[[OnStep], Result]) -> Result | None:
    """The action's result; None when it failed, which is told. Somebody who presses something
    meanwhile stops the drawing, not the action: what it leaves in the session it leaves itself."""
    stopped: list[RerunException | StopException] = []
    with st.status(doing, expanded=True) as status:

        def tell(step: ErasureStep) -> None:
            words = capitalised(step)
            try:
                status.update(label=f"{words}…")
                status.write(f":material/arrow_right: {words}")
            except (RerunException, StopException) as stop:
                stopped.append(stop)

        try:
            result = action(tell)
        except AppError as error:
            status.update(label=undone, state="error")
            draw_error(error)
            return None
    if stopped:
        raise stopped[0]
    return result
