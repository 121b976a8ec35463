"""Recall: by meaning, by words and by both; what counts as a use; and why, or why not."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import PERSONALIZATION, Status
from memory.rules.decay import LISTED_WEIGHT
from memory.rules.scoring import HYBRID
from memory.settings import Settings
from tests.fakes import NOON, FakeEmbedder, FixedClock
from tests.flow.conftest import OpenMemory

WEIGHT = HYBRID["strength"]
TEA = "I drink green tea every morning"
COFFEE = "Bob drinks black coffee all day"
TRAIN = "The train to Berlin leaves at noon"


@pytest.fixture
def ids(memory: Memory) -> dict[str, int]:
    return {text: memory.remember("me", text, importance=0.8).id for text in (TEA, COFFEE, TRAIN)}


def texts(memory: Memory, query: str, **how: object) -> list[str]:
    return [result.item.text for result in memory.recall("me", query, **{"touch": False} | how)]


# -- modes ----------------------------------------------------------------------------------


def test_text_finds_shared_words_only(memory: Memory, ids: dict[str, int]) -> None:
    """By stem, so “drinking” finds both who drink."""
    assert set(texts(memory, "drinking", mode="text")) == {TEA, COFFEE}
    assert texts(memory, "bicycle", mode="text") == []


def test_text_ranks_by_the_words_alone_the_best_being_one(
    memory: Memory, ids: dict[str, int]
) -> None:
    """A word that one memory says counts more than one that two say."""
    best, other = memory.recall("me", "who drinks green tea", mode="text", touch=False)

    assert (best.item.text, best.score) == (TEA, 1)
    assert other.item.text == COFFEE
    assert 0 < other.score < 0.5
    for result in (best, other):
        assert result.terms == {"full text": result.score}
        assert result.shares_words


def test_vector_ranks_by_cosine(memory: Memory, ids: dict[str, int]) -> None:
    """The score is the similarity, and every memory has one."""
    results = memory.recall("me", TEA, mode="vector", touch=False)

    assert results[0].item.text == TEA
    assert len(results) == 3
    assert results[0].similarity == results[0].score == pytest.approx(1, abs=1e-6)
    assert all(result.terms == {"similarity": result.score} for result in results)


def test_hybrid_adds_up_its_terms(memory: Memory, ids: dict[str, int]) -> None:
    """Every signal there is, each times its weight; what shares words with the question says so."""
    results = memory.recall("me", TEA, touch=False)

    assert [result.item.text for result in results] == [TEA, COFFEE, TRAIN]
    assert [result.shares_words for result in results] == [True, True, False]
    for result in results:
        assert result.terms.keys() == HYBRID.keys()
        assert result.score == pytest.approx(sum(result.terms.values()))
        assert result.reason
    assert [result.score for result in results] == sorted(
        (result.score for result in results), reverse=True
    )
    first = results[0].terms
    assert first["strength"] == pytest.approx(WEIGHT * 0.8)
    assert first["length"] == pytest.approx(HYBRID["length"] * math.log1p(6))
    assert first["first person"] == pytest.approx(HYBRID["first person"])
    for silent in ("speaker", "date", "tells a time", "names", "is a question", "superseded"):
        assert first[silent] == 0


@pytest.mark.parametrize("mode", ["hybrid", "vector", "text"])
def test_similarity_is_there_in_every_mode(memory: Memory, ids: dict[str, int], mode: str) -> None:
    """The cosine between the query and the memory's own text."""
    query = "green tea"
    cosine = FakeEmbedder().embed([query])[0] @ FakeEmbedder().embed([TEA])[0]

    first = memory.recall("me", query, mode=mode, touch=False)[0]

    assert first.item.text == TEA
    assert first.similarity == pytest.approx(float(cosine), abs=1e-6)


def test_an_unknown_mode_is_refused(memory: Memory) -> None:
    """Not taken for the default."""
    with pytest.raises(InvalidInput, match="fuzzy"):
        memory.recall("me", TEA, mode="fuzzy")


# -- how many -------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "count"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 3), (9999, 3)])
def test_limit_is_the_most_that_comes_back(
    memory: Memory, ids: dict[str, int], limit: int, count: int
) -> None:
    """Any number may be asked for."""
    assert len(memory.recall("me", TEA, limit=limit)) == count


@pytest.mark.parametrize("mode", ["hybrid", "vector", "text"])
def test_the_threshold_is_a_cosine_in_every_mode(
    memory: Memory, ids: dict[str, int], mode: str
) -> None:
    """Equal is enough; only what has at least this similarity comes back."""
    everything = memory.recall("me", "drinks green tea", mode=mode, touch=False)
    similarities = sorted((result.similarity for result in everything), reverse=True)
    assert similarities[0] > similarities[1]

    best = memory.recall(
        "me", "drinks green tea", mode=mode, threshold=similarities[0], touch=False
    )

    assert [result.similarity for result in best] == similarities[:1]
    assert memory.recall("me", "drinks green tea", mode=mode, threshold=1.1) == []


