"""Random lives of two people through the door, as a machine of hypothesis: consents given and
withdrawn, things told in each way and class, rules changed, days gone by.

Whatever comes back is judged by ``promised``, and after each step the file is read row by row.
"""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput, NotFound, StaysHome
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    DataClass,
    MemoryItem,
    Observation,
)
from tests.fakes import NOON, FixedClock
from tests.flow.on_disk import left_of
from tests.flow.promised import (
    ADDRESS,
    NAMED,
    SETTING,
    TEXTS,
    UNSTORED,
    Echo,
    Promises,
    words_in,
)

HOBBY = "hobby"
PEOPLE = ("ada", "ben")
CONVERSATIONS = ("one", "two")

people = st.sampled_from(PEOPLE)
places = st.sampled_from(CONVERSATIONS)
purposes = st.sampled_from((PERSONALIZATION, SENSITIVE, REMOTE_MODEL, HOBBY))
classes = st.sampled_from(list(DataClass))
templates = st.sampled_from([*TEXTS.values(), ADDRESS, NAMED])
QUESTIONS = st.sampled_from(
    [
        "What about the diabetes in Berlin?",
        "Which tea is it since Bob recommended it?",
        "What is my name and how do I mail?",
        "Which script needs Python?",
        "What is confidential about Apollo?",
        "What do you know about me?",
    ]
)


