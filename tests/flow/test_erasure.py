"""Erasure to the bytes: what is erased is in no file any more, what stays is whole.

Each memory holds a word that occurs nowhere else, so that the index pages of the full text are
searched too, which hold words and not sentences.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import PERSONALIZATION, ErasureReceipt, MessageState, Status
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import another_reader, content, left_of

ROOT = Path(__file__).parents[2]

KEPT_BEFORE = "I live in Berlin near the xylographer's workshop, and I like it there."
KEPT_AFTER = "I prefer quokkas over all other animals, whatever anybody says."
TOLD = "I work at Acme with Bob on the zephyranthes project every single day."
CORRECTED = "I work at Acme with Bob on the wolframite project every single day."
REMEMBERED = "The staging password hint is the floccinaucinihil crossword."


def vector_of(text: str) -> bytes:
    """As it stands in the file. The fake's are mostly zeros: the stretch that is telling."""
    vector = FakeEmbedder().embed([text])[0]
    first, last = np.flatnonzero(vector)[[0, -1]]
    return vector[first : last + 1].tobytes()


@dataclass(frozen=True)
class Life:
    """A memory with everything that can hang on it."""

    memory: Memory
    database: Path
    told: int
    """The memory that was told in the chat, quoted in an answer and corrected."""
    kept: tuple[int, ...]

    TRACES = (
        TOLD,
        CORRECTED,
        "zephyranthes",
        "wolframite",
        vector_of(TOLD)[:1000],
        vector_of(CORRECTED)[:1000],
    )

    def left(self, *more: str | bytes) -> list[str | bytes]:
        return left_of([*self.TRACES, *more], self.database)


@pytest.fixture
def life(memory: Memory, settings: Settings, clock: FixedClock) -> Life:
    """Rows before, in between and after what will be erased."""
    before = memory.remember("me", KEPT_BEFORE).id
    reply = memory.respond("me", TOLD, conversation_id="work")
    reply.read()
    (told,) = reply.observation.stored
    model = FakeModel(("It is the ", "zephyranthes project."))
    memory.respond("me", "Which Acme project?", conversation_id="later", model=model).read()
    memory.edit(told.id, CORRECTED)
    after = memory.observe("me", "user", KEPT_AFTER, conversation_id="animals").stored[0].id
    clock.advance(minutes=1)
    life = Life(memory, settings.database, told.id, (before, after))
    assert TOLD in life.left()
    assert "zephyranthes" in life.left()
    return life


def assert_kept(life: Life) -> None:
    """The neighbours are whole, and found by meaning and by words."""
    first, second = life.kept
    assert life.memory.item(first).text == KEPT_BEFORE
    assert life.memory.item(second).text == KEPT_AFTER
    for mode in ("vector", "text"):
        found = life.memory.recall("me", "xylographer workshop", mode=mode, touch=False)
        assert found[0].item.id == first
        found = life.memory.recall("me", "quokkas animals", mode=mode, touch=False)
        assert found[0].item.id == second


def assert_clean(life: Life, *more: str | bytes) -> None:
    """While the file is open, and after it is closed, when plain Python may read it."""
    assert life.left(*more) == []
    life.memory.close()
    raw = b"".join(path.read_bytes() for path in life.database.parent.glob("recollect.db*"))
    assert raw.count(b"SQLite format 3") == 1
    for piece in (*life.TRACES, *more):
        assert (piece.encode() if isinstance(piece, str) else piece) not in raw


def assert_verified(receipt: ErasureReceipt, scope: str) -> None:
    assert (receipt.scope, receipt.verified, receipt.pending) == (scope, True, "")
    assert receipt.bytes_searched > 0
    assert receipt.strings_searched > 0


# -- scopes ---------------------------------------------------------------------------------


