"""What the ledger tells of a person: no text, and of what is erased the numbers alone."""

import json
import zipfile
from dataclasses import asdict
from io import BytesIO

import pytest

from memory.engine import Memory
from memory.records import PERSONALIZATION, REMOTE_MODEL
from tests.fakes import FakeModel, FixedClock
from tests.flow.charged import ChargedModel
from tests.flow.test_ledger import QUESTION, TEA, answered, only
from tests.flow.test_ledger import memory as memory

CANARIES = ("quokkamandel", "Zephyranthes", "maya@example.com", "Bob")


def test_no_text_of_the_person_stands_in_the_ledger(memory: Memory) -> None:
    """Of what was said, remembered, named, titled or answered."""
    memory.remember("me", "I keep the quokkamandel in the left drawer.")
    memory.set_instructions("me", "Always speak of the Zephyranthes.")
    memory.respond("me", "Bob knows the Zephyranthes; write to maya@example.com.").read()
    for model in (None, FakeModel(["quokkamandel"]), ChargedModel(["Bob, Zephyranthes"])):
        answered(memory, model, "Where is Bob's quokkamandel?", conversation_id="quokkamandel")
    memory.rename_conversation("me", "quokkamandel", "Zephyranthes")

    rows = memory._store.database.rows("select * from ledger")
    rows += memory._store.database.rows("select * from ledger_memories")
    assert len(rows) > 5
    assert [each for each in CANARIES if each in json.dumps(rows)] == []
    assert all(isinstance(value, int) for row in rows if len(row) == 2 for value in row)


def test_an_erased_memory_leaves_the_row_and_its_numbers(memory: Memory) -> None:
    """What it was given is named no more; how much that was stays."""
    tea, choir = memory.remember("me", TEA).id, memory.remember("me", "My tea choir sings.").id
    answered(memory, ChargedModel())
    before = only(memory)
    assert before.memory_ids == (tea, choir)
    assert memory.footprint("me", memory=tea).places["ledger"] == 1

    receipt = memory.erase("me", memory=tea)

    assert (receipt.places["ledger"], receipt.sent, receipt.verified) == (1, 1, True)
    after = only(memory)
    assert (after.memory_ids, after.memories, after.message_id) == ((choir,), 2, None)
    assert (after.cost, after.context_tokens) == (before.cost, before.context_tokens)
    assert memory.ledger("me", memory_id=tea) == []


def test_a_receipt_tells_how_many_calls_elsewhere_carried_what_went(memory: Memory) -> None:
    """Not those of this computer, nor those that carried something else."""
    tea = memory.remember("me", TEA).id
    ferry = memory.remember("me", "The ferry to Corfu leaves at nine in summer.").id
    for model in (ChargedModel(), ChargedModel(), FakeModel(), None):
        answered(memory, model, QUESTION, conversation_id="tea")
    answered(memory, ChargedModel(), "When does the ferry leave?", conversation_id="ferry")
    by_tea = memory.count_ledger("me", place="remote", memory_id=tea)
    by_ferry = memory.count_ledger("me", place="remote", memory_id=ferry)
    assert by_ferry >= 1

    assert memory.erase("me", memory=tea).sent == by_tea == 2
    assert memory.erase("me", conversation="ferry").sent == 1
    assert memory.erase("me").sent == 3


def test_what_was_only_said_counts_as_carried_too(memory: Memory, clock: FixedClock) -> None:
    """In the conversation that was answered, and in another within the hour; of what was given by
    the way, for as long as that is known."""
    answered(memory, ChargedModel(), "Hello there.", conversation_id="hello")
    said = memory.observe("me", "user", TEA, conversation_id="tea")
    reply = answered(memory, ChargedModel(), "How far is Corfu?", conversation_id="tea")
    told = str(reply.sent and reply.sent.messages)
    assert TEA in told
    assert "Hello there." in told
    memory._store.database.run("delete from ledger_memories")

    assert memory.erase("me", memory=said.stored[0].id).sent == 1
    clock.advance(days=8)
    memory.expire()
    assert memory.erase("me", conversation="hello").sent == 1


