"""Which model answers a person: what they chose, kept without its key."""

from typing import Never

import pytest

from memory.adapters.models.chat_models import ChatModels
from memory.engine import Memory
from memory.errors import InvalidInput, KeyMissing, ModelNotConnected
from memory.protocols import Models
from memory.records import (
    PERSONALIZATION,
    CallPurpose,
    KeySource,
    ModelChoice,
    ModelOffer,
    ModelPlace,
    Server,
)
from memory.settings import Settings
from tests.fakes import CHEAP, FakeModel, FakeModels, FakeRemoteModel, on_ollama
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

KEY = "quokkamandel-key-123"


@pytest.fixture
def models() -> FakeModels:
    return FakeModels(
        FakeModel(("Tiny says.",), name="tiny"), FakeModel(("Big says.",), name="big")
    )


@pytest.fixture
def memory(open_memory: OpenMemory, models: FakeModels) -> Memory:
    opened = open_memory(models=models)
    opened.grant("me", PERSONALIZATION)
    return opened


def test_models_are_offered_with_what_they_can_read(memory: Memory) -> None:
    """As their servers tell."""
    assert memory.find_models() == (
        ModelOffer(on_ollama("tiny"), 4096),
        ModelOffer(on_ollama("big"), 4096),
    )


def test_the_chosen_model_answers_until_another_is_chosen(memory: Memory) -> None:
    """One person's choice is nobody else's."""
    assert memory.answerer("me") == "built-in answerer"
    memory.choose_model("me", on_ollama("tiny"))

    assert (memory.answerer("me"), memory.chosen_model("me")) == ("tiny", on_ollama("tiny"))
    assert memory.respond("me", "Hi").read() == "Tiny says."
    assert memory.answerer("other") == "built-in answerer"

    memory.choose_model("me", None)
    assert memory.chosen_model("me") is None
    assert memory.respond("me", "Hi").model == "built-in answerer"


def test_a_choice_outlives_the_process(
    memory: Memory, open_memory: OpenMemory, models: FakeModels
) -> None:
    """It is in the file, as one of the settings, and goes with the person."""
    memory.choose_model("me", on_ollama("big"))
    memory.close()

    again = open_memory(models=models)
    assert again.respond("me", "Hi").read() == "Big says."
    assert again.footprint("me").places["settings"] == 1
    again.erase("me")
    assert again.chosen_model("me") is None


def test_a_key_is_used_and_stored_nowhere(
    memory: Memory, models: FakeModels, settings: Settings
) -> None:
    """It is for every model of that server, until another is typed."""
    memory.choose_model("me", on_ollama("tiny"), key=KEY)
    memory.respond("me", "Hi").read()
    memory.test_model(on_ollama("big"))
    memory.test_model(on_ollama("big"), key="another")

    assert models.keys == [KEY, KEY, "another"]
    assert KEY.encode() not in memory.export("me")
    assert left_of([KEY], settings.database) == []
    assert memory.verify_audit().state == "intact"


@pytest.mark.parametrize(
    "address",
    [
        "http://models.example:8080",
        f"http://127.0.0.1:8080/v1?api_key={KEY}",
        f"http://me:{KEY}@127.0.0.1:8080",
        f"http://:{KEY}@127.0.0.1:8080",
    ],
)
def test_a_model_of_elsewhere_or_with_a_key_in_its_address_is_not_chosen(
    open_memory: OpenMemory, settings: Settings, address: str
) -> None:
    """The address is stored."""
    memory = open_memory(models=ChatModels())
    choice = ModelChoice(Server.COMPATIBLE, "m", address)
    with pytest.raises(InvalidInput):
        memory.choose_model("me", choice, key=KEY)

    assert memory.chosen_model("me") is None
    assert left_of([KEY], settings.database) == []


