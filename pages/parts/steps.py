"""What takes a while, and tells its steps: an erasure, or a sweep that erases."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

from memory import AppError, ErasureStep
from pages.parts.shared import capitalised, draw_error

OnStep = Callable[[ErasureStep], None]
Result = TypeVar("Result")


class Drawing:
    """What is drawn while an action runs. Somebody who presses something meanwhile stops the
    drawing, not the action: Streamlit ends a run by an error that comes out of any drawing call."""

    def __init__(self) -> None:
        self._stopped: list[RerunException | StopException] = []

    def draw(self, call: Callable[[], object]) -> None:
        try:
            call()
        except (RerunException, StopException) as stop:
            self._stopped.append(stop)

    @property
    def is_stopped(self) -> bool:
        return bool(self._stopped)

    def end(self) -> None:
        """When the action has ended: the run does now, too, if it was to."""
        if self._stopped:
            raise self._stopped[0]


def draw_steps(doing: str, undone: str, action: Callable[[OnStep], Result]) -> Result | None:
    """The action's result; None when it failed, which is told. The run may end with it
    (``Drawing``), so the action itself puts into the session what is to stay there."""
    drawing = Drawing()
    with st.status(doing, expanded=True) as status:

        def tell(step: ErasureStep) -> None:
            words = capitalised(step)

            def draw() -> None:
                status.update(label=f"{words}…")
                status.write(f":material/arrow_right: {words}")

            drawing.draw(draw)

        try:
            result = action(tell)
        except AppError as error:
            status.update(label=undone, state="error")
            draw_error(error)
            return None
    drawing.end()
    return result
