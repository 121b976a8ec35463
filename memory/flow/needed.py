"""Searches beyond the first, for what a message needs and does not sound like: how such work is
done, what was tried on such a problem, what was said on the day it names (rules: ``needs``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from memory.flow import recall
from memory.flow.parts import Parts
from memory.records import Days, Kind, Recalled
from memory.rules import needs
from memory.rules.talk.dates import LOCAL
from memory.rules.times import looks_ahead
from memory.store.vectors import Vector

LOOKED_AT = 300
"""Of each kind, and of the days, the newest."""
SCORED = 40
"""Of those, by cosine: scoring all signals of so many takes some milliseconds."""
KNOW_HOW = 4
"""Procedures, and solutions: beyond that they tell of other work."""
OF_DAYS = 5
"""Of the days that are named, beside what is recalled anyway."""
FIRST = max(KNOW_HOW, OF_DAYS)
"""So many of each search must say something new."""
BEARING_SIMILARITY = 0.3
"""Nearly all pairs of unrelated sentences lie below it; a shared word is no proof here: every
procedure says “first”, and every solution “fix”."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Each the best first."""

    kinds: frozenset[Kind] = frozenset()
    """Of know-how that is looked for: it has a section of its own, and a bar of its own."""
    know_how: tuple[Recalled, ...] = ()
    """Procedures and solutions that bear on the message."""
    of_days: tuple[Recalled, ...] = ()
    """Said on the days that it names, or about them."""


NOTHING = Needed()


@dataclass(frozen=True, slots=True)
class _Search:
    """A message, and for whom and when its needs are looked for."""

    parts: Parts
    person_id: int
    text: str
    vector: "Vector"
    now: datetime
    without: Sequence[int]

    def among(self, ids: Sequence[int], text: str, vector: Vector) -> list[Recalled]:
        """The best first; of the many, those nearest in meaning are scored."""
        near = self.parts.store.vectors.similarities(vector, ids)
        ids = sorted(near, key=lambda ident: (-near[ident], -ident))[:SCORED]
        if not ids:
            return []
        return recall.search(
            self.parts,
            self.person_id,
            text,
            vector,
            limit=FIRST,
            now=self.now,
            without=self.without,
            among=ids,
        )


def find(
    parts: Parts,
    person_id: int,
    text: str,
    vector: Vector,
    *,
    now: datetime,
    without: Sequence[int] = (),
) -> Needed:
    here = now.astimezone(LOCAL)
    times = parts.calendar.times(text, here, future=looks_ahead(text))
    wanted = needs.needs(text, times, here.date())
    search = _Search(parts, person_id, text, vector, now, without)
    know_how = [r for kind, words in wanted.kinds.items() for r in _bearing(search, kind, words)]
    return Needed(
        kinds=frozenset(wanted.kinds),
        know_how=tuple(know_how),
        of_days=() if wanted.days is None else _of_days(search, wanted.days),
    )


def bears(result: Recalled) -> bool:
    return result.similarity >= BEARING_SIMILARITY


def _bearing(search: _Search, kind: Kind, words: str) -> list[Recalled]:
    """Those of a kind that are near enough in meaning, to the message or to what it is about."""
    memories = search.parts.store.memories
    ids = memories.of_kinds(search.person_id, [kind], search.now, LOOKED_AT)
    if not ids:
        return []
    vector = search.vector
    if words != search.text:
        vector = search.parts.embedder.question(words)
    found = search.among(ids, words, vector)
    return [each for each in found if bears(each)][:KNOW_HOW]


def _of_days(search: _Search, days: Days) -> tuple[Recalled, ...]:
    first = datetime.combine(days.first, time(), LOCAL)
    end = datetime.combine(days.last + timedelta(days=1), time(), LOCAL)
    ids = search.parts.store.memories.of_days(
        search.person_id, (first, end), days, search.now, LOOKED_AT
    )
    return tuple(search.among(ids, search.text, search.vector)[:OF_DAYS])