def test_erasing_a_memory_leaves_no_byte_of_it(life: Life) -> None:
    """Its text, earlier wording, vectors, message and the answer that quoted it are gone."""
    footprint = life.memory.footprint("me", memory=life.told)

    receipt = life.memory.erase("me", memory=life.told)

    assert_verified(receipt, "memory")
    assert receipt.places == footprint.places
    assert receipt.places["memories"] == receipt.places["vectors"] == 1
    assert receipt.places["revisions"] == 1
    assert receipt.places["messages"] >= 3
    assert_kept(life)
    assert_clean(life)


def test_erased_messages_keep_their_empty_place(life: Life) -> None:
    """The conversation still shows that something was said there, and nothing of what."""
    life.memory.erase("me", memory=life.told)

    work = life.memory.messages("work")

    assert [message.state for message in work] == [MessageState.ERASED] * 2
    assert [message.text for message in work] == ["", ""]
    with pytest.raises(NotFound):
        life.memory.item(life.told)


def test_erasing_a_conversation_takes_its_memories_and_the_answers_elsewhere(life: Life) -> None:
    """A memory told in it is erased wherever it was quoted; other conversations stay."""
    footprint = life.memory.footprint("me", conversation="work")

    receipt = life.memory.erase("me", conversation="work")

    assert_verified(receipt, "conversation")
    assert receipt.places == footprint.places
    assert {found.id for found in life.memory.conversations("me")} == {"later", "animals"}
    assert life.memory.messages("animals")[0].text == KEPT_AFTER
    assert_kept(life)
    assert_clean(life)


def test_erasing_an_entity_takes_all_that_names_it(life: Life) -> None:
    """Also a question about it that became no memory, and a wording from before a correction."""
    life.memory.observe("me", "user", "Who is Bob?", conversation_id="animals")
    once = life.memory.remember("me", "Bob sits beside me.")
    life.memory.edit(once.id, "Somebody sits beside me.")
    (bob,) = (entity for entity in life.memory.entities("me") if entity.name == "Bob")
    footprint = life.memory.footprint("me", entity=bob.id)

    receipt = life.memory.erase("me", entity=bob.id)

    assert_verified(receipt, "entity")
    assert receipt.places == footprint.places
    assert "Bob" not in {entity.name for entity in life.memory.entities("me")}
    assert_kept(life)
    assert_clean(life, "Bob")


def test_erasing_an_entity_takes_titles_and_instructions_that_name_it(life: Life) -> None:
    """Others stay; the conversation is called by what is left in it, the assistant as usual."""
    usual = life.memory.instructions("stranger")
    life.memory.set_instructions("me", "Call Bob by his first name.")
    life.memory.rename_conversation("me", "work", "With Bob")
    life.memory.rename_conversation("me", "animals", "Animals")
    (bob,) = (entity for entity in life.memory.entities("me") if entity.name == "Bob")
    footprint = life.memory.footprint("me", entity=bob.id)
    assert footprint.places["titles"] == footprint.places["settings"] == 1

    receipt = life.memory.erase("me", entity=bob.id)

    assert receipt.places == footprint.places
    assert life.memory.instructions("me") == usual
    titles = {found.id: found.title for found in life.memory.conversations("me")}
    assert titles["animals"] == "Animals"
    assert_clean(life, "Bob")


def test_erasing_an_entity_spares_longer_words_that_begin_like_it(life: Life) -> None:
    """Bob is not the bobsleigh."""
    sleigh = life.memory.remember("me", "The bobsleigh stands in the garage.")
    (bob,) = (entity for entity in life.memory.entities("me") if entity.name == "Bob")

    life.memory.erase("me", entity=bob.id)

    assert life.memory.item(sleigh.id).text == "The bobsleigh stands in the garage."


def test_revoking_personalization_erases_what_was_kept_for_it(life: Life) -> None:
    """Memories and conversations go; what another purpose allowed stays, and so does the ledger."""
    life.memory.grant("me", "crossword")
    other = life.memory.remember("me", REMEMBERED, purpose="crossword")
    footprint = life.memory.footprint("me", purpose=PERSONALIZATION)

    receipt = life.memory.revoke("me", PERSONALIZATION)

    assert_verified(receipt, "purpose")
    assert receipt.places == footprint.places
    assert [item.id for item in life.memory.items("me")] == [other.id]
    assert life.memory.conversations("me") == []
    first, second = life.memory.consents("me")
    assert first.revoked_at is not None
    assert second.revoked_at is None
    assert_clean(life, KEPT_AFTER, KEPT_BEFORE, "xylographer", "quokkas")


