"""What a model that reads along adds to the rules, and what it makes up:
``uv run python -m tests.benchmarks.learning ADDRESS [MODEL]``.

ADDRESS is that of a server on this computer that speaks as OpenAI's does, such as
http://127.0.0.1:8080. Each held-out sentence is a message of its own: of those that state something
it is told how many the rules remember and for how many the model proposes something; of those that
state nothing, for how many it proposes something all the same.
"""

import json
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from time import perf_counter

from memory import PERSONALIZATION, Memory, Outcome, Settings
from memory.flow.afterwards import propose
from memory.records import ChatMessage
from tests.rules.statements.held_out import FOUND, NOTHING

TIMEOUT_SECONDS = 120
MOST_TOKENS = 400


class Served:
    """A model behind an address on this computer, held to a form by its server."""

    is_local = True

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address.rstrip("/"), name
        self.suggested = 0

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        raise NotImplementedError

    def structured(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, object]
    ) -> Iterator[str]:
        asked = {
            "model": self.name,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "suggestions", "schema": schema, "strict": True},
            },
        }
        request = urllib.request.Request(
            f"{self.address}/v1/chat/completions",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            text = json.load(answer)["choices"][0]["message"]["content"]
        self.suggested += text.count('"action"')
        yield text


def main(address: str, name: str) -> None:
    model = Served(address, name)
    with (
        tempfile.TemporaryDirectory() as folder,
        Memory.open(Settings(database=Path(folder) / "learning.db")) as memory,
    ):
        memory.grant("me", PERSONALIZATION)
        memory.set_learning_with_model("me", True)
        _tell(memory, model, "states something", FOUND)
        _tell(memory, model, "states nothing", NOTHING)


def _tell(memory: Memory, model: Served, what: str, sentences: str) -> None:
    lines = [line.split(" => ")[0].strip() for line in sentences.strip().splitlines()]
    came: Counter[str] = Counter()
    before, seconds = model.suggested, 0.0
    for line in lines:
        observed = memory.observe("me", "user", line)
        if observed.message_id is None:
            continue
        came["by the rules"] += bool(observed.stored or observed.proposed)
        begun = perf_counter()
        reading = propose.learn(memory._parts, model, "me", observed.message_id, Event())
        seconds += perf_counter() - begun
        came["read"] += reading is not None
        if reading is not None:
            came["unusable"] += reading.outcome is Outcome.UNUSABLE
            came["proposals"] += reading.proposed
            came["with a proposal"] += reading.outcome is Outcome.PROPOSED
    print(f"{what}: {len(lines)} messages, {seconds / max(1, came['read']):.1f} s each")
    for name in ("by the rules", "with a proposal", "proposals", "unusable"):
        print(f"  {name:<16} {came[name]:>4}")
    print(f"  {'suggested':<16} {model.suggested - before:>4}")
    for proposal in memory.inbox("me")[: came["proposals"]]:
        message = memory.message(proposal.item.source_message_id or 0)
        print(f"    “{message.text}” -> {proposal.item.kind}: “{proposal.item.text}”")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "default")
