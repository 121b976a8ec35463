"""What was read, as an archive: in the form of one, and telling of nothing that cannot be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from memory.errors import ImportRejected, InvalidInput
from memory.flow import intake
from memory.flow.parts import Parts
from memory.flow.transfer.shapes import LONGEST_TEXT, build, schema
from memory.records import MessageState, Role
from memory.records.archive import FORMAT, FORMAT_VERSION, Archive
from memory.store.placeholders import NUMBERED

CLOCKS_DIFFER = timedelta(minutes=10)
"""Those of two computers may, by so much."""
MAY_BE_TO_COME = frozenset({"expires_at", "valid_until", "fades_at", "until"})
"""Moments that tell of the future; all others tell what was."""
CORRECT = "Correct it, or export anew."


def archive_of(parts: Parts, content: Any, now: datetime) -> Archive:
    """Raises ImportRejected."""
    _check_head(content)
    if problem := parts.schema_checker.first_problem(schema(), content):
        raise ImportRejected(f"{problem}, by schema.json of an export", CORRECT)
    archive = build(Archive, content)
    for moment in _moments(archive):
        _check_moment(moment, now)
    check_ids(archive)
    _check_links(archive)
    _check_names(archive)
    _check_sizes(parts, archive)
    return archive


def _check_head(content: Any) -> None:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ImportRejected("this is JSON, but no export of Recollect")
    version = content.get("version")
    if version == FORMAT_VERSION:
        return
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise ImportRejected("a newer Recollect made this export", "Update Recollect first.")
    raise ImportRejected(
        "this export is of a version that cannot be imported",
        "Export anew, with the Recollect that it comes from.",
    )


# -- moments --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    name: str
    at: datetime


def _moments(archive: Archive) -> Iterator[_Moment]:
    """Of all that an import reads."""
    for each in fields(archive):
        if each.name not in ("inferred", "audit"):
            yield from _inside(each.name, getattr(archive, each.name))
    yield from _inside("summaries", archive.inferred.summaries)


def _inside(name: str, value: Any) -> Iterator[_Moment]:
    if isinstance(value, datetime):
        yield _Moment(name, value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _inside(name, each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _inside(field.name, getattr(value, field.name))


def _check_moment(moment: _Moment, now: datetime) -> None:
    if not intake.FIRST_YEAR <= moment.at.year <= intake.LAST_YEAR:
        raise ImportRejected(f"“{moment.name}” is in the year {moment.at.year}", CORRECT)
    if moment.name not in MAY_BE_TO_COME and moment.at > now + CLOCKS_DIFFER:
        raise ImportRejected(
            f"“{moment.name}” is {moment.at:%Y-%m-%d %H:%M}, which is still to come",
            "Correct it, or the clock of this computer.",
        )


# -- ids, names, sizes ----------------------------------------------------------------------


def check_ids(archive: Archive) -> None:
    """Raises ImportRejected. Names that were masked may be the same, too."""
    messages = [each for talk in archive.conversations for each in talk.messages]
    for what, ids in (
        ("memories", [each.id for each in archive.memories]),
        ("conversations", [each.id for each in archive.conversations]),
        ("messages", [each.id for each in messages]),
        ("sweeps", [each.id for each in archive.sweeps]),
        ("entries of the ledger", [each.id for each in archive.ledger]),
        ("summaries", [each.conversation_id for each in archive.inferred.summaries]),
    ):
        if len(set(ids)) < len(ids):
            raise ImportRejected(f"two {what} have the same id", CORRECT)
    types: dict[int, str] = {}
    of_memories = [mention for each in archive.memories for mention in each.mentions]
    of_messages = [mention for each in messages for mention in each.mentions]
    for mention in of_memories + of_messages:
        if types.setdefault(mention.entity_id, mention.type) != mention.type:
            raise ImportRejected("two entities have the same id", CORRECT)


def _check_links(archive: Archive) -> None:
    """What refers to itself in the end would be followed for ever."""
    links = [
        {each.id: getattr(each, name) for each in archive.memories}
        for name in ("merged_into", "superseded_by", "follows")
    ]
    links.append({e.id: e.answers for talk in archive.conversations for e in talk.messages})
    if any(map(_goes_round, links)):
        raise ImportRejected("some things in it refer to one another in a circle", CORRECT)


def _goes_round(links: Mapping[int, int | None]) -> bool:
    done: set[int] = set()
    for start in links:
        path: set[int] = set()
        at: int | None = start
        while at is not None and at not in done:
            if at in path:
                return True
            path.add(at)
            at = links.get(at)
        done |= path
    return False


def _check_names(archive: Archive) -> None:
    try:
        for what, names in _names(archive):
            for name in dict.fromkeys(names):
                if name is not None:
                    intake.name(name, what)
    except InvalidInput as error:
        raise ImportRejected(f"it holds a name that cannot be: {error}", CORRECT) from error


def _names(archive: Archive) -> Iterator[tuple[str, Iterable[str | None]]]:
    yield "person", [archive.person]
    yield "purpose", [each.purpose for each in archive.consents]
    yield "purpose", [each.purpose for each in archive.memories]
    yield "conversation", [each.id for each in archive.conversations]
    yield "conversation", [each.conversation_id for each in archive.memories]
    yield "speaker", [each.speaker for each in archive.memories]
    yield "speaker", [each.speaker for talk in archive.conversations for each in talk.messages]


def _check_sizes(parts: Parts, archive: Archive) -> None:
    """As for whatever else is taken in; of what a model said, the schema says how long it may
    be."""
    settings = parts.settings
    for each in archive.memories:
        for text in (each.text, *(earlier.text for earlier in each.revisions)):
            _check_size(text, settings.max_memory_bytes, "memory")
            _check_shows(text)
    for talk in archive.conversations:
        for message in talk.messages:
            if message.state is MessageState.ERASED and message.text:
                raise ImportRejected("a message that was erased has a text", CORRECT)
            if message.role is Role.USER:
                _check_size(message.text, settings.max_message_bytes, "message")


def _check_shows(text: str) -> None:
    try:
        intake.clean(text, LONGEST_TEXT, "memory")
    except InvalidInput as error:
        raise ImportRejected("a memory is empty", CORRECT) from error


def _check_size(text: str, most: int, what: str) -> None:
    """Without placeholders, which may be longer than what they stand for."""
    size = len(NUMBERED.sub("", text).encode("utf-8", "surrogatepass"))
    if size > most:
        raise ImportRejected(
            f"a {what} has {size / 1024:,.0f} KB and {most / 1024:,.0f} are allowed", CORRECT
        )
