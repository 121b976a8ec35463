"""What is archived is in no recall, no context and no answer, and one step from being there again.

Each memory holds a word of its own, which every path shows before and after, and not meanwhile.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION, MemoryFilter, Stage, Status, UseKind
from memory.settings import Settings
from tests.fakes import AtOnce, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.lived import live
from tests.flow.test_earlier import Summariser, talk

SAID = {
    "quokkabrew": "I prefer the quokkabrew tea to every coffee.",
    "Zephyrworks": "I work at Zephyrworks.",
    "Wombatdb": "We decided to use Wombatdb for the billing service.",
    "marmotcache": "The login page crashed. I fixed the login page by clearing the marmotcache.",
    "axolotlctl": "To deploy the website, first run axolotlctl, then check the logs.",
    "Ptarmigan": "Maya Chen works at Ptarmigan Labs.",
}
OTHERS = ("I prefer green tea to every juice.", "I live in Berlin.", "I will send Bob the report.")
QUESTIONS = {
    "quokkabrew": "Which tea do I prefer to every coffee?",
    "Zephyrworks": "Where do I work?",
    "Wombatdb": "What did I decide about billing?",
    "marmotcache": "The login page crashed again, how do I fix it?",
    "axolotlctl": "How do I deploy the website?",
    "Ptarmigan": "Where does Maya Chen work?",
}


@pytest.fixture
def told(
    open_memory: OpenMemory, settings: Settings, real_language: SpacyLanguage, clock: FixedClock
) -> Memory:
    """Ten days ago, so that nothing of it is in the hot cache."""
    memory = open_memory(replace(settings, importance_threshold=0), language=real_language)
    memory.grant("me", PERSONALIZATION)
    for text in (*SAID.values(), *OTHERS):
        memory.observe("me", "user", text, conversation_id="told")
    live(memory, clock, 10)
    return memory


def holding(memory: Memory, word: str) -> list[int]:
    return [item.id for item in memory.items("me") if word in item.text]


def recalled(mode: str) -> "Way":
    return lambda memory, word: memory.recall(
        "me", QUESTIONS[word], limit=20, mode=mode, touch=False
    )


def context(memory: Memory, word: str) -> object:
    given = memory.context("me", QUESTIONS[word], conversation_id="asked", max_tokens=4000)
    return given.messages[0]["content"], given.memory_ids


def answered(question: str) -> "Way":
    """By the built-in answerer, in a chat that is not stored: each time anew."""
    return lambda memory, word: memory.respond("me", question, private=True).read()


def related(memory: Memory, word: str) -> object:
    (green,) = holding(memory, "green tea")
    return memory.related(green, limit=20)


def near_misses(memory: Memory, word: str) -> object:
    reply = memory.respond("me", "Where do I live?", conversation_id="asked")
    reply.read()
    assert reply.message_id is not None
    return memory.near_misses("me", reply.message_id)


def handed_off(memory: Memory, word: str) -> str:
    memory.observe("me", "user", "Tell me more.", conversation_id="handed")
    return memory.handoff("me", "handed")


Way = Callable[[Memory, str], object]
OF_ANY: dict[str, Way] = {
    "recall by all signals": recalled("hybrid"),
    "recall by meaning": recalled("vector"),
    "recall by words": recalled("text"),
    "context": context,
}
WAYS: dict[str, dict[str, Way]] = {
    "quokkabrew": {
        "related": related,
        "near misses": near_misses,
        "answer: preference": answered("Which tea do I prefer to every coffee?"),
    },
    "Zephyrworks": {
        "profile": lambda memory, word: memory.profile("me"),
        "profile history": lambda memory, word: memory.profile_history("me"),
        "handoff": handed_off,
        "answer: field": answered("Where do I work?"),
        "answer: all": answered("What do you know about me?"),
    },
    "Wombatdb": {
        "timeline": lambda memory, word: memory.timeline("me"),
        "decisions": lambda memory, word: memory.timeline("me", "decisions"),
        "answer: all of a kind": answered("What did I decide?"),
        "answer: days": answered("What did I decide in March?"),
    },
    "Ptarmigan": {
        "entities of a question": lambda memory, word: memory.relevant_entities(
            "me", QUESTIONS[word]
        ),
    },
}


@pytest.mark.parametrize("word", SAID)
def test_what_is_archived_is_on_no_way_to_a_model_until_it_is_put_back(
    told: Memory, word: str
) -> None:
    """In one step each: into the archive with all that holds its words, and out of it."""
    ways = OF_ANY | WAYS.get(word, {})

    def showing() -> set[str]:
        return {name for name, way in ways.items() if word in repr(way(told, word))}

    ids = holding(told, word)
    assert showing() == set(ways)
    told.change(ids, "archive")
    assert showing() == set()
    told.change(ids, "restore")
    assert showing() == set(ways)


@pytest.mark.parametrize("word", SAID)
def test_archiving_a_statement_archives_the_turn_it_stands_in(told: Memory, word: str) -> None:
    """The words are gone, wherever they stand; others stay."""
    before = {item.id for item in told.items("me") if item.in_use}
    first, *_ = holding(told, word)
    told.change([first], "archive")
    gone = before - {item.id for item in told.items("me") if item.in_use}
    assert gone == set(holding(told, word))


def test_what_is_archived_stays_findable(told: Memory) -> None:
    """In lists, by its words and by its place; its strength is read on."""
    ids = set(holding(told, "Wombatdb"))
    told.change(sorted(ids), "archive")
    assert {item.id for item in told.items("me", search="wombatdb")} == ids
    archive = told.find("me", MemoryFilter(status=Status.ARCHIVED))
    assert ({item.id for item in archive.items}, archive.total) == (ids, len(ids))
    stages = {kept.item.id: kept.stage for kept in told.retention("me")}
    assert {ident for ident, stage in stages.items() if stage is Stage.ARCHIVED} == ids
    assert told.curve(min(ids)).archives_at is None


def test_explain_says_that_it_is_archived(told: Memory) -> None:
    """It has no rank, and a remedy."""
    (ident,) = holding(told, "quokkabrew")
    told.change([ident], "archive")
    found = told.explain("me", QUESTIONS["quokkabrew"], ident)
    assert (found.recalled, found.rank) == (False, None)
    assert found.reason == "It is archived: restore it to have it recalled."


def test_putting_back_counts_as_a_use(told: Memory) -> None:
    """As if an answer had been built on it, once; to put back what is in use does nothing."""
    (ident,) = holding(told, "quokkabrew")
    before = told.retention_of([told.item(ident)])[0].strength
    told.change([ident], "archive")
    told.restore(ident)
    told.restore(ident)
    item = told.item(ident)
    assert (item.status, item.archived_at, item.access_count) == (Status.ACTIVE, None, 1)
    (jump,) = told.curve(ident).jumps
    assert jump.kind is UseKind.RESTORED
    assert jump.before == pytest.approx(before)
    assert jump.after == pytest.approx(before + 0.5 * (1 - before))


def test_what_is_said_again_comes_out_of_the_archive(told: Memory, clock: FixedClock) -> None:
    """It is the memory it was, said twice, and used."""
    (ident,) = holding(told, "quokkabrew")
    told.change([ident], "archive")
    clock.advance(hours=2)
    observed = told.observe("me", "user", SAID["quokkabrew"], conversation_id="again")
    assert [item.id for item in observed.reinforced] == [ident]
    item = told.item(ident)
    assert (item.status, item.times_said, item.archived_at) == (Status.ACTIVE, 2, None)
    assert [jump.kind for jump in told.curve(ident).jumps] == [UseKind.SAID]
    assert ident in {found.item.id for found in told.recall("me", QUESTIONS["quokkabrew"])}


# -- the last hour, and what a conversation outgrew -----------------------------------------


@pytest.mark.parametrize("act", ["archive", "forget"])
def test_the_last_hour_does_not_tell_it_either(
    listening: Memory, clock: FixedClock, act: str
) -> None:
    """Neither where it was said first nor where it was said again; the words of others stay."""
    (item,) = listening.observe("me", "user", "I prefer quokkabrew.", conversation_id="a").stored
    clock.advance(minutes=1)
    listening.observe("me", "user", "I prefer quokkabrew.", conversation_id="b")
    listening.observe("me", "user", "I live in Berlin.", conversation_id="b")

    def given() -> str:
        return listening.context("me", "What is new?", conversation_id="c").messages[0]["content"]

    assert "quokkabrew" in given()
    listening.change([item.id], act)
    assert "quokkabrew" not in given()
    assert "Berlin" in given()


@pytest.fixture
def outgrown(open_memory: OpenMemory, settings: Settings) -> Memory:
    """A conversation that a small budget outgrew, whose first turn was summed up with others."""
    small = replace(settings, buffer_tokens=150, memory_tokens=150)
    opened = open_memory(small, model=Summariser(), background=AtOnce())
    opened.grant("me", PERSONALIZATION)
    return opened


def given(memory: Memory, question: str) -> str:
    return memory.context("me", question).messages[0]["content"]


def test_a_turn_that_left_does_not_come_back_from_the_archive(outgrown: Memory) -> None:
    """Nor the answer that was built on it; other turns do, and it does when it is put back."""
    text = "I always prefer the zitherblossom notebook over any other one."
    (item,) = outgrown.observe("me", "user", text).stored
    asked = "What about the zitherblossom?"
    model = FakeModel(("Your zitherblossom is fine.",))
    outgrown.respond("me", asked, model=model).read()
    talk(outgrown)
    assert "zitherblossom" in given(outgrown, asked)
    outgrown.change([item.id], "archive")
    assert "zitherblossom notebook" not in given(outgrown, asked)
    assert "zitherblossom is fine" not in given(outgrown, asked)
    assert "left drawer" in given(outgrown, "Where is the quokkamandel?")
    outgrown.restore(item.id)
    assert "zitherblossom" in given(outgrown, asked)


def test_the_conversation_itself_keeps_what_was_said_in_it(outgrown: Memory) -> None:
    """What is open before the person is no recall."""
    text = "I always prefer the zitherblossom notebook over any other one."
    (item,) = outgrown.observe("me", "user", text).stored
    outgrown.change([item.id], "archive")
    context = outgrown.context("me", "Why?")
    assert [message["content"] for message in context.messages[1:]] == [text, "Why?"]
    assert "zitherblossom" not in context.messages[0]["content"]


def test_a_summary_that_tells_it_is_not_used_and_made_anew_of_the_rest(outgrown: Memory) -> None:
    """The model is given nothing of it again."""
    text = "I always prefer the zitherblossom notebook over any other one."
    (item,) = outgrown.observe("me", "user", text).stored
    model = Summariser("They spoke of the zitherblossom.")
    for number in range(30):
        said = f"And then the weather was as it was on day {number}, all day."
        outgrown.respond("me", said, model=model).read()
    assert "zitherblossom" in model.asked[0]
    assert "zitherblossom" in given(outgrown, "What now?")
    outgrown.change([item.id], "archive")
    assert "zitherblossom" not in given(outgrown, "What now?")
    model.asked.clear()
    model.summary = "They spoke of the weather."
    outgrown.respond("me", "And so on it went, day after day.", model=model).read()
    assert model.asked
    assert not any("zitherblossom" in asked for asked in model.asked)
    assert "They spoke of the weather." in given(outgrown, "What now?")
