"""A correction reaches every place where the words stand: the turn, and what it states."""

from collections.abc import Callable, Sequence

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import InvalidInput
from memory.protocols import Vectors
from memory.records import PERSONALIZATION, Kind, MemoryItem, Status
from memory.settings import Settings
from tests.fakes import FakeEmbedder
from tests.flow.conftest import OpenMemory

TWO = "I live in Berlin. I like tea."
ONE_SENTENCE = "I live in Berlin and work at Acme as a nurse."


def say(memory: Memory, text: str) -> tuple[MemoryItem, ...]:
    return memory.observe("me", "user", text, conversation_id="talk").stored


def texts(memory: Memory) -> list[str]:
    return sorted(item.text for item in memory.items("me") if item.in_use)


def fields(memory: Memory) -> list[tuple[str, str]]:
    return sorted((field.field, field.value) for field in memory.profile("me"))


def test_a_corrected_statement_corrects_its_turn(listening: Memory) -> None:
    """Both can be undone at once; the other statement is left alone."""
    turn, berlin, tea = say(listening, TWO)
    listening.edit(berlin.id, "I live in Bonn.")

    assert texts(listening) == ["I like tea.", "I live in Bonn.", "I live in Bonn. I like tea."]
    assert listening.item(tea.id) == tea
    assert fields(listening) == [("location", "Bonn")]
    assert "Berlin" not in str(listening.recall("me", "Where do I live?"))

    listening.revert(berlin.id)
    assert listening.item(turn.id).text == TWO
    assert [earlier.text for earlier in listening.revisions(turn.id)] == [
        "I live in Bonn. I like tea."
    ]
    assert fields(listening) == [("location", "Berlin")]


def test_it_is_corrected_wherever_it_stands(listening: Memory) -> None:
    """Twice in one turn, but not within another word."""
    turn, tea = say(listening, "I like tea. The teapot is old. I like tea.")
    listening.edit(tea.id, "I like milk.")

    assert listening.item(turn.id).text == "I like milk. The teapot is old. I like milk."


def test_statements_of_one_sentence_are_corrected_together(listening: Memory) -> None:
    """Each says what is its own; one that is said no more is no more."""
    turn, berlin, acme = say(listening, ONE_SENTENCE)
    listening.edit(berlin.id, ONE_SENTENCE.replace("Berlin", "Rome"))
    assert "Berlin" not in str(listening.items("me"))
    assert fields(listening) == [("employer", "Acme"), ("location", "Rome")]

    listening.edit(berlin.id, "I live in Rome.")
    assert acme.id not in {item.id for item in listening.items("me")}
    assert fields(listening) == [("location", "Rome")]

    listening.revert(berlin.id)
    assert fields(listening) == [("employer", "Acme"), ("location", "Rome")]
    assert listening.item(turn.id).kind is Kind.EPISODE


def test_a_corrected_turn_states_what_its_words_say_now(listening: Memory) -> None:
    """What they say no more goes, what they say first comes, the rest stays as it is."""
    turn, berlin, _tea = say(listening, TWO)
    listening.edit(turn.id, "I live in Berlin. I have a dog.")

    assert texts(listening) == [
        "I have a dog.",
        "I live in Berlin.",
        "I live in Berlin. I have a dog.",
    ]
    assert listening.item(berlin.id) == berlin
    listening.revert(turn.id)
    assert texts(listening) == ["I like tea.", "I live in Berlin.", TWO]
    assert listening.check().problems == ()


def test_what_was_built_on_a_statement_that_goes_is_the_turns(listening: Memory) -> None:
    """So it is erased with it; the message it was said in stays until then."""
    turn, _berlin, _tea = say(listening, TWO)
    listening.respond("me", "What do I like?", conversation_id="other").read()
    assert "tea" in listening.messages("other")[-1].text
    listening.edit(turn.id, "I live in Berlin.")
    listening.expire()
    assert listening.messages("talk")[0].text == TWO

    listening.erase("me", memory=turn.id)
    assert listening.messages("other")[-1].text == ""


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("The weather is fine!", "I live in Bonn.", Kind.FACT),
        ("I live in Bonn.", "The weather is fine!", Kind.EPISODE),
        (TWO, "I live in Bonn.", Kind.FACT),
        ("I live in Bonn.", TWO, Kind.EPISODE),
        (TWO, "I live in Berlin.", Kind.FACT),
    ],
)
def test_a_turn_becomes_one_statement_and_back(
    settings: Settings,
    open_memory: OpenMemory,
    real_language: SpacyLanguage,
    before: str,
    after: str,
    kind: Kind,
) -> None:
    """By its words; nothing is stated twice."""
    memory = open_memory(
        Settings(database=settings.database, importance_threshold=0), language=real_language
    )
    memory.grant("me", PERSONALIZATION)
    turn = say(memory, before)[0]
    memory.edit(turn.id, after)

    assert memory.item(turn.id).kind is kind
    stated = [(i.statement.attribute, i.text) for i in memory.items("me") if i.statement]
    assert len(stated) == len(set(stated)) == {TWO: 2, "The weather is fine!": 0}.get(after, 1)


def test_corrected_to_another_matter_it_gives_back_what_it_superseded(listening: Memory) -> None:
    """And takes the place of what is known of its own."""
    say(listening, "I live in Berlin.")
    (bonn,) = say(listening, "I moved to Bonn.")
    listening.edit(bonn.id, "I work at Acme as a nurse.")
    assert fields(listening) == [("employer", "Acme"), ("location", "Berlin")]

    listening.revert(bonn.id)
    assert fields(listening) == [("location", "Bonn")]


def test_what_is_paused_or_waits_stays_so(listening: Memory) -> None:
    """Also in what its new words state."""
    turn, *_ = say(listening, TWO)
    listening.pause(turn.id)
    listening.edit(turn.id, "I live in Berlin. I have a dog.")
    assert all(item.paused for item in listening.items("me"))

    listening.set_learning("me", "ask me")
    (waiting,) = listening.observe("me", "user", "I prefer milk.").proposed
    listening.edit(waiting.id, "I prefer milk. I have a cat.")
    assert {item.status for item in listening.items("me") if "cat" in item.text} == {
        Status.PROPOSED
    }


class Meddler(FakeEmbedder):
    """Does something else while a certain text is embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.meddle: dict[str, Callable[[], object]] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            self.meddle.pop(text, lambda: None)()
        return super().embed(texts)


@pytest.mark.parametrize("how", ["edit", "erase"])
def test_what_was_changed_meanwhile_is_not_written_over(
    open_memory: OpenMemory, real_language: SpacyLanguage, how: str
) -> None:
    """The index would keep words that no memory holds."""
    embedder = Meddler()
    memory = open_memory(language=real_language, embedder=embedder)
    memory.grant("me", PERSONALIZATION)
    _turn, berlin, tea = say(memory, TWO)

    def change() -> object:
        if how == "edit":
            return memory.edit(tea.id, "I like milk.")
        return memory.erase("me", memory=tea.id)

    embedder.meddle["I live in Bonn. I like tea."] = change
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        memory.edit(berlin.id, "I live in Bonn.")
    assert memory.item(berlin.id).text == "I live in Berlin."
    assert memory.check().problems == ()


def test_a_merge_of_statements_is_undone(listening: Memory) -> None:
    """What is merged is left to its merge."""
    _turn, berlin, tea = say(listening, TWO)
    whole = listening.merge([berlin.id, tea.id])
    assert (whole.text, whole.statement) == ("I live in Berlin.\nI like tea.", None)

    listening.unmerge(whole.id)
    assert texts(listening) == ["I like tea.", "I live in Berlin.", TWO]
