"""Work that no answer waits for: in order, one at a time, and gone when it must be."""

import threading

import pytest

from memory.flow.background import BackgroundThread

SECONDS = 10
"""A test that hangs fails in the end."""


def test_work_is_done_in_its_order() -> None:
    """One at a time, in a thread of its own."""
    background, done, all_done = BackgroundThread(), [], threading.Event()

    for number in range(20):
        background.submit(lambda _stop, number=number: done.append(number))
    background.submit(lambda _stop: all_done.set())

    assert all_done.wait(SECONDS)
    assert done == list(range(20))
    background.close()


def test_work_gives_way_to_a_message() -> None:
    """What is being done hears of it; what waits, waits on, until the next work comes."""
    background, begun, all_done = BackgroundThread(), threading.Event(), threading.Event()
    heard: list[bool] = []
    threads: list[threading.Thread] = []

    def long(stop: threading.Event) -> None:
        threads.append(threading.current_thread())
        begun.set()
        heard.append(stop.wait(SECONDS))

    background.submit(long)
    background.submit(lambda stop: heard.append(stop.is_set()))
    assert begun.wait(SECONDS)
    background.give_way()
    threads[0].join(SECONDS)
    assert not threads[0].is_alive()
    assert heard == [True]

    background.submit(lambda _stop: all_done.set())
    assert all_done.wait(SECONDS)
    assert heard == [True, False]
    background.close()


def test_closing_ends_what_is_done_and_drops_what_waits() -> None:
    """When it returns nothing is being done any more, and nothing is begun."""
    background, begun, heard = BackgroundThread(), threading.Event(), []

    def long(stop: threading.Event) -> None:
        begun.set()
        heard.append(stop.wait(SECONDS))

    background.submit(long)
    background.submit(lambda _stop: heard.append("waited"))
    assert begun.wait(SECONDS)
    background.close()
    background.submit(lambda _stop: heard.append("late"))

    assert heard == [True]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_work_that_fails_does_not_end_the_next() -> None:
    """The failure is not hidden: the interpreter tells of it."""
    background, done = BackgroundThread(), threading.Event()
    failing: list[threading.Thread] = []

    def fail(_stop: threading.Event) -> None:
        failing.append(threading.current_thread())
        raise RuntimeError("on purpose")

    background.submit(fail)
    background.submit(lambda _stop: None)
    background.submit(lambda _stop: done.set())

    assert done.wait(SECONDS)
    background.close()
    failing[0].join(SECONDS)  # the interpreter has told of it by then
