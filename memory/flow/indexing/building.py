"""Another index, built beside the one in use: in small batches, each in a transaction of its own,
so that it goes on from where it was stopped, however that came about.

What is stored, corrected or erased meanwhile is looked after by the file: a memory that has no
vector in the index is still to be done, and a vector of a text that was changed in between is not
taken.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from memory.errors import AppError, InvalidInput, NotFound
from memory.flow import audit
from memory.flow.indexing.builds import Doing
from memory.flow.indexing.embedders import embedded
from memory.flow.parts import Parts
from memory.protocols import Embedder
from memory.records import (
    Act,
    BuildState,
    EmbeddingModel,
    EmbeddingOffer,
    IndexBuild,
    IndexState,
    MemoryItem,
    Role,
)
from memory.rules.query import attributed
from memory.store.indexes import Embedded, Index

BATCH = 16
"""Texts embedded at once: a fifth of a second with the packaged model, in which a message waits
for half of the processor at most."""
WHAT = "index"
"""What the audit calls it."""
OTHER_FIRST = (
    "An index by “{model}” is {state}. Let it go first: beside the one in use there is room for "
    "one."
)


# -- what there is --------------------------------------------------------------------------


def models(parts: Parts) -> list[EmbeddingModel]:
    """All that can be chosen, the one in use first, then what else there is an index of."""
    known = parts.embedder.models
    # where both are by one model, with other weights, the one in use stands for it
    stored = reversed(parts.store.indexes.all())
    indexes = {known.offer_of(index.model): index for index in stored}
    offers = {offer.name: offer for offer in known.offers()}
    for name, index in indexes.items():
        offers.setdefault(name, _no_longer_offered(name, index))
    found = [
        EmbeddingModel(
            offer,
            _is_here(parts, offer.name, indexes.get(offer.name)),
            indexes[offer.name].state if offer.name in indexes else None,
            indexes[offer.name].vectors if offer.name in indexes else 0,
        )
        for offer in offers.values()
    ]
    order = [IndexState.IN_USE, IndexState.BEING_BUILT, IndexState.KEPT, None]
    return sorted(found, key=lambda model: order.index(model.state))


def _is_here(parts: Parts, name: str, index: Index | None) -> bool:
    stored = parts.embedder.models.stored_as(name)
    return stored is not None if index is None else stored == index.model


def _no_longer_offered(name: str, index: Index) -> EmbeddingOffer:
    return EmbeddingOffer(name, index.dimension, 0, "", "", "a hub", None)


def progress(parts: Parts) -> IndexBuild | None:
    """Of the index that is being built, or of the download that it waits for."""
    doing, index = parts.builds.doing, parts.store.indexes.find(IndexState.BEING_BUILT)
    if index is None:
        return None if doing is None else _begun_by(parts, doing)
    name, of = parts.embedder.models.offer_of(index.model), parts.store.indexes.memories()
    if doing is not None and doing.is_running:
        return IndexBuild(name, doing.state, index.vectors, of, doing.seconds_left)
    lacks = not _is_here(parts, name, index)
    was_whole = doing is not None and doing.state is BuildState.READY  # what came since is little
    state = BuildState.READY if was_whole or index.vectors >= of else BuildState.STOPPED
    problem = doing.problem if doing is not None and state is BuildState.STOPPED else ""
    return IndexBuild(name, state, index.vectors, of, None, problem, lacks)


def _begun_by(parts: Parts, doing: Doing) -> IndexBuild | None:
    """Before there is anything in the file; what ended without a problem is nothing."""
    if not (doing.is_running or doing.problem):
        return None
    return IndexBuild(
        doing.model,
        doing.state,
        doing.done,
        doing.of,
        doing.seconds_left,
        doing.problem,
        lacks_model=not (doing.is_running or _is_here(parts, doing.model, None)),
    )


def take_files(parts: Parts, name: str, folder: Path) -> None:
    """Of a model, from a folder instead of its hub. Raises NotFound and EmbedderUnavailable."""
    parts.embedder.models.copy_from(_offered(parts, name), folder)


def remove_files(parts: Parts, name: str) -> None:
    """Of a model that no index is by. Raises NotFound and InvalidInput."""
    known = parts.embedder.models
    if _offered(parts, name) in {known.offer_of(each.model) for each in parts.store.indexes.all()}:
        raise InvalidInput(f"There is an index by “{name}”. Let it go first.")
    known.remove(name)


def _offered(parts: Parts, name: str) -> str:
    if name not in {offer.name for offer in parts.embedder.models.offers()}:
        raise NotFound("embedding model", name)
    return name


# -- building -------------------------------------------------------------------------------


def build(parts: Parts, name: str, *, download: bool) -> None:
    """In the background; one that was stopped goes on. Raises NotFound, and InvalidInput where
    there is another, or ``download`` was not agreed to and is needed."""
    known = parts.embedder.models
    _check_alone(parts, _offered(parts, name))
    is_here = known.stored_as(name) is not None
    if not is_here and not download:
        raise InvalidInput(
            f"“{name}” is not on this computer yet. Agree to its download, or choose another model."
        )
    first = BuildState.BUILDING if is_here else BuildState.DOWNLOADING
    parts.builds.start(name, first, lambda stop: _run(parts, name, stop))


def complete(parts: Parts, index: Index) -> bool:
    """What little it lacks, here and now; False where that is more than a batch."""
    if len(parts.store.indexes.lacking(index, BATCH + 1)) > BATCH:
        return False
    return fill(parts, index, Event(), gives_way=False)


def resume(parts: Parts) -> None:
    """What was stopped goes on; nothing is downloaded for it. Raises NotFound when there is
    nothing, and InvalidInput where its model's files are not here."""
    found = progress(parts)
    if found is None:
        raise NotFound("index being built", "")
    build(parts, found.model, download=False)


