"""“Keep it on this computer”: what was masked in a message is stored after all; never a secret."""

from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import NotFound
from memory.records import PERSONALIZATION, Handling, Label, LabelRule
from memory.settings import Settings
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import content, left_of

ADDRESS = "maya@quokkamandel.example"
TOLD = f"I work at Acme with PostgreSQL and my address is {ADDRESS} for all of that"
MASKED = TOLD.replace(ADDRESS, "[EMAIL_1]")
SECRET = "sk-12345678abcdef"


@pytest.fixture
def told(memory: Memory) -> int:
    """A message, with a memory made of it, in which an address was masked."""
    message_id = memory.observe("me", "user", TOLD).message_id
    assert message_id is not None
    return message_id


def test_what_was_masked_can_be_kept(memory: Memory, told: int) -> None:
    """In the message and in its memory, which is found by it; and there is no earlier wording."""
    assert memory.message(told).text == MASKED
    assert memory.keepable(told) == (Label.EMAIL,)

    message = memory.keep(told)

    assert (message.text, message.masked) == (TOLD, ())
    (item,) = memory.memories_of(told)
    assert item.text == TOLD
    assert memory.revisions(item.id) == []
    found = memory.recall("me", "quokkamandel", mode="text", touch=False)
    assert [result.item.id for result in found] == [item.id]
    assert memory.keepable(told) == ()


def test_a_kept_value_stays_readable_wherever_it_is_said_again(memory: Memory, told: int) -> None:
    """In a correction, a merge, another message; another address is masked as before."""
    memory.keep(told)
    (item,) = memory.memories_of(told)

    assert memory.edit(item.id, f"Write to {ADDRESS}").text == f"Write to {ADDRESS}"
    again = memory.remember("me", f"{ADDRESS.upper()} and zoe@example.com")
    assert again.text == f"{ADDRESS.upper()} and [EMAIL_2]"
    assert memory.kept_values("me") == {Label.EMAIL: 1}


def test_it_can_be_masked_again_from_now_on(memory: Memory, told: int) -> None:
    """What was stored meanwhile stays as it is, until it is erased."""
    memory.keep(told)

    memory.keep_no_more("me")

    assert memory.kept_values("me") == {}
    assert memory.remember("me", f"Write to {ADDRESS}").text == "Write to [EMAIL_1]"
    assert memory.message(told).text == TOLD
    memory.keep_no_more("stranger")


def test_a_secret_is_never_kept(memory: Memory, settings: Settings) -> None:
    """Neither alone nor beside what is."""
    alone = memory.observe("me", "user", f"The key is {SECRET}").message_id or 0
    beside = memory.observe("me", "user", f"The key of {ADDRESS} is {SECRET}").message_id or 0

    assert memory.keepable(alone) == ()
    with pytest.raises(NotFound):
        memory.keep(alone)
    assert memory.keepable(beside) == (Label.EMAIL,)
    message = memory.keep(beside)

    assert message.text == f"The key of {ADDRESS} is [SECRET]"
    assert message.masked == (Label.SECRET,)
    assert left_of([SECRET], settings.database) == []


@pytest.mark.parametrize("days", [-90, 1])
def test_another_clock_does_not_end_it(
    memory: Memory, told: int, clock: FixedClock, days: int
) -> None:
    """As when somebody else's past is told meanwhile; nor does this one end what is masked then."""
    then = memory.with_clock(lambda: clock() + timedelta(days=days))
    then.grant("other", PERSONALIZATION)
    others = then.observe("other", "user", "My address is zoe@example.com").message_id
    assert others is not None
    memory.expire()

    assert memory.keepable(told) == (Label.EMAIL,)
    assert then.keepable(others) == (Label.EMAIL,)


def test_it_is_offered_for_some_minutes_only(memory: Memory, told: int, clock: FixedClock) -> None:
    """Then it is gone from the process, too."""
    clock.advance(seconds=memory.settings.undo_seconds + 1)

    assert memory.keepable(told) == ()
    with pytest.raises(NotFound):
        memory.keep(told)
    assert ADDRESS not in str(memory._parts.withheld.__dict__)