def test_an_unknown_person_recalls_nothing(memory: Memory, ids: dict[str, int]) -> None:
    """And is not made known by asking."""
    assert memory.recall("stranger", TEA) == []
    assert memory.privacy_report().people == 1


def test_two_people_recall_their_own_only(memory: Memory, ids: dict[str, int]) -> None:
    """In every list there is."""
    memory.grant("other", PERSONALIZATION)
    memory.observe("other", "user", "I like green tea and Berlin a lot, my name is Zoe")

    for mode in ("hybrid", "vector", "text"):
        assert set(texts(memory, TEA, mode=mode, limit=50)) <= {TEA, COFFEE, TRAIN}
        (theirs,) = memory.recall("other", TEA, mode=mode, limit=50)
        assert theirs.item.user_id == "other"
    assert {item.user_id for item in memory.items("me")} == {"me"}
    assert [field.value for field in memory.profile("other")] == ["Zoe"]
    assert memory.profile("me") == []
    assert {entity.name for entity in memory.entities("me")} == {"Bob", "Berlin"}
    assert {entity.name for entity in memory.entities("other")} == {"Berlin"}
    assert memory.conversations("me") == []
    assert len(memory.conversations("other")) == 1
    with pytest.raises(NotFound):
        memory.explain("other", TEA, ids[TEA])


# -- uses -----------------------------------------------------------------------------------


def test_a_recall_counts_as_a_use(memory: Memory, ids: dict[str, int], clock: FixedClock) -> None:
    """Counted, dated, and the year of a personal memory begins anew."""
    before = memory.item(ids[TEA])
    assert (before.access_count, before.last_accessed_at) == (0, None)
    later = clock.advance(days=10)

    memory.recall("me", TEA, limit=1)
    memory.recall("me", TEA, limit=1)

    used = memory.item(ids[TEA])
    assert (used.access_count, used.last_accessed_at) == (2, later)
    assert used.expires_at == later + timedelta(days=365)
    assert memory.item(ids[TRAIN]).access_count == 0


def test_what_only_fills_up_a_list_was_not_used(memory: Memory, ids: dict[str, int]) -> None:
    """It has neither words nor meaning of the question."""
    found = memory.recall("me", "green", limit=3)

    assert len(found) == 3
    uses = {text: memory.item(ident).access_count for text, ident in ids.items()}
    assert uses == {TEA: 1, COFFEE: 0, TRAIN: 0}


def test_a_recall_without_touch_is_no_use(
    memory: Memory, ids: dict[str, int], clock: FixedClock
) -> None:
    """Looking things up in the inspector does not keep them alive."""
    clock.advance(days=10)
    memory.recall("me", TEA, touch=False)

    assert memory.item(ids[TEA]).access_count == 0
    assert memory.item(ids[TEA]).last_accessed_at is None


def test_a_strict_expiry_is_not_put_off(
    open_memory: OpenMemory, settings: Settings, clock: FixedClock
) -> None:
    """It counts from storing."""
    memory = open_memory(replace(settings, strict=True))
    memory.grant("me", PERSONALIZATION)
    item = memory.remember("me", TEA)
    clock.advance(days=10)

    memory.recall("me", TEA)

    assert memory.item(item.id).access_count == 1
    assert memory.item(item.id).expires_at == NOON + timedelta(days=30)


def test_use_makes_a_memory_stronger(
    memory: Memory, ids: dict[str, int], clock: FixedClock
) -> None:
    """Of two of the same importance the used one ranks higher by its strength."""
    clock.advance(days=5)
    left = 0.8 * 0.95**5
    memory.recall("me", TEA, limit=1)

    strengths = {r.item.text: r.terms["strength"] for r in memory.recall("me", "drink", limit=3)}

    assert strengths[TEA] == pytest.approx(WEIGHT * (left + 0.5 * LISTED_WEIGHT * (1 - left)))
    assert strengths[COFFEE] == pytest.approx(WEIGHT * left)


# -- as of another time ---------------------------------------------------------------------


def test_recall_as_of_a_later_day_leaves_out_what_has_expired_by_then(
    memory: Memory, ids: dict[str, int]
) -> None:
    """Personal ones a year after their last use; what is internal stays."""
    year = NOON + timedelta(days=365)

    assert TEA in texts(memory, TEA, at=year - timedelta(seconds=1))
    assert TEA not in texts(memory, TEA, at=year)
    assert TRAIN in texts(memory, TRAIN, at=year)


