"""Choosing a model elsewhere: the key, the list, the consent; and that nobody is asked before."""

import pytest

from memory import BUILT_IN, PERSONALIZATION, REMOTE_MODEL, Memory, ModelChoice, Server
from pages.parts.shared import open_memory
from pages.parts.whose import ME
from tests.fakes import FakeModel, FakeModels, on_ollama
from tests.pages.elsewhere import KEY, REMOTE, Far, connect
from tests.pages.screen import Screen, agreed

AT = "http://127.0.0.1:8099/v1"


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> FakeModels:
    """``indirect`` parameter: the key of its provider in the environment."""
    key = getattr(request, "param", KEY)
    return connect(monkeypatch, Far(), key=key, near=FakeModel(name="near"))


@pytest.fixture
def memory(models: FakeModels, screen: Screen) -> Memory:
    shared = open_memory()
    shared.grant(ME, PERSONALIZATION)
    return shared


@pytest.fixture
def choosing(memory: Memory, screen: Screen) -> Screen:
    """The dialog is open at the models elsewhere."""
    return screen.run().click("model_choose").choose("Elsewhere", key="model_group")


def provider(screen: Screen, server: Server) -> Screen:
    screen.test.pills(key="model_provider").set_value(server)
    return screen.run()


def pick(screen: Screen, server: Server, name: str) -> Screen:
    screen.test.selectbox(key=f"model_named_{server.name.lower()}").set_value(name)
    return screen.run()


def type_name(screen: Screen, name: str) -> Screen:
    """AppTest knows no more names than those that are offered."""
    field = screen.test.selectbox(key="model_named_openai")
    field.options.append(name)
    field.set_value(name)
    return screen


def test_providers_are_offered_and_nobody_is_asked(choosing: Screen, models: FakeModels) -> None:
    """Neither by opening the dialog nor by looking at each of them."""
    pills = choosing.test.pills(key="model_provider")
    assert pills.options == [*(each.server for each in models.providers()), "Another address"]
    for server in Server:
        if server in pills.options:
            provider(choosing, server)

    assert models.looked_up == []
    assert models.tested == []


def test_its_models_are_listed_with_size_and_price(choosing: Screen) -> None:
    """Where its key comes from, too."""
    assert "Its key comes from `OPENAI_API_KEY`" in choosing.words
    listed = choosing.test.selectbox(key="model_named_openai")
    assert listed.options == [f"{REMOTE} · 128k · $1.00 / $4.00"]

    pick(choosing, Server.OPENAI, REMOTE)

    assert "Reads 128,000 tokens · $1.00 in, $4.00 out per million" in choosing.words


def test_the_first_one_is_agreed_to_in_its_exact_words(choosing: Screen, memory: Memory) -> None:
    """With what stays home by the person's rules; the next is not asked again."""
    pick(choosing, Server.OPENAI, REMOTE)
    assert "Allows Recollect to send a question, and memories that help" in choosing.words
    assert "Never sent: what is confidential or sensitive." in choosing.words
    assert "Replaced by labels: passwords and keys, e-mail addresses" in choosing.words.replace(
        "&#45;", "-"
    )
    assert choosing.test.button(key="model_use").label == "Agree and use it"
    assert not agreed(memory, REMOTE_MODEL)

    choosing.click("model_use")

    assert memory.chosen_model(ME) == ModelChoice(Server.OPENAI, REMOTE)
    assert agreed(memory, REMOTE_MODEL)
    assert f"**{REMOTE}** at OpenAI answers" in choosing.words
    choosing.click("model_choose")
    assert choosing.test.segmented_control(key="model_group").value == "Elsewhere"
    assert choosing.test.button(key="model_use").label == "Use it"


def test_a_name_that_is_on_no_list_can_be_typed(choosing: Screen, memory: Memory) -> None:
    type_name(choosing, " gpt-unheard-of ").run()
    assert "It is not on the list" in choosing.words

    type_name(choosing, " gpt-unheard-of ").click("model_use")

    assert memory.chosen_model(ME) == ModelChoice(Server.OPENAI, "gpt-unheard-of")


