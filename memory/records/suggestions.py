"""What a model that reads along suggests, and what came of it."""

from dataclasses import dataclass

from memory.records.words import Action, Kind, Outcome, Unusable


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that a model found in a message; a proposal at the most."""

    action: Action
    kind: Kind
    text: str
    target: int | None = None
    """Number of the known memory it is about, as it was shown to the model, from 1."""


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What came of a model's reading of one message."""

    outcome: Outcome
    proposed: int = 0
    """How many memories were put into the inbox."""
    unusable: Unusable | None = None
    """Why, when its output could not be used."""
