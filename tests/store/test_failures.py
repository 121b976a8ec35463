"""Half of a character is no text: said so wherever it is looked for."""

from collections.abc import Callable

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import MemoryFilter
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage

HALF = "\ud800"

READS: dict[str, Callable[[Memory], object]] = {
    "items": lambda memory: memory.items(HALF),
    "search": lambda memory: memory.find("me", MemoryFilter(search=HALF)),
    "search messages": lambda memory: memory.search_messages("me", HALF),
    "messages": lambda memory: memory.messages(HALF),
    "conversations": lambda memory: memory.conversations(HALF),
    "erase": lambda memory: memory.erase(HALF),
    "erase a conversation": lambda memory: memory.erase("me", conversation=HALF),
    "revoke": lambda memory: memory.revoke("me", HALF),
    "export": lambda memory: memory.export(HALF),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_half_a_character_is_refused_in_words(
    settings: Settings, read: Callable[[Memory], object]
) -> None:
    memory = Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage())
    with memory:
        memory.grant("me", "personalization")

        with pytest.raises(InvalidInput, match="half of a character"):
            read(memory)
