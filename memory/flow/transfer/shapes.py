"""The JSON of an archive and the records of ``records/archive``: the schema of the one is made of
the other, and what keeps to the schema is read back into them."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from memory.errors import ImportRejected
from memory.records.archive import FORMAT, FORMAT_VERSION, Archive

DOCUMENT = "recollect.json"
"""What the JSON is called in the ZIP of an export."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LONGEST_TEXT = 262_144
"""Characters: the longest answer of a model, at four times as many as it is usual for a token."""
MOST_ITEMS = 1_000_000
LARGEST = 10**12
"""Of a whole number: a million of them still have a sum."""
MOST_DOLLARS = 10**9
_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_SHARES = frozenset({"confidence", "strength"})
"""Fields from 0 to 1, in every record; of others a record says so itself."""
_FIXED = {"format": {"const": FORMAT}, "version": {"const": FORMAT_VERSION}}

Shape = TypeVar("Shape")


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema (2020-12) of ``recollect.json``."""
    whole = _of_record(Archive)
    whole["properties"] |= _FIXED
    head = {"$schema": DIALECT, "$id": f"urn:{FORMAT}:export:{FORMAT_VERSION}"}
    return head | {"title": "What Recollect holds about a person"} | whole


def plain(record: object) -> Any:
    """As JSON can hold it."""
    if is_dataclass(record) and not isinstance(record, type):
        return plain(asdict(record))
    if isinstance(record, Mapping):
        return {str(key): plain(value) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [plain(each) for each in record]
    return record.isoformat() if isinstance(record, date) else record


def build(shape: type[Shape], content: Any) -> Shape:
    """A record of what keeps to its schema. Raises ImportRejected for a date that is none."""
    built: Shape = _build(shape, content)
    return built


# -- the schema -----------------------------------------------------------------------------


def _of(kind: Any) -> dict[str, Any]:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (kept,) = (each for each in inside if each is not types.NoneType)
        return _or_null(_of(kept))
    if origin is tuple:
        return {"type": "array", "maxItems": MOST_ITEMS, "items": _of(inside[0])}
    if origin is not None and issubclass(origin, Mapping):
        names = _of(inside[0])
        return {"type": "object", "propertyNames": names, "additionalProperties": _of(inside[1])}
    if is_dataclass(kind):
        return _of_record(kind)
    if is_typeddict(kind):
        return _of_object({name: _of(each) for name, each in get_type_hints(kind).items()})
    return _of_value(kind)


def _of_value(kind: Any) -> dict[str, Any]:
    if kind is bool:
        return {"type": "boolean"}
    if kind is int:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST}
    if kind is float:
        return {"type": "number"}
    if kind is datetime:
        return {"type": "string", "format": "date-time", "pattern": _MOMENT}
    if kind is date:
        return {"type": "string", "format": "date", "pattern": _DAY}
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    assert kind is str, f"{kind} has no place in an archive"
    return {"type": "string", "maxLength": LONGEST_TEXT}


def _or_null(found: dict[str, Any]) -> dict[str, Any]:
    if "enum" in found:
        return found | {"enum": [*found["enum"], None]}
    return found | {"type": [found["type"], "null"]}


def _of_record(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {each.name: _of_field(each, hints[each.name]) for each in fields(kind)}
    return _of_object(properties, [each.name for each in fields(kind) if _is_required(each)])


def _of_field(each: Field[Any], kind: Any) -> dict[str, Any]:
    found = _of(kind)
    if each.name in _SHARES or each.metadata.get("share"):
        found |= {"minimum": 0, "maximum": 1}
    if each.name == "cost":
        found |= {"minimum": 0, "maximum": MOST_DOLLARS}
    if each.name == "id" and kind is int:
        found |= {"minimum": 1}
    if each.metadata.get("inferred"):
        found["description"] = "Worked out, not given."
    return found


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _of_object(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


# -- reading back ---------------------------------------------------------------------------


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, content: Any) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (kept,) = (each for each in inside if each is not types.NoneType)
        return None if content is None else _build(kept, content)
    if origin is tuple:
        return tuple([_build(inside[0], each) for each in content])
    if origin is not None and issubclass(origin, Mapping):
        return {_build(inside[0], k): _build(inside[1], value) for k, value in content.items()}
    if is_dataclass(kind):
        return _build_record(kind, content)
    if is_typeddict(kind):
        return dict(content)
    return _build_value(kind, content)


def _build_record(kind: Any, content: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _build(hints[name], each) for name, each in content.items()})


def _build_value(kind: Any, content: Any) -> Any:
    if kind in (datetime, date):
        try:
            return kind.fromisoformat(content)
        except ValueError as error:
            raise ImportRejected(
                f"“{content}” is no date", "Correct it, or export anew."
            ) from error
    if kind is float:
        return float(content)
    return content if kind in (bool, int, str) else kind(content)
