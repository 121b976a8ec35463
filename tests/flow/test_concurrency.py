"""Many at once on one file: threads, memories and processes; nothing lost, nothing doubled.

The other process is ``working.py``, told what to do by ``Worker``. No test measures time: what
is checked is what stands in the file when all have done their work.
"""

import io
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from memory.engine import Memory
from memory.errors import AppError, FileShared, InvalidInput, ModelNotConnected
from memory.flow.erase import PENDING
from memory.records import PERSONALIZATION, Status
from tests.fakes import FakeModel, FixedClock, on_ollama
from tests.flow.on_disk import another_reader, left_of
from tests.flow.worker import Call, Worker, call
from tests.flow.working import do_calls, open_memory

THREADS = 8
WRITES_PER_THREAD = 200
ROUNDS = 10


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "recollect.db"


@pytest.fixture
def memory(database: Path, clock: FixedClock) -> Iterator[Memory]:
    with open_memory(database, clock) as opened:
        opened.grant("me", PERSONALIZATION)
        yield opened


@pytest.fixture
def worker(database: Path) -> Iterator[Worker]:
    with Worker(database) as started:
        yield started


def errors(results: list[Any]) -> list[str]:
    return [result for result in results if isinstance(result, str)]


def assert_sound(memory: Memory) -> None:
    health = memory.check()
    assert health.problems == ()
    assert health.memories == health.vectors == health.full_text_rows
    assert memory.verify_audit().state == "intact"


def together(memory: Memory, worker: Worker, *calls: Call) -> list[Any]:
    """The same calls in this process and in the other, at once; what all of them returned."""
    worker.start(*calls)
    return [*do_calls(memory, calls), *worker.answer()]


# -- writing --------------------------------------------------------------------------------


