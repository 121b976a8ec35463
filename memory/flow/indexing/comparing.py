"""Two models on the person's own data, with no other model to judge: what they asked, and which
memories their answers were built on.

Where too little was asked, memories stand in for questions: each is looked for by its own words,
and what else is found beside it is compared.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from memory.errors import InvalidInput
from memory.flow.indexing import building
from memory.flow.indexing.embedders import asked
from memory.flow.parts import Parts
from memory.protocols import Embedder
from memory.records import ComparedQuestion, IndexComparison, IndexState

FIRST = 10
QUESTIONS = 50
"""Asked lately; a question takes some hundredths of a second with each model."""
EXAMPLES = 5


def compare(parts: Parts, user_id: str) -> IndexComparison:
    """The index in use, and the one beside it. Raises InvalidInput where there is none, or it is
    not whole yet."""
    used, built = _both(parts)
    person_id, now = parts.store.people.find(user_id), parts.clock()
    if person_id is None:
        raise InvalidInput("Nothing is remembered of you yet: there is nothing to compare.")
    past = parts.store.uses.asked(person_id, QUESTIONS)
    found = _answered(parts, person_id, past, used, built, now)
    stand_ins = _stand_ins(parts, person_id, QUESTIONS - len(found), now)
    derived = _answered(parts, person_id, stand_ins, used, built, now)
    every = [*found, *derived]
    return IndexComparison(
        used=parts.embedder.models.offer_of(used.name),
        built=parts.embedder.models.offer_of(built.name),
        asked=len(found),
        derived=len(derived),
        overlap=_mean(_overlap(each) for each in every) or 0.0,
        found_by_used=_mean(_share(each.told, each.by_used) for each in found),
        found_by_built=_mean(_share(each.told, each.by_built) for each in found),
        examples=tuple(sorted(every, key=_overlap)[:EXAMPLES]),
    )


def _both(parts: Parts) -> tuple[Embedder, Embedder]:
    states = {index.state: index for index in parts.store.indexes.all()}
    other = states.get(IndexState.BEING_BUILT) or states.get(IndexState.KEPT)
    if other is None:
        raise InvalidInput("There is no second index to compare with. Have one built first.")
    if other.state is IndexState.BEING_BUILT and not building.complete(parts, other):
        raise InvalidInput("The index is not whole yet. Let it be built to its end first.")
    models = parts.embedder.models
    return models.embedder(states[IndexState.IN_USE].model), models.embedder(other.model)


def _stand_ins(
    parts: Parts, person_id: int, wanted: int, now: datetime
) -> list[tuple[str, tuple[int, ...]]]:
    """The latest memories."""
    items = parts.store.memories.recallable(person_id, now)[: max(0, wanted)]
    return [(building.searched(item), ()) for item in items]


def _answered(
    parts: Parts,
    person_id: int,
    questions: Sequence[tuple[str, tuple[int, ...]]],
    used: Embedder,
    built: Embedder,
    now: datetime,
) -> list[ComparedQuestion]:
    def first(embedder: Embedder, text: str) -> tuple[int, ...]:
        near = parts.store.vectors.search(person_id, asked(embedder, text), FIRST, now)
        return tuple(ident for ident, _ in near)

    return [
        ComparedQuestion(text, first(used, text), first(built, text), told)
        for text, told in questions
    ]


def _overlap(each: ComparedQuestion) -> float:
    """Of as many as there are."""
    most = max(len(each.by_used), len(each.by_built))
    return len({*each.by_used} & {*each.by_built}) / most if most else 1.0


def _share(told: Sequence[int], found: Sequence[int]) -> float:
    return len({*told} & {*found}) / len({*told})


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
