"""A model elsewhere that has a price, and tells what it counted if it is told to."""

from collections.abc import Iterator, Sequence
from typing import Any

from memory.errors import ModelUnavailable
from memory.records import ChatMessage, Price, Usage
from memory.rules.context_window import MOST_ANSWER_TOKENS
from tests.fakes import FakeModel

PRICE = Price(context=0.000_002, answer=0.000_010)


class _Told:
    def __init__(self, pieces: Iterator[str], usage: Usage | None) -> None:
        self._pieces = pieces
        self.usage = usage

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)


class ChargedModel(FakeModel):
    """``fails``: raised after its pieces."""

    provider = "Example AI"
    answer_tokens = MOST_ANSWER_TOKENS

    def __init__(
        self,
        pieces: Sequence[str] = ("That ", "is ", "noted."),
        *,
        price: Price | None = PRICE,
        tells: Usage | None = None,
        fails: ModelUnavailable | None = None,
        **more: Any,
    ) -> None:
        super().__init__(pieces, **({"name": "example-1", "is_local": False} | more))
        self.price = price
        self._tells = tells
        self._fails = fails

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        return _Told(self._said(messages), self._tells)

    def _said(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        yield from super().stream(messages)
        if self._fails is not None:
            raise self._fails
