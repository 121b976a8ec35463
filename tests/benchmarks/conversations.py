"""Long conversations with questions, taken in through the door.

A file of LoCoMo conversations (snap-research/locomo; CC BY-NC 4.0, so it is not here): a list of
objects with name, turns (id, session, said_at, speaker, text, caption) and questions (question,
category, evidence: ids of the turns that answer it).
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from memory import Memory
from memory.records import PERSONALIZATION, SENSITIVE

CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop"}
ADVERSARIAL = 5
"""Questions about what nobody said; their evidence is where something like it was."""
NEEDS = "Skipped: it needs the path of a LoCoMo file, which may not be redistributed."


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    category: int
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation as it was taken in."""

    name: str
    turns: dict[int, str]
    """The id of each turn by that of its message."""
    stored: int
    """How many became memories."""
    questions: tuple[Asked, ...]


def given_path() -> Path:
    """The one argument of the command beside its flags; without it the benchmark ends with the
    reason."""
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(given) != 1:
        sys.exit(NEEDS)
    return Path(given[0])


def read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def tell(memory: Memory, conversation: dict[str, Any]) -> Told:
    """Every turn through ``observe``, each speaker by name, each session a conversation."""
    name = conversation["name"]
    for purpose in (PERSONALIZATION, SENSITIVE):
        memory.grant(name, purpose)
    started = time.perf_counter()
    turns, stored = {}, 0
    for turn in conversation["turns"]:
        caption = turn["caption"]
        seen = memory.observe(
            name,
            "user",
            turn["text"] + (f" [shares a photo: {caption}]" if caption else ""),
            speaker=turn["speaker"],
            conversation_id=f"{name}/{turn['session']}",
            at=datetime.fromisoformat(turn["said_at"]),
        )
        assert seen.message_id is not None
        turns[seen.message_id] = turn["id"]
        stored += bool(seen.stored or seen.reinforced)
    print(f"{name}: {len(turns)} turns in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return Told(name, turns, stored, tuple(_questions(conversation, set(turns.values()))))


def _questions(conversation: dict[str, Any], known: set[str]) -> Iterator[Asked]:
    for question in conversation["questions"]:
        if evidence := known & set(question["evidence"]):
            yield Asked(question["question"], question["category"], frozenset(evidence))