class Tidy(FakeModels):
    """Calls an address otherwise than it was typed."""

    def find_at(
        self, address: str, key: str = "", *, elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        return super().find_at(address.removesuffix("/v1"), key, elsewhere=elsewhere)


def test_a_key_that_fits_is_not_asked_for_again(open_memory: OpenMemory) -> None:
    """Not at the address as it was typed, nor by the model that was found there."""
    models = Tidy(FakeModel(name="tiny"))
    memory = open_memory(models=models)
    (offer,) = memory.find_models_at("http://127.0.0.1:1234/v1", key=KEY)
    memory.find_models_at("http://127.0.0.1:1234/v1")
    memory.test_model(offer.choice)

    assert models.keys == [KEY, KEY, KEY]


def test_a_new_key_is_used_at_once(memory: Memory, models: FakeModels) -> None:
    """Also by a model that was connected with the old one."""
    memory.choose_model("me", on_ollama("tiny"), key="old")
    memory.respond("me", "Hi").read()
    memory.choose_model("me", on_ollama("tiny"), key="new")
    memory.respond("me", "Hi").read()

    assert models.keys == ["old", "new"]


def test_an_answer_can_be_asked_of_any_model_by_its_name(memory: Memory) -> None:
    """Of one that was found, of the chosen one, and of the built-in answerer."""
    memory.choose_model("me", on_ollama("tiny"))

    for name, says in (("big", "Big says."), ("tiny", "Tiny says.")):
        assert memory.respond("me", "Hi", model=name).read() == says
    assert memory.respond("me", "Hi", model="built-in answerer").sent is None
    with pytest.raises(ModelNotConnected, match="“nobody”"):
        memory.respond("me", "Hi", model="nobody")


def test_a_model_that_is_gone_is_an_error_and_not_another_one(memory: Memory) -> None:
    """Nobody is answered by whom they did not choose."""
    memory.choose_model("me", on_ollama("gone"))

    with pytest.raises(ModelNotConnected):
        memory.respond("me", "Hi")
    assert memory.messages("default") == []


def test_a_model_elsewhere_is_not_chosen(open_memory: OpenMemory) -> None:
    """The choice stays as it was, and nothing that asks for it fails later."""
    memory = open_memory(models=ChatModels())
    memory.choose_model("me", on_ollama("tiny"))

    for elsewhere in (
        ModelChoice(Server.COMPATIBLE, "big", "http://models.example:8080"),
        on_ollama("big:cloud"),
    ):
        with pytest.raises(InvalidInput):
            memory.choose_model("me", elsewhere)
    assert memory.chosen_model("me") == on_ollama("tiny")


def test_a_choice_is_in_the_audit_without_its_name(memory: Memory) -> None:
    """Closed words alone stand there."""
    memory.choose_model("me", on_ollama("tiny"))

    event = memory.audit(1)[0]
    assert (event.action, event.scope) == ("choose model", "local")
    assert "tiny" not in str(event)


def test_the_chosen_model_is_warmed_up(memory: Memory, models: FakeModels) -> None:
    """There is nothing to warm up where none is chosen."""
    memory.warm_up_model("me")
    memory.choose_model("me", on_ollama("tiny"))
    memory.warm_up_model("me")

    assert models.warmed == [on_ollama("tiny")]


def test_what_was_started_is_stopped_at_closing(memory: Memory, models: FakeModels) -> None:
    """A server inside the app goes with it."""
    memory.close()

    assert models.closed


@pytest.mark.parametrize("goes", ["memory", "private chat", "erased private chat"])
def test_a_model_inside_the_app_forgets_what_goes(
    memory: Memory, models: FakeModels, goes: str
) -> None:
    """It has read it, and only its end takes that out of its memory; nothing else ends it."""
    item = memory.remember("me", "I like tea.")
    memory.respond("me", "Hm.", conversation_id="private", private=True).read()
    memory.drop_unstored("me", "never begun")
    memory.forget(item.id)
    assert not models.closed

    if goes == "memory":
        memory.erase("me", memory=item.id)
    elif goes == "private chat":
        memory.drop_unstored("me", "private")
    else:
        memory.erase("me", conversation="private")
    assert models.closed


@pytest.mark.parametrize("said", ["What is the capital of Peru?", "Write me a quicksort"])
def test_an_answer_from_memory_does_not_deny_the_model(memory: Memory, said: str) -> None:
    """It is connected, and was not asked."""
    assert "no model is connected" in memory.respond("me", said).read()
    memory.choose_model("me", on_ollama("tiny"))

    assert "no model" not in memory.respond("me", said, model="built-in answerer").read()


def test_erasing_everything_takes_chats_of_somebody_who_never_agreed(
    memory: Memory, models: FakeModels
) -> None:
    """Nothing of them is stored: what they said lives in the process, and in the model in it."""
    memory.respond("guest", "I am Maya.", conversation_id="theirs", model=FakeModel()).read()
    assert memory.messages("theirs", user_id="guest")

    memory.erase("guest")
    assert memory.messages("theirs", user_id="guest") == []
    assert models.closed


# -- elsewhere ---------------------------------------------------------------------------------

FAR = ModelChoice(Server.OPENAI, "fake-remote")


@pytest.fixture
def far(open_memory: OpenMemory) -> tuple[Memory, FakeModels]:
    """One model of a provider, one of here, and no key in the environment."""
    models = FakeModels(FakeRemoteModel(), FakeModel(name="tiny"))
    opened = open_memory(models=models)
    opened.grant("me", PERSONALIZATION)
    return opened, models


def test_a_model_elsewhere_is_chosen_and_audited_as_such(
    far: tuple[Memory, FakeModels], settings: Settings
) -> None:
    """Its key is nowhere in the file."""
    memory, _ = far
    memory.choose_model("me", FAR, key=KEY)

    assert memory.chosen_model("me") == FAR
    assert memory.answerer("me") == "fake-remote"
    event = memory.audit(1)[0]
    assert (event.action, event.scope) == ("choose model", "remote")
    assert KEY.encode() not in memory.export("me")
    assert left_of([KEY], settings.database) == []


def test_without_a_key_nothing_is_asked_or_stored(far: tuple[Memory, FakeModels]) -> None:
    """It can be chosen, and the key entered later."""
    memory, models = far
    memory.choose_model("me", FAR)
    with pytest.raises(KeyMissing):
        memory.respond("me", "Hi")
    assert memory.messages("default") == []

    memory.set_key("OpenAI", f" {KEY}\n")
    assert memory.model_can_read_along("me") is False
    assert models.keys[-1] == KEY


def test_providers_tell_where_their_keys_are_from(open_memory: OpenMemory) -> None:
    """What was typed goes before the environment's, until it is taken back."""
    memory = open_memory(models=FakeModels(keys={Server.GROQ: "of the environment"}))

    def source(server: Server) -> KeySource | None:
        return next(each.key_from for each in memory.providers() if each.server is server)

    assert (source(Server.GROQ), source(Server.OPENAI)) == (KeySource.ENVIRONMENT, None)
    for server in (Server.GROQ, Server.OPENAI):
        memory.set_key(server, KEY)
        assert source(server) is KeySource.TYPED
        memory.set_key(server, "")
    assert (source(Server.GROQ), source(Server.OPENAI)) == (KeySource.ENVIRONMENT, None)


@pytest.mark.parametrize("server", [Server.OLLAMA, Server.ELSEWHERE, "Nobody"])
def test_only_providers_have_models_and_keys_by_their_names(memory: Memory, server: str) -> None:
    """The others have them by their addresses."""
    with pytest.raises(InvalidInput):
        memory.set_key(server, KEY)
    with pytest.raises(InvalidInput):
        memory.provider_models(server)


def test_a_providers_models_are_looked_up_only_when_that_is_said(
    far: tuple[Memory, FakeModels],
) -> None:
    """With the key that was typed."""
    memory, models = far
    offers = (ModelOffer(FAR, 128_000, CHEAP),)

    assert memory.provider_models("OpenAI") == offers
    assert memory.provider_models("Groq") == ()
    assert (models.looked_up, models.keys) == ([], [])
    with pytest.raises(KeyMissing):
        memory.provider_models("OpenAI", look_up=True)
    memory.set_key("OpenAI", KEY)
    assert memory.provider_models("OpenAI", look_up=True) == offers
    assert (models.looked_up, models.keys[-1]) == ([Server.OPENAI], KEY)


def test_a_server_elsewhere_is_found_by_its_address_with_its_own_key(
    far: tuple[Memory, FakeModels],
) -> None:
    """A key that fits is not asked for again, and is no other server's."""
    memory, models = far
    address = "https://models.example/v1"
    (offer, _) = memory.find_models_at(address, key=KEY, elsewhere=True)
    memory.test_model(offer.choice)
    memory.test_model(FAR)

    assert offer.choice.server is Server.ELSEWHERE
    assert models.keys == [KEY, KEY, ""]


def test_a_new_key_of_a_provider_is_used_at_once(far: tuple[Memory, FakeModels]) -> None:
    """Also by a model that was connected with the old one."""
    memory, models = far
    memory.choose_model("me", FAR, key="old")
    memory.answerer("me")
    memory.set_key("OpenAI", "new")
    memory.choose_model("me", FAR)

    assert models.keys == ["old", "new"]


def test_a_test_of_a_connection_has_no_owner_unless_one_is_named(
    far: tuple[Memory, FakeModels],
) -> None:
    """One on this computer costs nothing, and one that failed is no answer."""
    memory, models = far
    assert memory.test_model(FAR, key=KEY).works
    assert memory.test_model(on_ollama("tiny"), user_id="me").works
    assert not memory.test_model(ModelChoice(Server.OPENAI, "gone"), user_id="me").works
    assert len(models.tested) == 3


def test_a_test_elsewhere_stands_in_the_ledger_of_who_made_it(
    far: tuple[Memory, FakeModels],
) -> None:
    """Counted here where its server did not; it may have cost something."""
    memory, _ = far
    memory.test_model(FAR, key=KEY, user_id="me")

    (entry,) = memory.ledger("me", place="remote")
    assert (entry.purpose, entry.provider, entry.model) == (
        CallPurpose.TEST,
        Server.OPENAI,
        "fake-remote",
    )
    assert entry.context_tokens > 0
    assert entry.answer_tokens > 0
    assert entry.cost == pytest.approx(
        entry.context_tokens * CHEAP.context + entry.answer_tokens * CHEAP.answer
    )


def test_a_model_elsewhere_does_not_read_along(far: tuple[Memory, FakeModels]) -> None:
    """What is said is read on this computer."""
    memory, _ = far
    memory.choose_model("me", FAR, key=KEY)

    assert memory.model_can_read_along("me") is False


class Unasked(FakeModels):
    """Fails when anybody would be asked."""

    def look_up(self, server: Server, key: str) -> tuple[ModelOffer, ...]:
        raise AssertionError(f"{server} was looked up")

    def test(self, choice: ModelChoice, key: str = "") -> Never:
        raise AssertionError(f"{choice} was tested")


def test_opening_and_looking_around_asks_nobody_elsewhere(
    open_memory: OpenMemory,
) -> None:
    """Not even whether a key fits."""
    remote = FakeRemoteModel()
    models: Models = Unasked(remote)
    memory = open_memory(models=models)
    memory.choose_model("me", FAR, key=KEY)
    memory.warm_up_model("me")
    memory.find_models()
    memory.providers()
    memory.provider_models("OpenAI")
    memory.answerer("me")
    memory.model_can_read_along("me")

    assert remote.received == []
    assert FAR.server.place is ModelPlace.REMOTE


def test_what_no_header_can_carry_is_not_kept_as_a_key(open_memory: OpenMemory) -> None:
    """Or every later look at the model would fail."""
    memory = open_memory(models=FakeModels())

    with pytest.raises(InvalidInput, match="Copy it anew"):
        memory.set_key(Server.OPENAI, "sk-one\nX-Other: two")

    assert {each.key_from for each in memory.providers()} == {None}
