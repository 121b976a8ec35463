"""A file from elsewhere on its way in: looked through, then brought in, in a thread of the server.

It goes on while the person reads another page, and a reload finds it again. The file lives here, in
the server's memory, from its upload until it was brought in or set aside, or until there is no
consent any more, as when everything is erased. No session has a copy of it, and what was found in
it goes with it.
"""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from memory import (
    AppError,
    ChatImportPlan,
    ChatImportReport,
    ChatProgress,
    ImportRejected,
    Memory,
)
from pages.parts.shared import remembering
from pages.parts.whose import user

BROKEN_OFF = "It broke off. What was brought in until then is here; go on with it."
STOP_SECONDS = 10.0
"""At the end of the server: a batch takes a second or two."""


class Doing(StrEnum):
    LOOKING = "Looking through it"
    IMPORTING = "Bringing it in"


@dataclass(slots=True)
class Desk:
    """One file at a time of each person, for the whole server."""

    user_id: str
    data: bytes | None = None
    plan: ChatImportPlan | None = None
    report: ChatImportReport | None = None
    problem: str = ""
    doing: Doing | None = None
    progress: ChatProgress | None = None
    chosen: frozenset[str] | None = None
    """Names of the conversations that are brought in; None: all."""
    _begun: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def look(self, memory: Memory, data: bytes) -> None:
        """Put a file here and see what it would bring in; nothing, while another is being read."""
        if self.doing:
            return
        self.set_aside()
        self.data = data
        self._start(Doing.LOOKING, lambda: self._look(memory, data))

    def bring_in(self, memory: Memory, only: Collection[str] | None) -> None:
        """Also what is left of it, after a stop."""
        data = self.data
        if self.doing or data is None:
            return
        self.chosen = None if only is None else frozenset(only)
        self._start(Doing.IMPORTING, lambda: self._bring_in(memory, data))

    def stop(self) -> None:
        """Soon: looking ends with what was seen, an import with the conversation under way."""
        self._stop.set()

    def set_aside(self) -> None:
        """Nothing of the file stays."""
        if not self.doing:
            self.data = self.plan = self.report = self.progress = self.chosen = None
            self.problem = ""

    def close(self) -> None:
        self.stop()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def seconds_left(self) -> float | None:
        """By what was done so far; None when that tells nothing yet."""
        if self.progress is None or not self.progress.done:
            return None
        taken = time.monotonic() - self._begun
        return taken / self.progress.done * (self.progress.total - self.progress.done)

    def _start(self, doing: Doing, work: Callable[[], None]) -> None:
        self._stop.clear()
        self.doing, self.progress, self._begun = doing, None, time.monotonic()
        self.problem, self.report = "", None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        problem = BROKEN_OFF
        try:
            work()
            problem = ""
        except ImportRejected as error:
            problem, self.data = str(error), None
        except AppError as error:
            problem = str(error)
        finally:
            self.problem, self.doing = problem, None

    def _look(self, memory: Memory, data: bytes) -> None:
        self.plan = memory.plan_chat_import(self.user_id, data, on_step=self._tell, stop=self._stop)

    def _bring_in(self, memory: Memory, data: bytes) -> None:
        self.report = memory.import_chats(
            self.user_id, data, only=self.chosen, on_step=self._tell, stop=self._stop
        )
        self.plan = None
        if not self.report.is_stopped:
            self.data = None

    def _tell(self, progress: ChatProgress) -> None:
        self.progress = progress


def desk() -> Desk:
    """That of the person who is open here."""
    return desk_of(user())


@st.cache_resource(show_spinner=False, on_release=Desk.close)
def desk_of(user_id: str) -> Desk:
    return Desk(user_id)


def drop_without_consent(memory: Memory) -> None:
    """Where consent is withdrawn and everything erased: what was not brought in goes, too."""
    here = desk()
    if (here.doing or here.data) and not remembering(memory):
        clear(here)


def clear(here: Desk) -> None:
    here.close()
    here.set_aside()
