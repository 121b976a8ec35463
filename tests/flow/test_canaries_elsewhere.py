"""What leaves this computer, with real wires to a scripted provider that records what it gets.

A key, a name, an address and a password are planted; the provider quotes all that it was sent in
each of its refusals. The key may stand in its header alone; nothing else of them in any request,
log, error, file or export.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.adapters.llm.library import litellm
from memory.adapters.llm.providers import PROVIDERS
from memory.adapters.models.chat_models import ChatModels
from memory.engine import Memory
from memory.errors import AppError, BudgetSpent
from memory.flow.reply import Reply
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    DataClass,
    ModelChoice,
    Server,
)
from memory.settings import Settings
from tests.adapters.scripted_server import Asked, Play, ScriptedServer
from tests.fakes import FixedClock
from tests.flow.on_disk import left_of
from tests.flow.watching import watched

KEY = "sk-canary-4711-zwitschert-laut"
PASSWORD = "Kanarien!vogel77"
ADDRESS = "bronislawa.canary@post.example"
NAME = "Bronislawa Kowalczyk"
FRIEND = "Tomasz"
WORD = "garden"
TOLD = (
    f"My name is {NAME} and I decided to plant a {WORD}.",
    f"My friend {FRIEND} likes tea, write to him at {ADDRESS}.",
)
HIDDEN = (PASSWORD, ADDRESS, *NAME.split(), FRIEND)
ASKED = f"Is {FRIEND} a friend of {NAME}, and may I mail {ADDRESS} about the {WORD}?"
EVERYBODY = (*PROVIDERS, Server.ELSEWHERE)


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    found = SpacyLanguage()
    found.load()
    return found


@pytest.fixture
def provider() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def memory(
    settings: Settings,
    clock: FixedClock,
    language: SpacyLanguage,
    real_embedder: MiniLMEmbedder,
    provider: ScriptedServer,
) -> Iterator[Memory]:
    """Every provider is the scripted one; the environment has the key of each."""
    at_home = {
        server: replace(
            endpoint, address=f"{provider.address}/{endpoint.address.rpartition('/')[2]}"
        )
        for server, endpoint in PROVIDERS.items()
    }
    keys = {endpoint.variables[0]: KEY for endpoint in PROVIDERS.values()}
    models = ChatModels(addresses=lambda: (), environ=keys, providers=at_home)
    opened = Memory.open(
        settings, clock=clock, embedder=real_embedder, language=language, models=models
    )
    with opened:
        for purpose in (PERSONALIZATION, SENSITIVE, REMOTE_MODEL):
            opened.grant("me", purpose)
        for text in TOLD:
            opened.respond("me", text).read()
        yield opened


def choose(memory: Memory, server: Server, provider: ScriptedServer) -> None:
    address = provider.address if server is Server.ELSEWHERE else ""
    memory.choose_model("me", ModelChoice(server, "canary-model", address), key=KEY)


def ask(memory: Memory, text: str = ASKED, **more: object) -> Reply:
    reply = memory.respond("me", text, **more)  # type: ignore[arg-type]
    reply.read()
    return reply


# -- what is sent ---------------------------------------------------------------------------


@pytest.mark.parametrize("server", EVERYBODY)
def test_a_provider_gets_pseudonyms_and_the_key_in_its_header_alone(
    memory: Memory, provider: ScriptedServer, server: Server
) -> None:
    """One request for an answer, in which names are put back."""
    choose(memory, server, provider)
    provider.play(Play(["It is [NAM", "E_2]’s, or [name_2]."]))

    reply = ask(memory)

    (asked,) = provider.asked
    assert_hides_all(asked)
    assert WORD in json.dumps(asked.body)
    assert [KEY in value for value in asked.headers.values()].count(True) == 1
    assert KEY not in asked.path
    assert reply.text.startswith("It is ")
    assert "NAME" not in reply.text.upper()
    assert provider.looked_up == []


def assert_hides_all(asked: Asked) -> None:
    body = json.dumps(asked.body, ensure_ascii=False) + asked.path
    assert [each for each in (*HIDDEN, KEY) if each.lower() in body.lower()] == []
    told = str({name: value for name, value in asked.headers.items() if KEY not in value})
    assert [each for each in HIDDEN if each in told] == []


# -- nothing is told beside it ----------------------------------------------------------------


def _failing(memory: Memory, provider: ScriptedServer) -> None:
    """The provider says again all that it got, in each way that it can refuse."""
    for status in (400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 503):
        provider.play(Play(status=status, error={"error": {"message": f"{KEY} {ASKED} {TOLD}"}}))
        with suppress(AppError):
            ask(memory, conversation_id=f"c{status}")
    provider.play(Play([b"data: {broken " + KEY.encode() + b"\n\n"]))
    with suppress(AppError):
        ask(memory)


def _anew(memory: Memory, provider: ScriptedServer) -> None:
    ask(memory)
    answer = memory.messages("default", user_id="me")[-1].id
    memory.rehearse("me", answer).read()
    memory.regenerate("me", answer).read()


def _spent(memory: Memory, provider: ScriptedServer) -> None:
    """It has no price, so nothing of it is stopped; and what has one is not asked."""
    memory.set_budget("me", 0)
    memory.choose_model("me", ModelChoice(Server.ANTHROPIC, "claude-opus-4-5"))
    with pytest.raises(BudgetSpent):
        ask(memory)


WAYS: dict[str, Callable[[Memory, ScriptedServer], object]] = {
    "an answer": lambda m, _: ask(m),
    "an answer with a secret": lambda m, _: ask(m, f"{ASKED} My password is {PASSWORD}"),
    "in private": lambda m, _: ask(m, private=True),
    "given anew": _anew,
    "refused in every way": _failing,
    "shown before": lambda m, _: m.outgoing("me", ASKED),
    "tested": lambda m, _: m.test_model(m.chosen_model("me"), user_id="me"),  # type: ignore[arg-type]
    "looked up": lambda m, _: m.provider_models(Server.OPENAI, look_up=True),
    "looked for": lambda m, p: m.find_models_at(p.address, key=KEY, elsewhere=True),
    "typed for a provider": lambda m, _: (m.set_key(Server.GROQ, KEY), m.providers()),
    "over the budget": _spent,
    "without consent": lambda m, _: (m.revoke("me", REMOTE_MODEL), ask(m)),
    "erased": lambda m, _: (ask(m), m.erase("me")),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_it_is_told_elsewhere(
    memory: Memory,
    provider: ScriptedServer,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    way: str,
) -> None:
    """In no log, warning, output, error, audit or ledger; the key in no file at all."""
    choose(memory, Server.ELSEWHERE, provider)
    litellm()  # silenced when it is loaded, and not by whoever loads it later
    rules = memory.privacy_rules("me")  # a text that held a secret is confidential
    confided = replace(rules.classes[DataClass.CONFIDENTIAL], sent=True)
    classes = {**rules.classes, DataClass.CONFIDENTIAL: confided}
    memory.set_privacy_rules("me", replace(rules, classes=classes))

    with watched(capsys) as watch:
        try:
            WAYS[way](memory, provider)
        except AppError as error:
            watch.note(error)

    assert [each for each in (*HIDDEN, KEY) if each in watch.text] == []
    for asked in (*provider.asked, *provider.looked_up):
        assert_hides_all(asked)
    database = memory._store.database
    for table in ("audit", "ledger", "ledger_memories"):
        rows = str(database.rows(f"select * from {table}"))  # noqa: S608
        assert [each for each in (*HIDDEN, KEY) if each in rows] == []
    assert left_of([KEY, PASSWORD], settings.database) == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files if KEY.encode() in path.read_bytes()] == []
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        exported = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [each for each in (KEY, PASSWORD) if each in exported] == []


# -- no surprises ---------------------------------------------------------------------------


def test_nothing_is_sent_that_was_not_asked_for(
    memory: Memory, provider: ScriptedServer, settings: Settings, clock: FixedClock
) -> None:
    """Not for choosing, warming up, looking, learning, summaries and titles; nor twice."""
    choose(memory, Server.ELSEWHERE, provider)
    memory.set_learning_with_model("me", True)
    memory.warm_up_model("me")
    memory.answerer("me")
    memory.providers()
    memory.provider_models(Server.ANTHROPIC)
    memory.find_models()
    memory.model_can_read_along("me")
    memory.outgoing("me", ASKED)
    assert provider.asked == []

    for number in range(8):
        ask(memory, f"Tell me more about the {WORD}, part {number}. {'And so on. ' * 150}")

    memory._parts.background.close()
    assert len(provider.asked) == 8
    assert memory.summary("me", "default") is None
    assert provider.looked_up == []


def test_a_key_is_forgotten_with_the_process(
    memory: Memory, provider: ScriptedServer, settings: Settings
) -> None:
    """The choice is kept, and never its key."""
    choose(memory, Server.ELSEWHERE, provider)
    ask(memory)
    memory.close()

    with Memory.open(settings, models=ChatModels(addresses=lambda: (), environ={})) as again:
        chosen = again.chosen_model("me")

    assert chosen == ModelChoice(Server.ELSEWHERE, "canary-model", provider.address)
    assert KEY in provider.asked[0].headers["authorization"]
    assert left_of([KEY], settings.database) == []


def test_a_price_that_only_a_list_told_holds_the_budget_after_a_restart(
    memory: Memory, provider: ScriptedServer, settings: Settings
) -> None:
    """Nobody has looked it up since."""
    dear = {"id": "canary-model", "pricing": {"prompt": "0.001", "completion": "0.001"}}
    provider.documents["/v1/models"] = {"data": [dear]}
    (offer,) = memory.provider_models(Server.OPENROUTER, look_up=True)
    memory.choose_model("me", offer.choice)
    memory.set_budget("me", 1)
    memory.close()

    keys = {"OPENROUTER_API_KEY": KEY}
    with Memory.open(settings, models=ChatModels(addresses=lambda: (), environ=keys)) as again:
        assert again.chosen_model("me") == offer.choice
        with pytest.raises(BudgetSpent):
            again.respond("me", ASKED)

    assert provider.asked == []