def _check_alone(parts: Parts, name: str) -> None:
    for index in parts.store.indexes.all():
        model = parts.embedder.models.offer_of(index.model)
        if index.state is IndexState.IN_USE:
            same_files = index.model == parts.embedder.models.stored_as(name)
            if same_files:
                raise InvalidInput(f"“{name}” is in use already. Choose another model.")
        elif model != name or index.state is IndexState.KEPT:
            raise InvalidInput(OTHER_FIRST.format(model=model, state=index.state))


def _run(parts: Parts, name: str, stop: Event) -> None:
    """In the background: what hinders it is kept, to be told."""
    try:
        index = _begun(parts, name, stop)
        whole = not stop.is_set() and (index is None or fill(parts, index, stop))
    except AppError as error:
        parts.builds.end(BuildState.STOPPED, str(error))
    except BaseException:
        parts.builds.end(BuildState.STOPPED, "It ended unexpectedly. Let it go on.")
        raise
    else:
        parts.builds.end(BuildState.READY if whole else BuildState.STOPPED)


def _begun(parts: Parts, name: str, stop: Event) -> Index | None:
    """Its row, with its model's files on this computer; None when there is nothing to build."""
    known = parts.embedder.models
    if known.stored_as(name) is None:
        note(parts, Act.FETCH_MODEL)
        known.download(
            name,
            lambda done, of: parts.builds.now_at(BuildState.DOWNLOADING, done, of, parts.clock()),
            stop,
        )
    stored = known.stored_as(name)
    if stop.is_set() or stored is None:
        return None
    dimension = known.embedder(stored).dimension
    with parts.store.transaction():
        in_use = parts.store.vectors.model
        found = parts.store.indexes.find(IndexState.BEING_BUILT)
        if in_use == stored:
            return None  # it was missing, and now it is back
        if found is not None and found.model != stored:
            # by other files of the same model; its bytes leave the file with the next erasure
            parts.store.erasure.begin(WHAT, parts.clock())
            parts.store.indexes.drop(found)
            found = None
        if found is None:
            _check_alone(parts, name)
            parts.store.indexes.begin(stored, dimension)
            note(parts, Act.BUILD_INDEX)
    return parts.store.indexes.find(IndexState.BEING_BUILT)


def fill(parts: Parts, index: Index, stop: Event, *, gives_way: bool = True) -> bool:
    """Embed what has no vector in it until nothing is left. False when it was stopped, or is gone.

    ``gives_way``: to what somebody waits for.
    """
    embedder = parts.embedder.models.embedder(index.model)
    done, after = index.vectors, 0
    while not stop.is_set():
        lacking = parts.store.indexes.lacking(index, BATCH, after)
        if not (lacking or after):
            return True
        if lacking:
            if gives_way:
                parts.foreground.give_way(stop)
            if not _put(parts, index, embedder, lacking):
                return False
            done += len(lacking)
            _tell(parts, done)
        after = lacking[-1] if lacking else 0  # once more from the start: some may have changed
    return False


def _put(parts: Parts, index: Index, embedder: Embedder, memory_ids: Sequence[int]) -> bool:
    items = parts.store.memories.many(memory_ids)
    vectors = embedded(embedder, [searched(item) for item in items])
    put = [
        Embedded(item.id, item.text, vector) for item, vector in zip(items, vectors, strict=True)
    ]
    with parts.store.transaction():
        return parts.store.indexes.put(index, put)


def _tell(parts: Parts, done: int) -> None:
    """Where somebody looks: a switch completes an index without."""
    doing, of = parts.builds.doing, parts.store.indexes.memories()
    if doing is not None and doing.is_running:
        parts.builds.now_at(BuildState.BUILDING, min(done, of), of, parts.clock())


def searched(item: MemoryItem) -> str:
    """The text that a memory is found by: its own, with who said it, or with the problem that it
    solves, as where it was first stored (``confirmed``, ``study``)."""
    stated = item.statement
    if (
        item.speaker == Role.ASSISTANT.value
        and stated is not None
        and stated.worked
        and stated.problem not in item.text
    ):
        return f"{stated.problem}\n{item.text}"
    return attributed(item.text, item.speaker)


def stop(parts: Parts) -> None:
    """It can go on later."""
    parts.builds.stop()


def note(parts: Parts, act: Act) -> None:
    """In the audit of everybody whose memories it is about."""
    now = parts.clock()
    with parts.store.transaction():
        for person_id, _ in parts.store.people.all():
            audit.event(parts, person_id, act, WHAT, now)
