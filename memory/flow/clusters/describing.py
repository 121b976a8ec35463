"""Memories grouped by meaning, named and counted, and how each kind of memory is used (article,
section 3: clustering and access patterns).

Grouped is what may be recalled now: what is paused, archived, forgotten, no longer so, or of a
class that the person withdrew is not. A turn and what was learnt from it say the same; where what
was learnt says most of it, that stands for it, in its own kind, and the turn is not counted again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from statistics import fmean, median

from memory.errors import InvalidInput
from memory.flow import fading
from memory.flow.clusters.arrangement import Arrangement, Ungrouped
from memory.flow.parts import Parts
from memory.records import AccessPattern, Cluster, Clusters, Kind, MemoryItem, Placed
from memory.rules import naming, repeats
from memory.store.grouping import Groupable

SAMPLE = 3
"""Memories that show what a cluster is about."""
TOLD = 0.6
"""Of a turn's telling words, those that stand in what was learnt from it: then it is told by that.
“I prefer tea, as you know” is; a turn that goes on to something else is not."""


def of_person(parts: Parts, user_id: str, places: int) -> Clusters:
    """``places``: on the map, at most. Raises InvalidInput and ClusteringUnavailable."""
    if places < 0:
        raise InvalidInput("A map cannot have fewer than no places. Ask for none or more.")
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Clusters()
    now, erasures = parts.clock(), parts.arrangements.erasures(person_id)
    rows = {row.id: row for row in parts.store.grouping.recallable(person_id, now)}
    told = _told_by_parts(rows.values())
    grouped = [row for row in rows.values() if row.id not in told]
    arrangement = _arranged(parts, person_id, grouped, places, erasures)
    arranged = {ident for group in arrangement.groups for ident in group} | {*arrangement.alone}
    items = _items(parts, _shown(rows.values(), arrangement))
    return Clusters(
        clusters=_clusters(parts, person_id, now, rows, arrangement, items),
        alone=tuple(reversed(arrangement.alone)),
        told_by_parts=len(told),
        without_vector=len(rows) - len(told) - len(arranged),
        compared=arrangement.compared,
        places=_places(arrangement, items),
        patterns=_patterns(rows.values(), items),
    )


# -- what is grouped ------------------------------------------------------------------------


def _told_by_parts(rows: Collection[Groupable]) -> set[int]:
    """Ids of turns that say little beyond what was learnt from them."""
    turns = {row.source_message_id: row for row in rows if row.is_turn}
    learnt: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        message = row.source_message_id
        if message is not None and not row.is_turn and message in turns:
            learnt[message].append(row.text)
    return {
        turns[message].id
        for message, texts in learnt.items()
        if _share(turns[message].text, repeats.telling(*texts)) >= TOLD
    }


def _share(text: str, words: repeats.Words) -> float:
    """Of its telling words, how many are among these."""
    own = repeats.telling(text)
    return len(own & words) / len(own) if own else 1.0


def _arranged(
    parts: Parts, person_id: int, rows: Sequence[Groupable], places: int, erasures: int
) -> Arrangement:
    """The last arrangement as long as it is of the same texts, by the same model."""
    vectors = parts.store.vectors
    mark = hash((vectors.model, places, tuple((row.id, row.text) for row in rows)))
    known = parts.arrangements.known(person_id, mark)
    if known is not None:
        return known
    owners = {row.id: _saying(row) for row in rows}
    ungrouped = Ungrouped(vectors.many(vectors.model, list(owners)), owners)
    return parts.arrangements.arrange(person_id, mark, ungrouped, places, erasures)


def _saying(row: Groupable) -> int:
    """What comes from one message is one saying; a number below 0 is no message's."""
    return -row.id if row.source_message_id is None else row.source_message_id


# -- what is told of it ---------------------------------------------------------------------


def _shown(rows: Iterable[Groupable], arrangement: Arrangement) -> list[int]:
    """Ids of those that are told whole."""
    shown = {ident for ident, _, _ in arrangement.places}
    shown |= {row.id for row in _most_used(rows).values()}
    shown.update(ident for group in arrangement.groups for ident in group[:SAMPLE])
    return sorted(shown)


def _items(parts: Parts, ids: Sequence[int]) -> dict[int, MemoryItem]:
    return {item.id: item for item in parts.store.memories.many(ids)}


def _clusters(
    parts: Parts,
    person_id: int,
    now: datetime,
    rows: dict[int, Groupable],
    arrangement: Arrangement,
    items: dict[int, MemoryItem],
) -> tuple[Cluster, ...]:
    ids = [ident for group in arrangement.groups for ident in group]
    strengths = fading.standing.strengths(parts, person_id, ids, now) if ids else {}
    texts = [[rows[ident].text for ident in group] for group in arrangement.groups]
    places = {ident: (x, y) for ident, x, y in arrangement.places}
    names = naming.terms(texts, (rows[ident].text for ident in arrangement.alone))
    found = [
        _cluster(
            [rows[ident] for ident in group],
            terms,
            likeness,
            fmean(strengths[ident] for ident in group),
            places,
            items,
        )
        for group, terms, likeness in zip(
            arrangement.groups, names, arrangement.likeness, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda cluster: (-cluster.size, cluster.id)))


def _cluster(
    rows: Sequence[Groupable],
    terms: tuple[str, ...],
    likeness: float,
    strength: float,
    places: dict[int, tuple[float, float]],
    items: dict[int, MemoryItem],
) -> Cluster:
    drawn = [places[row.id] for row in rows if row.id in places]
    used = [row.last_accessed_at for row in rows if row.last_accessed_at is not None]
    return Cluster(
        id=min(row.id for row in rows),
        terms=terms,
        memory_ids=tuple(row.id for row in rows),
        sample=tuple(items[row.id] for row in rows[:SAMPLE] if row.id in items),
        kinds=dict(Counter(row.kind for row in rows).most_common()),
        likeness=likeness,
        strength=strength,
        uses=fmean(row.access_count for row in rows),
        last_used_at=max(used, default=None),
        x=median(x for x, _ in drawn) if drawn else 0.0,
        y=median(y for _, y in drawn) if drawn else 0.0,
    )


def _places(arrangement: Arrangement, items: dict[int, MemoryItem]) -> tuple[Placed, ...]:
    named = ((min(group), group) for group in arrangement.groups)
    of = {ident: cluster for cluster, group in named for ident in group}
    return tuple(
        Placed(items[ident], x, y, of.get(ident))
        for ident, x, y in arrangement.places
        if ident in items
    )


# -- how each kind is used ------------------------------------------------------------------


def _most_used(rows: Iterable[Groupable]) -> dict[Kind, Groupable]:
    """Of each kind the one with the most accesses, the oldest of several; none that has none."""
    found: dict[Kind, Groupable] = {}
    for row in rows:
        most = found[row.kind].access_count if row.kind in found else 0
        if row.access_count > most:
            found[row.kind] = row
    return found


def _patterns(rows: Iterable[Groupable], items: dict[int, MemoryItem]) -> tuple[AccessPattern, ...]:
    by_kind: dict[Kind, list[Groupable]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    most = {kind: items.get(row.id) for kind, row in _most_used(rows).items()}
    found = [
        AccessPattern(
            kind=kind,
            count=len(own),
            importance=fmean(row.importance for row in own),
            uses=fmean(row.access_count for row in own),
            never_used=sum(not row.access_count for row in own),
            most_used=most.get(kind),
        )
        for kind, own in by_kind.items()
    ]
    return tuple(sorted(found, key=lambda pattern: -pattern.count))
