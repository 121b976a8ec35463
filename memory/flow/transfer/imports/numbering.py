"""The numbers of placeholders, such as [EMAIL_2], in what is brought in: each file has its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import partial
from re import Match
from typing import Any, TypeVar

from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.matching import Pairs, numbers_here
from memory.records import Label
from memory.records.archive import Archive
from memory.store.placeholders import NUMBERED

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Numbering:
    here: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """By label and number of the archive."""
    used: frozenset[tuple[Label, int]] = frozenset()
    """Labels and numbers of here that are brought in."""

    @property
    def is_the_same(self) -> bool:
        return all(old == new for (_, old), new in self.here.items())

    def of(self, thing: Thing) -> Thing:
        """With the numbers of here, wherever a text of it holds one."""
        return thing if self.is_the_same else _each_text(thing, self._text)

    def _text(self, text: str) -> str:
        return NUMBERED.sub(self._placeholder, text)

    def _placeholder(self, found: Match[str]) -> str:
        number = self.here.get((found[1], int(found[2])), int(found[2]))
        return f"[{found[1]}_{number}]"


def numbering(archive: Archive, here: Here, pairs: Pairs, brought: Any) -> Numbering:
    """``brought``: all that is brought in."""
    alike = [
        (each.text, pairs.memories[each.id].text)
        for each in archive.memories
        if each.id in pairs.memories
    ]
    alike += [
        (each.text, pairs.messages[each.id].text)
        for talk in archive.conversations
        for each in talk.messages
        if each.id in pairs.messages
    ]
    used = [text for text in _texts(brought) if "[" in text]
    numbers = numbers_here(alike, used, here.placeholders)
    labels = set(Label)
    tokens = {token for text in used for token in NUMBERED.findall(text)}
    return Numbering(
        numbers,
        frozenset(
            (Label(label), numbers[label, int(number)])
            for label, number in tokens
            if label in labels
        ),
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return type(value)(map(partial(_each_text, change=change), value))
    if isinstance(value, Mapping):
        return {key: _each_text(each, change) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {e.name: _each_text(getattr(value, e.name), change) for e in fields(value)}
        return replace(value, **changed)
    return value
