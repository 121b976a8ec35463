"""What recall takes into account: the turns around, who spoke, when, and what was asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from memory.engine import Memory
from memory.flow import recall
from memory.records import PERSONALIZATION, Recalled
from memory.rules.scoring import HYBRID
from memory.settings import Settings
from tests.fakes import NOON
from tests.flow.conftest import OpenMemory
from tests.store.hiding import HIDE

HERON = "Did you see the heron?"
DAWN = "Yes, at dawn."
COLD = "It was cold."
BICYCLE = "The bicycle has a flat tyre."


@pytest.fixture
def memory(open_memory: OpenMemory, settings: Settings) -> Memory:
    """One that keeps every turn."""
    return everything(open_memory, settings)


def everything(open_memory: OpenMemory, settings: Settings, **parts: object) -> Memory:
    opened = open_memory(replace(settings, importance_threshold=0), **parts)
    opened.grant("me", PERSONALIZATION)
    return opened


def say(memory: Memory, text: str, *, place: str = "talk", **how: object) -> int:
    (item,) = memory.observe("me", "user", text, conversation_id=place, **how).stored
    return item.id


def found(memory: Memory, question: str, **how: object) -> list[Recalled]:
    return memory.recall("me", question, **{"touch": False, "limit": 50} | how)


def of(results: Sequence[Recalled], text: str) -> Recalled:
    return next(result for result in results if result.item.text == text)


def texts(results: Sequence[Recalled]) -> list[str]:
    return [result.item.text for result in results]


# -- the turns around -----------------------------------------------------------------------


def test_a_turn_is_found_by_the_words_of_the_turn_before(memory: Memory) -> None:
    """It says none of them itself, and does not claim to."""
    for text in (BICYCLE, HERON, DAWN):
        say(memory, text, place=text if text == BICYCLE else "talk")

    results = found(memory, "heron")

    answer, other = of(results, DAWN), of(results, BICYCLE)
    assert answer.terms["full text"] > other.terms["full text"]
    assert answer.score > other.score
    assert not answer.shares_words
    assert of(results, HERON).shares_words


def test_an_answer_is_found_by_the_words_of_its_question(memory: Memory) -> None:
    """It comes before who only asks, and before what shares as little with the question."""
    say(memory, "Which pet do you have at home?", speaker="Bo")
    say(memory, "A hedgehog called Spike.", speaker="Ann")
    for number in range(20):
        say(memory, f"The meeting number {number} was long.", place=f"{number}", speaker="Ann")

    first = found(memory, "Which pet does Ann have?")[0]

    assert first.item.text == "A hedgehog called Spike."
    assert first.terms["answers a question"] == pytest.approx(HYBRID["answers a question"])


@pytest.mark.parametrize("hidden", HIDE)
def test_what_is_out_of_recall_lends_its_words_to_nobody(
    open_memory: OpenMemory, settings: Settings, hidden: str
) -> None:
    """Paused, forgotten, over and the like: all else is ranked as if it had never been said."""
    elsewhere = replace(settings, database=settings.database.with_name("elsewhere.db"))
    hiding, never = everything(open_memory, settings), everything(open_memory, elsewhere)
    heron = say(hiding, HERON)
    for memory in (hiding, never):
        for text in (DAWN, COLD):
            say(memory, text)
    before = of(found(hiding, "heron"), DAWN)

    HIDE[hidden](hiding._parts.store, heron)

    results = found(hiding, "heron")
    assert not any(result.shares_words for result in results)
    assert [(r.item.text, r.score, r.terms) for r in results] == [
        (r.item.text, pytest.approx(r.score), pytest.approx(r.terms)) for r in found(never, "heron")
    ]
    after = of(results, DAWN)
    for term in ("full text", "similarity in context", "answers a question"):
        assert after.terms[term] < before.terms[term]


def test_what_takes_no_part_lends_its_words_to_nobody(memory: Memory) -> None:
    """A turn that is being said anew is not there for its own answer."""
    heron, _, _ = (say(memory, text) for text in (HERON, DAWN, COLD))
    parts = memory._parts
    person = parts.store.people.find("me")
    vector = parts.embedder.embed(["heron"])[0]

    results = recall.search(
        parts, person, "heron", vector, limit=9, now=memory.now(), without=[heron]
    )

    assert set(texts(results)) == {DAWN, COLD}
    assert len({result.terms["full text"] for result in results}) == 1
    assert [result.terms["answers a question"] for result in results] == [0, 0]


def test_turns_of_two_sittings_are_not_beside_each_other(memory: Memory) -> None:
    """An hour and a minute later something else is talked about."""
    say(memory, HERON, at=NOON - timedelta(hours=3))
    say(memory, DAWN, at=NOON - timedelta(hours=2))
    say(memory, COLD, at=NOON - timedelta(minutes=59))

    results = found(memory, "heron")

    assert of(results, DAWN).terms["answers a question"] > 0
    assert of(results, COLD).terms["full text"] == min(r.terms["full text"] for r in results)


# -- who, when ------------------------------------------------------------------------------


@pytest.mark.parametrize("speaker", ["Ann", "Bo"])
def test_who_is_asked_for_is_listened_to(memory: Memory, speaker: str) -> None:
    """Of two who said the same, the one whom the question names."""
    for name in ("Bo", "Ann", "Cleo"):
        say(memory, "I bought a red bicycle.", speaker=name, place=name)

    first, second, *_ = found(memory, f"What did {speaker} buy?")

    assert first.item.speaker == speaker
    assert first.terms["speaker"] == HYBRID["speaker"]
    assert second.terms["speaker"] == 0


def test_of_two_who_are_named_neither_is_preferred(memory: Memory) -> None:
    """What they say to each other is asked for."""
    for name in ("Bo", "Ann"):
        say(memory, "I bought a red bicycle.", speaker=name, place=name)

    assert {r.terms["speaker"] for r in found(memory, "What did Ann and Bo buy?")} == {0}


@pytest.mark.parametrize(
    ("at", "days_ago"), [(None, 4), (NOON - timedelta(days=7), 11), (NOON - timedelta(days=60), 64)]
)
def test_the_days_that_are_asked_for_are_preferred(
    memory: Memory, at: datetime | None, days_ago: int
) -> None:
    """Last week's, counted from the moment that is asked as of."""
    for number in (64, 30, 11, 4, 0):
        when = NOON - timedelta(days=number)
        say(memory, f"Fence {number}: the garden fence is leaning.", place=f"{number}", at=when)

    first = found(memory, "What did I say last week about the garden fence?", at=at)[0]

    assert first.item.said_at == NOON - timedelta(days=days_ago)
    assert first.terms["date"] == HYBRID["date"]


