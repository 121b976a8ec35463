"""Bringing in what was chosen of a file, in small batches: each is complete when it is in the file,
so that a stop, a crash or a full disk costs the one under way, and the next run goes on behind it.
"""

from collections.abc import Callable, Collection
from threading import Event

from memory.flow.chats import choosing, lines, messages
from memory.flow.chats.lines import Same
from memory.flow.chats.messages import Conversations
from memory.flow.chats.tally import Tally
from memory.flow.parts import Parts
from memory.records import ChatImport, ChatImportReport, ChatProgress

BATCH = 50
"""Messages: so many take a second, for which whoever else writes, or reads a text, may wait."""

OnChatProgress = Callable[[ChatProgress], None]


def import_chats(
    parts: Parts,
    user_id: str,
    data: bytes,
    only: Collection[str] | None,
    on_step: OnChatProgress | None,
    stop: Event | None,
) -> ChatImportReport:
    """Stopped, it ends with the conversation under way. Raises ImportRejected, ConsentRequired."""
    person_id = choosing.consenting(parts, user_id)
    chosen = choosing.choose(parts, person_id, data, only, parts.clock())
    tally, stop, tell = Tally(chosen), stop or Event(), on_step or _nobody
    tell(tally.progress)
    going_on = Conversations()
    while batch := _next_messages(tally, stop):
        messages.bring_in(parts, user_id, person_id, batch, going_on, tally)
        tally.done += len(batch)
        tally.complete += sum(each.ends for each in batch)
        tell(tally.progress)
    same = Same(parts.store.memories.all(person_id) if chosen.lines else ())
    while tally.done < chosen.total and not stop.is_set():
        some = chosen.lines[tally.done : tally.done + BATCH]
        lines.bring_in(parts, user_id, person_id, some, same, tally)
        tally.done += len(some)
        tell(tally.progress)
    if tally.import_id is not None and tally.done == chosen.total:
        with parts.store.transaction():
            parts.store.chat_imports.end(tally.import_id, parts.clock())
    return tally.report


def _next_messages(tally: Tally, stop: Event) -> tuple[choosing.WaitingMessage, ...]:
    """Once it is stopped, only the rest of the conversation under way; then none."""
    waiting, begin = tally.chosen.messages, tally.done
    end = min(begin + BATCH, len(waiting))
    if stop.is_set():
        if begin == 0 or waiting[begin - 1].ends:
            return ()
        ends = next(place for place in range(begin, len(waiting)) if waiting[place].ends)
        end = min(end, ends + 1)
    return waiting[begin:end]


def _nobody(progress: ChatProgress) -> None:
    """Listens."""


def imports(parts: Parts, user_id: str) -> list[ChatImport]:
    """The latest first; those of which nothing is left are not among them."""
    person_id = parts.store.people.find(user_id)
    found = [] if person_id is None else parts.store.chat_imports.all(person_id)
    return [each for each in found if each.messages or each.memories]
