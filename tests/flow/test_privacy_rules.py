"""A person's rules: what each class may be used for and how long it is kept, at once and on every
path (article, section 6: retention and access by class)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput, NotFound, StaysHome
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    ClassReason,
    ClassRule,
    DataClass,
    Handling,
    Label,
    LabelRule,
    Preset,
    PrivacyRules,
    RulesPlan,
)
from memory.rules import policy
from memory.settings import Settings
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.test_privacy import exported

TEA = "I like green tea from Assam"


def with_class(rules: PrivacyRules, data_class: DataClass, **changed: object) -> PrivacyRules:
    rule = replace(rules.classes[data_class], **changed)  # type: ignore[arg-type]
    return replace(rules, classes={**rules.classes, data_class: rule})


def change(memory: Memory, data_class: DataClass, **changed: object) -> PrivacyRules:
    rules = with_class(memory.privacy_rules("me"), data_class, **changed)
    return memory.set_privacy_rules("me", rules)


def test_a_person_begins_with_the_usual_rules(memory: Memory) -> None:
    """Also one whom nobody knows."""
    assert memory.privacy_rules("me") == memory.privacy_rules("stranger") == policy.rules()


def test_chosen_rules_are_kept_and_are_one_person_s(
    memory: Memory, open_memory: OpenMemory
) -> None:
    """They outlive a restart; what was not chosen follows a later preset."""
    rules = with_class(memory.privacy_rules("me"), DataClass.PERSONAL, sent=False, days=7)
    rules = with_class(rules, DataClass.CONFIDENTIAL, days=None)
    name = LabelRule(Handling.MASK, masked_when_sent=False)
    rules = replace(rules, labels={**rules.labels, Label.NAME: name})
    assert memory.set_privacy_rules("me", rules) == rules
    memory.close()

    again = open_memory()

    assert again.privacy_rules("me") == rules
    assert again.privacy_rules("other") == policy.rules()
    again.set_privacy_rules("me", replace(rules, preset=Preset.ARTICLE))
    assert again.privacy_rules("me").classes[DataClass.PERSONAL].days == 7


def test_a_preset_brings_its_days_to_all_that_is_stored(memory: Memory, clock: FixedClock) -> None:
    """From storing under the article's, from the last use under the assistant's."""
    tea = memory.remember("me", TEA, data_class="personal")
    clock.advance(days=10)
    memory.recall("me", "green tea")
    used = clock.now
    assert memory.item(tea.id).expires_at == used + timedelta(days=365)

    memory.set_privacy_rules("me", policy.rules(preset=Preset.ARTICLE))
    assert memory.item(tea.id).expires_at == NOON + timedelta(days=30)
    memory.recall("me", "green tea")
    assert memory.item(tea.id).expires_at == NOON + timedelta(days=30)

    memory.set_privacy_rules("me", policy.rules())
    assert memory.item(tea.id).expires_at == clock.now + timedelta(days=365)


@pytest.mark.parametrize("person", ["me", "stranger"])
def test_what_would_hold_can_be_seen_before(memory: Memory, person: str) -> None:
    """Days that were not chosen follow the preset; strict mode bounds all; nothing is set."""
    rules = with_class(memory.privacy_rules(person), DataClass.PERSONAL, days=400)

    by_preset = memory.resulting_privacy_rules(person, replace(rules, preset=Preset.ARTICLE))
    strictly = memory.resulting_privacy_rules(person, replace(rules, strict=True))

    assert by_preset.classes[DataClass.PERSONAL].days == 400
    assert by_preset.classes[DataClass.INTERNAL].days == 180
    assert strictly.classes[DataClass.PERSONAL].days == 30
    assert strictly.labels[Label.NAME].stored is Handling.MASK
    assert memory.privacy_rules(person) == policy.rules()


@pytest.mark.parametrize("days", [0, -1, policy.MAX_DAYS + 1])
def test_days_that_cannot_be_are_refused(memory: Memory, days: int) -> None:
    """In words, and nothing is changed."""
    rules = with_class(memory.privacy_rules("me"), DataClass.PERSONAL, days=days)

    for act in (memory.set_privacy_rules, memory.plan_privacy_rules):
        with pytest.raises(InvalidInput, match="cannot be kept for"):
            act("me", rules)

    assert memory.privacy_rules("me") == policy.rules()


def test_half_a_set_of_rules_is_refused(memory: Memory) -> None:
    """A class without a rule would be kept for ever."""
    half = replace(policy.rules(), classes={DataClass.PERSONAL: ClassRule(True, True, True, 7)})

    with pytest.raises(InvalidInput, match="each class"):
        memory.set_privacy_rules("me", half)


def test_a_plan_tells_what_a_change_would_do_and_does_not_do_it(
    memory: Memory, clock: FixedClock
) -> None:
    """What is over at once, and what would no longer be recalled."""
    memory.remember("me", TEA, data_class="personal")
    memory.observe("me", "user", "ok")
    clock.advance(days=9)
    memory.remember("me", "I like coffee", data_class="personal")
    rules = with_class(memory.privacy_rules("me"), DataClass.PERSONAL, days=7, recalled=False)
    rules = with_class(rules, DataClass.INTERNAL, days=7)

    assert memory.plan_privacy_rules("me", rules) == RulesPlan(1, 1, 2)
    assert memory.plan_privacy_rules("stranger", rules) == RulesPlan(0, 0, 0)
    assert memory.privacy_rules("me") == policy.rules()
    assert len(memory.recall("me", "green tea coffee", touch=False)) == 2

    memory.set_privacy_rules("me", rules)
    receipt = memory.expire()

    assert (receipt.places["memories"], receipt.places["messages"]) == (1, 1)
    assert [item.text for item in memory.items("me")] == ["I like coffee"]


def test_a_plan_counts_what_goes_along(memory: Memory, clock: FixedClock) -> None:
    """A message goes with its memory, an answer with its question, a merge with its part."""
    for text in ("I work at Acme with PostgreSQL", "I live in Berlin near Acme", "I had a nap"):
        memory.respond("me", text).read()
    memory.merge([item.id for item in memory.items("me")])
    clock.advance(days=9)
    rules = with_class(memory.privacy_rules("me"), DataClass.PERSONAL, days=7)

    plan = memory.plan_privacy_rules("me", rules)
    memory.set_privacy_rules("me", rules)
    places = memory.expire().places

    assert (plan.expiring, plan.messages) == (places["memories"], places["messages"]) == (3, 6)


def test_what_is_over_is_out_of_use_before_it_is_erased(memory: Memory, clock: FixedClock) -> None:
    """Retention holds when it is read, not only when it is swept."""
    memory.observe("me", "user", "My name is Maya and I work at Acme with PostgreSQL every day")
    clock.advance(days=8)
    change(memory, DataClass.PERSONAL, days=7)

    assert memory.recall("me", "PostgreSQL") == []
    assert memory.profile("me") == []
    assert memory.items("me") == memory.search_messages("me", "PostgreSQL") == []
    assert memory.retention("me") == memory.entities("me") == memory.messages("default") == []
    assert memory.count_messages("me", "default") == 0
    with pytest.raises(NotFound):
        memory.item(1)
    assert exported(memory, "me")["memories"] == []
    assert "PostgreSQL" not in str(memory.context("me", "PostgreSQL?").messages[:-1])


PATHS: dict[str, Callable[[Memory], object]] = {
    "recall": lambda memory: memory.recall("me", "green tea"),
    "recall by words": lambda memory: memory.recall("me", "green tea", mode="text"),
    "context": lambda memory: [
        line for line in memory.context("me", "green tea?").messages[:-1] if TEA in line["content"]
    ],
    "respond": lambda memory: memory.respond("me", "Which tea do I like?").sources,
    "related": lambda memory: memory.related(memory.items("me")[0].id),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_class_that_is_not_recalled_is_on_no_path(memory: Memory, path: str) -> None:
    """Until it is recalled again."""
    memory.remember("me", TEA, data_class="confidential")
    memory.remember("me", "I like green tea very much", data_class="public")
    memory.forget(memory.items("me")[0].id) if path != "related" else None
    assert PATHS[path](memory)

    change(memory, DataClass.CONFIDENTIAL, recalled=False)
    assert not PATHS[path](memory)

    change(memory, DataClass.CONFIDENTIAL, recalled=True)
    assert PATHS[path](memory)


def test_explain_says_that_rules_keep_it_out(memory: Memory) -> None:
    """And not that it is forgotten."""
    tea = memory.remember("me", TEA, data_class="confidential")
    change(memory, DataClass.CONFIDENTIAL, recalled=False)

    explanation = memory.explain("me", "green tea", tea.id)

    assert not explanation.recalled
    assert "confidential is not recalled" in explanation.reason


def test_what_was_said_elsewhere_follows_its_class(memory: Memory) -> None:
    """The hot tier knows of no memories, but of classes."""
    said = "Between us: I like tea"
    memory.observe("me", "user", said, conversation_id="a")
    question = "What did I say?"

    def told() -> bool:
        context = memory.context("me", question, conversation_id="b")
        return said in context.messages[0]["content"]

    assert told()
    change(memory, DataClass.CONFIDENTIAL, recalled=False)
    assert not told()


def test_a_class_that_is_not_exported_is_left_out_by_name(memory: Memory) -> None:
    """Memories, messages and the profile made of them."""
    memory.respond("me", "My name is Maya and I work at Acme with PostgreSQL").read()
    memory.remember("me", "The moon is round")

    change(memory, DataClass.PERSONAL, exported=False)

    held = exported(memory, "me")
    assert [item["text"] for item in held["memories"]] == ["The moon is round"]
    assert held["conversations"][0]["messages"] == []
    assert held["inferred"]["profile"] == []
    assert held["left_out_classes"] == ["personal"]


def test_messages_have_their_retention_too(memory: Memory, clock: FixedClock) -> None:
    """One of which no memory is kept goes by itself; the other goes with its memory."""
    memory.respond("me", "I had a nap", conversation_id="small").read()
    memory.respond("me", "I work at Acme with PostgreSQL", conversation_id="work").read()
    clock.advance(days=300)
    memory.recall("me", "PostgreSQL Acme")

    clock.advance(days=66)
    receipt = memory.expire()

    assert receipt.scope == "expired"
    assert [m.text for m in memory.messages("small")] == ["", ""]
    assert memory.messages("work")[0].text == "I work at Acme with PostgreSQL"
    clock.advance(days=300)
    memory.expire()
    assert [m.text for m in memory.messages("work")] == ["", ""]


# -- strict -----------------------------------------------------------------------------------


def test_strict_mode_is_one_switch(memory: Memory) -> None:
    """From then on names are masked, and the article's retention holds for all that is stored."""
    before = memory.remember("me", "my name is Maya")
    assert before.text == "my name is Maya"

    rules = memory.set_privacy_rules("me", replace(memory.privacy_rules("me"), strict=True))

    assert rules.preset is Preset.ARTICLE
    assert memory.remember("me", "my name is Mia").text == "my name is [NAME_1]"
    assert memory.item(before.id).expires_at == NOON + timedelta(days=30)
    memory.set_privacy_rules("me", replace(rules, strict=False))
    assert memory.remember("me", "my name is Zoe").text == "my name is Zoe"


