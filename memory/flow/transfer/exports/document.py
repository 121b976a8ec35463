"""``recollect.json``, written as it is collected: never more of it is in memory than one page."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from memory.flow.transfer.exports.collecting import Held
from memory.flow.transfer.shapes import plain
from memory.records.archive import FORMAT, FORMAT_VERSION

OnMemory = Callable[[], None]


def of_stranger(user_id: str, now: datetime) -> Iterator[str]:
    yield from _object(_head(user_id, now))


def of_person(held: Held, tell: OnMemory) -> Iterator[str]:
    """``tell`` is called for each memory and each message."""

    def memories() -> Iterator[str]:
        for memory in held.memories():
            tell()
            yield _line(memory)

    def conversations() -> Iterator[Iterator[str]]:
        for row, conversation in held.conversations():
            told = plain(conversation)
            del told["messages"]
            yield _object([*_each(told), ("messages", _list(_messages(held, row, tell)))])

    yield from _object(
        [
            *_head(held.user_id, held.now),
            ("name", [_line(held.name)]),
            ("last_seen_at", [_line(held.last_seen_at)]),
            ("consents", _list(map(_line, held.consents()))),
            ("settings", [_line(held.settings())]),
            ("rules", [_line(held.chosen_rules())]),
            ("left_out_classes", [_line(held.left_out)]),
            ("memories", _list(memories())),
            ("conversations", _list(conversations())),
            ("inferred", _inferred(held)),
            ("sweeps", _list(map(_line, held.sweeps()))),
            ("absences", _list(map(_line, held.absences()))),
            ("ledger", _list(map(_line, held.ledger()))),
            ("audit", _list(map(_line, held.audit()))),
        ]
    )


def _messages(held: Held, row: int, tell: OnMemory) -> Iterator[str]:
    for message in held.messages(row):
        tell()
        yield _line(message)


def _inferred(held: Held) -> Iterator[str]:
    inferences = plain(held.inferences)
    yield from _object((name, _list(map(_line, found))) for name, found in inferences.items())


def _head(user_id: str, now: datetime) -> list[tuple[str, Iterable[str]]]:
    head = {"format": FORMAT, "version": FORMAT_VERSION, "exported_at": now, "person": user_id}
    return _each(head)


def _each(told: dict[str, object]) -> list[tuple[str, Iterable[str]]]:
    return [(name, [_line(value)]) for name, value in told.items()]


def _line(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def _object(members: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    opened = "{\n"
    for name, value in members:
        yield f"{opened}{json.dumps(name)}: "
        yield from value
        opened = ",\n"
    yield "\n}"


def _list(lines: Iterable[str | Iterator[str]]) -> Iterator[str]:
    """One to a line, so that two exports can be compared by lines; what comes in pieces begins on
    one."""
    opened = "[\n"
    for line in lines:
        yield opened
        yield from (line,) if isinstance(line, str) else line
        opened = ",\n"
    yield "[]" if opened == "[\n" else "\n]"
