"""A disk that is full does not end the conversation: the answer comes, and says what was not saved.

No message and no memory finds room any more; a smaller row might, in a page that is half empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from memory.engine import Memory
from memory.records import MessageState, Role
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.on_disk import written

ACME = "I work at Acme with PostgreSQL every day"
LONG = "and the zephyrine team writes long reports about everything " * 100
FILLED = ("messages", "memories")


@contextmanager
def full_disk(memory: Memory) -> Iterator[None]:
    """Nothing more can be said or remembered; other rows may still find room in their pages."""

    def no_room() -> None:
        raise apsw.FullError("database or disk is full")

    with memory._parts.store.database.exclusive() as connection:
        connection.create_scalar_function("no_room", no_room, 0)
        for table in FILLED:
            connection.execute(
                f"create temp trigger full_{table} before insert on main.{table} "
                "begin select no_room(); end"
            )
    try:
        yield
    finally:
        for table in FILLED:
            memory._parts.store.database.run(f"drop trigger temp.full_{table}")


def said(memory: Memory) -> list[tuple[str, str, bool, str]]:
    return [(m.role, m.text, m.id > 0, m.note) for m in memory.messages("work", user_id="me")]


def test_the_answer_comes_and_says_that_nothing_was_saved(
    memory: Memory, settings: Settings
) -> None:
    """Both stand in the conversation until the process ends; the file is as it was."""
    memory.remember("me", ACME)
    before = written(settings.database)

    with full_disk(memory):
        reply = memory.respond("me", f"Where do I work? {LONG}", conversation_id="work")
        text = reply.read()

    assert "Acme" in text
    assert reply.observation.message_id is None
    assert reply.observation.skipped.startswith("The disk is full")
    asked, answered = memory.messages("work", user_id="me")
    assert (asked.id < 0, answered.id < 0) == (True, True)
    assert asked.note == answered.note == reply.observation.skipped
    assert written(settings.database) == before
    assert memory.check().sound


def test_a_statement_is_not_promised_to_be_remembered(memory: Memory) -> None:
    with full_disk(memory):
        reply = memory.respond("me", f"I live in Berlin {LONG}", conversation_id="work")

        assert reply.read().startswith("I can answer, but not remember now. The disk is full")
    assert memory.items("me") == []


def test_the_conversation_goes_on_over_an_unsaved_turn(memory: Memory, clock: FixedClock) -> None:
    """The next turn, saved again, still knows what was said."""
    with full_disk(memory):
        memory.respond(
            "me", f"I like tea {LONG}", conversation_id="work", model=FakeModel(("Tea.",))
        ).read()
    clock.advance(minutes=1)
    model = FakeModel(("Indeed.",))

    memory.respond("me", "Do I?", conversation_id="work", model=model).read()

    given = [message["content"] for message in model.received[0][1:]]
    assert given == [f"I like tea {LONG}".strip(), "Tea.", "Do I?"]
    assert [saved for _, _, saved, _ in said(memory)] == [False, False, True, True]


def test_an_answer_that_finds_the_disk_full_is_kept_beside_its_question(memory: Memory) -> None:
    """The question was saved before the first word; the answer says that it was not."""
    reply = memory.respond("me", ACME, conversation_id="work", model=FakeModel((LONG,)))

    with full_disk(memory):
        reply.read()

    asked, answered = memory.messages("work", user_id="me")
    assert (asked.id > 0, answered.id < 0) == (True, True)
    assert (answered.role, answered.text) == (Role.ASSISTANT, LONG)
    assert answered.state is MessageState.COMPLETE
    assert answered.note.startswith("The disk is full")


def test_an_edit_that_cannot_be_saved_replaces_nothing(memory: Memory) -> None:
    """The old message stays, the new one stands below it, unsaved."""
    memory.respond("me", ACME, conversation_id="work", model=FakeModel(("Noted.",))).read()
    first = memory.messages("work")[0].id

    with full_disk(memory):
        memory.respond(
            "me",
            f"I work at Globex {LONG}",
            conversation_id="work",
            model=FakeModel(("Globex.",)),
            replacing=first,
        ).read()

    assert [saved for _, _, saved, _ in said(memory)] == [True, True, False, False]
    assert len(memory.items("me")) == 1


def test_an_unsaved_answer_given_anew_still_says_that_it_is_not_saved(memory: Memory) -> None:
    with full_disk(memory):
        memory.respond("me", f"I like tea {LONG}", conversation_id="work").read()
        old = memory.messages("work", user_id="me")[-1]

        again = memory.regenerate("me", old.id)

        assert again.read().startswith("I can answer, but not remember now. The disk is full")
    asked, answered = memory.messages("work", user_id="me")
    assert (answered.text, answered.note) == (again.text, asked.note)


def test_an_unsaved_answer_to_a_saved_question_is_saved_when_it_is_given_anew(
    memory: Memory,
) -> None:
    """There is room again: the new one takes the place of the old."""
    reply = memory.respond("me", ACME, conversation_id="work", model=FakeModel((LONG,)))
    with full_disk(memory):
        reply.read()
    old = memory.messages("work", user_id="me")[-1]

    memory.regenerate("me", old.id, model=FakeModel(("New.",))).read()

    assert [(text, saved) for _, text, saved, _ in said(memory)] == [(ACME, True), ("New.", True)]


def test_an_unsaved_message_is_edited_and_saved_when_there_is_room(memory: Memory) -> None:
    with full_disk(memory):
        memory.respond("me", f"I like tea {LONG}", conversation_id="work").read()
    first = memory.messages("work", user_id="me")[0].id

    memory.respond(
        "me", "I like milk", conversation_id="work", replacing=first, model=FakeModel(("Milk.",))
    ).read()

    assert [(text, saved) for _, text, saved, _ in said(memory)] == [
        ("I like milk", True),
        ("Milk.", True),
    ]


def test_a_conversation_of_unsaved_turns_can_be_deleted(memory: Memory) -> None:
    with full_disk(memory):
        memory.respond("me", f"I like tea {LONG}", conversation_id="work").read()

    assert memory.erase("me", conversation="work").verified
    assert memory.messages("work", user_id="me") == []


def test_withdrawing_the_consent_drops_what_could_not_be_saved(memory: Memory) -> None:
    with full_disk(memory):
        memory.respond("me", f"I like tea {LONG}", conversation_id="work").read()

    memory.revoke("me", "personalization")

    assert memory.messages("work", user_id="me") == []
