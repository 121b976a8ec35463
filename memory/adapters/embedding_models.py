"""The embedding models of fastembed that the person can choose, each downloaded when they agreed to
that, from the hub that has it (Hugging Face), and at no other time.

A model is whole or not there: its files come into a draft folder, are checked against what the hub
says of them, are tried once, and only then is the folder given its name. From then on they are read
from there alone. What an embedder is called ends in a mark of its weights: other weights of the
same model are another model, whose vectors say nothing about these.
"""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from memory.adapters.described import LATER, Described, described, made
from memory.adapters.embedder import supported_models
from memory.adapters.model_hub import OnBytes, StoppedDownload, digest_of, fetch, told
from memory.errors import DownloadFailed, EmbedderMismatch, EmbedderMissing, EmbedderUnavailable
from memory.protocols import Embedder
from memory.records import EmbeddingOffer

MANIFEST = "recollect.json"
"""Written last: what is in the folder, and the mark of its weights."""
MARK = "@"
MARK_LENGTH = 12
PROBE = "A cup of tea in the garden."


class FastembedModels:
    def __init__(self, cache: Path, packaged: Embedder) -> None:
        self.packaged = packaged
        self._folder = cache / "models"
        self._lock = threading.Lock()
        self._described: dict[str, Described] | None = None
        self._embedders: dict[str, Embedder] = {}

    # -- what there is ----------------------------------------------------------------------

    def offers(self) -> tuple[EmbeddingOffer, ...]:
        packaged = EmbeddingOffer(
            self.packaged.name, self.packaged.dimension, 0, "English", "apache-2.0", "", 256
        )
        return (packaged, *(each.offer for each in self._all().values()))

    def stored_as(self, name: str) -> str | None:
        if name == self.packaged.name:
            return name
        mark = _mark_of(self._folder_of(name))
        return None if mark is None else f"{name}{MARK}{mark}"

    def offer_of(self, stored_as: str) -> str:
        return stored_as.partition(MARK)[0]

    def embedder(self, stored_as: str) -> Embedder:
        if stored_as == self.packaged.name:
            return self.packaged
        name = self.offer_of(stored_as)
        with self._lock:
            known = self._embedders.get(stored_as)
        if known is not None:
            return known
        if self.stored_as(name) != stored_as or name not in self._all():
            raise EmbedderMissing(name)
        embedder = made(self._all()[name], self._folder_of(name), stored_as)
        with self._lock:
            return self._embedders.setdefault(stored_as, embedder)

    def _all(self) -> dict[str, Described]:
        """Read once: fastembed takes a second to load."""
        if self._described is None:
            self._described = {each["model"]: described(each) for each in supported_models()}
        return self._described

    def _folder_of(self, name: str) -> Path:
        return self._folder / name.replace("/", "--")

    # -- bringing one here ------------------------------------------------------------------

    def download(self, name: str, on_bytes: OnBytes, stop: Event) -> None:
        """Whole files are kept where the connection broke off for good, to go on with; nothing is
        where it was stopped or does not fit."""
        model, draft = self._all()[name], self._draft(name)
        try:
            with self._alone(name), told(model):
                fetch(model, draft, on_bytes, stop)
                self._take(model, draft)
        except StoppedDownload:
            shutil.rmtree(draft, ignore_errors=True)
        except DownloadFailed:
            raise
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise

    def copy_from(self, name: str, folder: Path) -> None:
        """Laid out as on the hub, or all beside each other."""
        model, draft = self._all()[name], self._draft(name)
        shutil.rmtree(draft, ignore_errors=True)
        try:
            with self._alone(name), told(model):
                for file in sorted(model.wanted):
                    places = (folder / file, folder / Path(file).name)
                    found = next((place for place in places if place.is_file()), None)
                    if found is not None:
                        (draft / file).parent.mkdir(parents=True, exist_ok=True)
                        shutil.copyfile(found, draft / file)
                self._take(model, draft)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise

    def remove(self, name: str) -> None:
        with self._lock:
            for stored in [key for key in self._embedders if self.offer_of(key) == name]:
                del self._embedders[stored]
        shutil.rmtree(self._folder_of(name), ignore_errors=True)

    def _draft(self, name: str) -> Path:
        return self._folder / f".{name.replace('/', '--')}"

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Other programs wait for no download, and write into none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{self._draft(name)}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise DownloadFailed(name, "another program is at it", "Wait for it.") from error
        try:
            yield
        finally:
            lock.release()

    def _take(self, model: Described, draft: Path) -> None:
        """The draft as the model's folder, if it is whole and works."""
        missing = sorted(file for file in model.needed if not (draft / file).is_file())
        if missing:
            raise EmbedderUnavailable(
                f"“{model.name}” lacks the file {missing[0]}, so it was not taken. "
                "Put it there, or choose another model."
            )
        shutil.rmtree(draft / ".cache", ignore_errors=True)  # of the hub's library
        _give_length(draft, model.offer.tokens)
        _try_out(model, draft)
        found = sorted(model.wanted | {"tokenizer_config.json"})
        sizes = {file: (draft / file).stat().st_size for file in found if (draft / file).is_file()}
        mark = digest_of(draft / model.weights, *(draft / file for file in model.more))
        manifest = {"model": model.name, "mark": mark[:MARK_LENGTH], "sizes": sizes}
        (draft / MANIFEST).write_text(json.dumps(manifest))
        folder = self._folder_of(model.name)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)


# -- its folder -----------------------------------------------------------------------------


def _mark_of(folder: Path) -> str | None:
    """None unless every file is there, as long as it was when it was checked."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        for file, size in manifest["sizes"].items():
            if (folder / file).stat().st_size != size:
                return None
    except (OSError, ValueError, KeyError):
        return None
    mark: str = manifest["mark"]
    return mark


def _give_length(folder: Path, tokens: int | None) -> None:
    """fastembed wants to be told how long a text may be; some models leave it out."""
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text()) if path.is_file() else {}
    length = config.get("model_max_length")
    if not isinstance(length, int) or not 0 < length < 1 << 20:
        path.write_text(json.dumps(config | {"model_max_length": tokens or 512}))


def _try_out(model: Described, folder: Path) -> None:
    vectors = made(model, folder, model.name).embed([PROBE])
    if vectors.shape != (1, model.dimension):
        raise EmbedderMismatch(
            f"“{model.name}” makes {vectors.shape[-1]} numbers of a text, and {model.dimension} "
            f"were expected, so it was not taken. {LATER}"
        )
