"""Memories grouped by meaning, through the door: what is grouped, how it is told, what is kept."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest

from memory.adapters.clustering import ScikitClusterer
from memory.engine import Memory
from memory.errors import InvalidInput
from memory.flow.clusters import arranging
from memory.protocols import Labels, Places, Vectors
from memory.records import PERSONALIZATION, Cluster, Clusters, Kind
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory

# By the fake embedder, texts are as alike as the words they share.
TEA = ("green tea in the morning", "green tea in the evening", "green tea at noon", "green tea")
CAT = ("the cat Miso sleeps", "the cat Miso eats", "the cat Miso plays")
LONE = "taxes due soon"


class CountingClusterer:
    """scikit-learn's, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._real = ScikitClusterer()

    def joined(self, vectors: Vectors, above: float) -> Labels:
        self.asked += 1
        return self._real.joined(vectors, above)

    def places(self, vectors: Vectors) -> Places:
        return self._real.places(vectors)


def told(memory: Memory, *texts: str, kind: str = "fact") -> list[int]:
    return [memory.remember("me", text, kind=kind).id for text in texts]


def by_term(found: Clusters, term: str) -> Cluster:
    (cluster,) = (cluster for cluster in found.clusters if term in cluster.terms)
    return cluster


# -- groups ---------------------------------------------------------------------------------


def test_memories_stand_together_by_what_they_are_about(memory: Memory) -> None:
    """Whatever their kinds; what is like nothing else stands alone; all are on the map."""
    tea = [*told(memory, *TEA[:2]), *told(memory, *TEA[2:], kind="preference")]
    cat, lone = told(memory, *CAT), told(memory, LONE)

    found = memory.clusters("me")

    assert [sorted(cluster.memory_ids) for cluster in found.clusters] == [tea, cat]
    assert found.alone == tuple(lone)
    assert by_term(found, "tea").kinds == {Kind.FACT: 2, Kind.PREFERENCE: 2}
    assert by_term(found, "Miso").name.startswith("cat, Miso")
    assert {placed.item.id: placed.cluster_id for placed in found.places} == (
        dict.fromkeys(tea, tea[0]) | dict.fromkeys(cat, cat[0]) | {lone[0]: None}
    )
    assert (found.total, found.grouped, found.compared) == (8, 7, 8)
    assert not found.of_some


def test_a_cluster_shows_its_middle_first(memory: Memory) -> None:
    """And no more than three of it."""
    told(memory, *TEA, *CAT)

    tea = by_term(memory.clusters("me"), "tea")

    assert tea.memory_ids[0] == tea.sample[0].id
    assert [item.id for item in tea.sample] == list(tea.memory_ids[:3])
    assert tea.sample[0].text == "green tea"


def test_a_cluster_says_how_it_is_used(memory: Memory, clock: FixedClock) -> None:
    """On average, when last, and how strong it is by now."""
    told(memory, *TEA, *CAT)
    fresh = by_term(memory.clusters("me"), "tea")
    assert (fresh.uses, fresh.last_used_at, fresh.strength) == (0, None, pytest.approx(1, abs=0.4))

    used_at = clock.advance(days=3)
    memory.recall("me", "green tea", limit=2)
    memory.visit("me")

    tea, cat = (by_term(memory.clusters("me"), term) for term in ("tea", "cat"))
    assert (tea.uses, tea.last_used_at) == (0.5, used_at)
    assert (cat.uses, cat.last_used_at) == (0, None)
    assert cat.strength < tea.strength


@pytest.mark.parametrize(
    ("texts", "sizes", "alone"),
    [
        ((), [], 0),
        (TEA[:1], [], 1),
        ((TEA[0], LONE), [], 2),
        ((TEA[0], TEA[0]), [2], 0),
        (TEA[:2], [2], 0),
        ((*TEA[:2], LONE, "a marathon", "left handed"), [2], 3),
        ((LONE,) * 5, [5], 0),
    ],
)
def test_a_few_memories_make_sense_too(
    memory: Memory, texts: tuple[str, ...], sizes: list[int], alone: int
) -> None:
    """None, one, two that have nothing in common, the same one several times."""
    told(memory, *texts)

    found = memory.clusters("me")

    assert [cluster.size for cluster in found.clusters] == sizes
    assert len(found.alone) == alone
    assert len(found.places) == len(texts)
    assert np.isfinite([(placed.x, placed.y) for placed in found.places]).all()