def test_recall_as_of_a_later_day_weighs_the_strength_of_that_day(
    memory: Memory, ids: dict[str, int]
) -> None:
    """Nothing is written: the strength today is what it was."""
    first = memory.recall("me", TEA, at=NOON + timedelta(days=10), touch=False)[0]

    assert first.terms["strength"] == pytest.approx(WEIGHT * 0.8 * 0.95**10)
    assert memory.recall("me", TEA, touch=False)[0].terms["strength"] == pytest.approx(WEIGHT * 0.8)


def test_recall_as_of_an_earlier_day_knows_only_what_was_said_by_then(
    memory: Memory, ids: dict[str, int]
) -> None:
    """By the day it was said, not by the day it was stored."""
    memory.remember("me", "I drank cocoa as a child", at=NOON - timedelta(days=9000))

    assert texts(memory, "drink", at=NOON - timedelta(days=1)) == ["I drank cocoa as a child"]
    assert len(texts(memory, "drink", at=NOON)) == 4


def test_what_held_at_an_earlier_moment_is_recalled_as_of_it(
    memory: Memory, ids: dict[str, int]
) -> None:
    """What has taken its place since was not said yet."""
    old = memory.remember("me", "I drink rooibos", at=NOON - timedelta(days=30)).id
    new = memory.remember("me", "I drink water only", at=NOON - timedelta(days=10)).id
    memory._parts.store.statements.supersede(old, new)

    assert texts(memory, "drink", at=NOON - timedelta(days=20)) == ["I drink rooibos"]
    assert texts(memory, "drink", at=NOON - timedelta(days=5)) == ["I drink water only"]


# -- why, and why not -----------------------------------------------------------------------


def test_explains_what_was_recalled(memory: Memory, ids: dict[str, int]) -> None:
    """Rank, score and terms are those of the recall itself."""
    first = memory.recall("me", TEA, touch=False)[0]

    why = memory.explain("me", TEA, ids[TEA])

    assert (why.recalled, why.rank) == (True, 1)
    assert (why.score, why.similarity, why.terms) == (first.score, first.similarity, first.terms)
    assert why.reason == first.reason
    assert memory.item(ids[TEA]).access_count == 0


def test_explains_what_was_not_recalled_for_its_rank(memory: Memory, ids: dict[str, int]) -> None:
    """By how much it fell short, and on which term it lost most."""
    results = memory.recall("me", TEA, touch=False)
    second = results[1]

    why = memory.explain("me", TEA, second.item.id, limit=1)

    assert (why.recalled, why.rank, why.score) == (False, 2, second.score)
    short = results[0].score - second.score
    assert why.reason.startswith(f"It was {short:.2f} short of place 1; it lost most on ")
    behind = {name: results[0].terms[name] - second.terms[name] for name in second.terms}
    assert max(behind, key=behind.__getitem__) in why.reason


def test_explains_that_what_repeats_another_makes_room(memory: Memory) -> None:
    """It fell behind for nothing it lacks."""
    text = "the piano was tuned by the neighbour"
    for said in ("the piano was sold", text, text):
        last = memory.remember("me", said, importance=0.8).id
    twin = last - 1

    why = memory.explain("me", text, twin, limit=2)

    assert [r.item.id for r in memory.recall("me", text, limit=2, touch=False)] == [last, last - 2]
    assert (why.recalled, why.rank) == (False, 3)
    assert why.reason == "It says again what stands higher up, so it makes room for something new."


@pytest.mark.parametrize(
    ("hide", "reason"),
    [
        (lambda memory, ident: memory.forget(ident), "It was forgotten at your request."),
        (lambda memory, ident: memory._parts.clock.advance(days=366), "It has expired."),
        (
            lambda memory, ident: memory._parts.store.statements.supersede(ident, ident),
            "It held until something newer was said of the same.",
        ),
        (
            lambda memory, ident: memory._parts.store.memories.set_status(
                ident, Status.PROPOSED, NOON
            ),
            "It waits in the inbox: accept it to have it recalled.",
        ),
    ],
    ids=["forgotten", "expired", "over", "proposed"],
)
def test_explains_what_a_filter_keeps_out(
    memory: Memory, ids: dict[str, int], hide: object, reason: str
) -> None:
    """No rank: it takes no part, however similar it is."""
    hide(memory, ids[TEA])

    why = memory.explain("me", TEA, ids[TEA])

    assert (why.recalled, why.rank, why.reason) == (False, None, reason)
    assert why.similarity == pytest.approx(1, abs=1e-6)


def test_nobody_explains_a_memory_that_is_not_there(memory: Memory) -> None:
    """An error, not an explanation of nothing."""
    with pytest.raises(NotFound):
        memory.explain("me", TEA, 4711)