def test_revoking_another_purpose_erases_its_memories_only(life: Life) -> None:
    """Conversations are kept for personalization, which still holds."""
    life.memory.grant("me", "crossword")
    life.memory.remember("me", REMEMBERED, purpose="crossword")

    receipt = life.memory.revoke("me", "crossword")

    assert_verified(receipt, "purpose")
    assert receipt.places == {"memories": 1, "vectors": 1, "full text": 1}
    assert left_of([REMEMBERED, "floccinaucinihil"], life.database) == []
    assert life.memory.messages("animals")[0].text == KEPT_AFTER
    assert_kept(life)


def test_erasing_everything_leaves_nothing_of_the_person(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """Not even their name; another person's rows stay whole."""
    memory = open_memory()
    for person in ("maya-of-the-marsh", "bystander"):
        memory.grant(person, PERSONALIZATION)
    memory.set_instructions("maya-of-the-marsh", "Answer in limericks.")
    memory.respond("maya-of-the-marsh", TOLD, conversation_id="tulgey-wood").read()
    memory.observe("maya-of-the-marsh", "user", "Mail me at vorpal.sword@example.com, I said.")
    theirs = memory.remember("bystander", KEPT_AFTER)
    footprint = memory.footprint("maya-of-the-marsh")

    receipt = memory.erase("maya-of-the-marsh")

    assert_verified(receipt, "everything")
    assert receipt.places == footprint.places
    assert receipt.places["consents"] == receipt.places["settings"] == 1
    assert receipt.places["placeholders"] == 1
    traces = (TOLD, "zephyranthes", "maya-of-the-marsh", "limericks", "tulgey-wood", "vorpal")
    assert left_of([*traces, "Acme", vector_of(TOLD)[:1000]], settings.database) == []
    assert memory.items("maya-of-the-marsh") == memory.consents("maya-of-the-marsh") == []
    (found,) = memory.recall("bystander", "quokkas", mode="vector")
    assert found.item.id == theirs.id
    assert memory.footprint("maya-of-the-marsh").total == 0


def test_erasing_real_vectors_leaves_no_byte_of_them(
    open_memory: OpenMemory, settings: Settings, real_embedder: MiniLMEmbedder
) -> None:
    """The built-in model's vectors, searched for in pieces of any page."""
    memory = open_memory(embedder=real_embedder)
    memory.grant("me", PERSONALIZATION)
    kept = memory.remember("me", KEPT_BEFORE)
    gone = memory.remember("me", TOLD)
    raw = real_embedder.embed([TOLD])[0].tobytes()
    pieces = [raw[start : start + 32] for start in range(0, len(raw), 32)]
    assert len(left_of(pieces, settings.database)) > 40

    receipt = memory.erase("me", memory=gone.id)

    assert_verified(receipt, "memory")
    assert left_of(pieces, settings.database) == []
    (found,) = memory.recall("me", "Where do I live?", mode="vector")
    assert found.item.id == kept.id


def test_vectors_are_found_after_whole_chunks_of_them_were_erased(
    open_memory: OpenMemory,
) -> None:
    """sqlite-vec drops an empty chunk of 1,024 and VACUUM moves the others: none is lost."""
    memory = open_memory()
    memory.grant("me", PERSONALIZATION)
    memory.grant("me", "bulk")
    keep = memory.remember("me", "the very first memory")
    for number in range(1100):
        memory.remember("me", f"bulk number {number}", purpose="bulk", importance=0.5)
    last = memory.remember("me", "the very last memory")

    assert memory.revoke("me", "bulk").verified

    found = memory.recall("me", "the very last memory", mode="vector", limit=10)
    assert [result.item.id for result in found] == [last.id, keep.id]
    assert found[0].similarity == pytest.approx(1, abs=1e-6)


# -- what cannot be named -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        ({"memory": 4711}, NotFound),
        ({"conversation": "nowhere"}, NotFound),
        ({"entity": 4711}, NotFound),
        ({"memory": 1, "conversation": "work"}, InvalidInput),
    ],
)
def test_erasure_of_what_is_not_there_is_an_error(
    life: Life, scope: dict[str, object], error: type[Exception]
) -> None:
    """Never an empty receipt that looks like a success, and never everything by mistake."""
    before = life.memory.stats().memories
    with pytest.raises(error):
        life.memory.erase("me", **scope)
    assert life.memory.stats().memories == before


