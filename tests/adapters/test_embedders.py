"""The embedding models that can be chosen: what is known of them, how one is fetched from a hub on
this computer, and how its texts are embedded. The weights are the packaged model's, in the place of
those that cannot be had without a network."""

import json
import socket
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from memory.adapters.described import FastembedEmbedder, QuestionEmbedder
from memory.adapters.embedder import FILES, MiniLMEmbedder, _packaged
from memory.adapters.embedding_models import MANIFEST, FastembedModels
from memory.errors import (
    DownloadFailed,
    EmbedderMismatch,
    EmbedderMissing,
    EmbedderUnavailable,
)
from tests.adapters.hub import Hub, serving
from tests.store.full_disk import no_room_for_files

MINILM = "sentence-transformers/all-MiniLM-L6-v2"
BGE = "BAAI/bge-small-en-v1.5"
OF_768 = "thenlper/gte-base"
E5 = "intfloat/multilingual-e5-large"
TEXTS = ("green tea", "", "The customer uses PostgreSQL 14. " * 30)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    packaged = {name: _packaged(*[FILES[name][0], name, FILES[name][1]]) for name in FILES}
    return {
        **packaged,
        "config.json": json.dumps({"pad_token_id": 0}).encode(),
        "tokenizer_config.json": b'{"model_max_length": 256, "pad_token": "[PAD]"}',
        "README.md": b"not wanted",
    }


@pytest.fixture
def hub(files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    weights = files["model.onnx"]
    rest = {name: content for name, content in files.items() if name != "model.onnx"}
    repositories = {
        "Qdrant/all-MiniLM-L6-v2-onnx": files,
        "Qdrant/bge-small-en-v1.5-onnx-Q": {**rest, "model_optimized.onnx": weights},
        "thenlper/gte-base": {**rest, "onnx/model.onnx": weights},
        "Qdrant/multilingual-e5-large-onnx": files,
    }
    with serving(Hub(repositories)) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        monkeypatch.setenv("HF_TOKEN", "hf_of_the_person")
        yield served


@pytest.fixture
def packaged(tmp_path: Path) -> MiniLMEmbedder:
    return MiniLMEmbedder(tmp_path)


@pytest.fixture
def models(tmp_path: Path, packaged: MiniLMEmbedder) -> FastembedModels:
    return FastembedModels(tmp_path, packaged)


def download(
    models: FastembedModels, name: str, stop: Event | None = None
) -> list[tuple[int, int]]:
    """What was told of its progress."""
    told: list[tuple[int, int]] = []
    models.download(name, lambda done, of: told.append((done, of)), stop or Event())
    return told


def left_in(cache: Path) -> set[str]:
    """What is there of models beside the packaged one, without locks."""
    folder = cache / "models"
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"} - {
        "all-MiniLM-L6-v2-int8"
    }


# -- what is known --------------------------------------------------------------------------


def test_every_model_of_fastembed_is_offered(models: FastembedModels) -> None:
    """The packaged one first; each with what a choice needs."""
    offers = {offer.name: offer for offer in models.offers()}

    assert next(iter(offers)) == "all-MiniLM-L6-v2/int8"
    assert len(offers) > 30
    bge = offers[BGE]
    assert (bge.dimension, bge.megabytes, bge.languages, bge.licence, bge.tokens) == (
        384,
        67,
        "English",
        "mit",
        512,
    )
    assert offers[E5].languages == "Multilingual (~100 languages)"
    assert offers["jinaai/jina-embeddings-v2-base-zh"].languages == "Chinese and English"
    assert [name for name, offer in offers.items() if not offer.languages] == []
    assert all(offer.megabytes for offer in list(offers.values())[1:])


def test_a_model_that_is_not_here_is_missing(models: FastembedModels) -> None:
    """Nobody is asked for it."""
    assert models.stored_as(BGE) is None
    with pytest.raises(EmbedderMissing, match=BGE):
        models.embedder(f"{BGE}@0123456789ab")
    with pytest.raises(EmbedderMissing):
        models.embedder("no such model")


# -- fetched --------------------------------------------------------------------------------


