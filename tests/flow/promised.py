"""What was promised about every word that was told, and whether the file and the answers keep it.

Each text holds a word of its own, so that whatever comes back tells whose it was, what it was told
for, and of which class it is. What may be is worked out here anew, from what the person chose and
from plain rows, without the filters of the store.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from memory.engine import Memory
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    ChatMessage,
    DataClass,
    MemoryItem,
    PrivacyRules,
    Recalled,
    Source,
    Status,
)
from memory.store.columns import from_time
from tests.fakes import FakeModel, FixedClock

UNSTORED = "nothing that is stored"
"""The purpose of what was said in private, or without consent: it is never granted."""
SETTING = "the settings"
"""Of instructions, which the person sets by hand and which need no consent."""
SHAPE = re.compile(r"quark\d+x")

TEXTS = {
    DataClass.SENSITIVE: "I was diagnosed with diabetes in Berlin, {} it is.",
    DataClass.CONFIDENTIAL: "This is confidential: Apollo and {} move.",
    DataClass.PERSONAL: "I decided to prefer {} tea since Bob recommended it.",
    DataClass.INTERNAL: "The nightly script {} needs Python.",
    DataClass.PUBLIC: "Wikipedia says that {} is old.",
}
ADDRESS = "Mail {} about the {} offer, I always prefer that."
NAMED = "my name is {} and I decided to like {}."

# Whatever the person said or named, by whom; where ``?`` stands is the table's own text.
ROWS = """
    select person_id, 'memories', text from memories
    union all select person_id, 'revisions', revisions.text
        from revisions join memories on memories.id = memory_id
    union all select person_id, 'messages', concat_ws(' ', text, speaker, note) from messages
    union all select person_id, 'conversations', concat_ws(' ', name, title) from conversations
    union all select person_id, 'settings', value from settings
    union all select person_id, 'hot cache', value from hot_cache
    union all select person_id, 'profile', value from profile_fields
    union all select person_id, 'entities', name
        from entity_names join entities on entities.id = entity_id
    union all select person_id, 'contexts', context_messages.text
        from context_messages join messages on messages.id = context_id
"""
# A message lives as long as a memory that was made of it, or of what it answers.
LIVING = """
    select text from messages where person_id = :person and (
        expires_at is null or expires_at > :now or exists (
            select 1 from memories where source_message_id in (messages.id, messages.answers)
                and (memories.expires_at is null or memories.expires_at > :now)))
    union all select text from memories where person_id = :person
        and (expires_at is null or expires_at > :now)
    union all select revisions.text from revisions join memories on memories.id = memory_id
        where person_id = :person and (expires_at is null or expires_at > :now)
    union all select title from conversations where person_id = :person
    union all select value from settings where person_id = :person
"""
OVERDUE = """
    select 'memory', text from memories where status not in ('merged', 'forgotten')
        and expires_at <= :now
    union all select 'forgotten', text from memories where forgotten_at <= :undone
    union all select 'hot', value from hot_cache where expires_at <= :now
    union all select 'context', report from contexts where expires_at <= :now
    union all select 'message', text from messages where expires_at <= :now and state != 'erased'
        and not exists (
            select 1 from memories where source_message_id in (messages.id, messages.answers))
"""


class Echo(FakeModel):
    """Says again what it was told and what is known: as models do, and worse."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self.received.append(list(messages))
        known = (line for line in messages[0]["content"].splitlines() if line.startswith("- "))
        said = (message["content"] for message in messages[1:] if message["role"] == "user")
        yield "\n".join(dict.fromkeys([*known, *said]))


@dataclass
class Told:
    person: str
    purpose: str
    data_class: DataClass
    chosen: bool = False
    """The person chose the class; what was said of it before may be of another."""


@dataclass
class Person:
    name: str
    rules: PrivacyRules
    granted: set[str] = field(default_factory=set)

    def holds(self, data_class: DataClass) -> bool:
        return data_class is not DataClass.SENSITIVE or SENSITIVE in self.granted


def words_in(*things: object) -> set[str]:
    return set(SHAPE.findall(" ".join(map(str, things))))