def test_one_more_changes_no_cluster_but_its_own(memory: Memory) -> None:
    """Nor the ids of any."""
    told(memory, *TEA, *CAT, LONE)
    before = {cluster.id: cluster.memory_ids for cluster in memory.clusters("me").clusters}

    (more,) = told(memory, "the cat Miso hides")
    after = {cluster.id: cluster.memory_ids for cluster in memory.clusters("me").clusters}

    assert before.keys() == after.keys()
    changed = [ident for ident in before if set(before[ident]) != set(after[ident])]
    assert [set(after[ident]) - set(before[ident]) for ident in changed] == [{more}]


def test_the_same_memories_are_grouped_the_same(memory: Memory, open_memory: OpenMemory) -> None:
    """Also by another engine, which kept nothing."""
    told(memory, *TEA, *CAT, LONE)

    assert memory.clusters("me") == open_memory().clusters("me")


# -- which memories -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "put_aside", [Memory.pause, Memory.forget, lambda memory, i: memory.change([i], "archive")]
)
def test_what_may_not_be_recalled_is_not_grouped(
    memory: Memory, put_aside: Callable[[Memory, int], object]
) -> None:
    """Paused, forgotten, archived; nor does it count among its kind."""
    first, *_ = told(memory, *CAT, "the cat Miso hides")
    put_aside(memory, first)

    found = memory.clusters("me")

    assert first not in {ident for cluster in found.clusters for ident in cluster.memory_ids}
    assert first not in {placed.item.id for placed in found.places}
    assert found.total == 3


def test_nothing_is_grouped_without_consent(memory: Memory) -> None:
    """And nobody else's."""
    told(memory, *TEA)
    memory.grant("bob", PERSONALIZATION)

    assert memory.clusters("bob") == memory.clusters("nobody") == Clusters()

    memory.grant("me", "project")
    memory.revoke("me", PERSONALIZATION)
    assert memory.clusters("me") == Clusters()


def test_a_turn_told_by_what_was_learnt_from_it_is_not_counted_again(listening: Memory) -> None:
    """The facts say it; but a turn that goes on to something else is told itself."""
    short = listening.observe("me", "user", "We use MySQL. My cat is called Miso.")
    both = listening.observe(
        "me",
        "user",
        "I prefer green tea. My tea set is old. And yesterday the whole street was full of "
        "people, lanterns, drums and dragons, since the new year began in Chinatown.",
    )
    turns = [item.id for item in (*short.stored, *both.stored) if item.is_turn]
    assert len(short.stored) == 3
    assert len(both.stored) > 1

    found = listening.clusters("me")

    shown = {placed.item.id for placed in found.places}
    assert found.told_by_parts == 1
    assert shown & set(turns) == {turns[1]}
    assert found.total == len(shown) + 1


def test_one_message_makes_no_cluster(listening: Memory) -> None:
    """What was learnt from it is as alike as can be; it was said once."""
    stored = listening.observe(
        "me", "user", "I like tea. I like green tea. I like black tea."
    ).stored
    assert len(stored) > 1

    assert listening.clusters("me").clusters == ()


def test_memories_without_vectors_are_counted(memory: Memory) -> None:
    """They are like nothing yet, and break nothing."""
    first, *_ = told(memory, *TEA)
    store = memory._store
    with store.transaction():
        store.vectors.remove([first])

    found = memory.clusters("me")

    assert found.without_vector == 1
    assert found.grouped == 3
    assert found.total == 4


# -- how each kind is used ------------------------------------------------------------------


