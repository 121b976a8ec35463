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
from memory.errors import InvalidInput, NotFound
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


# -- a class that is chosen later -------------------------------------------------------------


def test_a_stricter_class_reaches_all_that_tells_the_memory(memory: Memory) -> None:
    """What is hot, the answer that quoted it, where it was said again, and the parts of a merge."""
    memory.observe("me", "user", LIKED, conversation_id="a")
    memory.respond("me", "What tea do I prefer?", conversation_id="b").read()
    memory.observe("me", "user", LIKED, conversation_id="c")
    one, two, *_ = memory.items("me")
    whole = memory.merge([one.id, two.id])

    memory.classify(whole.id, "confidential")

    elsewhere = FakeModel(is_local=False)
    for conversation in ("a", "b", "c", "d"):
        memory.respond(
            "me", "Which tea is it?", conversation_id=conversation, model=elsewhere
        ).read()
        assert WORD not in memory.handoff("me", conversation)
    assert len(elsewhere.received) == 4
    assert WORD not in sent(elsewhere)
    change_class(memory, DataClass.CONFIDENTIAL, exported=False)
    assert WORD not in str(exported(memory))
    memory.unmerge(whole.id)
    assert {item.data_class for item in memory.items("me")} == {DataClass.CONFIDENTIAL}


def test_a_merge_does_not_lengthen_the_life_of_its_parts(memory: Memory) -> None:
    """Whatever class the whole was given meanwhile."""
    one = memory.remember("me", LIKED, data_class="personal")
    two = memory.remember("me", "The ferry leaves at nine.", data_class="internal")
    whole = memory.merge([one.id, two.id])
    assert memory.unmerge(whole.id)

    assert memory.item(one.id).expires_at is not None
    assert memory.item(two.id).expires_at is None


def test_what_was_corrected_into_something_harmless_does_not_keep_what_was_said(
    memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    """The message goes by its own class."""
    change_class(memory, DataClass.SENSITIVE, days=1)
    (item,) = memory.observe("me", "user", SICK).stored
    memory.edit(item.id, "Docker uses layers for images.")
    clock.advance(days=2)

    assert WORD not in str(memory.context("me", "And now?").messages)
    memory.expire()

    assert memory.messages("default")[0].text == ""


def test_sensitive_words_about_somebody_named_go_with_the_consent(
    memory: Memory, settings: Settings
) -> None:
    """Whose name makes them sensitive."""
    memory.observe("me", "user", "Hello, my friend.")
    memory.rename_conversation("me", "default", "my name is Maya and I have diabetes")

    memory.revoke("me", SENSITIVE)

    assert left_of(["diabetes"], settings.database) == []


def test_what_is_over_cannot_be_corrected_back_to_life(memory: Memory, clock: FixedClock) -> None:
    """Though nothing has swept it yet."""
    change_class(memory, DataClass.PERSONAL, days=1)
    item = memory.remember("me", LIKED)
    clock.advance(days=2)

    with pytest.raises(NotFound):
        memory.edit(item.id, "I prefer coffee.")


def test_rules_that_change_meanwhile_hold(open_memory: OpenMemory, settings: Settings) -> None:
    """Between understanding a text and storing it."""
    memory = open_memory()
    memory.grant("me", PERSONALIZATION)
    embedder = memory._parts.embedder
    embed = embedder.embed

    def change(texts: list[str]) -> object:
        embedder.embed = embed  # type: ignore[method-assign]
        memory.set_privacy_rules("me", replace(memory.privacy_rules("me"), strict=True))
        return embed(texts)

    embedder.embed = change  # type: ignore[method-assign, assignment]
    observation = memory.observe("me", "user", "my name is Maya and I prefer quarkus tea")

    assert observation.stored == ()
    assert "rules were changed" in observation.skipped
    assert left_of([WORD], settings.database) == []
