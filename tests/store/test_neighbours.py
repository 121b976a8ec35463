"""The turns beside a turn: two on each side, each of them one that may be recalled."""

from datetime import timedelta

import pytest

from memory.records import Neighbours
from memory.store import Store
from tests.fakes import NOON
from tests.store.conftest import Remember
from tests.store.hiding import HIDE


@pytest.fixture
def talk(remember: Remember) -> list[int]:
    """Five turns, each following the one before; nothing at place 0."""
    turns = [0]
    for number in range(1, 6):
        turns.append(remember(f"turn {number}", follows=turns[-1] or None, is_turn=True))
    return turns


def beside(store: Store, person: int, *ids: int, **how: object) -> dict[int, Neighbours]:
    return store.memories.neighbours(person, ids, **{"now": NOON, "until": None} | how)


def test_two_turns_on_each_side_are_beside_a_turn(
    store: Store, person: int, talk: list[int]
) -> None:
    """The nearest first; at an end there are fewer, and what is no turn has none."""
    assert beside(store, person, *talk[1:]) == {
        talk[1]: Neighbours((), (talk[2], talk[3])),
        talk[2]: Neighbours((talk[1],), (talk[3], talk[4])),
        talk[3]: Neighbours((talk[2], talk[1]), (talk[4], talk[5])),
        talk[4]: Neighbours((talk[3], talk[2]), (talk[5],)),
        talk[5]: Neighbours((talk[4], talk[3]), ()),
    }


def test_what_follows_nothing_has_nothing_beside_it(
    store: Store, person: int, remember: Remember, talk: list[int]
) -> None:
    """Told outright, or the only turn; an unknown id is left out, too."""
    alone = remember("told outright")

    assert beside(store, person, alone, 4711) == {}
    assert beside(store, person) == {}


@pytest.mark.parametrize("hidden", HIDE)
def test_what_is_out_of_recall_is_beside_nothing(
    store: Store, person: int, talk: list[int], hidden: str
) -> None:
    """The turns beyond it are there as before: they were said all the same."""
    HIDE[hidden](store, talk[2])

    assert beside(store, person, talk[3], talk[1]) == {
        talk[3]: Neighbours((talk[1],), (talk[4], talk[5])),
        talk[1]: Neighbours((), (talk[3],)),
    }


def test_a_neighbour_expires_to_the_moment(store: Store, person: int, talk: list[int]) -> None:
    """A microsecond before it is still there."""
    store.memories.set_expiry(talk[1], NOON + timedelta(microseconds=1))
    assert beside(store, person, talk[2])[talk[2]].before == (talk[1],)

    moment = NOON + timedelta(microseconds=1)
    assert beside(store, person, talk[2], now=moment)[talk[2]].before == ()


def test_as_of_an_earlier_moment_later_turns_were_not_said_yet(
    store: Store, person: int, remember: Remember
) -> None:
    """By when they were said, not by when they were stored."""
    first = remember("first", said_at=NOON - timedelta(minutes=9), is_turn=True)
    second = remember("second", said_at=NOON, follows=first, is_turn=True)

    until = NOON - timedelta(minutes=1)
    assert beside(store, person, first, until=until) == {}
    assert beside(store, person, first) == {first: Neighbours(after=(second,))}


def test_a_chain_ends_where_a_turn_was_erased(store: Store, person: int, talk: list[int]) -> None:
    """What follows it follows nothing; both ends are whole."""
    with store.transaction(), store.selection.of([talk[3]]):
        store.erasure.delete(person, remove_messages=True)

    assert beside(store, person, *talk[1:]) == {
        talk[1]: Neighbours((), (talk[2],)),
        talk[2]: Neighbours((talk[1],), ()),
        talk[4]: Neighbours((), (talk[5],)),
        talk[5]: Neighbours((talk[4],), ()),
    }