def test_patterns_tell_by_kind_how_memories_are_used(memory: Memory) -> None:
    """The article's analysis: how many, how important, how often used; and what is never used."""
    told(memory, *CAT)
    for text, importance in zip(TEA, (0.4, 0.6, 0.8, 1.0), strict=True):
        memory.remember("me", text, kind="preference", importance=importance)
    for limit in (1, 1, 2):
        memory.recall("me", "green tea", limit=limit)

    preference, fact = memory.clusters("me").patterns

    assert (preference.kind, preference.count, preference.never_used) == (Kind.PREFERENCE, 4, 2)
    assert preference.importance == pytest.approx(0.7)
    assert preference.uses == pytest.approx(1.0)
    assert preference.most_used is not None
    assert (preference.most_used.text, preference.most_used.access_count) == ("green tea", 3)
    assert (fact.kind, fact.count, fact.uses, fact.never_used) == (Kind.FACT, 3, 0, 3)
    assert fact.most_used is None


# -- many -----------------------------------------------------------------------------------


def test_of_many_some_are_compared_and_the_others_join_them(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are grouped all the same, and the result says so."""
    monkeypatch.setattr(arranging, "COMPARED", 8)
    told(
        memory, *(f"green tea number{n}" for n in range(20)), *(f"cat Miso a{n}" for n in range(20))
    )

    found = memory.clusters("me")

    assert (found.compared, found.of_some) == (8, True)
    assert [cluster.size for cluster in found.clusters] == [20, 20]


def test_the_map_shows_as_many_as_asked_for(memory: Memory) -> None:
    """The middle of each cluster among them."""
    told(memory, *TEA, *CAT, LONE)

    found = memory.clusters("me", places=6)

    assert len(found.places) == 6
    shown = {placed.item.id for placed in found.places}
    assert all(item.id in shown for cluster in found.clusters for item in cluster.sample)
    assert memory.clusters("me", places=0).places == ()
    with pytest.raises(InvalidInput):
        memory.clusters("me", places=-1)


# -- what is kept ---------------------------------------------------------------------------


def test_an_arrangement_is_worked_out_again_when_something_changed(
    open_memory: OpenMemory, clock: FixedClock
) -> None:
    """Not for another look; but for a word that is corrected, too."""
    clusterer = CountingClusterer()
    memory = open_memory(clusterer=clusterer)
    memory.grant("me", PERSONALIZATION)
    ids = told(memory, *TEA, *CAT)

    memory.clusters("me")
    memory.recall("me", "green tea", limit=1)
    clock.now += timedelta(days=1)
    assert by_term(memory.clusters("me"), "tea").uses > 0
    assert clusterer.asked == 1

    memory.edit(ids[0], "the cat Miso hides")
    assert by_term(memory.clusters("me"), "cat").size == 4
    assert clusterer.asked == 2


def test_what_is_kept_holds_no_text_and_goes_with_an_erasure(memory: Memory) -> None:
    """Ids and numbers; after an erasure not even those."""
    first, *_ = told(memory, *TEA, *CAT)
    memory.clusters("me")
    kept = memory._parts.arrangements._last
    assert "places" in repr(kept)
    assert not [word for word in ("tea", "cat", "Miso") if word in repr(kept)]

    memory.erase("me", memory=first)

    assert kept == {}
    assert by_term(memory.clusters("me"), "tea").size == 3


class Meanwhile(CountingClusterer):
    """While it joins, something else happens."""

    happens: Callable[[], object] = staticmethod(lambda: None)

    def joined(self, vectors: Vectors, above: float) -> Labels:
        self.happens()
        return super().joined(vectors, above)


def test_nothing_is_kept_of_what_is_erased_meanwhile(open_memory: OpenMemory) -> None:
    clusterer = Meanwhile()
    memory = open_memory(clusterer=clusterer)
    memory.grant("me", PERSONALIZATION)
    first, *_ = told(memory, *TEA, *CAT)
    clusterer.happens = lambda: memory.erase("me", memory=first)

    memory.clusters("me")

    assert memory._parts.arrangements._last == {}
