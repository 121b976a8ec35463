"""The models of this computer: found, connected and tested, with the one inside the app."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.adapters.models.chat_models import ChatModels
from memory.errors import InvalidInput, KeyRefused, ModelNotConnected, ModelNotInstalled
from memory.protocols import Models
from memory.records import Connection, ModelChoice, ModelOffer, Server
from tests.adapters.scripted_server import Asked, Play, ScriptedServer, openai_models, refusal

ROOT = Path(__file__).parents[3]
OWN = ModelOffer(ModelChoice(Server.OWN, "tiny"), 2048)


class FakeOwn:
    """Stands for the server inside the app, which a scripted one plays."""

    name = "Built-in model"

    def __init__(self, offered: ModelOffer | None = OWN, address: str = "") -> None:
        self.offered = offered
        self.address = address
        self.started = 0
        self.closed = False

    def offer(self) -> ModelOffer | None:
        return self.offered

    def start(self) -> tuple[str, str]:
        if not self.address:
            raise ModelNotConnected(self.name)
        self.started += 1
        return self.address, "own-key"

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer("scripted") as started:
        yield started


def models_of(server: ScriptedServer, own: FakeOwn | None = None, **more: float) -> ChatModels:
    ticks = iter(range(0, 1000, 2))
    return ChatModels(
        own, addresses=lambda: [server.address], timer=lambda: float(next(ticks)), **more
    )


def choice_of(
    server: ScriptedServer, model: str = "scripted", kind: Server = Server.COMPATIBLE
) -> ModelChoice:
    return ModelChoice(kind, model, server.address)


def test_the_models_of_servers_and_the_own_are_found(server: ScriptedServer) -> None:
    """The own first."""
    models: Models = models_of(server, FakeOwn())

    assert models.find() == (OWN, ModelOffer(choice_of(server), None))


def test_an_own_model_that_is_not_installed_is_not_offered(server: ScriptedServer) -> None:
    """Nor is there any without it."""
    assert models_of(server, FakeOwn(None)).find() == models_of(server).find()


def test_a_connected_model_answers(server: ScriptedServer) -> None:
    """With the key that is given with it."""
    model = models_of(server).connect(choice_of(server), "k")

    assert server.asked == server.looked_up == []
    assert "".join(model.stream([{"role": "user", "content": "hello"}])) == "That is noted."
    assert server.asked[0].headers["authorization"] == "Bearer k"
    assert model.name == "scripted"


def test_what_was_found_says_how_much_a_model_reads(server: ScriptedServer) -> None:
    """Without asking again."""
    server.documents["/v1/models"] = openai_models("scripted", max_model_len=4096)
    models = models_of(server)
    models.find()
    server.looked_up.clear()

    assert models.connect(choice_of(server)).context_tokens == 4096
    assert server.looked_up == []


def test_a_model_that_was_not_looked_for_is_asked_how_much_it_reads(server: ScriptedServer) -> None:
    """As after a start of the app; once is enough."""
    server.documents["/v1/models"] = openai_models("scripted", max_model_len=4096)
    models = models_of(server)

    as_typed = ModelChoice(Server.COMPATIBLE, "scripted", f"{server.address}/v1")
    assert models.connect(as_typed).context_tokens == 4096
    server.looked_up.clear()
    assert models.connect(choice_of(server)).context_tokens == 4096
    assert server.looked_up == []


def test_a_model_of_another_computer_is_not_connected(server: ScriptedServer) -> None:
    """Neither by its address nor by its name."""
    models = models_of(server)

    with pytest.raises(InvalidInput):
        models.connect(ModelChoice(Server.COMPATIBLE, "m", "http://models.example"))
    with pytest.raises(InvalidInput):
        models.connect(choice_of(server, "big:120b-cloud", Server.OLLAMA))


def test_the_own_model_is_started_by_its_first_answer(server: ScriptedServer) -> None:
    """Its address is another one each time."""
    own = FakeOwn(address=server.address)
    model = models_of(server, own).connect(OWN.choice)

    assert (own.started, model.name, model.context_tokens) == (0, "Built-in model", 2048)
    assert "".join(model.stream([{"role": "user", "content": "hello"}])) == "That is noted."
    assert own.started == 1
    assert server.asked[0].headers["authorization"] == "Bearer own-key"


@pytest.mark.parametrize("own", [None, FakeOwn(None)])
def test_an_own_model_that_is_gone_cannot_be_connected(
    server: ScriptedServer, own: FakeOwn | None
) -> None:
    """It was chosen when it was installed."""
    with pytest.raises(ModelNotInstalled):
        models_of(server, own).connect(OWN.choice)


def test_warming_up_starts_the_own_model(server: ScriptedServer) -> None:
    """And nothing else is asked of anybody."""
    own = FakeOwn(address=server.address)
    models = models_of(server, own)
    models.warm_up(choice_of(server))
    assert own.started == 0
    models.warm_up(OWN.choice)
    assert own.started == 1
    assert server.asked == server.looked_up == []


def test_closing_stops_the_own_model(server: ScriptedServer) -> None:
    """Other servers are not ours to stop."""
    own = FakeOwn()
    models_of(server, own).close()
    models_of(server).close()

    assert own.closed


def test_a_server_at_another_address_is_looked_for_by_it(server: ScriptedServer) -> None:
    """As the person types it."""
    models = ChatModels(addresses=tuple)

    assert models.find() == ()
    assert models.find_at(f"{server.address}/v1") == (ModelOffer(choice_of(server), None),)


def test_an_address_without_models_says_why() -> None:
    """Nothing there, a key that is wanted, something else, or another computer."""
    models = ChatModels(addresses=tuple)
    with ScriptedServer() as other:
        with pytest.raises(InvalidInput, match="no server of chat models"):
            models.find_at(other.address)
        other.documents["/v1/models"] = refusal(401, "no")
        with pytest.raises(KeyRefused):
            models.find_at(other.address)
    with pytest.raises(ModelNotConnected):
        models.find_at(other.address)
    with pytest.raises(InvalidInput, match="not this computer"):
        models.find_at("http://192.168.1.5:8080")


# -- the test of a connection ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "says"), [(2.04, "It answered in 2.0 s."), (0.04, "It answered at once.")]
)
def test_a_connection_that_works_says_how_long_it_took(
    server: ScriptedServer, seconds: float, says: str
) -> None:
    """To the first word; the rest is not waited for."""
    server.play(Play(["OK", threading.Event()]))
    ticks = iter((1.0, 1.0 + seconds))
    models = ChatModels(addresses=lambda: [server.address], timer=lambda: next(ticks))

    assert models.test(choice_of(server)) == Connection(True, says)
    assert server.asked[0].gone.wait(10)


def test_a_server_that_is_not_there_is_named_by_its_address(server: ScriptedServer) -> None:
    """It may be the address that is wrong."""
    with ScriptedServer() as gone:
        pass

    tested = models_of(server).test(choice_of(gone))
    assert (tested.works, gone.address in tested.says) == (False, True)
    assert "Start the server" in tested.says


def test_a_model_that_is_not_there_is_told_with_those_that_are(server: ScriptedServer) -> None:
    """A few of them."""
    server.documents["/v1/models"] = openai_models(*"abcdefg")

    tested = models_of(server).test(choice_of(server, "x"))
    assert tested == Connection(
        False, "The server does not have “x”. It has “a”, “b”, “c”, “d”, “e” and 2 more."
    )
    assert server.asked == []


def test_a_server_without_models_says_so(server: ScriptedServer) -> None:
    """None is downloaded, or none is loaded."""
    server.documents["/v1/models"] = openai_models()

    assert "no other model" in models_of(server).test(choice_of(server)).says


def test_a_model_of_ollama_may_be_named_without_its_version(server: ScriptedServer) -> None:
    """As Ollama's own commands take it."""
    server.documents = {"/api/tags": {"models": [{"name": "tiny:latest"}]}}

    assert models_of(server).test(choice_of(server, "tiny", Server.OLLAMA)).works


