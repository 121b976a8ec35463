"""The memories that may answer a question, and what is measured of each.

They come from three searches: by meaning, by words, and from the turns beside the best of both,
since a turn is often understood only with the one before it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.flow import fading
from memory.flow.parts import Parts
from memory.records import Days, MemoryItem, Neighbours, Terms
from memory.rules import scoring
from memory.rules.entities import aliases
from memory.rules.query import search_words
from memory.rules.scoring import Candidate, Question
from memory.rules.scoring.signals import is_question
from memory.rules.talk.dates import LOCAL
from memory.rules.times import looks_ahead
from memory.store.vectors import Numbers, Vector

MIN_CANDIDATES = 100
CANDIDATES_PER_RESULT = 2
"""Of each search: a memory that is only fair in each can be the best in both."""
WITH_NEIGHBOURS = 30
"""So many of the best of each search bring the turns beside them along."""
LONGEST_NAME = 4
"""Words of a name that is looked for in a question."""

_WORD = re.compile(r"[\w+#]+(?:[-'’.&][\w+#]+)*")


Called = dict[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and as of when it is asked."""

    person_id: int
    text: str
    vector: Vector
    today: datetime
    """By the clock."""
    now: datetime
    """What has expired by then is not found."""
    as_of: datetime
    """The moment that strengths are those of."""
    until: datetime | None = None
    """Only what was said by then, and held then."""
    speakers: Sequence[str] = ()
    """All who were told apart in what the person said and heard."""
    without: Collection[int] = ()
    """Ids of memories that take no part."""
    among: Collection[int] | None = None
    """Ids of the only ones that may answer; None: all may."""


def gather(
    parts: Parts, asked: Asked, question: Question, called: Called, wanted: int
) -> list[Candidate]:
    """``wanted``: of each search, at least."""
    nearest = _nearest_to(parts, asked, wanted)
    looked_for = search_words(asked.text, asked.speakers)
    by_words = _best_worded(parts, asked, looked_for, wanted)
    best = [*list(nearest)[:WITH_NEIGHBOURS], *by_words[:WITH_NEIGHBOURS]]
    beside = _neighbours(parts, asked, best)
    found = {*nearest, *by_words, *_all(beside.values())} - set(asked.without)
    if asked.among is not None:
        found = set(asked.among) - set(asked.without)
    beside |= _neighbours(parts, asked, found - beside.keys())
    items = {item.id: item for item in parts.store.memories.many(sorted(found))}
    hits = parts.store.full_text.hits(asked.person_id, {*items, *_all(beside.values())}, looked_for)
    worded = scoring.best_words(hits)
    vectors = parts.store.vectors.many(
        asked.vector.model, sorted({*items, *_nearest(beside, items)})
    )
    lengths = {ident: len(item.text) for ident, item in items.items()}
    words = scoring.spread_over_turns(hits, beside, lengths)
    in_context = scoring.in_context(sorted(items), vectors, beside, asked.vector.numbers)
    named = parts.store.entities.named_in(sorted(items))
    outdated = parts.store.statements.outdated(items, asked.until or asked.now)
    strengths = fading.standing.strengths(
        parts, asked.person_id, list(items), asked.today, at=asked.as_of, until=asked.until
    )
    return [
        Candidate(
            item=item,
            days=_days(item) if question.days else (),
            similarity=nearest.get(ident, _cosine(vectors.get(ident), asked.vector.numbers)),
            in_context=in_context[ident],
            own_words=worded.get(ident, 0.0),
            full_text=words[ident],
            answers=_asked_before(beside.get(ident), items, worded),
            strength=strengths[ident],
            names=frozenset(called[entity] for entity in named.get(ident, ())),
            superseded=ident in outdated,
        )
        for ident, item in items.items()
    ]


def _nearest_to(parts: Parts, asked: Asked, wanted: int) -> dict[int, float]:
    """Cosines of the nearest in meaning; of a few that alone may answer, there is no need."""
    if asked.among is not None:
        return {}
    return dict(
        parts.store.vectors.search(asked.person_id, asked.vector, wanted, asked.now, asked.until)
    )


def _best_worded(parts: Parts, asked: Asked, words: Sequence[str], wanted: int) -> list[int]:
    """Likewise."""
    if asked.among is not None:
        return []
    return parts.store.full_text.best(asked.person_id, words, wanted, asked.now, asked.until)


def _days(item: MemoryItem) -> tuple[Days, ...]:
    said = item.said_at.astimezone(LOCAL).date()
    return (Days(said, said), *((item.happened,) if item.happened else ()))


def read_question(parts: Parts, asked: Asked, called: Called) -> Question:
    """Whom, when and what the question names."""
    here = asked.as_of.astimezone(LOCAL)
    named = aliases.Known(called.values()).among(set(_phrases(asked.text)))
    return Question.read(
        asked.text,
        days=parts.calendar.times(asked.text, here, future=looks_ahead(asked.text)),
        speakers=asked.speakers,
        names=named,
    )


def called(parts: Parts, person_id: int) -> Called:
    """Each known entity by its fullest name, folded; whatever name it has in a memory or in the
    question, this one stands for it."""
    known = parts.store.entities.names(person_id)
    return {ident: names[0].casefold() for ident, (_, names) in known.items()}


def _phrases(text: str) -> Iterable[str]:
    """Every run of up to four words, folded."""
    words = [word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]
    for length in range(1, LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _neighbours(parts: Parts, asked: Asked, ids: Iterable[int]) -> dict[int, Neighbours]:
    found = parts.store.memories.neighbours(asked.person_id, ids, asked.now, asked.until)
    hidden = set(asked.without)
    if not hidden:
        return found
    return {
        ident: Neighbours(
            tuple(other for other in each.before if other not in hidden),
            tuple(other for other in each.after if other not in hidden),
        )
        for ident, each in found.items()
    }


def _all(neighbours: Iterable[Neighbours]) -> set[int]:
    return {ident for each in neighbours for ident in (*each.before, *each.after)}


def _nearest(beside: Mapping[int, Neighbours], ids: Iterable[int]) -> set[int]:
    """The turns right before and right after."""
    near = (beside[ident] for ident in ids if ident in beside)
    return {ident for each in near for ident in (*each.before[:1], *each.after[:1])}


def _cosine(own: "Numbers | None", query: Numbers) -> float:
    return 0.0 if own is None else float(own @ query)


def _asked_before(
    beside: Neighbours | None, items: Mapping[int, MemoryItem], worded: Mapping[int, float]
) -> float:
    """How well the words fit the question that a turn follows; 0 when it follows none."""
    before = items.get(beside.before[0]) if beside and beside.before else None
    return worded.get(before.id, 0.0) if before and is_question(before.text) else 0.0


def scored(
    parts: Parts, question: Question, candidates: list[Candidate]
) -> list[tuple[Candidate, float, Terms]]:
    """By the whole table of weights."""
    found = scoring.signals(question, candidates)
    return [
        (candidate, *scoring.weighed(signals, parts.weights))
        for candidate, signals in zip(candidates, found, strict=True)
    ]
