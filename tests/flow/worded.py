"""A fake language with more names, and with words that a question can ask by."""

from collections.abc import Sequence
from dataclasses import replace

from memory.records import EntityType, Mention, Reading, Sentence, Word
from tests.fakes import FakeLanguage

PERSON, TECHNOLOGY = EntityType.PERSON, EntityType.TECHNOLOGY
NAMES = (
    Mention("Maya Chen", PERSON),
    Mention("Maya Lopez", PERSON),
    Mention("Maya", PERSON),
    Mention("Bob", PERSON, attributes={"title": "Dr."}),
    Mention("Acme", EntityType.ORGANIZATION),
    Mention("Postgres", TECHNOLOGY, attributes={"version": "14"}),
    Mention("PostgreSQL", TECHNOLOGY),
)


class WordedLanguage(FakeLanguage):
    """Of names at one place it finds only the longest."""

    def __init__(self) -> None:
        super().__init__(known=NAMES)

    def read(self, text: str) -> Reading:
        reading = super().read(text)
        words = tuple(
            Word(word, word.lower(), "X", "X", "dep", place, 0)
            for place, word in enumerate(text.rstrip(".?!").split())
        )
        mentions = tuple(m for m in reading.mentions if not _is_within(m, reading.mentions))
        relations = tuple(
            r for r in reading.relations if r.subject in mentions and r.object in mentions
        )
        parsed = (Sentence(text, words),)
        return replace(reading, mentions=mentions, relations=relations, parsed=parsed)


def _is_within(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.name != o.name and o.name.startswith(mention.name) for o in others)
