"""Memories grouped by meaning: ``uv run --group test python -m tests.benchmarks.clusters [PATH]``.

Two made-up people's sentences with their topics (``cluster_texts``) are grouped by the candidates
and by what ``rules/grouping`` makes of one of them. Adjusted Rand (1 is the topics, 0 is chance)
and V-measure count each sentence of no topic, and each that is left alone, as a group of one; both
lists were looked at while the numbers were chosen, the first more than the second. What decided
(adjusted Rand on the first and the second list, how many are alone, groups for 12 and 8 topics):

    as it is                             .56 .52    .08 .11    16 12
    without moving to the most like      .53 .50    .02 .03    17 13
    without centring                     .61 .45    .03 .11    16 10
    k-means, k by silhouette             .28 .27      0   0    43 26
    agglomerative, cut by silhouette     .40 .48      0   0    37 17
    HDBSCAN on 30 components             .52 .37    .16 .18    15  8

Silhouette asks for too many groups: two sentences of a topic are more alike than all of it.
HDBSCAN leaves a third to nearly half of a conversation's turns on their own (.34, .42, .44 of
three), where this makes 13, 10 and 18 groups with .08, .04 and .08 alone, and none of either tells
the speakers apart (V-measure .17 and less). One sentence less leaves the groups of the others at an
adjusted Rand of .91 on the first list, .89 and .99 on 609 and 1,284 turns.

PATH: a file of LoCoMo conversations (see ``conversations``), which has sessions, no topics: how
many groups come of hundreds of turns, and whether they only tell the speakers apart.

Then the map: how many of the five nearest on it are of the same topic (.69 and .70; principal
components .25 and .45), and how far the others move when one memory is added, by the way to the
middle (.24 and .29; t-SNE with its usual beginning 1.15 and 1.13).

Last, seconds through the door: of 10,000 memories 4 s of a processor and .3 s at the next look, of
100,000 10 s and 2 s.
"""

import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.metrics import adjusted_rand_score, silhouette_score, v_measure_score

from memory import PERSONALIZATION, Memory, Settings
from memory.adapters.clustering import ScikitClusterer
from memory.adapters.embedder import MiniLMEmbedder
from memory.flow.clusters.arrangement import Ungrouped
from memory.flow.clusters.arranging import arranged
from memory.rules import grouping
from memory.rules.grouping import ALONE
from tests.benchmarks.cluster_texts import ALONE as NO_TOPIC
from tests.benchmarks.cluster_texts import FIRST, SECOND, labelled
from tests.benchmarks.conversations import read
from tests.benchmarks.made_up import phrases
from tests.benchmarks.telling import given, result, smaller
from tests.benchmarks.turn import ME, fill

Numbers = NDArray[np.float32]
Labels = NDArray[np.int64]
MOST_GROUPS = 45
LONG_TURN = 60
"""Characters; shorter ones are “Thanks!”."""
SIZES = smaller((10_000, 100_000), (1_000,))
TOPICS = 60
"""Of the made-up vectors; the embedder alone would take minutes."""
NEAREST = 5


# -- candidates -----------------------------------------------------------------------------


def ours(vectors: Numbers) -> Labels:
    ungrouped = Ungrouped(dict(enumerate(vectors)), {place: place for place in range(len(vectors))})
    found = np.full(len(vectors), ALONE, dtype=np.int64)
    for number, group in enumerate(arranged(ScikitClusterer(), ungrouped, drawn=0).groups):
        found[list(group)] = number
    return found


def unsettled(vectors: Numbers) -> Labels:
    return _joined(grouping.centred(vectors))


def uncentred(vectors: Numbers) -> Labels:
    spread = grouping.spread(vectors @ vectors.T)
    above = float((vectors @ vectors.T).mean()) + grouping.joined_above(spread)
    return _settle(vectors, ScikitClusterer().joined(vectors, above), above)


def k_means(vectors: Numbers) -> Labels:
    return _best(vectors, lambda count: KMeans(count, n_init=4, random_state=0))


