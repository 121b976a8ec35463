"""How the example comes about and goes: all or nothing, beside others, on any day of any year."""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from threading import Event

import pytest

from memory import Days, ErasureReceipt, InvalidInput, Memory, NotFound, Settings, example
from memory.example import NAME, SCRIPT, USER_ID, Progress, Stopped
from memory.example.player import Player
from memory.example.script import Act, Do, Say, dated
from tests.example.conftest import ReadOnce
from tests.fakes import NOON, FakeEmbedder, FixedClock
from tests.flow.on_disk import content

Open = Callable[..., Memory]
SAID = [step.text for each in SCRIPT for step in each.steps if isinstance(step, Say)]
ANSWERED = [step.answer for each in SCRIPT for step in each.steps if isinstance(step, Say)]
LONG_ENOUGH = 12
"""Characters of a stretch between two dates that no other text holds by chance."""


class Broken(Exception):
    pass


@pytest.fixture
def open_memory(settings: Settings, language: ReadOnce, clock: FixedClock) -> Iterator[Open]:
    opened: list[Memory] = []

    def open_it(**parts: object) -> Memory:
        usual = {"clock": clock, "embedder": FakeEmbedder(), "language": language}
        opened.append(Memory.open(settings, **usual | parts))
        return opened[-1]

    yield open_it
    for memory in opened:
        memory.close()


def held(memory: Memory, user_id: str) -> dict[str, object]:
    """Everything about a person that the door shows."""
    conversations = memory.conversations(user_id)
    return {
        "items": memory.items(user_id),
        "entities": memory.entities(user_id),
        "graph": memory.entity_graph(user_id),
        "profile": memory.profile_history(user_id),
        "timeline": memory.timeline(user_id),
        "conversations": conversations,
        "messages": [memory.messages(each.id, user_id=user_id) for each in conversations],
        "consents": memory.consents(user_id),
        "inbox": memory.inbox(user_id),
        "retention": memory.retention(user_id),
        "kept": memory.kept_values(user_id),
        "sweeps": memory.sweeps(user_id),
        "audit": memory.audit(user_id=user_id, limit=1_000),
    }


def assert_nothing_is_left(memory: Memory) -> None:
    assert not example.is_there(memory)
    assert {name for name, found in held(memory, USER_ID).items() if found} <= {
        "graph",
        "timeline",
    }
    assert memory.entity_graph(USER_ID).entities == ()
    assert memory.timeline(USER_ID).moments == ()
    assert traces(memory.settings.database) == []
    assert memory.verify_audit().state == "intact"


def traces(database: Path, *names: str) -> list[str]:
    """What of the script stands in the file or its log, whatever the dates in it are."""
    pieces = chain.from_iterable(re.split(r"<[^>]+>", text) for text in (*SAID, *ANSWERED))
    found = content(database)
    wanted = {piece.strip() for piece in pieces if len(piece) >= LONG_ENOUGH} | {NAME, *names}
    return sorted(piece for piece in wanted if piece.encode() in found)


# -- all or nothing ----------------------------------------------------------------------------


def after(steps: int, then: Callable[[], object]) -> Callable[[Progress], None]:
    def on_step(progress: Progress) -> None:
        if progress.done == steps:
            then()

    return on_step


def breaks() -> None:
    raise Broken


def interrupts() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("steps", "then", "error"),
    [(1, breaks, Broken), (25, breaks, Broken), (12, interrupts, KeyboardInterrupt)],
)
def test_a_failure_midway_leaves_nothing(
    open_memory: Open, steps: int, then: Callable[[], object], error: type[BaseException]
) -> None:
    """Whatever it is, an interruption too; the caller hears of it."""
    memory = open_memory()
    told: list[Progress] = []

    def on_step(progress: Progress) -> None:
        told.append(progress)
        after(steps, then)(progress)

    with pytest.raises(error):
        example.live(memory, on_step=on_step)

    assert len(told) == steps
    assert_nothing_is_left(memory)


def test_a_stop_leaves_nothing(open_memory: Open) -> None:
    """It ends with the step under way."""
    memory, stop = open_memory(), Event()

    with pytest.raises(Stopped):
        example.live(memory, on_step=after(8, stop.set), stop=stop)

    assert_nothing_is_left(memory)


