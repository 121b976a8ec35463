"""Whether content keeps to a JSON Schema (jsonschema checks it), told without quoting it."""

from collections.abc import Mapping
from typing import Any

TELLING = {
    "type": "is of the wrong kind",
    "enum": "is none of the words it may be",
    "const": "is not what it must be",
    "required": "lacks something",
    "additionalProperties": "holds something that has no place there",
    "pattern": "is not written as it must be",
    "maxLength": "is too long",
    "maxItems": "holds too much",
    "minimum": "is too small",
    "maximum": "is too large",
}
"""By the keyword that is broken."""


class JsonSchemaChecker:
    def first_problem(self, schema: Mapping[str, Any], content: object) -> str:
        from jsonschema import Draft202012Validator

        try:
            error = next(Draft202012Validator(schema).iter_errors(content), None)
        except RecursionError:
            return "it is nested too deeply"
        if error is None:
            return ""
        told = TELLING.get(str(error.validator), "is not as it must be")
        return f"“{_place(error.absolute_path)}” {told}"


def _place(path: Any) -> str:
    """Such as memories[3].kind."""
    told = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return told.removeprefix(".")[:100] or "the whole"
