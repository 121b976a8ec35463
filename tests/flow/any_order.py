"""All that the door does to memories, by two people in any order: what ``lives`` does, and erasing
in every scope, pins, the archive, sweeps, and archives that are taken along and brought in again.

After each step the file is sound, what was erased is not in it, the counts agree with the lists,
strengths are within 0 and 1, and the audit is intact.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.records import PERSONALIZATION, Observation, Status
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.lives import CONVERSATIONS, PEOPLE, Lives, people, places, purposes
from tests.flow.on_disk import left_of
from tests.flow.promised import ROWS, Person, words_in
from tests.flow.transfer.archives import comparable, exported, held_in

ALL = 1_000_000
"""More than there is of anything."""
FADES = (Status.ACTIVE, Status.ARCHIVED)


class AnyOrder(Lives):
    def __init__(self, memory: Memory, clock: FixedClock) -> None:
        super().__init__(memory, clock)
        self.gone: set[str] = set()
        """Words that were erased to the bytes."""
        self.said: dict[tuple[str, str], set[str]] = {}
        """By person and conversation."""
        self.taken: dict[str, bytes] = {}
        """The latest export of each."""
        self.swept: list[int] = []

    # -- telling ------------------------------------------------------------------------------

    def took(self, word: str, observed: Observation) -> None:
        super().took(word, observed)
        if observed.message_id is not None and observed.message_id > 0:
            message = self.memory.message(observed.message_id)
            told = self.promises.told[word]
            self.said.setdefault((told.person, message.conversation_id), set()).add(word)

    # -- erasing ------------------------------------------------------------------------------

    def erased(self, words: Iterable[str]) -> None:
        """None of them is in the file any more."""
        gone = set(words)
        assert left_of(sorted(gone), self.memory.settings.database) == []
        self.gone |= gone

    @rule(data=st.data(), person=people)
    def erase_memory(self, data: st.DataObject, person: str) -> None:
        item = self.some_item(data, person)
        if item is None:
            return
        wordings = [item.text, *(each.text for each in self.memory.revisions(item.id))]

        receipt = self.memory.erase(person, memory=item.id)

        assert receipt.verified, receipt.pending
        self.erased(words_in(*wordings))

    @rule(person=people, place=places)
    def erase_conversation(self, person: str, place: str) -> None:
        try:
            receipt = self.memory.erase(person, conversation=place)
        except NotFound:
            return
        assert receipt.verified, receipt.pending
        assert self.memory.messages(place, user_id=person) == []
        self.erased(self.said.pop((person, place), ()))

    @rule(data=st.data(), person=people)
    def erase_entity(self, data: st.DataObject, person: str) -> None:
        known = self.memory.entities(person)
        if not known:
            return
        entity = known[data.draw(st.integers(0, 99)) % len(known)]

        receipt = self.memory.erase(person, entity=entity.id)

        assert receipt.verified, receipt.pending
        assert entity.name not in [each.name for each in self.memory.entities(person)]

    @rule(person=people, purpose=purposes)
    def erase_purpose(self, person: str, purpose: str) -> None:
        words = self.promises.words(person, purpose)

        receipt = self.memory.erase(person, purpose=purpose)

        assert receipt.verified, receipt.pending
        self.erased(words - words_in(self.memory.instructions(person)))

    @rule(person=people)
    def erase_everything(self, person: str) -> None:
        receipt = self.memory.erase(person)

        assert receipt.verified, receipt.pending
        self.erased(word for word, told in self.promises.told.items() if told.person == person)
        assert self.memory.items(person) == []
        assert self.memory.conversations(person) == []
        self.promises.people[person] = Person(person, self.memory.privacy_rules(person))
        self.grant(person, PERSONALIZATION)

    # -- time and sweeps ----------------------------------------------------------------------

    @rule(days=st.sampled_from([90, 200]))
    def wait_long(self, days: int) -> None:
        self.clock.advance(days=days)
        for person in PEOPLE:
            self.memory.visit(person)

    @rule(
        data=st.data(),
        person=people,
        what=st.sampled_from(["pin", "unpin", "archive", "restore"]),
    )
    def set_apart(self, data: st.DataObject, person: str, what: str) -> None:
        item = self.some_item(data, person)
        if item is None:
            return
        try:
            self.memory.change([item.id], what)
        except (InvalidInput, NotFound):
            return

    @rule(person=people)
    def sweep(self, person: str) -> None:
        plan = self.memory.plan_sweep(person)
        purged = words_in(*(item.text for item in plan.purged))

        report = self.memory.sweep(plan)

        assert (report.archived, report.purged) == (len(plan.archived), len(plan.purged))
        assert report.receipt is None or report.receipt.verified
        for each in plan.archived:
            assert self.memory.item(each.item.id).status is Status.ARCHIVED
        self.erased(purged)
        self.swept.append(report.id)

    @precondition(lambda self: self.swept)
    @rule(data=st.data())
    def undo_sweep(self, data: st.DataObject) -> None:
        sweep = self.swept[data.draw(st.integers(0, 99)) % len(self.swept)]
        try:
            back = self.memory.undo_sweep(sweep)
        except NotFound:
            return
        assert all(item.status is Status.ACTIVE for item in back)

    # -- taking along, and bringing in --------------------------------------------------------

    @rule(person=people)
    def take_along(self, person: str) -> None:
        self.taken[person] = self.memory.export(person)

    @rule(person=people)
    def bring_in(self, person: str) -> None:
        """What was exported once: also what was erased since, if it may be here."""
        if person not in self.taken:
            return
        data = self.taken[person]
        try:
            told = self.memory.import_archive(person, data, dry_run=True)
            report = self.memory.import_archive(person, data)
        except ConsentRequired:
            return
        assert (told.added, told.left_out) == (report.added, report.left_out)
        assert self.memory.import_archive(person, data).changes_nothing
        me = self.promises.people[person]
        me.granted |= set(report.consents)
        me.rules = self.memory.privacy_rules(person)
        self.gone -= words_in(held_in(data))
        for item in self.memory.items(person):
            for word in words_in(item.text):
                told = self.promises.told[word]
                told.data_class, told.purpose = item.data_class, item.purpose

    @rule(person=people)
    def move(self, person: str) -> None:
        """Into an empty file everything comes as it was, but for what reads like an order."""
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(database=Path(folder) / "other.db")
            fakes = {"embedder": FakeEmbedder(), "language": FakeLanguage()}
            with Memory.open(settings, clock=self.clock, **fakes) as other:
                data = self.memory.export(person)
                try:
                    report = other.import_archive(person, data)
                except ConsentRequired:
                    return
                waiting = len(self.memory.inbox(person))
                assert report.conflicts == ()
                if report.to_inbox == waiting and not report.left_out:
                    was, came = comparable(held_in(data)), comparable(exported(other, person))
                    for name in was:
                        assert came[name] == was[name], name
                health = other.check()
                assert health.problems == ()
                assert health.memories == health.vectors == health.full_text_rows

    # -- after each step ----------------------------------------------------------------------

    @invariant()
    def what_was_erased_is_not_there(self) -> None:
        for _, table, text in self.memory._store.database.rows(ROWS):
            back = words_in(text) & self.gone
            assert not back, f"{table}: {back} were erased"

    @invariant()
    def the_file_is_sound(self) -> None:
        health = self.memory.check()
        assert health.problems == ()
        assert health.memories == health.vectors == health.full_text_rows, health
        assert health.pending_erasures == 0
        assert self.memory.verify_audit().state == "intact"

    @invariant()
    def counts_and_strengths_agree_with_the_lists(self) -> None:
        for person in PEOPLE:
            items = self.memory.items(person)
            assert self.memory.find(person, limit=0).total == len(items)
            kept = self.memory.retention(person)
            assert all(0 <= each.strength <= 1 for each in kept)
            fading = {item.id for item in items if item.status in FADES}
            assert {each.item.id for each in kept} == fading
            for place in CONVERSATIONS:
                said = self.memory.messages(place, user_id=person)
                assert self.memory.count_messages(person, place) == len(said)
            events = self.memory.audit(ALL, user_id=person)
            assert self.memory.count_audit(user_id=person) == len(events)