def test_the_setting_is_what_a_person_begins_with(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """Their own choice goes before it."""
    memory = open_memory(Settings(database=settings.database, strict=True))
    memory.grant("me", PERSONALIZATION)
    assert memory.privacy_rules("me") == policy.rules(strict=True)

    memory.set_privacy_rules("me", policy.rules())

    assert memory.privacy_rules("me") == policy.rules()


# -- labels -----------------------------------------------------------------------------------


def test_labels_are_handled_as_chosen(memory: Memory) -> None:
    """Kept, masked with a number, or replaced without a trace."""
    text = "my name is Maya, maya@example.com"
    labels = memory.privacy_rules("me").labels
    chosen = {
        **labels,
        Label.EMAIL: LabelRule(Handling.KEEP, masked_when_sent=True),
        Label.NAME: LabelRule(Handling.NEVER, masked_when_sent=True),
    }
    memory.set_privacy_rules("me", replace(memory.privacy_rules("me"), labels=chosen))

    assert memory.remember("me", text).text == "my name is [NAME], maya@example.com"


# -- the tester -------------------------------------------------------------------------------


def test_a_preview_tells_what_would_happen_and_stores_nothing(memory: Memory) -> None:
    """What is found, what is done with it, the class, what would be stored and what sent."""
    text = "my name is Maya, maya@example.com, sk-12345678"

    preview = memory.preview("me", text)

    found = zip((span.label for span in preview.spans), preview.handled, strict=True)
    assert list(found) == [
        (Label.NAME, Handling.KEEP),
        (Label.EMAIL, Handling.MASK),
        (Label.SECRET, Handling.NEVER),
    ]
    assert preview.stored == "my name is Maya, [EMAIL], [SECRET]"
    assert preview.classification.data_class is DataClass.CONFIDENTIAL
    assert preview.classification.reason is ClassReason.SECRET
    assert preview.sent == ""
    assert "confidential stays on this computer" in preview.not_sent
    assert memory.stats().messages == 0
    assert memory.audit(1)[0].action == "grant"


def test_a_preview_knows_the_consents(memory: Memory) -> None:
    """Without one nothing is stored, or sent."""
    preview = memory.preview("stranger", "my name is Maya")
    assert (preview.stored, preview.sent) == ("", "my name is [NAME]")
    assert "not agreed" in preview.not_stored
    assert "not agreed" in preview.not_sent

    memory.grant("me", REMOTE_MODEL)
    agreed = memory.preview("me", "my name is Maya")
    assert (agreed.sent, agreed.not_sent) == ("my name is [NAME]", "")


# -- a model elsewhere --------------------------------------------------------------------------


@pytest.fixture
def elsewhere() -> FakeModel:
    return FakeModel(is_local=False)


def given(model: FakeModel) -> str:
    return str(model.received)


def test_nothing_is_sent_without_consent(memory: Memory, elsewhere: FakeModel) -> None:
    """Nor is the message stored: it can be sent again when the person has agreed."""
    with pytest.raises(ConsentRequired, match="Nothing was sent"):
        memory.respond("me", "Which tea do I like?", model=elsewhere)

    assert elsewhere.received == []
    assert memory.stats().messages == 0


def test_only_classes_that_may_leave_are_sent(memory: Memory, elsewhere: FakeModel) -> None:
    """From memories, from the profile, from earlier turns and from other conversations."""
    memory.grant("me", REMOTE_MODEL)
    memory.remember("me", "Between us: I like tea from Assam")
    memory.observe("me", "user", "I like tea", conversation_id="a")
    memory.observe("me", "user", "Between us: my tea is Darjeeling", conversation_id="a")
    memory.observe("me", "user", "Between us: my tea is Nilgiri", conversation_id="b")

    memory.respond("me", "Which tea do I like?", conversation_id="a", model=elsewhere).read()

    assert "I like tea" in given(elsewhere)
    assert all(tea not in given(elsewhere) for tea in ("Assam", "Darjeeling", "Nilgiri"))
    change(memory, DataClass.CONFIDENTIAL, sent=True)
    memory.respond("me", "Which tea do I like?", conversation_id="a", model=elsewhere).read()
    assert all(tea in given(elsewhere) for tea in ("Assam", "Darjeeling", "Nilgiri"))


def test_a_message_of_a_class_that_stays_is_not_sent(memory: Memory, elsewhere: FakeModel) -> None:
    """It says so, and how to allow it."""
    memory.grant("me", REMOTE_MODEL)

    with pytest.raises(StaysHome, match="confidential"):
        memory.respond("me", "Between us: they merge", model=elsewhere)

    assert elsewhere.received == []


def test_a_model_call_is_audited_with_its_place_and_tokens(
    memory: Memory, elsewhere: FakeModel
) -> None:
    """One that left this computer also when nothing else of the chat is stored."""
    memory.grant("me", REMOTE_MODEL)
    memory.respond("me", "Which tea?", model=FakeModel()).read()
    memory.respond("me", "Which tea?", model=FakeModel(), private=True).read()
    reply = memory.respond("me", "Which tea?", model=elsewhere, private=True)
    reply.read()
    memory.respond("me", "Which tea?").read()

    remote, local = memory.audit(actions=["model call"])
    assert (local.scope, remote.scope) == ("local", "remote")
    assert reply.usage is not None
    assert memory.privacy_report("me").sent == memory.erase("me").sent == 1
    assert dict(remote.counts) == {
        "context tokens": reply.usage.context_tokens,
        "answer tokens": reply.usage.answer_tokens,
    }


@pytest.mark.parametrize("where", ["private", "never stored"])
def test_what_leaves_has_no_number_in_the_file_where_no_hash_may_stay(
    memory: Memory, elsewhere: FakeModel, where: str
) -> None:
    """A number is kept by a keyed hash of the value: a private chat writes none."""
    memory.grant("me", REMOTE_MODEL)
    if where == "never stored":
        rules = memory.privacy_rules("me")
        never = LabelRule(Handling.NEVER, masked_when_sent=True)
        labels = {**rules.labels, Label.NAME: never}
        memory.set_privacy_rules("me", replace(rules, labels=labels))

    private = where == "private"
    memory.respond("me", "my name is Maya, hello", model=elsewhere, private=private).read()

    label = "[NAME_1]" if private else "[NAME]"  # counted for this call alone
    assert f"my name is {label}, hello" in given(elsewhere)
    assert memory._parts.store.database.value("select count(*) from placeholders") == 0


def test_what_leaves_is_masked_by_number(memory: Memory, elsewhere: FakeModel) -> None:
    """The same name has the same number; on this computer it stays readable."""
    memory.grant("me", REMOTE_MODEL)
    memory.respond("me", "my name is Maya, and I like tea").read()

    memory.respond("me", "Again: my name is Maya. What tea?", model=elsewhere).read()

    assert "Maya" not in given(elsewhere)
    assert given(elsewhere).count("[NAME_1]") >= 2
    assert "my name is Maya" in memory.messages("default")[0].text
