"""scikit-learn as it is used here: what is joined, where it is drawn, and always the same."""

import builtins
from collections.abc import Callable

import numpy as np
import pytest

from memory.adapters.clustering import ScikitClusterer
from memory.errors import ClusteringUnavailable

TOPICS = np.eye(4, 384, dtype=np.float32)


def told(each: int, topics: int = 3) -> np.ndarray:
    """So many vectors about each topic, one after the other."""
    chance = np.random.default_rng(1)
    noise = chance.normal(scale=0.02, size=(topics, each, 384))
    rows = (TOPICS[:topics, None] + noise).reshape(-1, 384)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_rows_are_joined_while_they_are_alike_on_average() -> None:
    """The mean cosine of all pairs decides, not the nearest pair."""
    first, second, third = np.split(ScikitClusterer().joined(told(5), above=0.3), 3)

    assert len({*first.tolist()}) == len({*second.tolist()}) == len({*third.tolist()}) == 1
    assert len({first[0], second[0], third[0]}) == 3


@pytest.mark.parametrize(("above", "groups"), [(-0.5, 1), (0.3, 3), (0.9999, 15)])
def test_the_threshold_is_a_cosine(above: float, groups: int) -> None:
    """Below any cosine there is one group, near 1 each is its own."""
    assert len(set(ScikitClusterer().joined(told(5), above).tolist())) == groups


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_need_no_joining(count: int) -> None:
    """scikit-learn refuses them."""
    assert ScikitClusterer().joined(told(5)[:count], above=0.3).tolist() == [0] * count


def test_the_same_texts_are_one_group() -> None:
    """Rounding must not make their distance less than none."""
    same = np.repeat(told(1, 1), 6, axis=0)

    assert set(ScikitClusterer().joined(same, above=0.3).tolist()) == {0}


def test_neighbours_on_the_map_are_alike() -> None:
    """Every point's nearest is of its topic."""
    places = ScikitClusterer().places(told(12))

    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (apart.argmin(axis=1) // 12 == np.arange(36) // 12).all()
    assert np.abs(places).max(axis=0) == pytest.approx([1, 1])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 40])
def test_any_number_of_points_has_a_map(count: int) -> None:
    """Also one, and two, which no neighbours place."""
    places = ScikitClusterer().places(told(14)[:count])

    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert np.abs(places).max(initial=0) <= 1 + 1e-9


@pytest.mark.parametrize("count", [2, 7, 40])
def test_one_text_said_often_has_a_map(count: int) -> None:
    """All at one place."""
    places = ScikitClusterer().places(np.repeat(told(1, 1), count, axis=0))

    assert np.isfinite(places).all()
    assert np.ptp(places, axis=0) == pytest.approx([0, 0], abs=1e-6)


def test_the_same_vectors_give_the_same_map() -> None:
    """Nothing in it is left to chance."""
    assert ScikitClusterer().places(told(9)).tolist() == ScikitClusterer().places(told(9)).tolist()


def test_one_more_leaves_the_others_where_they_are() -> None:
    """With its usual beginning t-SNE would draw another picture: what has moved would be more than
    the way to the middle."""
    told_so_far = told(14)
    before = ScikitClusterer().places(told_so_far[:-1])
    after = ScikitClusterer().places(told_so_far)[:-1]

    moved = np.linalg.norm(after - before, axis=1).mean() / np.linalg.norm(before, axis=1).mean()
    assert moved < 0.5


def test_without_its_library_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence."""
    real: Callable[..., object] = builtins.__import__

    def refuse(name: str, *args: object, **options: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)

    with pytest.raises(ClusteringUnavailable, match="uv sync"):
        ScikitClusterer().joined(told(2), above=0.3)
