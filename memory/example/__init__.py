"""A made-up person's last three months, so that an empty Recollect can show all it does.

Everything comes about through the door, at scripted times that end today: what is learnt, linked,
asked for and forgotten is what the rules make of the script. Only the built-in answerer is asked,
and nothing leaves the computer. The person is one of their own, and ``erase`` removes them.
"""

from collections.abc import Callable
from threading import Event, Lock

from memory import AppError, InvalidInput, Memory
from memory.example.first_month import FIRST_MONTH
from memory.example.player import Player, Progress
from memory.example.second_month import SECOND_MONTH
from memory.example.third_month import THIRD_MONTH

__all__ = [
    "NAME",
    "SUGGESTIONS",
    "USER_ID",
    "Progress",
    "Stopped",
    "is_being_lived",
    "is_there",
    "live",
]

USER_ID = "recollect-example"
"""None that a script would give somebody of its own."""
NAME = "Nora Feldkamp"
SUGGESTIONS = (
    "When is the dentist?",
    "Where did I live before?",
    "How did we fix the timeouts?",
    "What have I promised?",
    "What do you know about Clara?",
    "What is my blood type?",
)
"""Questions that show well what memory answers; to the last one it knows that it does not know."""

SCRIPT = (*FIRST_MONTH, *SECOND_MONTH, *THIRD_MONTH)

_living = Lock()
"""Held by the one life at a time of this process: two tabs would live and erase the same person."""


class Stopped(AppError):
    def __init__(self) -> None:
        super().__init__("The example was stopped, and nothing of it is left. Begin it anew.")


def is_there(memory: Memory) -> bool:
    """Whether anything of the person is stored, if only their name."""
    return any(person.user_id == USER_ID for person in memory.people())


def is_being_lived() -> bool:
    """Whether it is coming about in this process: nobody else should act for the person then."""
    return _living.locked()


def live(
    memory: Memory,
    *,
    on_step: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> None:
    """All three months; takes some 15 seconds. ``on_step`` is told after each step.

    All or nothing: when anything fails, ``on_step`` raises, ``stop`` is set or somebody erases the
    person meanwhile (Stopped), what came about until then is erased to the bytes. Raises
    InvalidInput, and changes nothing, where the person is there already or is coming about, where
    somebody else has the name, or where the settings let the rules learn less than is needed.
    """
    if not _living.acquire(blocking=False):
        raise InvalidInput("The example is being made already. Wait until it is there.")
    try:
        _check(memory)
        memory.add_person(NAME, user_id=USER_ID)  # if this fails, it is another process's
        _play(memory, on_step, stop)
    finally:
        _living.release()


def _play(memory: Memory, on_step: Callable[[Progress], None] | None, stop: Event | None) -> None:
    def told(progress: Progress) -> None:
        if on_step is not None:
            on_step(progress)
        if (stop is not None and stop.is_set()) or not is_there(memory):
            raise Stopped

    try:
        Player(memory, USER_ID).play(SCRIPT, told)
    except BaseException:
        memory.erase(USER_ID)
        raise


def _check(memory: Memory) -> None:
    if is_there(memory):
        raise InvalidInput("The example is there already. Erase it before you begin it anew.")
    if any(person.name.casefold() == NAME.casefold() for person in memory.people()):
        raise InvalidInput(
            f"Somebody here is called {NAME}, as the example is. Give them another name under "
            "People first."
        )
    if memory.settings.strict:
        raise InvalidInput(
            "Under RECOLLECT_STRICT names are masked, and the example would show little. Start "
            "Recollect without it to explore the example."
        )
