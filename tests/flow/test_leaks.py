"""Ways by which something could get where it must not be, each as short as it can be told.

``test_promises`` looks for more of them at random.
"""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import PERSONALIZATION, REMOTE_MODEL, SENSITIVE, DataClass
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of
from tests.flow.promised import Echo

SICK = "I was diagnosed with diabetes, the quarkus doctor says."
LIKED = "I decided that I prefer quarkus tea with Bob."
WORD = "quarkus"


def change_class(memory: Memory, data_class: DataClass, **rule: object) -> None:
    rules = memory.privacy_rules("me")
    changed = replace(rules.classes[data_class], **rule)
    memory.set_privacy_rules("me", replace(rules, classes={**rules.classes, data_class: changed}))


def exported(memory: Memory) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        held: dict[str, object] = json.loads(archive.read("recollect.json"))
    return held


@pytest.fixture
def memory(memory: Memory) -> Memory:
    """With every consent there is."""
    memory.grant("me", SENSITIVE)
    memory.grant("me", REMOTE_MODEL)
    return memory


# -- what is sensitive goes with its consent ------------------------------------------------


def test_an_earlier_sensitive_wording_goes_with_the_consent(
    memory: Memory, settings: Settings
) -> None:
    """Also when the memory says something harmless by now."""
    item = memory.remember("me", SICK)
    memory.edit(item.id, "I like tea.")

    assert memory.revoke("me", SENSITIVE).verified

    assert left_of([WORD], settings.database) == []


def test_an_earlier_sensitive_wording_is_not_exported_where_the_class_is_not(
    memory: Memory,
) -> None:
    item = memory.remember("me", SICK)
    memory.edit(item.id, "I like tea.")
    change_class(memory, DataClass.SENSITIVE, exported=False)

    assert WORD not in str(exported(memory))


# -- what is not stored is not stored in an answer ------------------------------------------


def test_a_model_that_repeats_what_may_not_be_kept_does_not_bring_it_into_the_file(
    memory: Memory, settings: Settings
) -> None:
    """It is in the conversation, so the model is given it with the next question."""
    memory.revoke("me", SENSITIVE)
    memory.respond("me", SICK, model=Echo()).read()

    said = memory.respond("me", "What did I just say?", model=Echo()).read()

    assert WORD in said
    assert left_of([WORD], settings.database) == []


def test_a_model_that_repeats_what_was_private_does_not_bring_it_into_the_file(
    memory: Memory, settings: Settings
) -> None:
    memory.respond("me", LIKED, private=True).read()

    assert WORD in memory.respond("me", "What did I just say?", model=Echo()).read()

    assert left_of([WORD], settings.database) == []


# -- what stays on this computer ------------------------------------------------------------


def sent(model: FakeModel) -> str:
    return str(model.received)


def test_a_private_answer_is_of_the_class_of_what_it_tells(memory: Memory) -> None:
    """The next question of the same private chat may go to a model elsewhere."""
    memory.remember("me", SICK)
    assert WORD in memory.respond("me", "What was I diagnosed with?", private=True).read()
    elsewhere = FakeModel(is_local=False)

    memory.respond("me", "Thank you for that.", private=True, model=elsewhere).read()

    assert elsewhere.received
    assert WORD not in sent(elsewhere)


def test_an_answer_that_repeats_the_conversation_is_of_the_class_of_that(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """Though no memory was made of it: not everything said becomes one."""
    memory = open_memory(replace(settings, importance_threshold=0.99))
    for purpose in (PERSONALIZATION, SENSITIVE, REMOTE_MODEL):
        memory.grant("me", purpose)
    memory.respond("me", SICK).read()
    assert WORD in memory.respond("me", "Say it again.", model=Echo()).read()
    elsewhere = FakeModel(is_local=False)

    memory.respond("me", "Thank you for that.", model=elsewhere).read()

    assert elsewhere.received
    assert WORD not in sent(elsewhere)
    assert memory.revoke("me", SENSITIVE).verified
    assert left_of([WORD], settings.database) == []


def test_instructions_of_a_class_that_is_not_sent_stay_here(memory: Memory) -> None:
    memory.set_instructions("me", SICK)
    elsewhere = FakeModel(is_local=False)

    memory.respond("me", "Hello there.", model=elsewhere).read()

    assert elsewhere.received
    assert WORD not in sent(elsewhere)


@pytest.mark.parametrize("name", ["Zyxel", "Priya", "Bob"])
def test_a_name_of_the_profile_is_masked_when_sent(memory: Memory, name: str) -> None:
    """Wherever it stands, whether or not detection sees one there."""
    memory.remember("me", f"my name is {name}")
    elsewhere = FakeModel(is_local=False)

    memory.respond("me", "What is my name?", model=elsewhere).read()

    assert elsewhere.received
    assert name not in sent(elsewhere)


# -- the export -----------------------------------------------------------------------------


def test_the_first_thing_said_is_no_title_in_an_export_without_its_class(memory: Memory) -> None:
    memory.observe("me", "user", SICK)
    change_class(memory, DataClass.SENSITIVE, exported=False)

    assert WORD not in str(exported(memory))


def test_an_entity_is_exported_only_with_a_memory_that_names_it(memory: Memory) -> None:
    """Whom one saw about an illness is told by the name alone."""
    memory.remember("me", "I was diagnosed with diabetes by Bob.")
    change_class(memory, DataClass.SENSITIVE, exported=False)

    assert "Bob" not in str(exported(memory))


def test_what_has_expired_is_not_exported(memory: Memory, clock: FixedClock) -> None:
    """Before it is swept: as a memory, a message, a title, an entity or a field."""
    change_class(memory, DataClass.PERSONAL, days=1)
    memory.observe("me", "user", LIKED)
    clock.advance(days=2)

    held = str(exported(memory))

    assert WORD not in held
    assert "Bob" not in held


# -- retention ------------------------------------------------------------------------------


def test_what_has_expired_is_in_no_context(memory: Memory, clock: FixedClock) -> None:
    """Before it is swept: neither the memory nor the message that it was made of."""
    change_class(memory, DataClass.PERSONAL, days=1)
    memory.observe("me", "user", LIKED)
    assert WORD in str(memory.context("me", "Which tea?").messages)
    clock.advance(days=2)

    assert WORD not in str(memory.context("me", "Which tea?").messages)


def test_asking_as_of_the_past_does_not_bring_back_what_has_expired(
    memory: Memory, clock: FixedClock
) -> None:
    """Nor does it put off that it is erased."""
    change_class(memory, DataClass.PERSONAL, days=1)
    memory.remember("me", LIKED)
    clock.advance(days=2)

    assert memory.recall("me", "Which tea?", at=clock() - timedelta(days=1.5)) == []

    assert memory.expire().places["memories"] == 1


def test_what_expires_this_very_moment_is_not_merged(memory: Memory, clock: FixedClock) -> None:
    """Its text would live on, as new."""
    one, two = memory.remember("me", LIKED), memory.remember("me", "I like coffee, too.")
    assert one.expires_at is not None
    clock.now = one.expires_at

    with pytest.raises(InvalidInput, match="in use"):
        memory.merge([one.id, two.id])