@pytest.mark.parametrize("erased", ["the message", "something else", "all", "the consent"])
def test_an_erasure_takes_it_along(memory: Memory, told: int, erased: str) -> None:
    """Whatever was erased: what is asked to go must not come back from the process."""
    other = memory.remember("me", "I like tea")
    {
        "the message": lambda: memory.erase("me", memory=memory.memories_of(told)[0].id),
        "something else": lambda: memory.erase("me", memory=other.id),
        "all": lambda: memory.erase("me"),
        "the consent": lambda: memory.revoke("me", PERSONALIZATION),
    }[erased]()

    assert ADDRESS not in str(memory._parts.withheld.__dict__)


def test_another_process_cannot_keep_it(memory: Memory, told: int, open_memory: OpenMemory) -> None:
    """It never saw the value."""
    assert open_memory().keepable(told) == ()


def test_what_was_corrected_meanwhile_stays_corrected(memory: Memory, told: int) -> None:
    """Keeping is about the message; the memory has other words by now."""
    (item,) = memory.memories_of(told)
    memory.edit(item.id, "I work at Globex")

    memory.keep(told)

    assert memory.item(item.id).text == "I work at Globex"
    assert memory.message(told).text == TOLD


def test_a_kept_value_is_erased_with_its_memory(
    memory: Memory, told: int, settings: Settings
) -> None:
    """To the bytes; that it may be kept stays known by its keyed hash only."""
    memory.keep(told)
    assert ADDRESS.encode() in content(settings.database)

    assert memory.erase("me", memory=memory.memories_of(told)[0].id).verified

    assert left_of([ADDRESS, "quokkamandel"], settings.database) == []


def test_keeping_is_audited_without_the_value(memory: Memory, told: int) -> None:
    """What was done, and to how many."""
    memory.keep(told)
    memory.keep_no_more("me")

    masked_again, kept = memory.audit(2)
    assert (kept.action, dict(kept.counts)) == ("keep", {"values": 1})
    assert masked_again.action == "mask again"
    assert memory.verify_audit().state == "intact"


@pytest.mark.parametrize("how", ["strict", "never"])
def test_a_stricter_rule_is_not_overruled_by_what_was_kept_before(
    memory: Memory, told: int, how: str
) -> None:
    """Neither for what is said from then on, nor for what is still offered."""
    later = memory.observe("me", "user", f"Again: {ADDRESS}").message_id or 0
    memory.keep(told)
    rules = memory.privacy_rules("me")
    never = LabelRule(Handling.NEVER, masked_when_sent=True)
    labels = {**rules.labels, Label.EMAIL: never} if how == "never" else rules.labels
    memory.set_privacy_rules("me", replace(rules, strict=how == "strict", labels=labels))

    assert ADDRESS not in memory.remember("me", f"Write to {ADDRESS}").text
    assert memory.keepable(later) == ()
    with pytest.raises(NotFound):
        memory.keep(later)


def test_the_hash_of_what_was_masked_goes_with_the_last_text_that_names_it(
    memory: Memory, told: int
) -> None:
    """And all of them with the consent, what was kept as well."""
    numbers = memory._parts.store.database
    memory.remember("me", "my number is zoe@example.com, as I said")
    count = "select count(*) from placeholders"
    assert numbers.value(count) == 2

    memory.erase("me", memory=memory.memories_of(told)[0].id)
    assert numbers.value(count) == 1

    kept = memory.observe("me", "user", f"Mail {ADDRESS}").message_id or 0
    memory.keep(kept)
    memory.revoke("me", PERSONALIZATION)
    assert numbers.value(count) == 0
    memory.grant("me", PERSONALIZATION)
    assert memory.remember("me", f"Mail {ADDRESS}").text == "Mail [EMAIL_1]"
