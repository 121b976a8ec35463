"""All of a person's rows, some at a time: never more of them are in memory than one page."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from memory.records.archive import ArchivedMemory, ArchivedMessage

PAGE = 500
"""Rows that are in memory at a time."""

Record = TypeVar("Record")
Paged = TypeVar("Paged", ArchivedMemory, ArchivedMessage)


def pages(page: Callable[[int], list[Paged]]) -> Iterator[list[Paged]]:
    """``page`` has those behind an id."""
    after = 0
    while found := page(after):
        yield found
        after = found[-1].id


def in_pages(page: Callable[[int], list[Paged]]) -> Iterator[Paged]:
    """All records; ``page`` has those behind an id."""
    for found in pages(page):
        yield from found


def by_offset(page: Callable[[int], list[Record]]) -> Iterator[Record]:
    """All records; ``page`` has those behind as many. What is added meanwhile comes first, and
    moves the others on: one may then be told twice."""
    offset = 0
    while found := page(offset):
        yield from found
        offset += len(found)