def tree_by_silhouette(vectors: Numbers) -> Labels:
    def tree(count: int) -> Any:
        return AgglomerativeClustering(count, metric="cosine", linkage="average")

    return _best(grouping.centred(vectors), tree)


def density(vectors: Numbers) -> Labels:
    components = min(30, len(vectors) - 1)
    reduced = PCA(components, random_state=0).fit_transform(vectors)
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    return np.asarray(HDBSCAN(min_cluster_size=3, min_samples=1, copy=True).fit_predict(reduced))


def _joined(vectors: Numbers) -> Labels:
    above = grouping.joined_above(grouping.spread(vectors @ vectors.T))
    return _settle(vectors, ScikitClusterer().joined(vectors, above), least=-1.0, rounds=False)


def _settle(vectors: Numbers, labels: Labels, least: float, *, rounds: bool = True) -> Labels:
    owners = np.arange(len(labels))
    if rounds:
        return grouping.settled(vectors, labels, owners, least, grouping.FEWEST)
    counts = np.bincount(labels)
    return np.where(counts[labels] >= grouping.FEWEST, labels, ALONE)


def _best(vectors: Numbers, method: Callable[[int], Any]) -> Labels:
    """By silhouette."""
    tried = [method(count).fit_predict(vectors) for count in range(2, MOST_GROUPS)]
    best: Labels = max(tried, key=lambda labels: silhouette_score(vectors, labels))
    return best


CANDIDATES: Mapping[str, Callable[[Numbers], Labels]] = {
    "as it is": ours,
    "without moving to the most like": unsettled,
    "without centring": uncentred,
    "k-means, k by silhouette": k_means,
    "agglomerative, cut by silhouette": tree_by_silhouette,
    "HDBSCAN on 30 components": density,
}

TOLD = ("as it is", "k-means, k by silhouette", "HDBSCAN on 30 components")
"""In the report."""


# -- against topics -------------------------------------------------------------------------


def main() -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        embedder = MiniLMEmbedder(Path(folder))
        lists = [(embedded(embedder, texts), texts) for texts in (FIRST, SECOND)]
        compare(lists)
        for vectors, texts in lists:
            look_at_map(vectors, [topic for topic, _ in labelled(texts)])
        if paths := given():
            look_at_conversations(embedder, Path(paths[0]))
        for size in SIZES:
            measure(Path(folder) / f"{size}.db", size)


def embedded(embedder: MiniLMEmbedder, texts: Mapping[str, str]) -> Numbers:
    return np.concatenate([embedder.embed([text]) for _, text in labelled(texts)])


def compare(lists: Sequence[tuple[Numbers, Mapping[str, str]]]) -> None:
    print(f"{'':34}  adjusted Rand, V-measure, groups, on their own: first list; second list")
    for name, method in CANDIDATES.items():
        columns, agreement = [], []
        for vectors, texts in lists:
            found = method(vectors)
            topics = _apart([topic for topic, _ in labelled(texts)], NO_TOPIC)
            groups = _apart(found.tolist(), ALONE)
            agreement.append(f"{adjusted_rand_score(topics, groups):.2f}")
            columns.append(
                f"{agreement[-1]} {v_measure_score(topics, groups):.2f} "
                f"{len(set(found.tolist()) - {ALONE}):3} {np.mean(found == ALONE):.2f}"
            )
        print(f"{name:34}  {';   '.join(columns)}", flush=True)
        if name in TOLD:
            result(f"adjusted Rand of two lives, {name}: {' and '.join(agreement)}")


def _apart(labels: Sequence[object], alone: object) -> list[str]:
    """Each that is alone is a group of one."""
    return [
        f"{label}#{place}" if label == alone else str(label) for place, label in enumerate(labels)
    ]


