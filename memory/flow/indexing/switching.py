"""Another index comes into use, in one transaction; the one before it is kept as the way back until
the person lets it go.

While it is kept, new memories get no vector in it: that would double the work of each turn for a
way that is seldom gone. Going back completes it first.
"""

from threading import Event

from memory.errors import InvalidInput, NotFound
from memory.flow import erase
from memory.flow.indexing import building
from memory.flow.parts import Parts
from memory.records import Act, IndexState
from memory.store.indexes import Index

NOT_BUILT = "There is no index to switch to. Choose a model and have its index built first."
NO_WAY_BACK = "There is no earlier index to go back to: none is kept."
IN_USE = "The index in use cannot be let go. Switch to another one first."


def switch(parts: Parts) -> None:
    """To the index that is being built; what it still lacks is embedded first. Raises InvalidInput,
    and EmbedderUnavailable."""
    _use(parts, parts.store.indexes.find(IndexState.BEING_BUILT), NOT_BUILT)
    parts.builds.forget()


def back(parts: Parts) -> None:
    """To the index that was in use before; what was stored since is embedded for it first. The one
    that is left is kept in its turn. Raises as ``switch``."""
    _use(parts, parts.store.indexes.find(IndexState.KEPT), NO_WAY_BACK)


def _use(parts: Parts, index: Index | None, missing: str) -> None:
    if index is None:
        raise InvalidInput(missing)
    never = Event()
    while True:
        building.fill(parts, index, never, gives_way=False)
        with parts.store.transaction():
            current = next(
                (each for each in parts.store.indexes.all() if each.id == index.id), None
            )
            if current is None or (current.model, current.state) != (index.model, index.state):
                raise InvalidInput("Meanwhile this index was switched to, or let go. Look again.")
            if not parts.store.indexes.lacking(index, 1):
                parts.store.indexes.use(index)
                building.note(parts, Act.SWITCH_INDEX)
                return


def drop(parts: Parts, name: str) -> bool:
    """Every vector of the index leaves the file, to the bytes; there is no undo. False when another
    program still reads the old state: then they go as soon as nothing hinders it.

    Of one that came to nothing, as its model could not be fetched, there is only that to forget.

    Raises NotFound, and InvalidInput for the one in use.
    """
    now, doing = parts.clock(), parts.builds.doing
    if doing is not None and doing.model == name and doing.problem:
        parts.builds.forget()
        if parts.store.indexes.find(IndexState.BEING_BUILT) is None:
            return True
    with parts.store.transaction():
        index = _named(parts, name)
        if index.state is IndexState.IN_USE:
            raise InvalidInput(IN_USE)
        parts.store.erasure.begin(building.WHAT, now)
        parts.store.indexes.drop(index)
        building.note(parts, Act.DROP_INDEX)
    parts.builds.stop()
    parts.builds.forget()
    return erase.finish_pending(parts)


def _named(parts: Parts, name: str) -> Index:
    for index in reversed(parts.store.indexes.all()):  # both may be by one, with other weights
        if parts.embedder.models.offer_of(index.model) == name:
            return index
    raise NotFound("index by", name)