def writes(writer: str) -> list[Call]:
    """Half of them are observed and half remembered, each with a word of its own."""
    calls = []
    for number in range(WRITES_PER_THREAD * THREADS // 2):
        text = f"I always prefer the notebook {writer}{number} over any other one."
        calls.append(
            call("observe", "me", "user", f"{text} Seen.", conversation_id=str(number % 9))
        )
        calls.append(call("remember", "me", f"{text} Told."))
    return calls


def test_nothing_is_lost_or_doubled_by_threads_and_processes(
    memory: Memory, worker: Worker, database: Path
) -> None:
    """Eight threads here and eight in another process, all writing at once."""
    worker.open()
    calls = {"here": writes("here"), "there": writes("there")}

    worker.start(*calls["there"], threads=THREADS)
    results = do_calls(memory, calls["here"], THREADS)
    results += worker.answer()

    assert errors(results) == []
    given = [text for told in calls.values() for _, args, _ in told for text in args[-1:]]
    assert Counter(item.text for item in memory.items("me")) == Counter(given)
    assert_sound(memory)
    assert len(memory.conversations("me")) == 9


def test_edits_and_pins_of_many_are_all_kept(memory: Memory, worker: Worker) -> None:
    """Each edit of a memory leaves one earlier wording, whoever made it, and one new vector."""
    worker.open()
    idents = [memory.remember("me", f"I like tea number {n}.").id for n in range(5)]

    def changes(who: str) -> list[Call]:
        edits = [call("edit", i, f"I like {who} tea {n}.") for n in range(20) for i in idents]
        return [*edits, *(call("pin", ident) for ident in idents)]

    worker.start(*changes("black"), threads=2)
    results = do_calls(memory, changes("green"), 2)
    results += worker.answer()

    assert errors(results) == []
    for ident in idents:
        item = memory.item(ident)
        wordings = [item.text, *(revision.text for revision in memory.revisions(ident))]
        assert len(set(wordings)) == len(wordings) == 41
        assert item.pinned
    assert_sound(memory)


def test_a_fresh_file_can_be_opened_by_two_processes_at_once(database: Path) -> None:
    """One makes it, the other finds it made; both can write."""
    with ExitStack() as started:
        workers = [started.enter_context(Worker(database)) for _ in range(2)]
        for worker in workers:
            worker.tell(open=True)
        assert [worker.answer() for worker in workers] == ["open", "open"]
        for worker in workers:
            worker.start(
                call("grant", "me", PERSONALIZATION),
                call("remember", "me", "I like tea."),
                call("verify_audit"),
            )
        results = [result for worker in workers for result in worker.answer()]

    assert errors(results) == []
    with open_memory(database, FixedClock()) as memory:
        assert [item.text for item in memory.items("me")] == ["I like tea."] * 2
        assert len(memory.consents("me")) == 1
        assert_sound(memory)


def test_two_memories_in_one_process_are_one_file(memory: Memory, database: Path) -> None:
    """What one writes the other finds, while both write and one of them closes."""
    with open_memory(database, FixedClock()) as other:
        for number in range(20):
            memory.remember("me", f"I like tea number {number}.")
            other.remember("me", f"I like coffee number {number}.")
        assert other.items("me") == memory.items("me")
    memory.remember("me", "I like water.")

    assert len(memory.items("me")) == 41
    assert_sound(memory)


def test_reading_goes_on_while_another_process_writes(memory: Memory, worker: Worker) -> None:
    """Every list is a state that was; a check is sound at any moment."""
    worker.open()
    worker.start(*writes("there")[:300])
    seen = []
    for _ in range(20):
        seen.append([item.id for item in memory.items("me")])
        assert_sound(memory)
        for found in memory.recall("me", "Which notebook do I prefer?", touch=False):
            assert "notebook" in found.item.text

    assert errors(worker.answer()) == []
    for earlier, later in pairwise(seen):
        assert later[len(later) - len(earlier) :] == earlier
    assert len(memory.items("me")) == 300


# -- the same thing at once -----------------------------------------------------------------


def test_a_conversation_begun_twice_at_once_is_one(memory: Memory, worker: Worker) -> None:
    """Both find it, whoever made it; no message goes astray."""
    worker.open()
    calls = [
        call("observe", "me", "user", f"Hello number {n}.", conversation_id=f"new {n}")
        for n in range(100)
    ]

    assert errors(together(memory, worker, *calls)) == []

    found = memory.conversations("me")
    assert sorted(conversation.id for conversation in found) == sorted(
        f"new {n}" for n in range(100)
    )
    assert {conversation.message_count for conversation in found} == {2}


def test_a_consent_given_twice_at_once_is_one(memory: Memory, worker: Worker) -> None:
    """The ledger has no second open grant that a withdrawal would have to find."""
    worker.open()
    purposes = [f"purpose {n}" for n in range(100)]

    assert errors(together(memory, worker, *(call("grant", "me", p) for p in purposes))) == []

    assert Counter(c.purpose for c in memory.consents("me")) == Counter(
        [PERSONALIZATION, *purposes]
    )


def test_forgetting_and_restoring_at_once_ends_in_one_of_the_two(
    memory: Memory, worker: Worker
) -> None:
    """The last one counts; its times fit its state, and both are in the audit."""
    worker.open()
    ident = memory.remember("me", "I like tea.").id
    worker.start(*[call("restore", ident)] * 100)

    results = do_calls(memory, [call("forget", ident)] * 100)
    results += worker.answer()

    assert errors(results) == []
    item = memory.item(ident)
    assert item.status in (Status.ACTIVE, Status.FORGOTTEN)
    assert (item.forgotten_at is not None) == (item.status is Status.FORGOTTEN)
    deeds = Counter(event.action for event in memory.audit(1000))
    assert deeds["forget"] - deeds["restore"] == (item.status is Status.FORGOTTEN)
    assert_sound(memory)


# -- erasing --------------------------------------------------------------------------------


def told(name: str, count: int) -> list[str]:
    return [f"I always prefer the quokka{name}{n}x notebook over any other." for n in range(count)]


def words(texts: list[str]) -> list[str]:
    return [text.split()[4] for text in texts]


def test_expiring_several_times_at_once_counts_once(
    memory: Memory, clock: FixedClock, database: Path
) -> None:
    """What one erased, the others neither erase nor count again; the audit says so too."""
    kept = memory.remember("me", "I like tea.")
    receipts = []
    with open_memory(database, clock) as other, ThreadPoolExecutor() as pool:
        for number in range(ROUNDS):
            for text in told(f"e{number}n", 4):
                memory.forget(memory.remember("me", text).id)
            clock.advance(hours=1)
            receipts += pool.map(lambda one: one.expire(), [memory, other] * 2)

    assert sum(receipt.places.get("memories", 0) for receipt in receipts) == 4 * ROUNDS
    counts = [event.counts for event in memory.audit(1000) if event.action == "erase"]
    assert sum(count["memories"] for count in counts) == 4 * ROUNDS
    assert memory.items("me") == [kept]
    gone = [word for number in range(ROUNDS) for word in words(told(f"e{number}n", 4))]
    assert left_of(gone, database) == []
    assert_sound(memory)


def test_erasing_and_writing_at_once_does_both(
    memory: Memory, worker: Worker, database: Path
) -> None:
    """A rewrite of the whole file against writers: they wait for each other, and nothing of what
    was erased comes back in what was written meanwhile."""
    worker.open()
    texts = {name: told(name, 15) for name in ("here", "there")}
    idents = {
        name: [memory.observe("me", "user", text, conversation_id=name).stored[0].id for text in of]
        for name, of in texts.items()
    }

    def work(name: str) -> list[Call]:
        return [
            one
            for n, ident in enumerate(idents[name])
            for one in (
                call("remember", "me", f"I like {name} number {n}."),
                call("erase", "me", memory=ident),
            )
        ]

    worker.start(*work("there"))
    results = do_calls(memory, work("here"))
    results += worker.answer()

    assert errors(results) == []
    assert {result["pending"] for result in results if "places" in result} <= {"", PENDING}
    with open_memory(database, FixedClock()) as again:  # finishes what was pending
        assert again.check().pending_erasures == 0
    assert left_of([w for of in texts.values() for w in words(of)], database) == []
    assert len(memory.items("me")) == 30
    assert_sound(memory)


def test_erasing_everything_while_others_write_leaves_nothing_of_it_behind(
    memory: Memory, worker: Worker, database: Path
) -> None:
    """What was written in the last moment goes too: no vector and no full-text row is left of a
    memory that the erasure did not know yet, and no key of a person who is gone."""
    worker.open()
    texts = told("late", 60)
    calls = []
    for number, text in enumerate(texts):
        mailed = f"maya.{number}@example.com. {text}"  # its placeholder needs the person's key
        calls += [call("grant", "me", PERSONALIZATION), call("remember", "me", text)]
        calls += [call("observe", "me", "user", mailed)] * 2
        calls += [call("erase", "me"), call("check")] if number % 10 == 0 else []

    results = together(memory, worker, *calls)
    memory.erase("me")

    assert {error.partition(":")[0] for error in errors(results)} <= {"ConsentRequired"}
    problems = [result["problems"] for result in results if result and "problems" in result]
    assert [found for found in problems if found] == []
    with open_memory(database, FixedClock()) as again:
        assert again.check().pending_erasures == 0
    assert left_of(words(texts), database) == []
    assert memory.privacy_report().people == 0
    assert '"person:' not in database.with_name("recollect.db.keys").read_text()
    assert_sound(memory)


def test_an_answer_goes_with_its_question_though_another_spoke_in_between(
    memory: Memory, database: Path
) -> None:
    """Two tabs in one conversation: the answer is no longer the next message."""
    mine, others = told("tabs", 2)
    reply = memory.respond("me", mine, conversation_id="both")
    other = memory.respond("me", others, conversation_id="both")
    reply.read()
    other.read()
    [item] = reply.observation.stored

    receipt = memory.erase("me", memory=item.id)

    assert receipt.verified
    assert left_of(words([mine]), database) == []
    assert len(memory.items("me")) == 1


# -- what no call may leave behind ----------------------------------------------------------

TEA, COFFEE = 1, 2
"""Ids of the first two memories of the scene."""


def mailed(memory: Memory) -> int:
    """A message in which something was masked."""
    return memory.observe("me", "user", "Mail maya@example.com.").message_id or 0


def proposed(memory: Memory, text: str) -> int:
    """The id of a memory that waits in the inbox."""
    memory.set_learning("me", "ask me")
    (item,) = memory.observe("me", "user", text, conversation_id="a").proposed
    memory.set_learning("me", "automatic")
    return item.id


def last(memory: Memory) -> int:
    """The id of the last answer."""
    return memory.messages("default")[-1].id


def backed_up(memory: Memory) -> io.BytesIO:
    target = io.BytesIO()
    memory.backup(target)
    return target


def refused(call: Callable[..., object], *given: object) -> str:
    """What can only be done alone, and here another process has the file open."""
    with pytest.raises(FileShared) as told:
        call(*given)
    return str(told.value)


def not_encrypted(memory: Memory) -> str:
    with pytest.raises(InvalidInput) as told:
        memory.remove_passphrase("four small words here")
    return str(told.value)


def refused_by_model(made: Callable[[], object]) -> str:
    """What a memory with one model says to a call that needs another."""
    with pytest.raises(AppError) as refusal:
        made()
    return str(refusal.value)


CALLS: dict[str, Callable[[Memory], object]] = {
    "grant": lambda memory: memory.grant("me", PERSONALIZATION),
    "people": lambda memory: memory.people(),
    "add_person": lambda memory: memory.add_person("Ana", user_id="ana"),
    "rename_person": lambda memory: memory.rename_person("me", "Maya"),
    "choose_person": lambda memory: memory.choose_person("me"),
    "chosen_person": lambda memory: memory.chosen_person(),
    "remember": lambda memory: [memory.remember("me", f"I like {drink}.") for drink in DRINKS],
    "observe": lambda memory: memory.observe("me", "user", "I prefer tea.", conversation_id="a"),
    "respond": lambda memory: next(iter(memory.respond("me", "What do I like?"))),
    "regenerate": lambda memory: memory.regenerate("me", memory.messages("default")[-1].id),
    "recall": lambda memory: memory.recall("me", "tea"),
    "explain": lambda memory: memory.explain("me", "tea", COFFEE),
    "context": lambda memory: memory.context("me", "tea"),
    "items": lambda memory: iter(memory.items("me")),
    "item": lambda memory: memory.item(TEA),
    "edit": lambda memory: memory.edit(TEA, "I like green tea."),
    "revisions": lambda memory: iter(memory.revisions(TEA)),
    "revert": lambda memory: memory.revert(TEA),
    "find": lambda memory: memory.find("me"),
    "related": lambda memory: memory.related(TEA),
    "superseded": lambda memory: memory.superseded(TEA),
    "said_again": lambda memory: memory.said_again([memory.messages("a")[0].id]),
    "uses": lambda memory: memory.uses(TEA),
    "change": lambda memory: memory.change([TEA, COFFEE], "pin"),
    "pin": lambda memory: memory.pin(TEA),
    "unpin": lambda memory: memory.unpin(TEA),
    "pause": lambda memory: memory.pause(TEA),
    "resume": lambda memory: memory.resume(TEA),
    "forget": lambda memory: memory.forget(TEA),
    "restore": lambda memory: memory.restore(TEA),
    "plan_merge": lambda memory: memory.plan_merge([TEA, COFFEE]),
    "merge": lambda memory: memory.merge([TEA, COFFEE]),
    "merged_from": lambda memory: memory.merged_from(memory.items("me")[0].id),
    "unmerge": lambda memory: memory.unmerge(memory.items("me")[0].id),
    "inbox": lambda memory: memory.inbox("me"),
    "set_learning": lambda memory: memory.set_learning("me", "automatic"),
    "learning": lambda memory: memory.learning("me"),
    "accept": lambda memory: memory.accept(proposed(memory, "I prefer cocoa in the evening.")),
    "reject": lambda memory: memory.reject(proposed(memory, "I prefer milk in the morning.")),
    "profile": lambda memory: memory.profile("me"),
    "profile_history": lambda memory: memory.profile_history("me"),
    "set_profile": lambda memory: memory.set_profile("me", "shoe size", "42"),
    "plan_unset_profile": lambda memory: memory.plan_unset_profile("me", "shoe size"),
    "unset_profile": lambda memory: memory.unset_profile("me", "shoe size"),
    "timeline": lambda memory: memory.timeline("me"),
    "clusters": lambda memory: memory.clusters("me"),
    "entities": lambda memory: memory.entities("me"),
    "find_entities": lambda memory: memory.find_entities("me", search="o"),
    "entity": lambda memory: [memory.entity("me", entity.id) for entity in memory.entities("me")],
    "relations_of": lambda memory: [
        memory.relations_of(entity.id) for entity in memory.entities("me")
    ],
    "relevant_entities": lambda memory: memory.relevant_entities("me", "tea"),
    "entity_graph": lambda memory: memory.entity_graph("me"),
    "mentions_of": lambda memory: [
        memory.mentions_of(entity.id) for entity in memory.entities("me")
    ],
    "conversations": lambda memory: iter(memory.conversations("me")),
    "rename_conversation": lambda memory: memory.rename_conversation("me", "a", "Drinks"),
    "set_conversation_memory": lambda memory: memory.set_conversation_memory("me", "a", True),
    "search_messages": lambda memory: memory.search_messages("me", "tea"),
    "handoff": lambda memory: memory.handoff("me", "a"),
    "messages": lambda memory: iter(memory.messages("a")),
    "count_messages": lambda memory: memory.count_messages("me", "a"),
    "count_following": lambda memory: memory.count_following(memory.messages("a")[0].id),
    "drop_unstored": lambda memory: memory.drop_unstored("me", "a"),
    "message": lambda memory: memory.message(memory.messages("a")[0].id),
    "memories_of": lambda memory: memory.memories_of(memory.messages("a")[0].id),
    "sources": lambda memory: memory.sources(last(memory)),
    "ledger": lambda memory: iter(memory.ledger("me")),
    "count_ledger": lambda memory: memory.count_ledger("me"),
    "ledger_of": lambda memory: memory.ledger_of("me", last(memory)),
    "spending": lambda memory: memory.spending("me"),
    "set_budget": lambda memory: memory.set_budget("me", 5),
    "outgoing": lambda memory: memory.outgoing("me", "Which tea?", model=FakeModel()),
    "outgoing_anew": lambda memory: memory.outgoing_anew("me", last(memory), model=FakeModel()),
    "asks_before_sending": lambda memory: memory.asks_before_sending("me"),
    "sending_review": lambda memory: memory.sending_review("me"),
    "set_sending_review": lambda memory: memory.set_sending_review("me", "every time"),
    "rehearse": lambda memory: memory.rehearse("me", last(memory), without=[TEA]).read(),
    "near_misses": lambda memory: memory.near_misses("me", last(memory)),
    "answered": lambda memory: memory.answered("me", last(memory)),
    "given": lambda memory: memory.given("me", last(memory)),
    "set_learning_with_model": lambda memory: memory.set_learning_with_model("me", True),
    "learns_with_model": lambda memory: memory.learns_with_model("me"),
    "model_can_read_along": lambda memory: memory.model_can_read_along("me"),
    "read_by_model": lambda memory: memory.read_by_model([memory.messages("a")[0].id]),
    "summary": lambda memory: memory.summary("me", "a"),
    "erase_summary": lambda memory: memory.erase_summary("me", "a"),
    "find_models_at": lambda memory: nothing_at(memory, "http://127.0.0.1:9"),
    "providers": lambda memory: memory.providers(),
    "provider_models": lambda memory: memory.provider_models("OpenAI"),
    "set_key": lambda memory: memory.set_key("OpenAI", ""),
    "find_models": lambda memory: memory.find_models(),
    "choose_model": lambda memory: memory.choose_model("me", None),
    "chosen_model": lambda memory: memory.chosen_model("me"),
    "answerer": lambda memory: memory.answerer("me"),
    "test_model": lambda memory: memory.test_model(on_ollama("nobody")),
    "warm_up_model": lambda memory: memory.warm_up_model("me"),
    "set_instructions": lambda memory: memory.set_instructions("me", "Be brief."),
    "instructions": lambda memory: memory.instructions("me"),
    "stats": lambda memory: memory.stats(),
    "check": lambda memory: memory.check(),
    "retention": lambda memory: memory.retention("me"),
    "retention_of": lambda memory: memory.retention_of(memory.items("me")),
    "curve": lambda memory: memory.curve(TEA),
    "forecast": lambda memory: memory.forecast("me", days=7),
    "forgetting": lambda memory: memory.forgetting("me"),
    "reinforce": lambda memory: memory.reinforce([TEA]),
    "forgetting_rules": lambda memory: memory.forgetting_rules("me"),
    "set_forgetting_rules": lambda memory: memory.set_forgetting_rules(
        "me", replace(memory.forgetting_rules("me"), daily_loss=0.04)
    ),
    "earlier_forgetting_rules": lambda memory: memory.earlier_forgetting_rules("me"),
    "visit": lambda memory: memory.visit("me"),
    "set_holiday": lambda memory: memory.set_holiday("me", False),
    "holiday": lambda memory: memory.holiday("me"),
    "plan_sweep": lambda memory: memory.plan_sweep("me"),
    "sweep": lambda memory: memory.sweep(memory.plan_sweep("me")),
    "undo_sweep": lambda memory: memory.undo_sweep(1),
    "sweeps": lambda memory: iter(memory.sweeps("me")),
    "note_shown": lambda memory: memory.note_shown([TEA]),
    "last_sweep": lambda memory: memory.last_sweep("me"),
    "tell_sweeps": lambda memory: iter(memory.tell_sweeps("me")),
    "example_curve": lambda memory: memory.example_curve("me", importance=0.6, age_days=60),
    "consents": lambda memory: iter(memory.consents("me")),
    "classify": lambda memory: memory.classify(TEA, "internal"),
    "redact": lambda memory: memory.redact("maya@example.com"),
    "preview": lambda memory: memory.preview("me", "maya@example.com"),
    "keepable": lambda memory: memory.keepable(memory.messages("a")[0].id),
    "keep": lambda memory: memory.keep(mailed(memory)),
    "kept_values": lambda memory: memory.kept_values("me"),
    "keep_no_more": lambda memory: memory.keep_no_more("me"),
    "privacy_rules": lambda memory: memory.privacy_rules("me"),
    "plan_privacy_rules": lambda memory: memory.plan_privacy_rules(
        "me", memory.privacy_rules("me")
    ),
    "resulting_privacy_rules": lambda memory: memory.resulting_privacy_rules(
        "me", memory.privacy_rules("me")
    ),
    "set_privacy_rules": lambda memory: memory.set_privacy_rules("me", memory.privacy_rules("me")),
    "footprint": lambda memory: memory.footprint("me"),
    "expire": lambda memory: memory.expire(),
    "is_encrypted": lambda memory: memory.is_encrypted,
    "backup": backed_up,
    "plan_restore": lambda memory: memory.plan_restore(backed_up(memory)),
    "restore_backup": lambda memory: refused(memory.restore_backup, backed_up(memory)),
    "set_passphrase": lambda memory: refused(memory.set_passphrase, "four small words here"),
    "remove_passphrase": not_encrypted,
    "export": lambda memory: memory.export("me"),
    "plan_chat_import": lambda memory: memory.plan_chat_import("me", b"I drink cocoa."),
    "import_chats": lambda memory: memory.import_chats("me", b"I drink cocoa."),
    "chat_imports": lambda memory: iter(memory.chat_imports("me")),
    "export_to": lambda memory: memory.export_to("me", BytesIO()),
    "import_archive": lambda memory: memory.import_archive("me", memory.export("me")),
    "privacy_report": lambda memory: memory.privacy_report(),
    "audit": lambda memory: iter(memory.audit()),
    "count_audit": lambda memory: memory.count_audit(user_id="me"),
    "verify_audit": lambda memory: memory.verify_audit(),
    "erase": lambda memory: memory.erase("me", memory=COFFEE),
    "revoke": lambda memory: memory.revoke("me", PERSONALIZATION),
    "warm_up": lambda memory: memory.warm_up(),
    "embedding_models": lambda memory: iter(memory.embedding_models()),
    "build_index": lambda memory: refused_by_model(lambda: memory.build_index("fake")),
    "take_model_files": lambda memory: refused_by_model(
        lambda: memory.take_model_files("fake", Path())
    ),
    "remove_model_files": lambda memory: refused_by_model(
        lambda: memory.remove_model_files("fake")
    ),
    "index_build": lambda memory: memory.index_build(),
    "stop_build": lambda memory: memory.stop_build(),
    "resume_build": lambda memory: refused_by_model(memory.resume_build),
    "compare_index": lambda memory: refused_by_model(lambda: memory.compare_index("me")),
    "switch_index": lambda memory: refused_by_model(memory.switch_index),
    "switch_back": lambda memory: refused_by_model(memory.switch_back),
    "drop_index": lambda memory: refused_by_model(lambda: memory.drop_index("fake")),
}
"""In an order in which each finds what it needs."""
DRINKS = ("tea", "coffee")


def nothing_at(memory: Memory, address: str) -> None:
    with pytest.raises(ModelNotConnected):
        memory.find_models_at(address)


NO_CALLS = {
    *("open", "close", "settings", "now", "with_clock"),
    *("salvage", "is_locked", "set_aside", "restore_unopened"),
}
"""The file is not open, or not touched."""


WRITER = """
import sys, apsw
connection = apsw.Connection(sys.argv[1])
[(version,)] = connection.execute("pragma user_version").fetchall()
for _ in sys.stdin:
    try:
        connection.execute(f"pragma user_version = {version}")
        [(busy, *_)] = connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    except apsw.BusyError:
        busy = True
    print("busy" if busy else "emptied", flush=True)
"""


@contextmanager
def another_writer(database: Path) -> Iterator[Callable[[], bool]]:
    """Another process: at each call it writes, and says whether it could empty the log. It waits
    for nobody."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def empties_the_log() -> bool:
            process.stdin.write("now\n")
            process.stdin.flush()
            return process.stdout.readline() == "emptied\n"

        yield empties_the_log
        process.stdin.close()


def test_no_transaction_outlives_its_call(memory: Memory, database: Path) -> None:
    """Whatever is kept of its result: another process can write, and empty the log at once."""
    results, held = [], []
    with another_writer(database) as empties_the_log:
        for name, made in CALLS.items():
            results.append(made(memory))
            if not empties_the_log():
                held.append(name)

    assert len(results) == len(CALLS)
    assert held == []


def test_every_call_of_the_door_is_among_those() -> None:
    """Who adds one adds it there, too."""
    public = {name for name in vars(Memory) if not name.startswith("_")}

    assert public - NO_CALLS == set(CALLS)


def test_another_writer_notices_a_reader(database: Path, memory: Memory) -> None:
    """The test above rests on it."""
    with another_writer(database) as empties_the_log, another_reader(database):
        assert not empties_the_log()
