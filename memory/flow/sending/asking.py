"""A model asked, and its answer with the values of what was masked for it put back."""

from collections.abc import Iterable, Iterator

from memory.errors import ConsentRequired, InvalidInput, ModelUnavailable
from memory.flow import ending, permission, policies
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.sending import recording
from memory.flow.sending.given import Given
from memory.flow.turn import Turn
from memory.protocols import Counted, Model
from memory.records import REMOTE_MODEL, Pseudonym, Status, Usage
from memory.rules.pseudonyms import Restorer


def ask(parts: Parts, model: Model, this: Turn, given: Given, reply: Reply) -> Iterator[str]:
    """Call it when the first piece is wanted, however long after the answer was prepared: by then
    the consent, or what is to be sent, may be gone.

    Raises ConsentRequired, InvalidInput, BudgetSpent; and StoreUnavailable where the budget could
    not be kept.
    """
    if model.is_local:
        return model.stream(given.context.messages)
    person_id = permission.consenting(parts, this.request.user_id, REMOTE_MODEL)
    if person_id is None:
        raise ConsentRequired(REMOTE_MODEL, "sent")
    if not (ending.is_there(parts, reply) and _may_go(parts, person_id, given)):
        raise InvalidInput(
            "What would be sent was erased or closed meanwhile, so nothing was sent. Ask again."
        )
    recording.begin(parts, this, reply, given.context, given.most_cost)
    return Restored(model.stream(given.context.messages), given.pseudonyms)


def _may_go(parts: Parts, person_id: int, given: Given) -> bool:
    """Not where a memory in it was forgotten since, or put into a class that stays here."""
    classes = policies.of(parts, person_id).classes
    items = parts.store.memories.many(list(given.context.memory_ids))
    return all(
        item.status is not Status.FORGOTTEN and classes[item.data_class].sent for item in items
    )


class Restored:
    """A model's answer with the values in the place of their placeholders; counted and stopped as
    the model's own iterator is."""

    def __init__(self, source: Iterator[str], pseudonyms: Iterable[Pseudonym]) -> None:
        self._source = source
        self._restorer = Restorer(pseudonyms)
        self._pieces = self._run()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    @property
    def usage(self) -> Usage | None:
        return self._source.usage if isinstance(self._source, Counted) else None

    def close(self) -> None:
        close = getattr(self._source, "close", None)
        if close is not None:
            close()

    def _run(self) -> Iterator[str]:
        try:
            for piece in self._source:
                yield self._restorer.take(piece)
        except ModelUnavailable:
            yield self._restorer.end()  # it was said before the model broke off
            raise
        yield self._restorer.end()
