"""The model inside the app as the real thing: litellm, llama.cpp and everything between."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from memory.adapters.models.chat_models import ChatModels
from memory.adapters.models.own_server import CONTEXT_TOKENS, LONGEST_ANSWER_TOKENS, OwnServer
from memory.engine import Memory
from memory.errors import AnswerCutOff, ContextTooLong, KeyRefused
from memory.records import PERSONALIZATION, Ending, ModelChoice, Server
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage

QUESTION = "Count from one to fifty in words, one after the other."
ME = "me"


@pytest.fixture(scope="module")
def own() -> Iterator[OwnServer]:
    server = OwnServer()
    if server.offer() is None:
        pytest.skip("the packages of the extra “local” are not installed")
    yield server
    server.close()


@pytest.fixture
def models(own: OwnServer) -> ChatModels:
    return ChatModels(own, addresses=lambda: ())


@pytest.fixture
def memory(models: ChatModels, tmp_path: Path) -> Iterator[Memory]:
    settings = Settings(database=tmp_path / "recollect.db")
    parts = {"embedder": FakeEmbedder(), "language": FakeLanguage(), "models": models}
    with Memory.open(settings, **parts) as opened:
        opened.grant(ME, PERSONALIZATION)
        (offer,) = opened.find_models()
        opened.choose_model(ME, offer.choice)
        yield opened


def test_it_is_offered_and_works(memory: Memory) -> None:
    """With how much it reads."""
    (offer,) = memory.find_models()

    assert (offer.choice.server, offer.context_tokens) == (Server.OWN, CONTEXT_TOKENS)
    assert offer.answer_tokens == LONGEST_ANSWER_TOKENS
    assert memory.test_model(offer.choice).works


def test_an_answer_streams_and_its_tokens_are_counted_by_the_model(memory: Memory) -> None:
    """More than one piece, and more tokens of the question than its words: the template's, too."""
    reply = memory.respond(ME, "Say hello to me, please.")
    pieces = []
    with suppress(AnswerCutOff):  # now and then it says the same thing over and over
        pieces.extend(reply)

    how = memory.answered(ME, reply.message_id)
    assert len(pieces) > 1
    assert how.ending in (Ending.COMPLETE, Ending.CUT_OFF)
    assert (how.counted_by_model, how.is_local) == (True, True)
    assert how.context_tokens > len(reply.sent.messages[0]["content"].split())
    assert how.answer_tokens >= len(pieces)
    assert 0 < how.first_seconds < how.total_seconds


def test_a_stopped_answer_frees_the_model_for_the_next(memory: Memory) -> None:
    """It runs one at a time: the second would wait for the end of the first."""
    stopped = memory.respond(ME, QUESTION)
    stream = iter(stopped)
    first = next(stream)
    stream.close()
    again = memory.respond(ME, "Say hello.")
    begun = iter(again)
    hello = next(begun)  # how long it would go on is the model's to say
    begun.close()

    assert stopped.text.startswith(first)
    assert memory.answered(ME, stopped.message_id).ending is Ending.STOPPED
    assert hello
    assert again.text.startswith(hello)


def test_what_goes_round_in_circles_is_ended(own: OwnServer, models: ChatModels) -> None:
    """Long before there is no room left for it."""
    model = models.connect(ModelChoice(Server.OWN, own.name))
    circles = "Repeat “I am sorry.” over and over, three hundred times. Do not stop."
    pieces: list[str] = []
    with suppress(AnswerCutOff):
        pieces.extend(model.stream([{"role": "user", "content": circles}]))

    assert len(pieces) <= LONGEST_ANSWER_TOKENS


def test_more_than_it_reads_is_an_error_of_ours(own: OwnServer, models: ChatModels) -> None:
    """Said by its server, where we did not know better."""
    model = models.connect(ModelChoice(Server.OWN, own.name))
    with pytest.raises(ContextTooLong):
        list(model.stream([{"role": "user", "content": "word " * (2 * CONTEXT_TOKENS)}]))


def test_a_question_that_it_could_never_read_is_not_stored(memory: Memory) -> None:
    """It is known beforehand."""
    with pytest.raises(ContextTooLong):
        memory.respond(ME, "word " * CONTEXT_TOKENS)

    assert memory.messages("default") == []


def test_another_key_is_refused(own: OwnServer) -> None:
    """As any other program of this computer would find."""

    class Stranger:
        name, offer, close = own.name, own.offer, own.close

        def start(self) -> tuple[str, str]:
            return own.start()[0], "another"

    model = ChatModels(Stranger(), addresses=lambda: ()).connect(ModelChoice(Server.OWN, own.name))
    with pytest.raises(KeyRefused):
        list(model.stream([{"role": "user", "content": "Hello"}]))


def test_it_comes_again_after_an_erasure(memory: Memory) -> None:
    """Which ended it, with all that it had read."""
    began = iter(memory.respond(ME, "I like green tea."))
    next(began)
    began.close()
    assert memory.erase(ME, conversation="default").verified

    again = iter(memory.respond(ME, "Say hello."))
    assert next(again)
    again.close()


def test_it_answers_by_a_form(own: OwnServer, models: ChatModels) -> None:
    """However small it is: llama.cpp lets it say nothing else."""
    model = models.connect(replace(own.offer().choice))
    schema = {
        "type": "object",
        "properties": {"colour": {"type": "string", "enum": ["red", "blue"]}},
        "required": ["colour"],
        "additionalProperties": False,
    }
    said = "".join(model.structured([{"role": "user", "content": "A colour?"}], schema))

    assert said.replace(" ", "").replace("\n", "") in ('{"colour":"red"}', '{"colour":"blue"}')