def test_llama_cpp_answers_to_any_name(server: ScriptedServer) -> None:
    """It has one model, whose name is a path."""
    server.documents["/v1/models"] = openai_models("/m/tiny.gguf", owned_by="llamacpp")

    assert models_of(server).test(choice_of(server, "tiny", Server.LLAMA_CPP)).works


@pytest.mark.parametrize(
    ("play", "says"),
    [
        (refusal(401, "no"), "Enter the key"),
        (refusal(404, "model not found"), "Choose one of its models"),
        (refusal(429, "later", type="insufficient_quota"), "wants to be paid"),
        (refusal(400, "context length"), "more than “scripted” can read"),
        (Play(status=503, error="{}", headers={"Retry-After": "60"}), "still loading"),
        (Play(before=threading.Event()), "said nothing for too long"),
        (Play([]), "without a word"),
    ],
)
def test_a_failed_test_says_what_to_do(server: ScriptedServer, play: Play, says: str) -> None:
    """Each failure in its own words."""
    server.play(play)

    tested = models_of(server, test_seconds=0.3).test(choice_of(server))
    assert not tested.works
    assert says in tested.says


def test_a_wrong_key_is_noticed_before_anything_is_asked(server: ScriptedServer) -> None:
    """The list of models wants it too."""

    def listed(asked: Asked) -> object:
        return (
            refusal(401, "no") if asked.headers.get("authorization") != "Bearer k" else {"data": []}
        )

    server.documents["/v1/models"] = listed
    assert "Enter the key" in models_of(server).test(choice_of(server), "wrong").says
    assert server.asked == []


def test_something_else_at_the_address_is_told(server: ScriptedServer) -> None:
    """Many programs listen on these ports."""
    server.documents = {"/v1/models": b"<html>"}

    assert "no server of chat models" in models_of(server).test(choice_of(server)).says


def test_an_address_of_elsewhere_fails_the_test_in_words(server: ScriptedServer) -> None:
    """It is not asked."""
    tested = models_of(server).test(ModelChoice(Server.COMPATIBLE, "m", "http://models.example"))

    assert (tested.works, "not this computer" in tested.says) == (False, True)


def test_an_own_model_that_does_not_start_fails_the_test(server: ScriptedServer) -> None:
    """In the words of its error, which has no address."""
    tested = models_of(server, FakeOwn()).test(OWN.choice)

    assert tested == Connection(False, str(ModelNotConnected("Built-in model")))


LATE = """
import sys
from pathlib import Path
from memory import Memory, Settings
from memory.records import ModelChoice, Server
from tests.fakes import FakeEmbedder, FakeLanguage

settings = Settings(database=Path(sys.argv[1]))
with Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage()) as memory:
    memory.grant("me", "personalization")
    memory.respond("me", "Hello").read()
    memory.find_models()
    memory.warm_up_model("me")
    assert "litellm" not in sys.modules
    memory.choose_model("me", ModelChoice(Server.COMPATIBLE, "tiny", "http://127.0.0.1:9"))
    assert "litellm" not in sys.modules
    memory.warm_up_model("me")
    assert "litellm" in sys.modules
"""


def test_litellm_is_loaded_for_a_chosen_model_alone(tmp_path: Path) -> None:
    """Not to answer from memory, nor to look for models: it takes seconds."""
    run = subprocess.run(
        [sys.executable, "-c", LATE, str(tmp_path / "recollect.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
