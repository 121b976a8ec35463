"""Exports that were edited at random: refused in a sentence, or brought in and sound."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory.engine import Memory
from memory.errors import AppError
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.lived import whole_file
from tests.flow.transfer.archives import Held, exported

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 60),
    st.floats(0, 1),
    st.text(max_size=12),
    st.sampled_from(
        [
            "active", "archived", "forgotten", "proposed", "merged", "fact", "episode", "sensitive",
            "public", "assistant", "user", "erased", "partial", "work", "home", "[EMAIL_3]",
            "2026-01-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00", "1999-12-31T23:59:59.5Z",
            "personalization", "remote_model", "it is at odds with what you said before", "on",
        ]
    ),
    st.just([]),
    st.just({}),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of everything in it but what an import does not read."""
    if path:
        yield path
    if not isinstance(value, dict | list):
        return
    for name, each in value.items() if isinstance(value, dict) else enumerate(value):
        if (*path, name)[:1] != ("audit",):
            yield from places(each, (*path, name))


def got(held: Held, path: tuple[Any, ...]) -> Any:
    at: Any = held
    for name in path:
        at = at[name]
    return at


def put(held: Held, path: tuple[Any, ...], value: Any) -> None:
    got(held, path[:-1])[path[-1]] = value


def live_with(memory: Memory) -> None:
    """What is there can be looked at, used, changed, taken along and erased."""
    for item in memory.items("me"):
        for change in ("forget", "restore", "archive", "restore", "pin"):
            with suppress(AppError):
                memory.change([item.id], change)
    for proposal in memory.inbox("me"):
        with suppress(AppError):
            memory.accept(proposal.item.id, replace=True)
    memory.profile("me")
    memory.entity_graph("me")
    memory.timeline("me")
    memory.retention("me")
    memory.spending("me")
    memory.forecast("me")
    memory.recall("me", "Where do I live?")
    memory.respond("me", "What do you know about me?", conversation_id="work").read()
    memory.import_archive("me", memory.export("me"))
    memory.expire()
    assert memory.erase("me").verified


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_edited_export_is_refused_or_sound(
    lived: tuple[Memory, FixedClock], data: st.DataObject
) -> None:
    """Never anything between: no other error, and nothing of what was refused."""
    held = copy.deepcopy(exported(lived[0]))
    everywhere = list(places(held))
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(everywhere))
        alike = [other for other in everywhere if other[-1] == path[-1] and len(other) > 1]
        with suppress(KeyError, IndexError, TypeError):  # what it stood in may be gone
            if alike and data.draw(st.integers(0, 3)):  # what is of its kind is refused less often
                put(held, path, copy.deepcopy(got(held, data.draw(st.sampled_from(alike)))))
            else:
                put(held, path, data.draw(VALUES))
    with TemporaryDirectory() as folder:
        database = Path(folder) / "recollect.db"
        parts: dict[str, Any] = {"clock": lived[1], "language": FakeLanguage()}
        with Memory.open(Settings(database=database), embedder=FakeEmbedder(), **parts) as memory:
            if refused(memory, json.dumps(held).encode()):
                return
            health = memory.check()
            assert health.problems == ()
            assert health.memories == health.vectors == health.full_text_rows
            live_with(memory)


def refused(memory: Memory, archive: bytes) -> bool:
    """With a sentence, and nothing changed."""
    before, said = whole_file(memory), ""
    try:
        memory.import_archive("me", archive)
    except AppError as error:
        said = str(error)
    if not said:
        return False
    assert said.endswith(".")
    assert whole_file(memory) == before
    return True