@pytest.mark.parametrize("models", [""], indirect=True)
def test_a_typed_key_is_handed_on_and_not_kept(
    choosing: Screen, memory: Memory, models: FakeModels
) -> None:
    """It can be forgotten, too."""
    choosing.fill("model_key_0", KEY).click("model_take_key")
    assert "You typed its key" in choosing.words
    assert KEY not in choosing.kept

    choosing.click("model_look_up")
    assert "1 model found." in choosing.words
    assert (models.looked_up, models.keys[-1]) == ([Server.OPENAI], KEY)

    choosing.click("model_forget_key")
    assert "You typed its key" not in choosing.words
    assert choosing.test.text_input(key="model_key_1").value == ""


@pytest.mark.parametrize("models", [""], indirect=True)
def test_without_a_key_a_look_up_says_what_is_missing(choosing: Screen, models: FakeModels) -> None:
    choosing.click("model_look_up")

    assert "There is no key for the provider" in choosing.words
    assert models.looked_up == []


def test_its_test_says_what_is_sent(choosing: Screen, models: FakeModels) -> None:
    pick(choosing, Server.OPENAI, REMOTE)
    assert "sends nothing of yours" in choosing.words
    assert models.tested == []

    choosing.click("model_test")

    assert [box.value for box in choosing.test.success] == ["It was asked&#46;"]
    assert models.tested == [ModelChoice(Server.OPENAI, REMOTE)]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://192.0.2.7:8080/v1", "everything is sent in the clear"),
        ("https://models.example.com/v1", "Nobody says what it costs"),
        (AT, "a program on this computer passes it on"),
    ],
)
def test_another_address_elsewhere(
    choosing: Screen, memory: Memory, address: str, words: str
) -> None:
    """One that is not encrypted is said to be so, unless it is on this computer."""
    provider(choosing, Server.ELSEWHERE)
    choosing.fill("model_address", address).click("model_look_there")
    warned = [box.value for box in choosing.test.warning]
    assert words in "\n".join([choosing.words, *warned])
    assert bool(warned) is address.startswith("http://192")

    choosing.click("model_use")

    assert memory.chosen_model(ME) == ModelChoice(Server.ELSEWHERE, REMOTE, address)


def test_an_address_of_this_computer_may_pass_on_what_it_is_asked(
    memory: Memory, screen: Screen
) -> None:
    """Its models stand among those elsewhere then."""
    screen.run().click("model_choose")
    screen.test.checkbox(key="model_passes_on").check()
    screen.fill("model_address", AT).click("model_look_there")

    assert screen.test.segmented_control(key="model_group").value == "Elsewhere"
    assert screen.test.button(key="model_use").label == "Agree and use it"


def test_the_sidebar_tells_what_it_cost_this_month(memory: Memory, screen: Screen) -> None:
    """And of how much, if there is a budget."""
    memory.grant(ME, REMOTE_MODEL)
    memory.choose_model(ME, ModelChoice(Server.OPENAI, REMOTE))
    assert "this month" not in screen.run().words
    memory.set_budget(ME, 5.0)
    memory.respond(ME, "Hello").read()

    assert "of $5.00 this month" in screen.run().words

    memory.choose_model(ME, None)
    assert memory.answerer(ME) == BUILT_IN
    assert "this month" not in screen.run().words


def test_one_that_is_chosen_is_not_asked_by_the_dialog(
    memory: Memory, models: FakeModels, screen: Screen
) -> None:
    """Also one at an address, unlike those of this computer."""
    memory.grant(ME, REMOTE_MODEL)
    memory.choose_model(ME, ModelChoice(Server.ELSEWHERE, REMOTE, AT))
    models.keys.clear()

    screen.run().click("model_choose").choose("On this computer", key="model_group")

    assert models.keys == []
    assert screen.test.radio(key="model_chosen").value == 0
    memory.choose_model(ME, on_ollama("near"))
    screen.run().click("model_choose")
    assert screen.test.segmented_control(key="model_group").value == "On this computer"