class Promises:
    """All that was told, by word; every method asserts."""

    def __init__(self, memory: Memory, clock: FixedClock, people: Iterable[str]) -> None:
        self.memory = memory
        self.clock = clock
        self.people = {name: Person(name, memory.privacy_rules(name)) for name in people}
        self.told: dict[str, Told] = {}
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        self.kept: set[str] = set()
        """Addresses that the person said may be stored."""
        self._count = 0

    # -- telling ----------------------------------------------------------------------------

    def new_text(self, template: str) -> tuple[str, str]:
        """A text with a new word in it, and that word."""
        self._count += 1
        word = f"quark{self._count}x"
        if template == ADDRESS:
            address = f"post{self._count}@example.com"
            self.addresses.add(address)
            return template.format(address, word), word
        if template == NAMED:
            name = f"Zelda{self._count}q"
            self.names.add(name)
            return template.format(name, word), word
        return template.format(word), word

    def note(self, word: str, person: str, purpose: str, data_class: DataClass) -> None:
        self.told[word] = Told(person, purpose, data_class)

    def words(self, person: str, purpose: str) -> set[str]:
        """What must be gone when the consent to this purpose is withdrawn."""
        return {
            word
            for word, told in self.told.items()
            if told.person == person
            and (purpose in (told.purpose, told.data_class) or told.purpose == UNSTORED)
        }

    # -- the file ---------------------------------------------------------------------------

    def check_file(self) -> None:
        database = self.memory._store.database
        people = dict(database.rows("select id, user_id from people"))
        for person_id, table, text in database.rows(ROWS):
            person = self.people[people[person_id]]
            for word in words_in(text):
                told = self.told[word]
                assert told.person == person.name, f"{table}: another person's {word}"
                granted = told.purpose in person.granted or told.purpose == SETTING
                assert granted, f"{table}: {word} of {told.purpose}, not granted"
                assert person.holds(told.data_class), f"{table}: {word} is sensitive: {text}"
            for address in self.addresses - self.kept:
                assert address not in text, f"{table}: raw {address}"
        purposes = database.rows("select distinct person_id, purpose from memories")
        for person_id, purpose in purposes:
            assert purpose in self.people[people[person_id]].granted
        for table in ("messages", "conversations", "hot_cache"):
            for (person_id,) in database.rows(f"select distinct person_id from {table}"):  # noqa: S608
                assert PERSONALIZATION in self.people[people[person_id]].granted, table

    def check_swept(self) -> None:
        """Right after ``expire``."""
        now = self.clock()
        undone = now - timedelta(seconds=self.memory.settings.undo_seconds)
        bindings = {"now": from_time(now), "undone": from_time(undone)}
        assert self.memory._store.database.rows(OVERDUE, bindings) == []

    # -- what comes back --------------------------------------------------------------------

    def check_own(self, person: str, *things: object) -> set[str]:
        """Nothing of anybody else; returns the words."""
        words = words_in(*things)
        for word in words:
            assert self.told[word].person == person, f"{word} is another person's"
        return words

    def is_usable(self, person: Person, item: MemoryItem) -> bool:
        return (
            item.user_id == person.name
            and item.status is Status.ACTIVE
            and not item.paused
            and (item.expires_at is None or item.expires_at > self.clock())
            and item.purpose in person.granted
            and person.rules.classes[item.data_class].recalled
            and person.holds(item.data_class)
        )

    def check_usable(self, name: str, results: Iterable[Recalled | Source | MemoryItem]) -> None:
        person = self.people[name]
        for result in results:
            item = result if isinstance(result, MemoryItem) else result.item
            assert self.is_usable(person, item), f"not to be used: {item}"
            self.check_own(name, item)

    def usable_words(self, name: str) -> set[str]:
        person = self.people[name]
        items = self.memory.items(name)
        return words_in(*(item.text for item in items if self.is_usable(person, item)))

    def living_words(self, name: str) -> set[str]:
        """Of what has not expired."""
        database = self.memory._store.database
        person_id = self.memory._store.people.find(name)
        bindings = {"person": person_id, "now": from_time(self.clock())}
        return words_in(*(row[0] for row in database.rows(LIVING, bindings)))

    def unstored_words(self, name: str) -> set[str]:
        return {
            word
            for word, told in self.told.items()
            if told.person == name and told.purpose == UNSTORED
        }

    def check_known(self, name: str, system: str) -> None:
        """The part of a context that is recalled: memories, profile, the last hour elsewhere."""
        person = self.people[name]
        set_by_hand = words_in(self.memory.instructions(name))
        for word in self.check_own(name, system) - set_by_hand:
            told = self.told[word]
            assert word in self.living_words(name), f"{word} has expired"
            assert told.purpose in person.granted
            assert person.holds(told.data_class)
            if not told.chosen:
                assert person.rules.classes[told.data_class].recalled, f"{word} is not recalled"

    def check_context(self, name: str, messages: Sequence[ChatMessage]) -> None:
        self.check_known(name, messages[0]["content"])
        said = self.check_own(name, messages[1:-1])
        left = said - self.living_words(name) - self.unstored_words(name)
        assert not left, f"{left} have expired"

    def check_sent(self, name: str, received: Sequence[Sequence[ChatMessage]]) -> None:
        """To a model elsewhere, in one turn."""
        person = self.people[name]
        text = str(received)
        if received:
            assert "remote_model" in person.granted
        for word in self.check_own(name, text):
            told = self.told[word]
            sent = person.rules.classes[told.data_class].sent
            assert sent or told.chosen, f"{word} is {told.data_class}, which is not sent"
        for raw in self.names | self.addresses:
            assert raw not in text, f"{raw} was sent as it is"
