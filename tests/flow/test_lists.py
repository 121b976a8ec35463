"""Lists of memories: filters, orders, pages; related memories, and when one was used."""

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import PERSONALIZATION, DataClass, Kind, MemoryFilter, Order, Status
from tests.fakes import FakeModel, FixedClock


@pytest.fixture
def filled(memory: Memory, clock: FixedClock) -> dict[str, int]:
    """Names of memories, each a day younger than the one before."""
    told = {
        "tea": memory.remember("me", "I drink green TEA", kind="preference", importance=0.9),
        "rust": memory.remember("me", "The build uses Rust", kind="decision", importance=0.5),
        "street": memory.remember("me", "The Straße is long", importance=0.3),
        "rule": memory.remember("me", "We test before a release", importance=0.7, pinned=True),
    }
    found = {}
    for name, item in told.items():
        found[name] = item.id
    return found


def names(memory: Memory, filled: dict[str, int], **how: object) -> list[str]:
    wanted = {ident: name for name, ident in filled.items()}
    order = how.pop("order", "newest")
    found = memory.find("me", MemoryFilter(**how), order=order)  # type: ignore[arg-type]
    assert found.total == len(found.items)
    return [wanted[item.id] for item in found.items]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, ["rule", "street", "rust", "tea"]),
        ({"search": "tea"}, ["tea"]),
        ({"search": "STRASSE long"}, ["street"]),
        ({"search": "%"}, []),
        ({"kinds": (Kind.PREFERENCE, Kind.DECISION)}, ["rust", "tea"]),
        ({"data_classes": (DataClass.PERSONAL,)}, ["rule", "tea"]),
        ({"pinned": True}, ["rule"]),
        ({"status": Status.ACTIVE, "paused": False}, ["rule", "street", "rust", "tea"]),
        ({"status": Status.ARCHIVED}, []),
        ({"order": "oldest"}, ["tea", "rust", "street", "rule"]),
        ({"order": "strongest"}, ["tea", "rule", "rust", "street"]),
        ({"order": "weakest"}, ["street", "rust", "rule", "tea"]),
        ({"order": "expiring"}, ["rule", "tea", "street", "rust"]),
    ],
)
def test_a_list_holds_what_matches_in_its_order(
    memory: Memory, filled: dict[str, int], how: dict[str, object], expected: list[str]
) -> None:
    assert names(memory, filled, **how) == expected


def test_the_most_used_stands_first(memory: Memory, filled: dict[str, int]) -> None:
    memory.recall("me", "Rust build", limit=1)

    assert names(memory, filled, order="most used")[0] == "rust"


def test_paused_and_forgotten_ones_are_found_where_they_are(
    memory: Memory, filled: dict[str, int]
) -> None:
    memory.pause(filled["tea"])
    memory.forget(filled["rust"])

    assert names(memory, filled, status=Status.ACTIVE, paused=True) == ["tea"]
    assert names(memory, filled, status=Status.FORGOTTEN) == ["rust"]
    assert names(memory, filled, status=Status.ACTIVE, paused=False) == ["rule", "street"]


@pytest.mark.parametrize("order", list(Order))
def test_pages_hold_each_memory_once(memory: Memory, filled: dict[str, int], order: Order) -> None:
    whole = memory.find("me", order=order)

    pages = [memory.find("me", order=order, limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [len(page.items) for page in pages] == [3, 1, 0]
    assert [item for page in pages for item in page.items] == list(whole.items)
    assert {page.total for page in (*pages, whole)} == {4}
    assert memory.find("me", order=order, limit=0).items == ()


def test_a_page_that_cannot_be_is_refused(memory: Memory) -> None:
    with pytest.raises(InvalidInput, match="cannot begin"):
        memory.find("me", offset=-1)
    with pytest.raises(InvalidInput, match="Choose one of: newest"):
        memory.find("me", order="loudest")
    assert memory.find("nobody").total == 0


# -- around one memory ----------------------------------------------------------------------


def test_related_memories_are_near_in_meaning_and_in_use(memory: Memory) -> None:
    """The nearest first, without itself; a paused one is not shown."""
    tea = memory.remember("me", "green tea in the morning")
    near = memory.remember("me", "green tea in the evening")
    nearer = memory.remember("me", "green tea in the morning sun")
    paused = memory.remember("me", "green tea in the morning too")
    memory.remember("me", "deploys happen on fridays")
    memory.pause(paused.id)

    found = memory.related(tea.id)

    assert [result.item.id for result in found] == [nearer.id, near.id]
    assert found[0].similarity > found[1].similarity > 0.3
    assert found[0].terms == {"meaning": found[0].similarity}
    assert memory.related(tea.id, limit=1) == found[:1]
    assert memory.item(tea.id) == tea
    with pytest.raises(NotFound):
        memory.related(999)


def test_uses_tell_when_and_in_which_answer(memory: Memory, clock: FixedClock) -> None:
    """The latest first; a listing outside a chat has no answer."""
    tea = memory.remember("me", "I drink green tea")
    listed_at = clock.advance(days=1)
    memory.recall("me", "tea", limit=1)
    clock.advance(days=1)
    reply = memory.respond("me", "green tea?", conversation_id="work", model=FakeModel(("Green.",)))
    reply.read()

    answered, listed = memory.uses(tea.id)

    assert (answered.message_id, answered.conversation_id) == (reply.message_id, "work")
    assert (listed.message_id, listed.conversation_id, listed.at) == (None, None, listed_at)
    assert answered.reason
    assert memory.uses(tea.id, limit=1) == [answered]
    assert memory.item(tea.id).access_count == 2


# -- what was said again, and what is over --------------------------------------------------


def say(memory: Memory, text: str) -> int:
    message_id = memory.observe("me", "user", text, conversation_id="talk").message_id
    assert message_id is not None
    return message_id


def test_a_message_knows_what_it_said_again(listening: Memory, clock: FixedClock) -> None:
    """Only the last that said it, and as long as it is in use."""
    messages = []
    for _ in range(3):
        messages.append(say(listening, "I like tea."))
        clock.advance(hours=1)
    (tea,) = listening.items("me")

    assert listening.said_again(messages) == {messages[2]: [tea]}
    listening.forget(tea.id)
    assert listening.said_again(messages) == {}


def test_what_was_said_again_is_told_of_its_own_person_only(
    listening: Memory, clock: FixedClock
) -> None:
    """Another may say the same at the same moment."""
    listening.grant("ben", PERSONALIZATION)
    for user in ("me", "ben"):
        listening.observe(user, "user", "I like tea.")
    clock.advance(hours=1)
    messages = [listening.observe(user, "user", "I like tea.").message_id for user in ("me", "ben")]

    found = listening.said_again([ident for ident in messages if ident is not None])

    assert {ident: [item.user_id for item in items] for ident, items in found.items()} == {
        messages[0]: ["me"],
        messages[1]: ["ben"],
    }


def test_what_took_the_place_of_what_is_known_from_both_sides(
    listening: Memory, clock: FixedClock
) -> None:
    """A list of what is over holds the older one alone; forgotten, the newer takes no place."""
    say(listening, "I live in Berlin.")
    clock.advance(days=1)
    say(listening, "I moved to Munich.")
    munich, berlin = listening.items("me")

    assert listening.superseded(munich.id) == [berlin]
    assert listening.superseded(berlin.id) == []
    assert listening.find("me", MemoryFilter(superseded=True)).items == (berlin,)
    assert listening.find("me", MemoryFilter(superseded=False)).items == (munich,)
    listening.forget(munich.id)
    assert listening.superseded(munich.id) == []
