"""What is exported, imported into an empty file and exported again is the same."""

from pathlib import Path

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import Kind, LeftOutBecause, Status
from memory.settings import Settings
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.transfer.archives import comparable, exported

Lived = tuple[Memory, FixedClock]


@pytest.fixture
def empty(
    lived: Lived, open_memory: OpenMemory, tmp_path: Path, real_language: SpacyLanguage
) -> Memory:
    settings = Settings(database=tmp_path / "empty.db")
    return open_memory(settings, clock=lived[1], language=real_language)


def test_the_life_has_everything_in_it(lived: Lived) -> None:
    """Or the round trip would say less than it seems to."""
    held = exported(lived[0])

    items = held["memories"]
    assert {item["kind"] for item in items} == set(Kind)
    assert {item["status"] for item in items} == set(Status)
    for name in (
        "revisions", "uses", "accesses", "profile", "mentions", "relations", "superseded_by",
        "valid_until", "merged_into", "follows", "pinned", "paused", "statement", "happened",
        "rival_id", "doubt", "by_model", "sweep_id", "speaker", "edited_at", "expires_at",
    ):  # fmt: skip
        assert any(item[name] for item in items), name
    messages = [message for talk in held["conversations"] for message in talk["messages"]]
    for name in ("answers", "answered", "replaced_at", "read_by_model", "mentions"):
        assert any(message[name] for message in messages), name
    for name in ("sweeps", "absences", "ledger", "audit", "settings", "consents"):
        assert held[name], name
    for name in ("profile", "profile_history", "entities", "relations", "summaries"):
        assert held["inferred"][name], name


def test_it_is_the_same_after_a_round_trip(lived: Lived, empty: Memory) -> None:
    before = exported(lived[0])

    report = empty.import_archive("me", lived[0].export("me"))

    after = exported(empty)
    was, is_now = comparable(before), comparable(after)
    for name in was:
        assert is_now[name] == was[name]
    assert is_now == was
    assert report.conflicts == ()
    assert report.masked == 0
    assert set(report.left_out) <= {LeftOutBecause.AUDIT, LeftOutBecause.GIVEN_TO_MODELS}
    assert report.added["memories"] == len(before["memories"])