def test_a_model_is_fetched_and_loaded_from_its_folder(
    models: FastembedModels, hub: Hub, packaged: MiniLMEmbedder, tmp_path: Path
) -> None:
    """Only the files that it needs; then the hub may be gone."""
    told = download(models, MINILM)

    held = hub.repositories["Qdrant/all-MiniLM-L6-v2-onnx"]
    total = sum(len(content) for name, content in held.items() if name != "README.md")
    assert told[0] == (0, total)
    assert told[-1] == (total, total)
    assert told == sorted(told)
    assert not any("README" in path for path in hub.paths())
    asked = len(hub.asked)
    stored = models.stored_as(MINILM)
    assert stored is not None
    assert models.offer_of(stored) == MINILM
    embedder = FastembedModels(tmp_path, packaged).embedder(stored)
    assert (embedder.name, embedder.dimension) == (stored, 384)
    assert np.abs(embedder.embed(TEXTS) - packaged.embed(TEXTS)).max() < 1e-5
    assert len(hub.asked) == asked
    assert left_in(tmp_path) == {"sentence-transformers--all-MiniLM-L6-v2"}


def test_the_hub_is_told_nothing_of_the_person(models: FastembedModels, hub: Hub) -> None:
    """Not the token that they have for it, either."""
    download(models, MINILM)

    told = json.dumps(hub.asked)
    assert "hf_of_the_person" not in told
    assert "authorization" not in told.lower()


def test_the_weights_are_part_of_the_name(
    models: FastembedModels, hub: Hub, tmp_path: Path, packaged: MiniLMEmbedder
) -> None:
    """Other weights of the same model are another model, whose vectors are not compared with
    these."""
    download(models, MINILM)
    first = models.stored_as(MINILM)
    assert first is not None
    folder = tmp_path / "models" / "sentence-transformers--all-MiniLM-L6-v2"
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "mark": "another"}))

    again = FastembedModels(tmp_path, packaged)

    assert again.stored_as(MINILM) == f"{MINILM}@another"
    with pytest.raises(EmbedderMissing):
        again.embedder(first)


def test_a_download_that_is_stopped_leaves_nothing(
    models: FastembedModels, hub: Hub, tmp_path: Path
) -> None:
    """Between two pieces."""
    stop = Event()

    models.download(MINILM, lambda done, _: stop.set() if done else None, stop)

    assert models.stored_as(MINILM) is None
    assert left_in(tmp_path) == set()


def test_a_connection_that_breaks_off_goes_on_where_it_was(
    models: FastembedModels, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the byte that is wanted next."""
    monkeypatch.setattr("time.sleep", lambda _seconds: setattr(hub, "gives", None))
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1 << 16)
    hub.gives = 2 << 20

    download(models, MINILM)

    assert models.stored_as(MINILM) is not None
    ranges = [headers["Range"] for _, _, headers in hub.asked if "Range" in headers]
    assert len(ranges) == 1
    assert 1 << 20 < int(ranges[0].removeprefix("bytes=").partition("-")[0]) <= 2 << 20


def test_whole_files_are_not_fetched_again_where_it_broke_off_for_good(
    models: FastembedModels,
    hub: Hub,
    files: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What came is kept aside, and not used before the rest is there."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    hub.gives = len(files["model.onnx"]) + 1000
    with pytest.raises(DownloadFailed, match="cannot be reached"):
        download(models, MINILM)
    assert models.stored_as(MINILM) is None
    assert left_in(tmp_path) == {".sentence-transformers--all-MiniLM-L6-v2"}

    hub.gives = None
    hub.asked.clear()
    download(models, MINILM)

    assert models.stored_as(MINILM) is not None
    got = [path for method, path, _ in hub.asked if method == "GET"]
    assert any(path.endswith("tokenizer.json") for path in got)
    assert not any(path.endswith("model.onnx") for path in got)
    assert left_in(tmp_path) == {"sentence-transformers--all-MiniLM-L6-v2"}


def test_damaged_files_are_refused(models: FastembedModels, hub: Hub, tmp_path: Path) -> None:
    """By what the hub says that they are."""
    hub.lies = True

    with pytest.raises(DownloadFailed, match="came damaged"):
        download(models, MINILM)

    assert models.stored_as(MINILM) is None
    hub.lies = False
    download(models, MINILM)
    assert models.stored_as(MINILM) is not None


@pytest.mark.parametrize(("status", "words"), [(404, "answered 404"), (403, "answered 403")])
def test_what_the_hub_answers_is_told(
    models: FastembedModels, hub: Hub, status: int, words: str
) -> None:
    hub.status = status

    with pytest.raises(DownloadFailed, match=words):
        download(models, MINILM)


def test_without_a_network_it_says_so(
    models: FastembedModels, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one sentence, with what to do."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free.getsockname()[1]}")

        with pytest.raises(DownloadFailed, match="Check that this computer is online") as no:
            download(models, MINILM)

    assert str(no.value).count(". ") == 1
    assert models.stored_as(MINILM) is None


def test_a_full_disk_is_named_and_leaves_nothing(
    models: FastembedModels, hub: Hub, tmp_path: Path
) -> None:
    """While its files come."""
    with no_room_for_files(), pytest.raises(EmbedderUnavailable, match="no room"):
        download(models, MINILM)

    assert left_in(tmp_path) == set()


def test_it_is_not_begun_where_there_is_no_room(
    models: FastembedModels, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub says how large it is."""
    full = namedtuple("usage", "total used free")(10**9, 10**9 - 1000, 1000)
    monkeypatch.setattr("memory.adapters.model_hub.shutil.disk_usage", lambda _: full)

    with pytest.raises(EmbedderUnavailable, match="There is no room for"):
        download(models, MINILM)

    assert not any("resolve" in path for path in hub.paths())


def test_a_model_that_makes_other_numbers_is_refused(
    models: FastembedModels, hub: Hub, tmp_path: Path
) -> None:
    """It is tried before it is taken."""
    with pytest.raises(EmbedderMismatch, match="384 numbers of a text, and 768 were expected"):
        download(models, OF_768)

    assert models.stored_as(OF_768) is None
    assert left_in(tmp_path) == set()


def test_a_repository_without_a_needed_file_is_refused(models: FastembedModels, hub: Hub) -> None:
    """The large model keeps its weights in a second file."""
    with pytest.raises(EmbedderUnavailable, match=r"lacks the file model\.onnx_data"):
        download(models, E5)


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_files_that_change_later_are_not_used(
    models: FastembedModels, hub: Hub, tmp_path: Path, damage: str
) -> None:
    """It is as if the model were not there, and can be fetched again."""
    download(models, MINILM)
    stored = models.stored_as(MINILM)
    assert stored is not None
    weights = tmp_path / "models" / "sentence-transformers--all-MiniLM-L6-v2" / "model.onnx"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:1000])
    else:
        weights.unlink()

    assert models.stored_as(MINILM) is None
    with pytest.raises(EmbedderMissing):
        models.embedder(stored)
    download(models, MINILM)
    assert models.stored_as(MINILM) == stored