def test_a_script_that_does_not_fit_the_rules_leaves_nothing(
    settings: Settings, language: ReadOnce, clock: FixedClock
) -> None:
    """Where nothing is learnt, nothing can be pinned: that is told, and not passed over."""
    learns_nothing = Settings(database=settings.database, importance_threshold=1.0)
    with Memory.open(
        learns_nothing, clock=clock, embedder=FakeEmbedder(), language=language
    ) as memory:
        with pytest.raises(NotFound):
            example.live(memory)
        assert_nothing_is_left(memory)


def test_the_example_is_there_only_once(open_memory: Open) -> None:
    """To begin it beside itself would double all of it: nothing is changed."""
    memory = open_memory()
    memory.grant(USER_ID, "personalization")
    before = held(memory, USER_ID)

    with pytest.raises(InvalidInput, match="there already"):
        example.live(memory)

    assert held(memory, USER_ID) == before


def test_it_is_lived_once_at_a_time(open_memory: Open) -> None:
    """Two tabs: the second is told to wait, and the first goes on."""
    memory = open_memory()
    told: list[Progress] = []

    def on_step(progress: Progress) -> None:
        told.append(progress)
        assert example.is_being_lived()
        with pytest.raises(InvalidInput, match="being made already"):
            example.live(memory)
        after(8, breaks)(progress)

    with pytest.raises(Broken):
        example.live(memory, on_step=on_step)

    assert len(told) == 8
    assert not example.is_being_lived()
    assert_nothing_is_left(memory)


def test_an_example_that_another_program_has_begun_is_left_to_it(
    open_memory: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it comes just after nobody was there yet."""
    memory, check = open_memory(), example._check

    def check_and_be_late(memory: Memory) -> None:
        check(memory)
        memory.add_person(NAME, user_id=USER_ID)
        memory.grant(USER_ID, "personalization")

    monkeypatch.setattr("memory.example._check", check_and_be_late)
    with pytest.raises(InvalidInput):
        example.live(memory)

    assert memory.consents(USER_ID)


@pytest.mark.parametrize("steps", [8, sum(len(each.steps) for each in SCRIPT[:1])])
def test_one_who_is_erased_meanwhile_is_not_lived_on(
    open_memory: Open, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """In another tab: whatever step comes next, and also after the last."""
    monkeypatch.setattr("memory.example.SCRIPT", SCRIPT[: 1 if steps < 8 else None])
    memory = open_memory()

    with pytest.raises(Stopped):
        example.live(memory, on_step=after(steps, lambda: memory.erase(USER_ID)))

    assert_nothing_is_left(memory)


@pytest.mark.parametrize("name", [NAME, NAME.upper()])
def test_one_who_has_the_name_is_not_mixed_up_with_it(open_memory: Open, name: str) -> None:
    """They can be called otherwise, the example cannot."""
    memory = open_memory()
    other = memory.add_person(name)

    with pytest.raises(InvalidInput, match="Give them another name"):
        example.live(memory)

    assert memory.people() == [other]


def test_under_the_strict_regime_it_is_not_begun(settings: Settings, language: ReadOnce) -> None:
    """Its names would be masked; the person is told how to see it."""
    strict = Settings(database=settings.database, strict=True)
    with (
        Memory.open(strict, embedder=FakeEmbedder(), language=language) as memory,
        pytest.raises(InvalidInput, match="RECOLLECT_STRICT"),
    ):
        example.live(memory)


# -- beside another person ---------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What is left of two people after each has had their time."""

    before: dict[str, object]
    lived: dict[str, object]
    erased: dict[str, object]
    traces_while_lived: list[str]
    receipt: ErasureReceipt
    traces: list[str]
    audit: str
    days: list[date]
    """Of the steps, as they were told."""
    happened: Days | None
    """What is said to have happened three days ago."""


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory, language: ReadOnce) -> Beside:
    """“me”, who speaks of the same, before the example, after it and after its erasure; on a leap
    day, a minute past midnight."""
    database = tmp_path_factory.mktemp("beside") / "recollect.db"
    with Memory.open(
        Settings(database=database),
        clock=FixedClock(datetime(2028, 2, 29, 0, 1, tzinfo=UTC)),
        embedder=FakeEmbedder(),
        language=language,
    ) as memory:
        tell_of_oneself(memory)
        before = held(memory, "me")
        days: list[date] = []
        example.live(memory, on_step=lambda progress: days.append(progress.day))
        lived, then = held(memory, "me"), traces(database)
        moved = next(i for i in memory.items(USER_ID) if i.text.startswith("Clara moved"))
        receipt = memory.erase(USER_ID)
        return Beside(
            before,
            lived,
            held(memory, "me"),
            then,
            receipt,
            traces(database),
            memory.verify_audit().state,
            days,
            moved.happened,
        )


