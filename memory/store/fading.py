"""What strength is worked out from, of many memories at once: columns, not rows.

100,000 memories as records would take a second; as columns of numbers they are one computation.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from memory.records import UseKind
from memory.store.columns import from_optional_time, from_time
from memory.store.connection import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOMENT_CHARACTERS = 26
"""Of a stored time without its zone, which is always UTC."""
_MICROSECONDS_A_DAY = 86_400_000_000
_MOMENT = f"substr({{}}, 1, {_MOMENT_CHARACTERS})"
_LONG_AGO = "1900-01-01T00:00:00.000000"


@dataclass(frozen=True, slots=True)
class Histories:
    """One place a memory, in order of their ids; and all their uses, in the order of noting."""

    ids: "NDArray[np.int64]"
    importance: "NDArray[np.float64]"
    created: "NDArray[np.float64]"
    """Days since 1970, as all moments here."""
    pinned: "NDArray[np.bool_]"
    in_profile: "NDArray[np.bool_]"
    """It states a profile field that holds."""
    archived: "NDArray[np.bool_]"
    paused: "NDArray[np.bool_]"
    put_back: "NDArray[np.float64]"
    """When the sweep that archived it was undone; infinitely long ago where none was."""
    owner: "NDArray[np.int64]"
    """Of each use: the place of its memory."""
    used: "NDArray[np.float64]"
    listed: "NDArray[np.bool_]"
    """It was merely among the results."""


class Fading:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of_person(self, person_id: int, now: datetime, until: datetime | None = None) -> Histories:
        """Of what is in use or archived, and has not expired. ``until``: as it was then."""
        chosen = """
            memories.person_id = :person and memories.status in ('active', 'archived')
            and (memories.expires_at is null or memories.expires_at > :now)
            and (:until is null or memories.created_at <= :until)
        """
        bindings: dict[str, str | int] = {"person": person_id, "now": from_time(now)}
        return self._histories(chosen, bindings, until)

    def of_memories(self, memory_ids: Iterable[int], until: datetime | None = None) -> Histories:
        """Whatever their status; ids that are gone are left out."""
        chosen = "memories.id in (select value from json_each(:ids))"
        return self._histories(chosen, {"ids": json.dumps(list(memory_ids))}, until)

    def _histories(
        self, chosen: str, bindings: dict[str, str | int], until: datetime | None
    ) -> Histories:
        import numpy as np

        bound = bindings | {"until": from_optional_time(until)}
        rows = self._database.rows(
            f"""
            select memories.id, importance,
                   pinned and (:until is null or pinned_at is null or pinned_at <= :until),
                   valid_until is null and memories.id in (
                       select source_memory_id from profile_fields),
                   memories.status = 'archived', paused, {_MOMENT.format("created_at")},
                   {_MOMENT.format(f"coalesce(undone_at, '{_LONG_AGO}')")}
            from memories left join sweeps on sweeps.id = sweep_id
            where {chosen} order by memories.id
            """,
            bound,
        )
        uses = self._database.rows(
            f"""
            select memory_id, access_times.kind = '{UseKind.LISTED}', {_MOMENT.format("at")}
            from memories join access_times on memory_id = memories.id
            where {chosen} and (:until is null or at <= :until)
            order by access_times.id
            """,
            bound,
        )
        ids, importance, pinned, in_profile, archived, paused, created, put_back = _columns(rows, 8)
        owners, listed, used = _columns(uses, 3)
        numbers = np.array(ids, dtype=np.int64)
        owning = np.array(owners, dtype=np.int64)
        place = np.searchsorted(numbers, owning)
        # what was stored between the two statements is used by nothing that is known here
        known = np.isin(owning, numbers)
        undone = _days(put_back)
        return Histories(
            ids=numbers,
            importance=np.array(importance, dtype=np.float64),
            created=_days(created),
            pinned=np.array(pinned, dtype=np.bool_),
            in_profile=np.array(in_profile, dtype=np.bool_),
            archived=np.array(archived, dtype=np.bool_),
            paused=np.array(paused, dtype=np.bool_),
            put_back=np.where(undone > 0, undone, -np.inf),
            owner=place[known],
            used=_days(used)[known],
            listed=np.array(listed, dtype=np.bool_)[known],
        )


def _columns(rows: list[tuple[object, ...]], count: int) -> list[tuple[object, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count


def _days(moments: tuple[object, ...]) -> "NDArray[np.float64]":
    """Parsed all at once, which takes a tenth of the time."""
    import numpy as np

    text = "".join(map(str, moments)).encode()
    parsed = np.frombuffer(text, dtype=f"S{_MOMENT_CHARACTERS}").astype("datetime64[us]")
    days: NDArray[np.float64] = parsed.astype(np.int64) / _MICROSECONDS_A_DAY
    return days
