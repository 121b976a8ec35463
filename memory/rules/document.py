"""The profile as one document: of all that was ever stated of a field, what holds and what held.

Of a person's name, place, employer and the like one value holds at a time: the latest said. Of
what they use there may be several, until one takes the place of another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from memory.records import Mention, ProfileField, StatedField, Successor
from memory.rules import technologies
from memory.rules.technologies import find_technologies

SEVERAL = frozenset(technology.category for technology in technologies.catalogue().values())
"""Fields with more than one value at a time: the sorts of tools one uses."""
_VERSION = re.compile(r" v?\d{1,4}(?:\.\d{1,5}){0,3}$")


def has_several(field: str) -> bool:
    return field in SEVERAL


def is_the_same_tool(one: str, other: str) -> bool:
    """Whatever its version."""
    return bool(other) and _bare(one) == _bare(other)


def hold_in_turn(one: ProfileField, other: ProfileField) -> bool:
    """Whether they cannot hold at the same time: two places to live, two versions of a tool."""
    return _thread(one) == _thread(other)


def history(stated: Iterable[StatedField]) -> list[ProfileField]:
    """Each value once for each time that it held, the latest first; said again, it holds since it
    was first said. ``until`` is when it was no longer so."""
    threads: defaultdict[tuple[str, str], list[StatedField]] = defaultdict(list)
    ordered = sorted(
        map(_still_so, stated),
        key=lambda each: (each.field.since, each.field.source_memory_id or 0),
    )
    for each in ordered:
        threads[_thread(each.field)].append(each)
    ends = list(_left(ordered))
    found = [held for thread in threads.values() for held in _held(thread, ends)]
    return sorted(found, key=lambda field: (field.since, field.source_memory_id or 0), reverse=True)


def document(stated: Iterable[StatedField], at: datetime) -> list[ProfileField]:
    """What held at a moment, by what had been said by then; the latest first."""
    by_then = [each for each in stated if each.field.since <= at]
    return [
        replace(field, until=None)
        for field in history(by_then)
        if field.until is None or field.until > at
    ]


def _still_so(stated: StatedField) -> StatedField:
    """A memory that says several things holds in the others when one of them is said anew."""
    if stated.successor is None or _is_meant(stated.field, stated.successor):
        return stated
    return replace(stated, field=replace(stated.field, until=None))


def _is_meant(field: ProfileField, successor: Successor) -> bool:
    gone = _tools(successor.gone if successor.ends else successor.instead_of)
    if gone and (has_several(field.field) or _tools(field.value)):
        return any(is_the_same_tool(field.value, mention.name) for mention in gone)
    if successor.ends:
        return True
    return field.field in {*successor.fields, successor.attribute}


def _tools(value: str) -> tuple[Mention, ...]:
    return find_technologies(f"we use {value}") if value else ()


def _thread(field: ProfileField) -> tuple[str, str]:
    """What can only hold one after the other: of a tool, its versions."""
    return field.field, _bare(field.value) if has_several(field.field) else ""


def _bare(value: str) -> str:
    """A tool's name without its version."""
    return _VERSION.sub("", value.casefold())


def _left(ordered: Sequence[StatedField]) -> Iterator[tuple[str, str, datetime]]:
    """Tools that were left for another, with the day: “from MySQL to Postgres”."""
    for each in ordered:
        for gone in find_technologies(each.instead_of) if each.instead_of else ():
            yield gone.category, _bare(gone.name), each.field.since


def _held(
    thread: Sequence[StatedField], ends: Sequence[tuple[str, str, datetime]]
) -> Iterator[ProfileField]:
    """The values of one thread, oldest first, each until it was over or another was said."""
    held: ProfileField | None = None
    for each in thread:
        new = _ended(each.field, ends)
        if held is not None and _says_the_same(held, new):
            held = _said_again(held, new)
            continue
        if held is not None:
            yield replace(held, until=_earlier(held.until, new.since))
        held = new
    if held is not None:
        yield held


def _says_the_same(held: ProfileField, new: ProfileField) -> bool:
    """A tool without its version is the one already known."""
    unbroken = held.until is None or held.until >= new.since
    was, now = held.value.casefold(), new.value.casefold()
    versionless = has_several(held.field) and _bare(now) in (was, now) and _bare(was) == _bare(now)
    return unbroken and (was == now or versionless)


def _said_again(held: ProfileField, new: ProfileField) -> ProfileField:
    more = max(held.value, new.value, key=len)
    sure = max(held.confidence, new.confidence)
    return replace(new, value=more, since=held.since, confidence=sure)


def _ended(field: ProfileField, ends: Sequence[tuple[str, str, datetime]]) -> ProfileField:
    """A tool that was left later, whatever its version."""
    left = [
        at
        for category, name, at in ends
        if at > field.since and (category, name) == (field.field, _bare(field.value))
    ]
    return replace(field, until=_earlier(field.until, min(left))) if left else field


def _earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)
