"""A model asked, and its answer with the values of what was masked for it put back."""

from collections.abc import Iterable, Iterator

from memory.errors import ConsentRequired, ModelUnavailable
from memory.flow import permission
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.sending import ledger
from memory.flow.sending.given import Given
from memory.flow.turn import Turn
from memory.protocols import Counted, Model
from memory.records import REMOTE_MODEL, Pseudonym, Usage
from memory.rules.pseudonyms import Restorer


def ask(parts: Parts, model: Model, this: Turn, given: Given, reply: Reply) -> Iterator[str]:
    """Call it when the first piece is wanted: the consent may be gone by then."""
    if model.is_local:
        return model.stream(given.context.messages)
    if permission.consenting(parts, this.request.user_id, REMOTE_MODEL) is None:
        raise ConsentRequired(REMOTE_MODEL, "sent")
    ledger.begin(parts, this, reply, given.context, given.most_cost)
    return Restored(model.stream(given.context.messages), given.pseudonyms)


class Restored:
    """As the model's own iterator, and stopped as that is."""

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
