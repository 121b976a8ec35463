"""What strength is worked out from, of many memories at once: columns, not rows.

100,000 memories as records would take a second; as columns of numbers they are one computation. So
the database joins each column to one text, and numpy reads the text at once: of two memories

    ids         “7,9”
    importance  “0.8,0.3”
    flags       “04”                     one character each: its bits, counted from “0”
    created     “2026-11-03T12:00:00.0000002026-11-04T08:30:00.000000”, 26 characters each

All columns of one query are joined in the same order of its rows, whichever that is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from memory.records import UseKind
from memory.store.columns import from_optional_time, from_time
from memory.store.connection import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Number = TypeVar("_Number", "np.int64", "np.float64")

_MOMENT_CHARACTERS = 26
"""Of a stored time without its zone, which is always UTC."""
_MICROSECONDS_A_DAY = 86_400_000_000
_FLAGS = ("pinned", "in_profile", "archived", "paused")
_MOMENT = f"group_concat(substr({{column}}, 1, {_MOMENT_CHARACTERS}), '')"

# 100,000 rows of values as objects, only to be made columns of again, would take more than twice
# the time. None of the values may be null: a null is left out, and all that comes after it would
# belong to another memory. The bits are those of ``_FLAGS``, the first counting 1.
_MEMORIES = f"""
    select group_concat(memories.id), group_concat(format('%!.17g', importance)),
           group_concat(char(
               unicode('0')
               + iif(pinned and (:until is null or pinned_at is null or pinned_at <= :until), 1, 0)
               + iif(valid_until is null
                   and memories.id in (select source_memory_id from profile_fields), 2, 0)
               + iif(status = 'archived', 4, 0) + iif(paused, 8, 0)), ''),
           {_MOMENT.format(column="created_at")}
    from memories where {{chosen}}
"""
_USES = f"""
    select group_concat(memory_id), group_concat(access_times.kind = '{UseKind.LISTED}', ''),
           {_MOMENT.format(column="at")}
    from memories join access_times on memory_id = memories.id
    where {{chosen}} and (:until is null or at <= :until)
"""
_PUT_BACK = f"""
    select group_concat(memories.id), {_MOMENT.format(column="undone_at")}
    from sweeps cross join memories on sweep_id = sweeps.id
    where undone_at is not null and {{chosen}}
"""


@dataclass(frozen=True, slots=True)
class Histories:
    """Columns: one place a memory, in order of their ids; and one place a use, in any order."""

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
        found = self._one(_MEMORIES.format(chosen=chosen), bound)
        ids = _numbers(found[0], np.int64)
        order = np.argsort(ids)
        ids, bits = ids[order], _bytes(found[2])[order] - ord("0")
        flags = {name: (bits >> place) & 1 == 1 for place, name in enumerate(_FLAGS)}
        used = self._one(_USES.format(chosen=chosen), bound)
        owners = _numbers(used[0], np.int64)
        # what was stored between the two statements is used by nothing that is known here
        known = np.isin(owners, ids)
        return Histories(
            ids=ids,
            importance=_numbers(found[1], np.float64)[order],
            created=_days(found[3])[order],
            **flags,
            put_back=self._put_back(chosen, bound, ids),
            owner=np.searchsorted(ids, owners[known]),
            used=_days(used[2])[known],
            listed=(_bytes(used[1]) == ord("1"))[known],
        )

    def _put_back(
        self, chosen: str, bound: dict[str, str | int | None], ids: "NDArray[np.int64]"
    ) -> "NDArray[np.float64]":
        import numpy as np

        text_ids, moments = self._one(_PUT_BACK.format(chosen=chosen), bound)
        put_back = np.full(len(ids), -np.inf)
        undone = _numbers(text_ids, np.int64)
        known = np.isin(undone, ids)
        put_back[np.searchsorted(ids, undone[known])] = _days(moments)[known]
        return put_back

    def _one(self, sql: str, bound: dict[str, str | int | None]) -> tuple[str, ...]:
        (row,) = self._database.rows(sql, bound)
        return tuple(column or "" for column in row)


def _numbers(joined: str, kind: "type[_Number]") -> "NDArray[_Number]":
    import numpy as np

    return np.fromstring(joined, dtype=kind, sep=",") if joined else np.zeros(0, dtype=kind)


def _bytes(joined: str) -> "NDArray[np.uint8]":
    import numpy as np

    return np.frombuffer(joined.encode(), dtype=np.uint8)


def _days(joined: str) -> "NDArray[np.float64]":
    """Parsed all at once, which takes a tenth of the time."""
    import numpy as np

    text = np.frombuffer(joined.encode(), dtype=f"S{_MOMENT_CHARACTERS}")
    days: NDArray[np.float64] = text.astype("datetime64[us]").astype(np.int64) / _MICROSECONDS_A_DAY
    return days
