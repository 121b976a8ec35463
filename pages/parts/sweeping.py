"""What is swept while nobody looks: no call of the engine sweeps by itself, the app does.

Of what a sweep would take nothing is kept here but how much it is.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import streamlit as st

from memory import AppError, Memory, StoreUnavailable, SweepPlan, example
from pages.parts.whose import user

FIRST_AFTER_SECONDS = 5.0
"""When the first page is drawn, and the models have begun to load."""
AGAIN_AFTER_SECONDS = 3600.0
"""A computer that slept at the time of a daily sweep would miss it."""
SWEPT_EVERY = timedelta(days=1)
SWEEPS = {"view": "sweeps"}
"""In the address of the Forgetting page: where one that waits is looked at."""


@dataclass(slots=True)
class Alone:
    """What the app found when nobody looked."""

    _waiting: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By user_id, of sweeps that ask first: how many of how many memories each would take."""

    def look_at(self, plan: SweepPlan) -> None:
        self.forget(plan.user_id)
        if plan.asks_first:
            taken = len(plan.archived) + len(plan.purged)
            self._waiting[plan.user_id] = (taken, plan.held + len(plan.purged))

    def waiting(self, user_id: str) -> tuple[int, int] | None:
        """How many of how many memories a sweep would take that asks first; None without one."""
        return self._waiting.get(user_id)

    def forget(self, user_id: str) -> None:
        """Something was done about it: it is looked at again in an hour, or on the next page."""
        self._waiting.pop(user_id, None)


@st.cache_resource(show_spinner=False)
def alone() -> Alone:
    """One for the whole server."""
    return Alone()


@st.cache_resource(show_spinner=False, on_release=threading.Event.set)
def keep_sweeping(_memory: Memory) -> threading.Event:
    """Erase what is due, and sweep once a day, also while nobody looks: a page that stands open
    runs nothing. Numpy comes with the first sweep, so no page waits for it. Set it to stop."""
    stop = threading.Event()
    chores = (_memory.expire, FirstAtOnce(_memory, alone()))
    threading.Thread(target=do_until, args=(stop, chores), daemon=True).start()
    return stop


def do_until(stop: threading.Event, chores: Sequence[Callable[[], object]]) -> None:
    pause = FIRST_AFTER_SECONDS
    while not stop.wait(pause):
        for chore in chores:
            with suppress(AppError):  # tried again in an hour; a page can say it, a thread cannot
                chore()
        pause = AGAIN_AFTER_SECONDS


@dataclass(slots=True)
class FirstAtOnce:
    """Sweeps for each person when it is first called, and from then on when their last sweep is a
    day ago."""

    memory: Memory
    found: Alone
    has_swept: set[str] = field(default_factory=set)

    def __call__(self) -> None:
        for person in self.memory.people():
            if person.user_id == example.USER_ID and example.is_being_lived():
                continue  # its days are not those of the engine's clock yet
            with suppress(AppError):  # tried again in an hour, and no hindrance for the others
                self._sweep(person.user_id)

    def _sweep(self, user_id: str) -> None:
        if user_id not in self.has_swept or is_due(self.memory, user_id):
            sweep_alone(self.memory, user_id, self.found)
            self.has_swept.add(user_id)


def is_due(memory: Memory, user_id: str) -> bool:
    """Also when the clock was set back since the last one."""
    last = memory.last_sweep(user_id)
    return last is None or not timedelta(0) <= memory.now() - last < SWEPT_EVERY


def sweep_alone(memory: Memory, user_id: str, found: Alone) -> None:
    """Unless it would take a large share of all memories: then it waits for the person."""
    plan = memory.plan_sweep(user_id, unattended=True)
    found.look_at(plan)
    if not plan.asks_first:
        memory.sweep(plan)


def note_visit(memory: Memory) -> None:
    """The person is there: what they were away for does not count as fading."""
    with suppress(StoreUnavailable):  # told where what is due is erased
        memory.visit(user())