def test_nobody_erases_another_persons_memory(life: Life) -> None:
    """The id alone is not enough; it must be the person's own."""
    life.memory.grant("other", PERSONALIZATION)

    with pytest.raises(NotFound):
        life.memory.erase("other", memory=life.told)

    assert life.memory.item(life.told).status is Status.ACTIVE


def test_erasing_an_unknown_person_is_an_empty_receipt(memory: Memory) -> None:
    """There is nothing to erase, and that is the truth."""
    receipt = memory.erase("stranger")

    assert (receipt.scope, receipt.total, receipt.verified) == ("nothing", 0, True)


def test_a_text_that_another_memory_still_holds_does_not_spoil_the_receipt(
    memory: Memory, settings: Settings
) -> None:
    """The twin holds the same words and the same vector rightly."""
    first, twin = memory.remember("me", REMEMBERED), memory.remember("me", REMEMBERED)

    assert memory.erase("me", memory=first.id).verified

    assert memory.item(twin.id).text == REMEMBERED
    (found,) = memory.recall("me", "crossword", mode="text")
    assert found.item.id == twin.id


# -- the audit keeps no content -------------------------------------------------------------


def test_the_audit_of_an_erasure_holds_counts_and_hashes(life: Life) -> None:
    """Nobody can read from it what was erased, and the chain still holds."""
    receipt = life.memory.erase("me", memory=life.told)

    event = life.memory.audit(1)[0]

    assert event.action == "erase"
    assert event.counts["memories"] == receipt.places["memories"]
    assert set(event.subject) <= set("0123456789abcdef")
    assert life.memory.verify_audit().state == "intact"


def test_the_persons_key_dies_with_them(memory: Memory, settings: Settings) -> None:
    """Without it no hash in the audit can be tied to anything any more."""
    memory.remember("me", REMEMBERED)
    assert "person:1" in settings.keys.read_text()

    memory.erase("me")

    assert "person:1" not in settings.keys.read_text()
    assert memory.verify_audit().state == "intact"


# -- interrupted ----------------------------------------------------------------------------


def test_a_reader_in_another_process_makes_the_erasure_pending(
    life: Life, open_memory: OpenMemory
) -> None:
    """The receipt says so and why; the next start finishes it."""
    with another_reader(life.database):
        receipt = life.memory.erase("me", memory=life.told)

        assert not receipt.verified
        assert "Another program is still reading" in receipt.pending
        with pytest.raises(NotFound):
            life.memory.item(life.told)
        assert TOLD in life.left()
    life.memory.close()

    again = Life(open_memory(), life.database, life.told, life.kept)

    assert journal(life.database) == ["done"]
    assert_kept(again)
    assert_clean(again)


def test_a_start_while_the_reader_is_still_there_leaves_it_pending(
    life: Life, open_memory: OpenMemory
) -> None:
    """The program starts all the same, and tries again the next time."""
    with another_reader(life.database):
        life.memory.erase("me", memory=life.told)
        open_memory().close()
        assert journal(life.database) == ["deleted"]
    open_memory()
    assert journal(life.database) == ["done"]


