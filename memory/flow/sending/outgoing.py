"""Exactly what would be sent, shown before it is: the first time that anything goes to a model, or
every time."""

from collections.abc import Sequence

from memory.flow.parts import Parts
from memory.flow.turn import Request
from memory.protocols import Model
from memory.records import Outgoing, Review


def of_message(parts: Parts, request: Request, model: Model | str | None) -> Outgoing | None:
    raise NotImplementedError


def of_answer(
    parts: Parts,
    user_id: str,
    answer_id: int,
    model: Model | str | None,
    without: Sequence[int],
    *,
    rehearsed: bool,
) -> Outgoing | None:
    raise NotImplementedError


def review(parts: Parts, user_id: str) -> Review:
    raise NotImplementedError


def choose_review(parts: Parts, user_id: str, when: str) -> Review:
    raise NotImplementedError
