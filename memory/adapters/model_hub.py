"""Fetching a model's files from the hub that has them: the one place that asks the network for it,
when the person agreed to that.

No token of the person's goes along, nor a word of theirs: the hub learns which model is fetched.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from memory.adapters.described import HUB, LATER, Described
from memory.adapters.embedder import NO_ROOM
from memory.errors import DownloadFailed, EmbedderUnavailable

READ_BYTES = 1 << 20
OFFLINE = "Check that this computer is online, then try again."

OnBytes = Callable[[int, int], None]
"""How many have come, and of how many."""


class StoppedDownload(Exception):
    """Raised in the midst of a file, where somebody asked to stop."""


def fetch(model: Described, draft: Path, on_bytes: OnBytes, stop: Event) -> None:
    """Into the draft folder, where what is there already is not fetched again. Raises
    StoppedDownload, and what ``told`` translates."""
    hub = _hub()
    endpoint = os.environ.get("HF_ENDPOINT") or None
    info = hub.HfApi(endpoint=endpoint, token=False).model_info(
        model.repository, files_metadata=True
    )
    files = [each for each in info.siblings or [] if each.rfilename in model.wanted]
    total, before = sum(each.size or 0 for each in files), 0
    draft.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(draft).free < total:
        raise OSError(errno.ENOSPC, "no room for the model")
    on_bytes(0, total)
    for each in files:
        if stop.is_set():
            raise StoppedDownload
        path = hub.hf_hub_download(
            model.repository,
            each.rfilename,
            revision=info.sha,
            local_dir=draft,
            token=False,
            endpoint=endpoint,
            tqdm_class=_bar(hub, on_bytes, stop, before, total),
        )
        _check(model, Path(path), each)
        before += each.size or 0
        on_bytes(before, total)


def _hub() -> Any:
    """The library, told to keep to what it is asked for: no token of the person's, no statistics,
    and no second way of its own to the network."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import huggingface_hub
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.HF_HUB_DISABLE_XET = True
    return huggingface_hub


def _bar(hub: Any, on_bytes: OnBytes, stop: Event, before: int, total: int) -> type:
    """What the hub's library takes for a progress bar. ``before``: bytes of earlier files."""

    class Bar(hub.utils.tqdm):  # type: ignore[misc]  # what it derives from is only known here
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options | {"disable": True})
            self._arrived = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> None:
            if stop.is_set():
                raise StoppedDownload
            self._arrived += int(n or 0)
            on_bytes(before + self._arrived, total)

    return Bar


def _check(model: Described, path: Path, said: Any) -> None:
    """Against what the hub says: SHA-256 of large files, git's own hash of small ones."""
    if said.lfs is not None:
        whole = digest_of(path) == said.lfs.sha256
    elif said.blob_id:
        content = path.read_bytes()
        # git's name of a file; it guards against a broken copy, not against an attacker
        header = f"blob {len(content)}\0".encode()
        blob = hashlib.sha1(header + content, usedforsecurity=False).hexdigest()
        whole = blob == said.blob_id
    else:
        whole = path.stat().st_size == said.size
    if not whole:
        path.unlink()
        raise DownloadFailed(model.name, f"the file {said.rfilename} came damaged", LATER)


@contextmanager
def told(model: Described) -> Iterator[None]:
    """What the libraries raise, in one sentence and a remedy."""
    hub = _hub()
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import httpx

    try:
        yield
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", "an error")
        raise DownloadFailed(model.name, f"{HUB} answered {status}", LATER) from error
    except (httpx.TransportError, hub.errors.OfflineModeIsEnabled) as error:
        raise DownloadFailed(model.name, f"{HUB} cannot be reached", OFFLINE) from error
    except hub.errors.LocalEntryNotFoundError as error:
        raise DownloadFailed(model.name, f"{HUB} cannot be reached any more", OFFLINE) from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise EmbedderUnavailable(
                f"There is no room for “{model.name}” on the disk: it takes "
                f"{model.offer.megabytes:,} MB. Free some space, then try again."
            ) from error
        raise DownloadFailed(model.name, "the connection or the disk failed", LATER) from error


def digest_of(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as opened:
            while block := opened.read(READ_BYTES):
                digest.update(block)
    return digest.hexdigest()
