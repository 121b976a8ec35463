"""Recall on long conversations: ``uv run python -m tests.benchmarks.locomo PATH``.

PATH is a file of LoCoMo conversations (snap-research/locomo; CC BY-NC 4.0, so it is not here):
a list of objects with name, turns (id, session, said_at, speaker, text, caption) and questions
(question, category, evidence).
Every turn goes in through ``observe``, every question of categories 1 to 4 through ``recall``;
recall@10 is the share of a question's evidence turns among the first ten distinct turns.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from memory import Memory, Settings
from memory.records import PERSONALIZATION, SENSITIVE

CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop"}
MODES = ("text", "vector", "hybrid")
LIMIT = 40
FIRST = 10


def main(path: Path) -> None:
    conversations = json.loads(path.read_text(encoding="utf-8"))
    scores: dict[str, list[tuple[int, float, float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "locomo.db", importance_threshold=0)
        with Memory.open(settings) as memory:
            for conversation in conversations:
                _measure(memory, conversation, scores)
    print(
        f"{'mode':8} {'recall@10':>9} {'hit@10':>7} {'MRR':>6}  " + "  ".join(CATEGORIES.values())
    )
    for mode in MODES:
        print(_line(mode, scores[mode]))


def _measure(memory: Memory, conversation: dict[str, Any], scores: dict[str, list[Any]]) -> None:
    name = conversation["name"]
    for purpose in (PERSONALIZATION, SENSITIVE):
        memory.grant(name, purpose)
    started = time.perf_counter()
    turns = {}
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
        turns[seen.message_id] = turn["id"]
    print(f"{name}: {len(turns)} turns in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    for question in conversation["questions"]:
        evidence = {e for e in question["evidence"] if e in set(turns.values())}
        if question["category"] not in CATEGORIES or not evidence:
            continue
        for mode in MODES:
            found = memory.recall(name, question["question"], limit=LIMIT, touch=False, mode=mode)
            ranked = list(dict.fromkeys(turns[r.item.source_message_id] for r in found))
            hits = [rank for rank, turn in enumerate(ranked, 1) if turn in evidence]
            first = sum(rank <= FIRST for rank in hits)
            scores[mode].append(
                (
                    question["category"],
                    first / len(evidence),
                    float(first > 0),
                    1 / hits[0] if hits else 0.0,
                )
            )


def _line(mode: str, rows: list[tuple[int, float, float, float]]) -> str:
    recall, hit, rank = (sum(row[i] for row in rows) / len(rows) for i in (1, 2, 3))
    by_category = []
    for category, name in CATEGORIES.items():
        own = [row[1] for row in rows if row[0] == category]
        by_category.append(f"{sum(own) / len(own):>{len(name)}.3f}" if own else " " * len(name))
    return f"{mode:8} {recall:9.3f} {hit:7.3f} {rank:6.3f}  " + "  ".join(by_category)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Skipped: it needs the path of a LoCoMo file, which may not be redistributed.")
    main(Path(sys.argv[1]))
