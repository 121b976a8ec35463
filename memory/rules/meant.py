"""Which memories a person means by a few words: those that say just that, or speak of a thing."""

from collections.abc import Iterable, Sequence

from memory.records import MemoryItem, Recalled
from memory.rules.repeats import Words, telling
from memory.rules.scoring.signals import is_question

CLEAR_SIMILARITY = 0.8
"""Cosine of two wordings of one statement; of two statements about one thing it is below."""
MOST_OF_IT = 0.6
"""Share of a memory's telling words: what says much more is not what was meant."""
_DENYING = telling("not no never don't doesn't didn't isn't aren't won't can't hardly without")


def saying(words: str, items: Sequence[MemoryItem], near: Iterable[Recalled]) -> list[MemoryItem]:
    """Those that state it: word for word; if none does, with all of its words and few others, or in
    words that clearly mean the same."""
    wanted = telling(words)
    stated = [item for item in items if not is_question(item.text)]
    exact = [item for item in stated if telling(item.text) == wanted]
    if exact:
        return exact
    holding = [item for item in stated if wanted and _holds(telling(item.text), wanted)]
    clear = [each.item for each in near if each.similarity >= CLEAR_SIMILARITY]
    meant = [item for item in clear if _denies_alike(telling(item.text), wanted)]
    return list({item.id: item for item in [*holding, *meant]}.values())


def speaking_of(thing: str, items: Iterable[MemoryItem]) -> list[MemoryItem]:
    """Those that name it, or were said by it."""
    wanted = telling(thing)
    return [item for item in items if wanted and wanted <= telling(item.text, item.speaker or "")]


def together(items: Sequence[MemoryItem]) -> list[list[MemoryItem]]:
    """What was said in one message, or says the same, is one thing to the person."""
    groups: list[list[MemoryItem]] = []
    for item in items:
        group = next(
            (found for found in groups if any(_belong(item, each) for each in found)), None
        )
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return groups


def smallest(items: Sequence[MemoryItem]) -> list[MemoryItem]:
    """Without those that hold another of them: what else such a turn says is not meant."""
    return [
        item
        for item in items
        if not any(each.text != item.text and each.text in item.text for each in items)
    ]


def _belong(one: MemoryItem, other: MemoryItem) -> bool:
    message = one.source_message_id
    if message is not None and message == other.source_message_id:
        return one.text in other.text or other.text in one.text
    return telling(one.text) == telling(other.text)


def _holds(own: Words, wanted: Words) -> bool:
    most = len(wanted) >= MOST_OF_IT * len(own)
    return wanted <= own and most and _denies_alike(own, wanted)


def _denies_alike(own: Words, wanted: Words) -> bool:
    """“I like tea” is not meant by “I don't like tea”."""
    return bool(own & _DENYING) == bool(wanted & _DENYING)