class Lives(RuleBasedStateMachine):
    def __init__(self, memory: Memory, clock: FixedClock) -> None:
        super().__init__()
        self.memory = memory
        self.clock = clock
        clock.now = NOON
        self.promises = Promises(memory, clock, PEOPLE)

    def teardown(self) -> None:
        for person in PEOPLE:
            self.memory.erase(person)
            for place in CONVERSATIONS:
                self.memory.drop_unstored(person, place)

    @initialize()
    def both_agree_to_be_remembered(self) -> None:
        for person in PEOPLE:
            self.grant(person, PERSONALIZATION)

    def grant(self, person: str, purpose: str) -> None:
        self.memory.grant(person, purpose)
        self.promises.people[person].granted.add(purpose)

    def some_item(self, data: st.DataObject, person: str) -> MemoryItem | None:
        ids = sorted(item.id for item in self.memory.items(person))
        return self.memory.item(ids[data.draw(st.integers(0, 99)) % len(ids)]) if ids else None

    def class_now(self, person: str, text: str) -> DataClass:
        return self.memory.preview(person, text).classification.data_class

    # -- consent and rules --------------------------------------------------------------------

    @rule(person=people, purpose=purposes)
    def agree(self, person: str, purpose: str) -> None:
        self.grant(person, purpose)

    @rule(person=people, purpose=purposes)
    def withdraw(self, person: str, purpose: str) -> None:
        words = self.promises.words(person, purpose)
        self.promises.people[person].granted.discard(purpose)

        receipt = self.memory.revoke(person, purpose)

        assert receipt.verified
        gone = words - words_in(self.memory.instructions(person))
        assert left_of(sorted(gone), self.memory.settings.database) == []

    @rule(
        person=people,
        data_class=classes,
        recalled=st.booleans(),
        sent=st.booleans(),
        exported=st.booleans(),
        days=st.sampled_from([None, 1, 30]),
        strict=st.booleans(),
    )
    def set_rules(self, person: str, data_class: DataClass, strict: bool, **chosen: object) -> None:
        rules = self.memory.privacy_rules(person)
        rule = replace(rules.classes[data_class], **chosen)
        wanted = replace(rules, strict=strict, classes={**rules.classes, data_class: rule})
        held = self.memory.set_privacy_rules(person, wanted)
        assert replace(held.classes[data_class], days=rule.days) == rule
        self.promises.people[person].rules = held

    # -- telling ------------------------------------------------------------------------------

    @rule(person=people, place=places, template=templates)
    def observe(self, person: str, place: str, template: str) -> None:
        text, word = self.promises.new_text(template)
        self.promises.note(word, person, UNSTORED, self.class_now(person, text))
        self.took(word, self.memory.observe(person, "user", text, conversation_id=place))

    def took(self, word: str, observed: Observation) -> None:
        if observed.message_id is not None:
            self.promises.told[word].purpose = PERSONALIZATION
        for item in observed.stored:
            assert item.data_class == self.promises.told[word].data_class

    @rule(
        person=people,
        place=places,
        text=templates | QUESTIONS,
        model=st.sampled_from(["built in", "local", "remote", "remote"]),
        private=st.sampled_from([False, False, True]),
    )
    def respond(self, person: str, place: str, text: str, model: str, private: bool) -> None:
        said, word = (text, "") if "{}" not in text else self.promises.new_text(text)
        if word:
            self.promises.note(word, person, UNSTORED, self.class_now(person, said))
        echo = None if model == "built in" else Echo(is_local=model == "local")
        known = self.promises.usable_words(person) | {word}
        try:
            reply = self.memory.respond(
                person, said, conversation_id=place, model=echo, private=private
            )
        except (ConsentRequired, StaysHome):
            assert model == "remote"
            assert echo is not None
            assert echo.received == []
            return
        told = reply.read()
        self.took(word, reply.observation) if word else None
        self.promises.check_usable(person, reply.sources)
        if echo is None:
            assert self.promises.check_own(person, told) <= known
        elif model == "remote":
            self.promises.check_sent(person, echo.received)
        else:
            self.promises.check_context(person, echo.received[0])

    @rule(
        person=people,
        template=templates,
        purpose=st.sampled_from((PERSONALIZATION, HOBBY, HOBBY)),
        chosen=st.none() | classes,
    )
    def remember(self, person: str, template: str, purpose: str, chosen: DataClass | None) -> None:
        text, word = self.promises.new_text(template)
        self.promises.note(word, person, UNSTORED, chosen or self.class_now(person, text))
        try:
            item = self.memory.remember(person, text, purpose=purpose, data_class=chosen)
        except ConsentRequired:
            return
        assert purpose in self.promises.people[person].granted
        self.promises.note(word, person, purpose, item.data_class)

    @rule(person=people, template=templates)
    def instruct(self, person: str, template: str) -> None:
        text, word = self.promises.new_text(template)
        self.promises.note(word, person, SETTING, self.class_now(person, text))
        try:
            self.memory.set_instructions(person, text)
        except ConsentRequired:
            assert SENSITIVE not in self.promises.people[person].granted

    @rule(person=people, place=places, template=templates)
    def rename(self, person: str, place: str, template: str) -> None:
        text, word = self.promises.new_text(template)
        self.promises.note(word, person, UNSTORED, self.class_now(person, text))
        try:
            self.memory.rename_conversation(person, place, text)
        except (NotFound, ConsentRequired):
            return
        self.promises.told[word].purpose = PERSONALIZATION

    # -- changing -----------------------------------------------------------------------------

    @rule(data=st.data(), person=people, template=templates)
    def edit(self, data: st.DataObject, person: str, template: str) -> None:
        item = self.some_item(data, person)
        if item is None:
            return
        text, word = self.promises.new_text(template)
        self.promises.note(word, person, UNSTORED, self.class_now(person, text))
        try:
            edited = self.memory.edit(item.id, text)
        except (ConsentRequired, InvalidInput):
            return
        self.promises.note(word, person, item.purpose, edited.data_class)

    @rule(data=st.data(), person=people, chosen=classes)
    def classify(self, data: st.DataObject, person: str, chosen: DataClass) -> None:
        item = self.some_item(data, person)
        if item is None or self.memory.merged_from(item.id):
            return
        try:
            self.memory.classify(item.id, chosen)
        except (ConsentRequired, InvalidInput):
            return
        for word in words_in(item.text):
            told = self.promises.told[word]
            told.data_class, told.chosen = chosen, True

    @rule(data=st.data(), person=people, template=st.none() | templates)
    def merge(self, data: st.DataObject, person: str, template: str | None) -> None:
        first, second = self.some_item(data, person), self.some_item(data, person)
        if first is None or second is None:
            return
        before = {item.id for item in (first, second) if self.is_over(item)}
        text, word = self.promises.new_text(template) if template else (None, "")
        if text:
            self.promises.note(word, person, UNSTORED, self.class_now(person, text))
        try:
            made = self.memory.merge([first.id, second.id], text)
        except (ConsentRequired, InvalidInput):
            return
        assert not before, "what has expired was merged"
        if word:
            self.promises.note(word, person, made.purpose, made.data_class)

    def is_over(self, item: MemoryItem) -> bool:
        return item.expires_at is not None and item.expires_at <= self.clock()

    @rule(
        data=st.data(),
        person=people,
        what=st.sampled_from(["forget", "forget", "restore", "pause", "resume", "unmerge"]),
    )
    def change(self, data: st.DataObject, person: str, what: str) -> None:
        item = self.some_item(data, person)
        if item is None:
            return
        try:
            if what == "unmerge":
                self.memory.unmerge(item.id)
            else:
                self.memory.change([item.id], what)
        except (InvalidInput, NotFound):
            return

    @rule(person=people, place=places)
    def keep(self, person: str, place: str) -> None:
        for message in self.memory.messages(place, user_id=person):
            if message.id > 0 and self.memory.keepable(message.id):
                shown = self.memory.keep(message.id).text
                self.promises.kept |= {a for a in self.promises.addresses if a in shown}

    # -- time ---------------------------------------------------------------------------------

    @rule(step=st.sampled_from([{"minutes": 5}, {"hours": 2}, {"days": 1}, {"days": 30}]))
    def wait(self, step: dict[str, float]) -> None:
        self.clock.advance(**step)

    @rule()
    def expire(self) -> None:
        assert self.memory.expire().verified
        self.promises.check_swept()

    # -- asking -------------------------------------------------------------------------------

    @rule(
        person=people,
        query=QUESTIONS,
        mode=st.sampled_from(["hybrid", "vector", "text"]),
        days_ago=st.sampled_from([None, 0, 2, 40]),
    )
    def recall(self, person: str, query: str, mode: str, days_ago: int | None) -> None:
        at = None if days_ago is None else self.clock() - FixedClock().advance(days=days_ago) + NOON
        found = self.memory.recall(person, query, mode=mode, at=at, limit=20)
        self.promises.check_usable(person, found)

    @rule(data=st.data(), person=people, query=QUESTIONS)
    def look_closely(self, data: st.DataObject, person: str, query: str) -> None:
        item = self.some_item(data, person)
        if item is None:
            return
        explained = self.memory.explain(person, query, item.id, limit=20)
        self.promises.check_usable(person, [explained.item] if explained.recalled else [])
        self.promises.check_usable(person, self.memory.related(item.id, 20))
        for other in PEOPLE:
            if other != person:
                with pytest.raises(NotFound):
                    self.memory.explain(other, query, item.id)

    @rule(person=people)
    def look_around(self, person: str) -> None:
        fields = self.memory.profile(person)
        sources = [self.memory.item(field.source_memory_id) for field in fields]
        self.promises.check_usable(person, sources)
        self.promises.check_own(person, self.memory.items(person), self.memory.entities(person))
        self.promises.check_own(person, self.memory.entity_graph(person))
        relevant = self.memory.relevant_entities(person, "Where is Bob in Berlin?")
        self.promises.check_known(person, str(relevant))
        self.promises.check_own(person, self.memory.conversations(person))
        self.promises.check_own(person, self.memory.search_messages(person, "a"))
        for place in CONVERSATIONS:
            self.promises.check_own(person, self.memory.messages(place, user_id=person))
            self.promises.check_own(person, self.memory.handoff(person, place))

    @rule(person=people, place=places, query=QUESTIONS)
    def context(self, person: str, place: str, query: str) -> None:
        built = self.memory.context(person, query, conversation_id=place)
        self.promises.check_context(person, built.messages)
        self.promises.check_usable(person, built.recalled)

    @rule(person=people)
    def export(self, person: str) -> None:
        with zipfile.ZipFile(io.BytesIO(self.memory.export(person))) as archive:
            held = json.loads(archive.read("recollect.json"))
        rules = self.promises.people[person].rules
        living = self.promises.living_words(person)
        for word in self.promises.check_own(person, held):
            told = self.promises.told[word]
            assert word in living, f"{word} has expired"
            exported = rules.classes[told.data_class].exported
            by_hand = told.chosen or told.purpose == SETTING
            assert exported or by_hand, f"{word} is {told.data_class}, which is not exported"
        texts = f"{held.get('memories', '')}{held.get('conversations', '')}".casefold()
        named = [entity["name"] for entity in held.get("inferred", {}).get("entities", [])]
        assert [name for name in named if name.casefold() not in texts] == []

    @invariant()
    def the_file_holds_only_what_it_may(self) -> None:
        self.promises.check_file()