CRASHES_AFTER_DELETING = """
import dataclasses, os, sys
from pathlib import Path
from memory import Memory, Settings
from memory.store.erasure import Erasure
from memory.store.keys import Keys
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock

class CrashingErasure(Erasure):
    def purge(self):
        os._exit(3)

class CrashingKeys(Keys):
    def destroy(self, person_id):
        os._exit(3)

settings = Settings(database=Path(sys.argv[1]))
parts = Memory.open(
    settings, clock=FixedClock(), embedder=FakeEmbedder(), language=FakeLanguage()
)._parts
parts.store.erasure = CrashingErasure(parts.store.database)
memory = Memory(dataclasses.replace(parts, keys=CrashingKeys(settings.keys)))
if sys.argv[2] == "everything":
    memory.erase("me")
memory.erase("me", memory=int(sys.argv[2]))
"""


def crash_while_erasing(database: Path, what: str) -> None:
    """In a process of its own, which dies between the deleting transaction and the rewriting."""
    done = subprocess.run(
        [sys.executable, "-c", CRASHES_AFTER_DELETING, str(database), what],
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr


def journal(database: Path) -> list[str]:
    """States of the erasure journal, as another process reads them."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, apsw\n"
            "rows = apsw.Connection(sys.argv[1]).execute('select state from erasure_journal')\n"
            "print(*[row[0] for row in rows])",
            str(database),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()


def test_a_crash_after_deleting_is_finished_at_the_next_start(
    life: Life, open_memory: OpenMemory
) -> None:
    """The journal row was written with the deletion, so nothing is forgotten half-way."""
    life.memory.close()
    crash_while_erasing(life.database, str(life.told))
    assert TOLD in life.left()
    assert journal(life.database) == ["deleted"]

    again = Life(open_memory(), life.database, life.told, life.kept)

    assert journal(life.database) == ["done"]
    assert_kept(again)
    assert_clean(again)


def test_after_a_crash_the_key_of_an_erased_person_is_destroyed_at_the_next_start(
    life: Life, open_memory: OpenMemory, settings: Settings
) -> None:
    """A key that outlived its person could still tell what the audit was about."""
    life.memory.close()
    crash_while_erasing(life.database, "everything")
    assert "person:1" in settings.keys.read_text()

    memory = open_memory()

    assert "person:1" not in settings.keys.read_text()
    assert memory.verify_audit().state == "intact"
    assert life.left("xylographer", "quokkas") == []


# -- forgetting and expiring ----------------------------------------------------------------


def test_forgotten_memories_are_erased_when_undo_is_over(life: Life, clock: FixedClock) -> None:
    """Until then they can be put back; a minute before, nothing happens."""
    life.memory.forget(life.told)
    clock.advance(minutes=9)
    assert life.memory.expire().scope == "nothing"
    assert life.memory.item(life.told).status is Status.FORGOTTEN

    clock.advance(minutes=1)
    receipt = life.memory.expire()

    assert_verified(receipt, "forgotten")
    assert_kept(life)
    assert_clean(life)


def test_closing_erases_what_was_forgotten(life: Life, open_memory: OpenMemory) -> None:
    """Nobody can undo it in a program that is closed."""
    life.memory.forget(life.told)
    life.memory.close()

    assert life.left() == []
    again = open_memory()
    with pytest.raises(NotFound):
        again.restore(life.told)


def test_expired_memories_are_erased(life: Life, clock: FixedClock) -> None:
    """What is personal goes a year after its last use; the receipt counts each."""
    clock.advance(days=366)

    receipt = life.memory.expire()

    assert_verified(receipt, "expired")
    assert receipt.places["memories"] == 3
    assert life.memory.items("me") == []
    assert_clean(life, "xylographer", "quokkas")


def test_expiring_as_of_a_day_is_dated_by_the_clock(life: Life, clock: FixedClock) -> None:
    """``at`` chooses what is due; the audit says when it was done."""
    receipt = life.memory.expire(clock().replace(year=2028))

    assert receipt.places["memories"] == 3
    assert receipt.erased_at == clock()
    assert life.memory.audit(1)[0].at == clock()


def test_expiring_removes_hot_entries_past_their_hour(memory: Memory, clock: FixedClock) -> None:
    """Nothing else may come along to remove them."""
    memory.observe("me", "user", "Is it raining in Ouagadougou?")
    assert memory.stats().hot_entries == 1
    clock.advance(hours=1)
    memory.expire()
    clock.advance(hours=-1)
    assert memory.stats().hot_entries == 0


# -- what never gets there ------------------------------------------------------------------

Typing = Callable[[Memory, str], object]
TYPED: dict[str, Typing] = {
    "observe": lambda memory, text: memory.observe("me", "user", text),
    "respond": lambda memory, text: memory.respond("me", text).read(),
    "remember": lambda memory, text: memory.remember("me", text),
    "edit": lambda memory, text: memory.edit(memory.remember("me", "I like tea.").id, text),
    "instructions": lambda memory, text: memory.set_instructions("me", text),
    "private": lambda memory, text: memory.respond("me", text, private=True).read(),
    "recall": lambda memory, text: memory.recall("me", text),
    "redact": lambda memory, text: memory.redact(text),
}


@pytest.mark.parametrize("way", TYPED)
def test_secrets_and_identifiers_never_reach_the_file(
    memory: Memory, settings: Settings, way: str
) -> None:
    """Whichever way they are typed: a key not at all, an address as its placeholder."""
    text = "I always use sk-abcdefgh12345678 and maya.secret@example.com for this, remember that."

    TYPED[way](memory, text)

    assert left_of(["sk-abcdefgh12345678", "abcdefgh1234", "maya.secret"], settings.database) == []
    assert "abcdefgh" not in settings.keys.read_text()


def test_answers_that_a_model_gave_from_a_memory_go_with_it(life: Life) -> None:
    """In other words than the memory's: the link is what was used, not what was said."""
    model = FakeModel(("You are with ", "the amaryllis people."))
    life.memory.respond("me", "Which Acme people?", model=model, conversation_id="later").read()
    assert left_of(["amaryllis"], life.database) == ["amaryllis"]

    life.memory.erase("me", memory=life.told)

    assert_clean(life, "amaryllis")


def test_an_erased_answer_is_no_use_of_the_other_memories_any_more(life: Life) -> None:
    """It rested on two: one is erased, the other stays, and nothing ties it to what was said."""
    model = FakeModel(("Bob and ", "the xylographer."))
    reply = life.memory.respond("me", "Acme or xylographer?", model=model, conversation_id="later")
    reply.read()
    assert {source.item.id for source in life.memory.sources(reply.message_id)} == {
        life.told,
        life.kept[0],
    }

    life.memory.erase("me", memory=life.told)

    assert life.memory.message(reply.message_id).text == ""
    assert life.memory.sources(reply.message_id) == []


def test_content_reads_what_is_in_the_log_too(memory: Memory, settings: Settings) -> None:
    """The other tests rest on it: a fresh row stands in the log before any checkpoint."""
    memory.remember("me", REMEMBERED)

    assert REMEMBERED.encode() not in settings.database.read_bytes()
    assert REMEMBERED.encode() in content(settings.database)


def test_an_answer_that_told_an_earlier_wording_goes_too(
    memory: Memory, settings: Settings
) -> None:
    """It was corrected since; neither a model nor the file may have the old words."""
    (told,) = memory.observe("me", "user", TOLD, conversation_id="a").stored
    quoting = FakeModel((f"You said: {TOLD}",))
    memory.respond("me", "Hi", conversation_id="b", model=quoting).read()
    memory.edit(told.id, CORRECTED)
    memory.forget(told.id)
    assert "zephyranthes" not in str(memory.context("me", "Hm", conversation_id="b").messages)

    assert memory.erase("me", memory=told.id).verified

    assert left_of(["zephyranthes"], settings.database) == []


def test_erasing_a_name_erases_who_spoke(memory: Memory, settings: Settings) -> None:
    memory.remember("me", "Bob from Acme is my neighbour")
    memory.observe("me", "user", "The quokkas are fine", speaker="Acme")
    (acme,) = (entity for entity in memory.entities("me") if entity.name == "Acme")

    assert memory.erase("me", entity=acme.id).verified

    assert left_of(["Acme"], settings.database) == []
