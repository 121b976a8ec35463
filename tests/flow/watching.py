"""What a program says beside its answers: logs of every library, warnings, and its outputs."""

import logging
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest


@dataclass
class Watch:
    """Everything that was said; ``text`` is all of it."""

    lines: list[str] = field(default_factory=list)

    def note(self, error: BaseException) -> None:
        """An error with all that it was caused by."""
        self.lines += traceback.format_exception(error)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class _Handler(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.NOTSET)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{record.name}: {record.getMessage()} {record.__dict__}")
        if record.exc_info and record.exc_info[1]:
            self._lines += traceback.format_exception(record.exc_info[1])


def _loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [logging.root, *(each for each in known if isinstance(each, logging.Logger))]


@contextmanager
def watched(capsys: pytest.CaptureFixture[str]) -> Iterator[Watch]:
    """Every logger there is says all it can, also those that keep theirs from the root; but not
    those that the program itself silenced (``adapters/llm/library``)."""
    watch = Watch()
    handler = _Handler(watch.lines)
    talking = [each for each in _loggers() if each.getEffectiveLevel() <= logging.CRITICAL]
    before = [(each, each.level, each.disabled) for each in talking]
    listening = [each for each, _, _ in before if each is logging.root or not each.propagate]
    for each, _, _ in before:
        each.setLevel(logging.DEBUG)
        each.disabled = False
    for each in listening:
        each.addHandler(handler)
    try:
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            yield watch
        watch.lines += [str(each.message) for each in given]
        watch.lines += capsys.readouterr()
    finally:
        for each in listening:
            each.removeHandler(handler)
        for each, level, disabled in before:
            each.setLevel(level)
            each.disabled = disabled
