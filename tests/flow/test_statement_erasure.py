"""Of a statement that is erased no byte is left: not in its turn, its topic, its answers."""

from collections.abc import Callable

import pytest

from memory.engine import Memory
from memory.records import MemoryItem
from memory.settings import Settings
from tests.fakes import FakeModel
from tests.flow.on_disk import left_of


def say(memory: Memory, text: str, conversation: str = "talk") -> MemoryItem:
    """The last of what was stored of it, or put into the inbox."""
    observation = memory.observe("me", "user", text, conversation_id=conversation)
    return (*observation.stored, *observation.reinforced, *observation.proposed)[-1]


def a_statement(memory: Memory) -> MemoryItem:
    say(memory, "I like tea. I live in Quibbleton.")
    model = FakeModel(["So it is ", "Quibbleton."])
    memory.respond("me", "Where do I live?", conversation_id="other", model=model).read()
    memory.respond("me", "Where do I live?", conversation_id="another").read()
    say(memory, "By the way, I live in Quibbleton.", "elsewhere")
    return next(item for item in memory.items("me") if item.text == "I live in Quibbleton.")


def its_turn(memory: Memory) -> MemoryItem:
    a_statement(memory)
    return next(item for item in memory.items("me") if item.text.startswith("I like tea. "))


def corrected(memory: Memory) -> MemoryItem:
    statement = a_statement(memory)
    memory.edit(statement.id, "I live in Snarkville.")
    return statement


def of_a_corrected_turn(memory: Memory) -> MemoryItem:
    turn = its_turn(memory)
    memory.edit(turn.id, "I like tea. I like milk.")
    return turn


def a_proposal(memory: Memory) -> MemoryItem:
    say(memory, "I prefer Snarkville mode.")
    return say(memory, "I prefer Quibbleton mode.")


def superseded(memory: Memory) -> MemoryItem:
    older = say(memory, "I live in Quibbleton.")
    say(memory, "I moved to Rome.")
    return older


def a_superseder(memory: Memory) -> MemoryItem:
    say(memory, "I live in Rome.")
    return say(memory, "I moved to Quibbleton.")


def of_a_long_turn(memory: Memory) -> MemoryItem:
    return say(memory, "The weather was fine. " * 8 + "I live in Quibbleton.")


@pytest.mark.parametrize(
    "tell",
    [
        a_statement,
        its_turn,
        corrected,
        of_a_corrected_turn,
        a_proposal,
        superseded,
        a_superseder,
        of_a_long_turn,
    ],
)
def test_no_byte_is_left(
    listening: Memory, settings: Settings, tell: Callable[[Memory], MemoryItem]
) -> None:
    """Of its words, wherever they stood; before, they are in the file."""
    say(listening, "I have a dog.", "kept")
    item = tell(listening)
    assert left_of(["Quibbleton"], settings.database)
    footprint = listening.footprint("me", memory=item.id)

    receipt = listening.erase("me", memory=item.id)

    assert receipt.verified
    assert receipt.places == footprint.places
    assert left_of(["Quibbleton"], settings.database) == []
    assert "I have a dog." in {kept.text for kept in listening.items("me")}
    assert listening.check().problems == ()


def test_a_rejected_proposal_is_erased_when_undo_ends(
    listening: Memory, settings: Settings
) -> None:
    """As what is forgotten."""
    proposal = a_proposal(listening)
    listening.reject(proposal.id)
    listening.close()

    assert left_of(["Quibbleton"], settings.database) == []
    assert left_of(["Snarkville"], settings.database)


def test_a_superseded_pair_goes_with_the_person(listening: Memory, settings: Settings) -> None:
    """Topics and values, too."""
    superseded(listening)
    listening.erase("me")

    assert left_of(["Quibbleton", "location"], settings.database) == []


def test_other_statements_of_an_erased_turn_stay(listening: Memory) -> None:
    """Its message is an empty place."""
    statement = a_statement(listening)
    listening.erase("me", memory=statement.id)

    assert [item.text for item in listening.items("me")] == ["I like tea."]
    assert listening.messages("talk")[0].text == ""
