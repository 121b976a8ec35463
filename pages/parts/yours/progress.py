"""How far an export or an import is."""

from collections.abc import Callable
from typing import Literal, TypeVar

import streamlit as st

from memory import AppError, TransferProgress
from pages.parts.shared import capitalised, draw_error
from pages.parts.steps import Drawing

OnProgress = Callable[[TransferProgress], None]
Result = TypeVar("Result")


def draw_progress(
    doing: str, done: str, undone: str, action: Callable[[OnProgress], Result]
) -> Result | None:
    """The action's result; None when it failed, which is told."""
    drawing = Drawing()
    result, problem = None, None
    with st.status(f"{doing}…", expanded=True) as status:
        bar = st.progress(0.0)

        def tell(progress: TransferProgress) -> None:
            drawing.draw(lambda: bar.progress(*_shown(progress)))

        try:
            result = action(tell)
        except AppError as error:
            problem = error
        drawing.end()
        bar.empty()
        state: Literal["error", "complete"] = "error" if problem else "complete"
        status.update(label=undone if problem else done, state=state, expanded=False)
    if problem is not None:
        draw_error(problem)  # where it is read without unfolding anything
    return result


def _shown(progress: TransferProgress) -> tuple[float, str]:
    words = capitalised(progress.step)
    if not progress.total:
        return 0.0, f"{words}…"
    share = min(1.0, progress.done / progress.total)
    return share, f"{words}: {progress.done:,} of {progress.total:,}"