def look_at_conversations(embedder: MiniLMEmbedder, path: Path) -> None:
    for conversation in read(path):
        turns = [turn for turn in conversation["turns"] if len(turn["text"]) > LONG_TURN]
        vectors = np.concatenate(
            [embedder.embed([f"{turn['speaker']}: {turn['text']}"]) for turn in turns]
        )
        for name in ("as it is", "HDBSCAN on 30 components"):
            found = CANDIDATES[name](vectors)
            groups = _apart(found.tolist(), ALONE)
            print(
                f"{len(turns)} turns, {name}: {len(set(found.tolist()) - {ALONE})} groups, "
                f"{np.mean(found == ALONE):.2f} alone, V-measure to sessions "
                f"{v_measure_score([turn['session'] for turn in turns], groups):.2f}, to speakers "
                f"{v_measure_score([turn['speaker'] for turn in turns], groups):.2f}",
                flush=True,
            )


# -- the map --------------------------------------------------------------------------------


def look_at_map(vectors: Numbers, topics: Sequence[str]) -> None:
    maps: Mapping[str, Callable[[Numbers], NDArray[Any]]] = {
        "as it is": ScikitClusterer().places,
        "two principal components": lambda v: PCA(2, svd_solver="full").fit_transform(v),
        "t-SNE with its usual beginning": lambda v: TSNE(init="pca", random_state=0).fit_transform(
            v
        ),
    }
    for name, draw in maps.items():
        whole = draw(grouping.centred(vectors))
        moved = [_moved(draw, vectors, whole, left) for left in (0, len(vectors) // 2, -1)]
        print(
            f"map, {name}: {_same_topic(whole, topics):.2f} of the {NEAREST} nearest of one topic, "
            f"moved by {np.mean(moved):.2f} of the way to the middle",
            flush=True,
        )


def _same_topic(places: NDArray[Any], topics: Sequence[str]) -> float:
    told = np.array(topics)
    held = told != NO_TOPIC
    apart = np.linalg.norm(places[held][:, None] - places[held][None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = apart.argsort(axis=1)[:, :NEAREST]
    return float(np.mean(told[held][nearest] == told[held][:, None]))


def _moved(
    draw: Callable[[Numbers], NDArray[Any]], vectors: Numbers, whole: NDArray[Any], left_out: int
) -> float:
    kept = np.delete(np.arange(len(vectors)), left_out)
    before = draw(grouping.centred(vectors[kept]))
    way = np.linalg.norm(whole[kept], axis=1).mean()
    return float(np.linalg.norm(before - whole[kept], axis=1).mean() / way)


# -- seconds --------------------------------------------------------------------------------


class MadeUpEmbedder:
    """Vectors about some topics, told by a text's first two words, with noise."""

    name, dimension = "made up", 384

    def __init__(self) -> None:
        chance = np.random.default_rng(0)
        self._topics = chance.normal(size=(TOPICS, self.dimension))
        self._chance = chance

    def embed(self, texts: Sequence[str]) -> Numbers:
        topics = np.array([sum(map(ord, text)) % TOPICS for text in texts])
        noise = self._chance.normal(size=(len(texts), self.dimension))
        rows = self._topics[topics] + 1.2 * noise
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def measure(database: Path, size: int) -> None:
    embedder = MadeUpEmbedder()
    told = phrases(min(size, 10_000))
    fill(database, [(*told[n % len(told)], str(n)) for n in range(size)], embedder)
    with Memory.open(Settings(database=database), embedder=embedder) as memory:
        memory.grant(ME, PERSONALIZATION)
        for what in ("first", "again"):
            begin, busy = time.perf_counter(), time.process_time()
            found = memory.clusters(ME)
            took, busy = time.perf_counter() - begin, time.process_time() - busy
            result(f"{size:,} memories, {what} look: {busy:.1f} s of a processor")
            print(
                f"{size:,} memories, {what}: {took:.1f} s ({busy:.1f} s of a processor), "
                f"{len(found.clusters)} groups, {found.compared:,} compared, "
                f"{len(found.places):,} on the map",
                flush=True,
            )


if __name__ == "__main__":
    main()
