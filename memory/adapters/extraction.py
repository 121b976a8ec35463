"""What a model suggests of a message, as JSON of one form (pydantic checks it).

The output is another's word: it is taken whole or not at all. Around it a fence of code is
tolerated, which small models like to draw; fields that nobody asked for are not read; whatever else
is not in the form makes it unusable.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from memory.records import Action, Kind, Suggestion, Unusable

if TYPE_CHECKING:
    from pydantic import BaseModel

MOST_SUGGESTIONS = 8
"""Of one message."""
LONGEST_TEXT = 300
"""Characters that are asked for: one sentence. Held to a grammar, a small model that repeats itself
is ended by it in form; what a larger one says may be longer."""
NO_TARGET = 0
"""In place of a number; small models write a number more surely than nothing."""
_FENCED = re.compile(r"\A```(?:json)?[ \t]*\n(?P<inside>.*?)\n?```\Z", re.DOTALL | re.IGNORECASE)


class JsonSuggestions:
    """``max_bytes``: of one text."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def schema(self, known: int) -> Mapping[str, object]:
        """Flat, and in the order in which it is best thought out: servers that hold a model to a
        grammar take it as it is. Where nothing is known, there is nothing to be about."""
        actions = [each for each in Action if known or not each.is_about_known]
        suggestion = {
            "type": "object",
            "properties": {
                "action": {"type": "string", "enum": [each.value for each in actions]},
                "target": {"type": "integer", "enum": list(range(known + 1))},
                "kind": {"type": "string", "enum": [each.value for each in Kind]},
                "text": {"type": "string", "maxLength": LONGEST_TEXT},
            },
            "required": ["action", "target", "kind", "text"],
            "additionalProperties": False,
        }
        return {
            "type": "object",
            "properties": {
                "suggestions": {
                    "type": "array",
                    "items": suggestion,
                    "maxItems": MOST_SUGGESTIONS,
                }
            },
            "required": ["suggestions"],
            "additionalProperties": False,
        }

    def read(self, output: str, known: int) -> tuple[Suggestion, ...] | Unusable:
        from pydantic import ValidationError

        text = output.strip()
        if fenced := _FENCED.match(text):
            text = fenced["inside"].strip()
        if not text:
            return Unusable.EMPTY
        try:
            found = self._form.model_validate_json(text, strict=True)
        except ValidationError:  # its message quotes the text
            return Unusable.INVALID
        suggestions = tuple(_suggestion(each) for each in found.model_dump()["suggestions"])
        fits = all(_fits(each, known, self._max_bytes) for each in suggestions)
        return suggestions if fits else Unusable.INVALID

    @cached_property
    def _form(self) -> "type[BaseModel]":
        """Made at the first use: importing pydantic takes a quarter of a second."""
        from pydantic import BaseModel, ConfigDict, Field

        class Suggested(BaseModel):
            model_config = ConfigDict(extra="ignore")

            action: Action
            target: int = NO_TARGET
            kind: Kind
            text: str

        class Output(BaseModel):
            model_config = ConfigDict(extra="ignore")

            suggestions: list[Suggested] = Field(max_length=MOST_SUGGESTIONS)

        return Output


def _suggestion(found: Mapping[str, object]) -> Suggestion:
    action, kind, text, target = (found[name] for name in ("action", "kind", "text", "target"))
    assert isinstance(action, Action)
    assert isinstance(kind, Kind)
    about = target if isinstance(target, int) and target != NO_TARGET else None
    return Suggestion(action, kind, str(text).strip(), about)


def _fits(suggestion: Suggestion, known: int, max_bytes: int) -> bool:
    """What no field can promise by itself: what is to be kept says something, and is about a memory
    that was shown if it is about one."""
    if suggestion.target is not None and not 1 <= suggestion.target <= known:
        return False
    if suggestion.action.is_about_known and suggestion.target is None:
        return False
    size = len(suggestion.text.encode("utf-8", "surrogatepass"))
    return size <= max_bytes and (size > 0 or suggestion.action is Action.NOTHING)
