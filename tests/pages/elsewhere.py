"""A model elsewhere that the pages of a test have, and a person who may choose it."""

from collections.abc import Iterator, Sequence

import pytest

from memory import KeyRefused, Server
from memory.records import ChatMessage
from tests.fakes import FakeModel, FakeModels, FakeRemoteModel

KEY = "quokkamandel-key"
REMOTE = "gpt-far"


class Far(FakeRemoteModel):
    """Says what it is told to, and remembers what it got."""

    def __init__(self) -> None:
        super().__init__(("Hello ", "[NA", "ME_1]."), name=REMOTE)
        self.refuses = False
        """The key."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        if self.refuses:
            raise KeyRefused(self.name)
        yield from super().stream(messages)

    @property
    def got(self) -> str:
        return repr(self.received)


def connect(
    monkeypatch: pytest.MonkeyPatch, far: Far, *, key: str = KEY, near: FakeModel | None = None
) -> FakeModels:
    """``key``: of its provider, in the environment."""
    here = [near] if near else []
    models = FakeModels(far, *here, keys={Server.OPENAI: key} if key else {})
    monkeypatch.setattr("memory.engine.ChatModels", lambda *_: models)
    return models
