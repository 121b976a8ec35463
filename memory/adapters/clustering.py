"""Joining what is alike, and a map of it, by scikit-learn.

It takes seconds to import, with scipy, so it is imported when a person first looks at their groups.
"""

from typing import Any

from memory.errors import ClusteringUnavailable
from memory.protocols import Labels, Places, Vectors

SEED = 0
PERPLEXITY = 30
"""Neighbours that a point is placed by; a third of all where there are fewer than 90."""
MAPPED_BY_NEIGHBOURS = 5
"""Points; with fewer there are no neighbours to speak of."""
COMPONENTS = 50
"""Of the vectors; the rest is noise to t-SNE, and costs time."""
STEPS = 500
"""Twice as many take twice the time, and place no neighbour better: at 124 sentences .858 of the
neighbours on the map are neighbours (“trustworthiness”) with either, at 1,284 turns .969."""


class ScikitClusterer:
    """The same vectors give the same groups and the same map."""

    def joined(self, vectors: Vectors, above: float) -> Labels:
        """A number for each row: agglomerative, by the average over all pairs of two groups."""
        import numpy as np

        if len(vectors) < 2:
            return np.zeros(len(vectors), dtype=np.int64)
        distances = np.maximum(1.0 - (vectors @ vectors.T).astype(np.float64), 0.0)
        np.fill_diagonal(distances, 0.0)
        joining = _sklearn().cluster.AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1.0 - above
        )
        return np.asarray(joining.fit_predict(distances), dtype=np.int64)

    def places(self, vectors: Vectors) -> Places:
        """Of each row, -1 to 1 in both directions: near what it is like."""
        flat = _flat(vectors)
        if not len(vectors):
            return flat[:, :2]
        if len(vectors) < MAPPED_BY_NEIGHBOURS or not flat.any():
            return _within_one(flat[:, :2])
        return _within_one(_by_neighbours(flat))


def _flat(vectors: Vectors) -> Places:
    """The principal components, at least two; the signs are scikit-learn's own choice, always the
    same one."""
    import numpy as np

    count, dimension = vectors.shape
    components = min(COMPONENTS, count, dimension)
    found = np.zeros((count, max(2, components)), dtype=np.float64)
    if count > 1 and np.ptp(vectors, axis=0).any():  # one text said often has no components
        reducing = _sklearn().decomposition.PCA(components, svd_solver="covariance_eigh")
        found[:, :components] = reducing.fit_transform(vectors)
    return found


def _by_neighbours(flat: Places) -> Places:
    """t-SNE (van der Maaten and Hinton, 2008), begun from the first two components and without
    its usual beginning, in which all attraction counts twelvefold: that throws the picture into
    another one with each memory that is added, and is no better for it."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    begin = flat[:, :2] / max(float(flat[:, 0].std()), 1e-9)
    mapping = _sklearn().manifold.TSNE(
        init=begin.astype(np.float32),
        early_exaggeration=1.0,
        perplexity=min(PERPLEXITY, (len(flat) - 1) / 3),
        max_iter=STEPS,
        random_state=SEED,
    )
    # Threads that wait for one another by spinning: where anything else runs, two take 17 s for
    # what one does in 2.4 (1,479 points, two processors).
    with threadpool_limits(1, user_api="openmp"):
        return np.asarray(mapping.fit_transform(flat.astype(np.float32)), dtype=np.float64)


def _within_one(places: Places) -> Places:
    """Each direction by itself: no unit is the same in both, and the picture is filled."""
    import numpy as np

    places = places - (places.max(axis=0) + places.min(axis=0)) / 2
    within: Places = places / np.maximum(np.abs(places).max(axis=0), 1e-9)
    return within


def _sklearn() -> Any:
    try:
        import sklearn.cluster
        import sklearn.decomposition
        import sklearn.manifold
    except ImportError as error:
        raise ClusteringUnavailable(
            "Memories cannot be grouped: scikit-learn is missing or damaged. Run "
            "`uv sync --reinstall` in the project folder, then start again."
        ) from error
    return sklearn