def test_who_asks_when_is_told_a_time(memory: Memory) -> None:
    """Of two turns about the same."""
    say(memory, "The fence was painted green and white.", place="a")
    say(memory, "The fence was painted in May 2024.", place="b")

    first, second = found(memory, "When was the fence painted?")

    assert first.item.text == "The fence was painted in May 2024."
    assert (first.terms["tells a time"], second.terms["tells a time"]) == (
        HYBRID["tells a time"],
        0,
    )


def test_what_is_named_is_preferred(memory: Memory) -> None:
    """By what was mentioned there, however it is written."""
    say(memory, "We run postgresql at work.", place="a")
    say(memory, "We run a marathon at work.", place="b")

    first, second = found(memory, "What of PostgreSQL's is there to run?")

    assert (first.terms["names"], second.terms["names"]) == (HYBRID["names"], 0)


# -- weights --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HYBRID)
def test_each_signal_can_be_switched_off(
    open_memory: OpenMemory, settings: Settings, name: str
) -> None:
    """What has no weight is in no sum and in no term; all others are as they were."""
    weights = {other: weight for other, weight in HYBRID.items() if other != name}
    memory = everything(open_memory, settings, weights=weights)
    for text in (HERON, DAWN, COLD):
        say(memory, text)
    whole = everything(open_memory, settings)

    for without, with_it in zip(
        sorted(found(memory, "heron"), key=lambda r: r.item.id),
        sorted(found(whole, "heron"), key=lambda r: r.item.id),
        strict=True,
    ):
        assert without.terms == {n: v for n, v in with_it.terms.items() if n != name}
        assert without.score == pytest.approx(with_it.score - with_it.terms[name])


def test_without_any_weight_the_latest_comes_first(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """All are equal then."""
    memory = everything(open_memory, settings, weights={})
    for text in (HERON, DAWN, COLD):
        say(memory, text)

    assert texts(found(memory, "heron")) == [COLD, DAWN, HERON]
    assert {result.score for result in found(memory, "heron")} == {0}