def tell_of_oneself(memory: Memory) -> None:
    """Of the same people, places and tools, and in a conversation of the same name."""
    memory.grant("me", "personalization")
    for text in ("I live in Bologna with Jonas.", "Clara works at Siemens.", "We use MySQL."):
        memory.respond("me", text, conversation_id="example-hello").read()
    memory.respond("me", "In which town do I live?").read()
    memory.forget(memory.remember("me", "The blue bicycle is gone.").id)
    memory.pin(memory.remember("me", "My phone has a cracked screen.").id)


def test_another_persons_data_stays_as_it_is(beside: Beside) -> None:
    """While the example comes about, and when it goes: each memory, entity and message."""
    assert beside.before["items"]
    assert beside.before["entities"]
    assert beside.lived == beside.before
    assert beside.erased == beside.before


def test_erased_it_is_gone_to_the_bytes(beside: Beside) -> None:
    """The receipt is verified, and a search that found all of it before finds nothing."""
    assert len(beside.traces_while_lived) > 80
    assert NAME in beside.traces_while_lived
    assert (beside.receipt.verified, beside.receipt.pending) == (True, "")
    assert beside.traces == []
    assert beside.audit == "intact"


def test_its_days_are_counted_back_from_a_leap_day(beside: Beside) -> None:
    """90 of them, none before the one before; what is dated in a sentence is dated so in mind."""
    assert beside.days == sorted(beside.days)
    # the last began an hour and a quarter ago, on the evening before
    assert (beside.days[0], beside.days[-1]) == (date(2027, 12, 1), date(2028, 2, 28))
    assert beside.happened == Days(date(2028, 2, 26), date(2028, 2, 26))


# -- on any day --------------------------------------------------------------------------------


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """The computer's own, as ``astimezone()`` reads it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


DAYS = [
    ("UTC", datetime(2027, 1, 1, 0, 0, tzinfo=UTC)),
    ("UTC", datetime(2026, 12, 31, 23, 59, tzinfo=UTC)),
    ("UTC", datetime(2028, 3, 1, 12, tzinfo=UTC)),
    # the hours that are missing and that come twice, and 90 days after each
    ("Europe/Berlin", datetime(2026, 3, 29, 1, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 1, 30, 20, tzinfo=UTC)),
    ("Pacific/Auckland", datetime(2026, 4, 4, 14, 30, tzinfo=UTC)),
    ("Pacific/Kiritimati", datetime(2026, 7, 1, 10, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "now"), DAYS, indirect=["zone"])
def test_its_sittings_are_in_order_on_any_day(
    open_memory: Open, clock: FixedClock, zone: None, now: datetime
) -> None:
    """Without what is said in them: each on its local day, the last just before the end."""
    clock.now = now
    memory, days = open_memory(), list[date]()
    bare = [replace(each, steps=(Do(Act.GRANT, str(n)),)) for n, each in enumerate(SCRIPT)]

    Player(memory, USER_ID).play(bare, lambda progress: days.append(progress.day))

    today = now.astimezone().date()
    consents = sorted(memory.consents(USER_ID), key=lambda consent: consent.granted_at)
    assert [int(consent.purpose) for consent in consents] == list(range(len(SCRIPT)))
    assert consents[-1].granted_at < now
    expected = [today + timedelta(days=each.day) for each in SCRIPT if each.day]
    assert days[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "today", "written"),
    [
        ("On <-1>.", date(2028, 3, 1), "On 29 February."),
        ("On <-1>.", date(2026, 3, 1), "On 28 February."),
        ("On <+3>.", date(2026, 12, 30), "On 2 January."),
        ("On <-90>, then <+12>.", NOON.date(), "On 2 December, then 14 March."),
        ("At 9:30, a <b> and x<-1.", NOON.date(), "At 9:30, a <b> and x<-1."),
    ],
)
def test_days_of_the_script_are_written_as_dates(text: str, today: date, written: str) -> None:
    """Over the ends of months, years and leap days."""
    assert dated(text, today) == written