def test_calls_from_before_there_was_a_ledger_count_in_every_receipt(memory: Memory) -> None:
    """Nobody can tell what they carried."""
    tea = memory.remember("me", TEA).id
    answered(memory, ChargedModel())
    memory._store.database.run("delete from ledger")

    assert memory.privacy_report("me").sent == 1
    assert memory.erase("me", memory=tea).sent == 1


def test_erasing_everything_takes_the_ledger_along(memory: Memory) -> None:
    """Of this person, and of no other."""
    memory.remember("me", TEA)
    answered(memory, ChargedModel())
    answered(memory, None)
    memory.grant("other", PERSONALIZATION)
    memory.respond("other", QUESTION).read()
    assert memory.footprint("me").places["ledger"] == 2

    assert memory.erase("me").places["ledger"] == 2

    assert memory.ledger("me") == []
    assert memory._store.database.value("select count(*) from ledger") == 1
    assert memory._store.database.value("select count(*) from ledger_memories") == 0


def test_an_answer_that_ends_after_an_erasure_brings_nothing_back(memory: Memory) -> None:
    """What it was given is gone; that it was called, and what that took, stays."""
    tea = memory.remember("me", TEA).id
    reply = memory.respond("me", QUESTION, model=ChargedModel())
    pieces = iter(reply)
    next(pieces)
    memory.erase("me", memory=tea)
    list(pieces)
    assert (only(memory).message_id, only(memory).memory_ids) == (None, ())


@pytest.mark.parametrize("comes_back", [False, True])
def test_an_answer_that_ends_after_its_person_is_in_nobodys_ledger(
    memory: Memory, comes_back: bool
) -> None:
    """Nor in that of who comes back under the same name."""
    pieces = iter(memory.respond("me", QUESTION, model=ChargedModel()))
    next(pieces)
    memory.erase("me")
    if comes_back:
        memory.grant("me", PERSONALIZATION)
    list(pieces)

    assert memory._store.database.value("select count(*) from ledger") == 0


def test_the_ledger_is_in_the_export(memory: Memory) -> None:
    """As it is, and told of in words."""
    memory.remember("me", TEA)
    answered(memory, ChargedModel())

    with zipfile.ZipFile(BytesIO(memory.export("me"))) as archive:
        content = json.loads(archive.read("recollect.json"))
        assert "ledger" in archive.read("README.txt").decode()
    (told,) = content["ledger"]
    entry = only(memory)
    assert told == json.loads(json.dumps(asdict(entry), default=lambda at: at.isoformat()))


def test_an_entity_goes_from_behind_its_pseudonym(listening: Memory, clock: FixedClock) -> None:
    """The instructions that name it were sent masked: no text of what was sent says it, but the
    list of what stood for what does."""
    listening.grant("me", REMOTE_MODEL)
    listening.observe("me", "user", "Annabelle Quokkamandel is my sister.", conversation_id="kin")
    listening.set_instructions("me", "Be brief, as Annabelle Quokkamandel is.")
    clock.advance(hours=2)
    reply = answered(listening, ChargedModel(), "How do I bake bread?")
    assert reply.sent is not None
    assert (reply.sent.memory_ids, reply.sent.message_ids) == ((), ())
    given = listening.given("me", reply.message_id or 0)
    assert given is not None
    assert "Annabelle Quokkamandel" in [each.value for each in given.pseudonyms]
    assert "Quokkamandel" not in str(given.messages)
    (sister,) = [e for e in listening.entities("me") if "Quokkamandel" in e.name]

    receipt = listening.erase("me", entity=sister.id)

    assert receipt.verified
    assert listening.given("me", reply.message_id or 0) is None
    kept = listening._store.database.rows("select pseudonyms from contexts")
    assert "Quokkamandel" not in str(kept)
