"""Sweeps: what has faded leaves recall, and after its grace the file (article, section 5).

A plan changes nothing and is its own confirmation; carrying it out does exactly what it says, or
refuses. Only the app sweeps by itself, with unattended plans.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import numpy as np

from memory.errors import InvalidInput, NotFound, StalePlan
from memory.flow import audit, erase, forget, intake, scopes
from memory.flow.fading import choices, presence, standing
from memory.flow.fading.standing import Standing
from memory.flow.parts import Parts
from memory.flow.scopes import Scope
from memory.records import (
    Act,
    ForgettingRules,
    MemoryItem,
    Protected,
    Retention,
    Status,
    Sweep,
    SweepPlan,
    SweepReport,
)
from memory.rules import sweeping
from memory.rules.absence import Presence
from memory.rules.active_days import Numbers, day_of
from memory.rules.sweeping import KEPT_DAYS, Archived, Weak

FADED = "faded"
"""The scope of an erasure by a sweep."""
TOLD = "told of sweep"
"""Key among the person's settings: the id of the last one that was told."""


def plan(
    parts: Parts,
    user_id: str,
    *,
    at: datetime | None,
    policy: ForgettingRules | str | None,
    unattended: bool,
) -> SweepPlan:
    now, person_id = parts.clock(), parts.store.people.find(user_id)
    as_of = intake.moment(at, now)
    rules = choices.meant(parts, person_id, policy)
    if person_id is None:
        return SweepPlan(user_id, as_of, rules, unattended, (), (), (), 0, 0, 0, False, policy)
    own = standing.of_person(parts, person_id, now, rules=rules)
    there = presence.of(parts, person_id, now)
    archived, kept = _to_archive(parts, own, there, as_of)
    purged, spared = _to_purge(parts, person_id, there, rules, as_of, unattended=unattended)
    held = int((~own.histories.archived).sum())
    touched = len(archived) + len(purged)
    return SweepPlan(
        user_id=user_id,
        at=as_of,
        rules=rules,
        unattended=unattended,
        archived=tuple(archived),
        purged=tuple(purged),
        protected=(*kept, *spared),
        archived_tokens=sum(parts.tokens.count(each.item.text) for each in archived),
        purged_bytes=parts.store.sweeps.bytes_of([item.id for item in purged]),
        held=held,
        asks_first=sweeping.asks_first(touched, held + len(purged)),
        policy=policy,
    )


def _to_archive(
    parts: Parts, own: Standing, there: Presence, as_of: datetime
) -> tuple[list[Retention], list[Protected]]:
    """The weakest first; and what would go but for a protection."""
    bare = own.bare_strengths(as_of)
    weak = np.flatnonzero(~own.histories.archived & (bare < own.rules.archived_below))
    ids = own.histories.ids[weak].tolist()
    items = {item.id: item for item in parts.store.memories.many(ids)}
    kept_at = {each.item.id: each for each in standing.retained(own, items, as_of)}
    since_use, since_storing = _days_since(own, as_of)
    put_back = own.histories.put_back + KEPT_DAYS > day_of(as_of)
    archived, protected = [], []
    for place, ident in zip(weak.tolist(), ids, strict=True):
        if ident not in items:  # erased meanwhile
            continue
        why = sweeping.kept_from_archive(
            Weak(
                items[ident],
                bare[place].item(),
                bool(own.histories.in_profile[place]),
                since_use[place].item(),
                since_storing[place].item(),
                put_back=bool(put_back[place]),
            ),
            own.rules,
            there,
        )
        if why is None:
            archived.append(kept_at[ident])
        else:
            protected.append(Protected(items[ident], kept_at[ident].strength, why))
    archived.sort(key=lambda each: each.strength)
    return archived, protected


def _days_since(own: Standing, as_of: datetime) -> tuple[Numbers, Numbers]:
    """The last use, which is infinitely long ago where there was none, and the storing."""
    here = own.days.count(np.array([day_of(as_of)]))
    used = np.full(len(own.histories.ids), -np.inf)
    np.maximum.at(used, own.histories.owner, own.days.count(own.histories.used))
    return here - used, here - own.days.count(own.histories.created)


def _to_purge(
    parts: Parts,
    person_id: int,
    there: Presence,
    rules: ForgettingRules,
    as_of: datetime,
    *,
    unattended: bool,
) -> tuple[list[MemoryItem], list[Protected]]:
    """The longest archived first; and what would go but for a protection."""
    shown = parts.store.sweeps.shown(person_id, as_of - timedelta(days=rules.grace_days))
    due = {item.id: item for item in parts.store.memories.many(list(shown))}
    stands = _standing_in_what_stays(parts, due)
    purged, protected = [], []
    for item in due.values():
        archived = Archived(item, shown[item.id], item.id in stands)
        why = sweeping.kept_from_purge(archived, there, unattended=unattended)
        if why is None:
            purged.append(item)
        else:
            protected.append(Protected(item, 0.0, why))
    return sorted(purged, key=lambda item: (item.archived_at, item.id)), protected


def _grace_is_over(item: MemoryItem, rules: ForgettingRules, at: datetime) -> bool:
    ends = sweeping.ends_grace(item, rules)
    return ends is not None and ends <= at