def test_a_folder_of_this_computer_can_be_taken(
    models: FastembedModels, files: dict[str, bytes], tmp_path: Path, packaged: MiniLMEmbedder
) -> None:
    """Without a network at all; a length that it does not tell comes from what is known."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(files[name])

    models.copy_from(MINILM, folder)

    stored = models.stored_as(MINILM)
    assert stored is not None
    assert np.abs(models.embedder(stored).embed(TEXTS) - packaged.embed(TEXTS)).max() < 1e-5
    models.remove(MINILM)
    assert models.stored_as(MINILM) is None
    with pytest.raises(EmbedderMissing):
        models.embedder(stored)
    models.copy_from(MINILM, folder)
    (folder / "model.onnx").unlink()
    with pytest.raises(EmbedderUnavailable, match=r"lacks the file model\.onnx"):
        models.copy_from(MINILM, folder)
    assert models.stored_as(MINILM) == stored


# -- embedding ------------------------------------------------------------------------------


def test_a_model_that_tells_questions_apart_is_asked_so(
    models: FastembedModels, hub: Hub, packaged: MiniLMEmbedder
) -> None:
    """As its makers trained it."""
    download(models, BGE)
    stored = models.stored_as(BGE)
    assert stored is not None
    embedder = models.embedder(stored)

    assert isinstance(embedder, QuestionEmbedder)
    asked = embedder.embed_questions(["green tea"])[0]
    in_full = embedder.embed(
        ["Represent this sentence for searching relevant passages: green tea"]
    )[0]
    assert np.abs(asked - in_full).max() < 1e-5
    assert np.abs(asked - embedder.embed(["green tea"])[0]).max() > 0.01


def test_one_that_does_not_is_not(models: FastembedModels, hub: Hub) -> None:
    download(models, MINILM)
    stored = models.stored_as(MINILM)
    assert stored is not None

    embedder = models.embedder(stored)

    assert isinstance(embedder, FastembedEmbedder)
    assert not isinstance(embedder, QuestionEmbedder)


def test_vectors_are_rows_of_unit_length_in_the_order_of_the_texts(
    models: FastembedModels, hub: Hub
) -> None:
    """Also where the model itself does not see to that; of no texts, too."""
    download(models, BGE)
    embedder = models.embedder(models.stored_as(BGE) or "")
    unscaled = embedder.load()  # type: ignore[attr-defined]
    embed = unscaled.passage_embed
    unscaled.passage_embed = lambda texts, **more: (7 * row for row in embed(texts, **more))

    vectors = embedder.embed(TEXTS)

    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(vectors[0] - embedder.embed(TEXTS[:1])[0]).max() < 1e-5
    assert embedder.embed([]).shape == (0, 384)
