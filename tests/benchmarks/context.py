"""What a context costs and holds: ``uv run python -m tests.benchmarks.context PATH``.

PATH is a file of long conversations (``conversations`` says where from and how it looks). Every
turn goes in through ``observe``; for every question that somebody's turns answer, the tokens of
``context()`` stand against those of the whole history, and beside them the share of the turns that
answer it which are in the context.
"""

import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, median

from memory import Memory, Settings
from tests.benchmarks.conversations import CATEGORIES, Told, given_path, read, tell

LATER = timedelta(hours=2)
"""Nothing is hot any more when the questions are asked."""


class Clock:
    """The computer's, which can be put forward."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def main(path: Path) -> None:
    clock = Clock()
    tokens: list[int] = []
    shares: list[float] = []
    held: dict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "context.db", importance_threshold=0)
        with Memory.open(settings, clock=clock) as memory:
            everybody = [tell(memory, conversation) for conversation in read(path)]
            clock.ahead = LATER
            for told in everybody:
                whole = _whole(memory, told)
                for asked in told.questions:
                    if asked.category not in CATEGORIES:
                        continue
                    size, share = _asked(memory, told, asked.text, asked.evidence)
                    tokens.append(size)
                    shares.append(size / whole)
                    held[asked.category].append(share)
    _print(tokens, shares, held)


def _whole(memory: Memory, told: Told) -> int:
    """Tokens of every turn of the person's conversations, with the names of who said them."""
    count = memory._parts.tokens.count
    return sum(
        count(f"{message.speaker}: {message.text}")
        for conversation in memory.conversations(told.name)
        for message in memory.messages(conversation.id)
    )


def _asked(
    memory: Memory, told: Told, question: str, evidence: frozenset[str]
) -> tuple[int, float]:
    context = memory.context(told.name, question, conversation_id=f"{told.name}/asked")
    sources = {memory.item(ident).source_message_id for ident in context.memory_ids}
    turns = {told.turns[ident] for ident in sources if ident in told.turns}
    return context.report.tokens, len(evidence & turns) / len(evidence)


def _print(tokens: list[int], shares: list[float], held: dict[int, list[float]]) -> None:
    everything = [share for category in held.values() for share in category]
    print(f"questions                    {len(tokens):>8,}")
    print(f"tokens of a context, median  {median(tokens):>8,.0f}")
    print(f"of the whole history, median {median(shares):>8.1%}")
    print(f"answering turns held         {mean(everything):>8.3f}")
    for category, name in CATEGORIES.items():
        if held[category]:
            print(f"  {name:26} {mean(held[category]):>8.3f}")


if __name__ == "__main__":
    main(given_path())
    sys.exit(0)