def _standing_in_what_stays(parts: Parts, due: Collection[int]) -> frozenset[int]:
    """Ids of those whose words are told by a memory that is not due: a statement's turn, a turn's
    statement, what solved it. Erasing the one would take them out of the other, or leave them in
    it; and whoever stays for that keeps others."""
    going, sharing = set(due), parts.store.statements.sharing_words
    while going:
        staying = {
            item.id
            for item in parts.store.memories.many(list(sharing(going) - going))
            if item.merged_into not in going
        }
        solved = parts.store.statements.solved_by_others(going)
        kept = going & (sharing(staying) | solved)
        if not kept:
            break
        going -= kept
    return frozenset(due) - going


def carry_out(parts: Parts, planned: SweepPlan, on_step: erase.OnStep | None) -> SweepReport:
    """In one transaction what is archived, then what is erased."""
    now, person_id = parts.clock(), parts.store.people.find(planned.user_id)
    _check(planned, now)
    if person_id is None:
        raise StalePlan
    tokens_of = {item.id: parts.tokens.count(item.text) for item in planned.purged}
    with parts.store.transaction():
        _check_unchanged(parts, planned)
        if not planned.unattended:
            presence.note(parts, person_id, now)
        unattended, tokens = planned.unattended, planned.archived_tokens
        sweep_id = parts.store.sweeps.add(person_id, now, unattended=unattended, tokens=tokens)
        parts.store.sweeps.archive(sweep_id, [each.item.id for each in planned.archived], now)
        _cool(parts, planned, now)
        if not planned.is_empty:
            counts = {"archived": len(planned.archived), "purged": len(planned.purged)}
            audit.event(parts, person_id, Act.SWEEP, f"sweep:{sweep_id}", now, counts)
    receipt, gone, size = None, [], 0

    def find_scope() -> Scope:
        """Under the transaction that deletes: what is counted is what goes."""
        nonlocal gone, size
        gone = _still_archived(parts, planned)
        size = parts.store.sweeps.bytes_of(gone)
        gone_tokens = sum(tokens_of[ident] for ident in gone)
        parts.store.sweeps.note_purged(sweep_id, len(gone), gone_tokens, size)
        return Scope(FADED, scopes.with_parts(parts, gone))

    if planned.purged:
        user_id = planned.user_id
        receipt = erase.carry_out(parts, user_id, person_id, find_scope, now, on_step)
    return SweepReport(sweep_id, now, len(planned.archived), len(gone), tokens, size, receipt)


def _check(planned: SweepPlan, now: datetime) -> None:
    if planned.unattended and planned.asks_first:
        raise InvalidInput(
            "This sweep would take a large share of your memories. Look at it in Forgetting first."
        )
    if not all(_grace_is_over(item, planned.rules, now) for item in planned.purged):
        raise InvalidInput(
            f"This plan is for {planned.at:%Y-%m-%d}, and would erase something before its time. "
            "Plan the sweep for today."
        )


def _check_unchanged(parts: Parts, planned: SweepPlan) -> None:
    """Worked out once more as of the same moment, it is the same; also whether it asks first: what
    it takes may have become a large share by others that went."""
    anew = plan(
        parts,
        planned.user_id,
        at=planned.at,
        policy=planned.policy,
        unattended=planned.unattended,
    )
    if _taken(anew) != _taken(planned):
        raise StalePlan


def _taken(planned: SweepPlan) -> tuple[object, ...]:
    """What it does, to which words, by which rules, and whether nobody may do it unasked."""
    archived = frozenset((each.item.id, each.item.text) for each in planned.archived)
    purged = frozenset((item.id, item.text) for item in planned.purged)
    return planned.rules, archived, purged, planned.unattended and planned.asks_first


def _cool(parts: Parts, planned: SweepPlan, now: datetime) -> None:
    """What the hot cache still holds of them; only what is new can stand there."""
    hot = now - timedelta(seconds=parts.settings.hot_ttl_seconds)
    for each in planned.archived:
        if each.item.created_at >= hot:
            forget.cool(parts, each.item)


def _still_archived(parts: Parts, planned: SweepPlan) -> list[int]:
    """What was put back, or said again, since the plan stays."""
    archived_at = {item.id: item.archived_at for item in planned.purged}
    return [
        item.id
        for item in parts.store.memories.many(list(archived_at))
        if item.status is Status.ARCHIVED and item.archived_at == archived_at[item.id]
    ]


def undo(parts: Parts, sweep_id: int) -> list[MemoryItem]:
    """What is still archived because of it, as it was before. Raises NotFound."""
    now = parts.clock()
    with parts.store.transaction():
        person_id = parts.store.sweeps.person_of(sweep_id)
        if person_id is None:
            raise NotFound("sweep", sweep_id)
        presence.note(parts, person_id, now)
        ids = parts.store.sweeps.undo(sweep_id, now)
        if ids:
            counts = {"memories": len(ids)}
            audit.event(parts, person_id, Act.UNDO_SWEEP, f"sweep:{sweep_id}", now, counts)
        return parts.store.memories.many(ids)


def tell(parts: Parts, user_id: str) -> list[Sweep]:
    """Those that nobody looked at, and that were not told yet; from now on they are."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    told = int(parts.store.preferences.get(person_id, TOLD) or 0)
    new = [each for each in parts.store.sweeps.all(person_id) if each.unattended and each.id > told]
    if new:
        with parts.store.transaction():
            # not the first: of a clock that was set back the later sweep is the earlier one
            parts.store.preferences.set(person_id, TOLD, str(max(each.id for each in new)))
    return new


def note_shown(parts: Parts, item_ids: Sequence[int]) -> None:
    now = parts.clock()
    with parts.store.transaction():
        parts.store.sweeps.note_shown(item_ids, now)
