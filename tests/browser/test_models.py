"""Answers of chat models as only a browser shows them: they come in pieces, are stopped, break off,
and are asked for once. The models are a scripted server's, and the one inside the app."""

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from memory import (
    AnswerBrokenOff,
    EmptyAnswer,
    ModelBusy,
    ModelChoice,
    ModelNotConnected,
    ModelUnavailable,
    Server,
)
from memory.adapters.models.own_server import OwnServer
from tests.adapters.scripted_server import (
    Asked,
    Fault,
    Play,
    ScriptedServer,
    openai_models,
    refusal,
)
from tests.browser.beside import engine
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer, free_port, running
from tests.browser.test_tabs import files_with
from tests.browser.windows import Seen, Windows

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MODEL, OTHER = "tiny", "tall"
READS = 8192
KEY = "zanzibar-quokka-4711"
TOLD = "I decided to use PostgreSQL for the shop because of its reliability."
ALSO_TOLD = "The database of the old shop was slow."
ASKED = "Which database do I use for the shop?"
STOP_AT_TEXT = """waiting => {
  const watch = new MutationObserver(() => {
    const answer = [...document.querySelectorAll('[data-testid=stChatMessage]')].at(-1)
    const text = answer?.querySelector('[data-testid=stMarkdownContainer]')?.innerText
    const stop = document.querySelector('[data-testid=stChatInputStopButton]')
    if (!stop || !text?.trim() || text.includes(waiting) || text.includes('One moment')) return
    watch.disconnect()
    stop.click()
  })
  watch.observe(document.body, {childList: true, subtree: true, characterData: true})
}"""
"""From inside, as soon as something of the answer is there."""
WAITING = "is reading"
FIRST_ANSWER_SECONDS = 120
"""Of waiting for libraries: they take 5 to 9 when the computer has nothing else to do."""
SECONDS = 10
"""Of waiting for what comes at once; a busy computer may take its time."""


@pytest.fixture(scope="module")
def scripted() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture(scope="module")
def model_app(
    windows: Windows, scripted: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """One for all tests of this file. It has answered once: only the first answer waits for what is
    loaded ahead of it, and on a busy computer for longer than a test has patience."""
    app = AppServer(tmp_path_factory.mktemp("models"), {"RECOLLECT_WORDS_PER_SECOND": "0"})
    with engine(app) as memory:
        memory.grant("me", "personalization")
        memory.remember("me", TOLD)
        memory.remember("me", ALSO_TOLD)
        memory.choose_model("me", at(scripted.address))
    seen = Seen()
    with running(app):
        with windows.open(DESKTOP, "light", seen) as page:
            first = Person(page, app.url)
            first.open()
            first.say("Hello")
            assert scripted.wait_for_requests(1, FIRST_ANSWER_SECONDS)
            first.expect(first.answer).to_contain_text("That is noted.")
            first.rest()
        assert len(scripted.asked) == 1, "what is loaded ahead asks nothing"
        assert not seen.outside
        yield app


@pytest.fixture
def models(scripted: ScriptedServer, model_app: AppServer) -> ScriptedServer:
    """It has not been asked anything yet, and the person has chosen one of its models."""
    scripted.usual = Play()
    scripted.documents["/v1/models"] = openai_models(MODEL, OTHER, max_model_len=READS)
    scripted.asked.clear()
    choose(model_app, at(scripted.address))
    return scripted


@pytest.fixture
def person(page: "Page", model_app: AppServer, models: ScriptedServer) -> Person:
    return in_new_conversation(Person(page, model_app.url))


@pytest.fixture
def answered(person: Person, models: ScriptedServer) -> Person:
    models.usual = Play(["PostgreSQL, ", "as you decided."])
    person.ask(ASKED)
    return person


def at(address: str) -> ModelChoice:
    return ModelChoice(Server.COMPATIBLE, MODEL, address)


def choose(app: AppServer, choice: ModelChoice | None) -> None:
    """The app reads it with the next message."""
    with engine(app) as memory:
        memory.choose_model("me", choice)


def in_new_conversation(person: Person) -> Person:
    person.open()
    person.new_conversation()
    return person


# -- as it comes ------------------------------------------------------------------------------


def test_the_first_word_is_there_while_the_rest_is_still_to_come(
    person: Person, models: ScriptedServer
) -> None:
    """Nothing holds it back; what one could have begun with has gone by then."""
    rest = threading.Event()
    models.usual = Play(["Postgre", rest, "SQL, as you decided."])
    suggestions = person.main.get_by_role("button", name="What can you do?")
    person.expect(suggestions).to_be_visible()

    person.say(ASKED)

    person.expect(person.answer.get_by_text("Postgre", exact=True)).to_be_visible()
    person.expect(person.stop_button).to_be_visible()
    person.expect(suggestions).not_to_be_visible()
    rest.set()
    person.expect(person.answer).to_contain_text("PostgreSQL, as you decided.")
    person.expect(person.answer).to_contain_text("2 memories used")
    person.expect(person.messages).to_have_count(2)


def test_stop_while_nothing_has_come_ends_the_turn(person: Person, models: ScriptedServer) -> None:
    """The server notices; the question stands once, and can be answered yet."""
    models.usual = Play(before=threading.Event())
    person.say(ASKED)
    person.expect(person.answer).to_contain_text(f"{MODEL} {WAITING}")
    assert models.wait_for_requests(1)

    person.stop_button.click()

    person.expect(person.answer).to_contain_text("Stopped")
    assert models.asked[0].gone.wait(SECONDS)
    person.expect(person.stop_button).to_have_count(0)
    person.expect(person.messages.get_by_text(ASKED, exact=True)).to_have_count(1)
    models.usual = Play(["PostgreSQL."])
    person.rest()
    person.answer.get_by_role("button", name="Try again").click()
    person.expect(person.answer).to_contain_text("PostgreSQL.")
    person.expect(person.answer).not_to_contain_text("Stopped")
    person.expect(person.messages).to_have_count(2)


def test_stop_in_the_middle_keeps_what_came(person: Person, models: ScriptedServer) -> None:
    """Also after a reload, and nothing of what would have come."""
    never = threading.Event()
    models.usual = Play(["Postgre", never, "SQL."])
    person.say(ASKED)
    person.expect(person.answer).to_contain_text("Postgre")

    person.stop_button.click()

    person.expect(person.answer).to_contain_text("Stopped")
    assert models.asked[0].gone.wait(SECONDS)
    never.set()
    person.page.reload()
    person.expect(person.messages).to_have_count(2)
    person.expect(person.answer.get_by_text("Postgre", exact=True)).to_be_visible()
    person.expect(person.answer).to_contain_text("Stopped")


def test_trying_again_in_vain_leaves_the_answer_as_it_was(
    answered: Person, models: ScriptedServer
) -> None:
    """Stopped before anything came, by the button that stands there while it is awaited."""
    models.usual = Play(before=threading.Event())
    answered.answer.get_by_role("button", name="Try again").click()
    answered.expect(answered.answer).to_contain_text(f"{MODEL} {WAITING}")
    assert models.wait_for_requests(2)

    answered.main.get_by_role("button", name="Stop", exact=True).click()

    answered.expect(answered.answer).to_contain_text("PostgreSQL, as you decided.")
    assert models.asked[1].gone.wait(SECONDS)
    answered.expect(answered.main).not_to_contain_text("Stopped")
    answered.expect(answered.messages).to_have_count(2)


def test_a_message_is_asked_once_and_nothing_before_it(
    models: ScriptedServer, model_app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """Neither by pages that are opened and reloaded, nor by a second tab, nor by a reload in the
    middle of the answer, which is kept as far as it came."""
    first, second = Person(new_page(), model_app.url), Person(new_page(), model_app.url)
    in_new_conversation(first)
    first.page.reload()
    first.rest()
    assert models.asked == []
    models.usual = Play(["Postgre", threading.Event(), "SQL."])
    first.say(ASKED)
    first.expect(first.answer).to_contain_text("Postgre")

    first.page.reload()
    second.open(first.page.url.removeprefix(first.url))

    first.expect(first.answer).to_contain_text("Stopped")
    first.expect(first.answer.get_by_text("Postgre", exact=True)).to_be_visible()
    assert models.asked[0].gone.wait(SECONDS)
    second.page.reload()
    for tab in (first, second):
        tab.expect(tab.messages.get_by_text(ASKED, exact=True)).to_have_count(1)
        tab.expect(tab.messages).to_have_count(2)
        tab.rest()
    assert len(models.asked) == 1


# -- faults -----------------------------------------------------------------------------------

FAULTS: tuple[tuple[Play, str, type[ModelUnavailable]], ...] = (
    (Play(["It is ", Fault.DROP]), "It is", AnswerBrokenOff),
    (Play(status=429, headers={"Retry-After": "0"}, error={"error": "busy"}), "", ModelBusy),
    (Play([]), "", EmptyAnswer),
    (Play(error=b"<html>what?</html>"), "", AnswerBrokenOff),
    (Play(), "", ModelNotConnected),
)
"""What is played, what is kept of it, and the error whose sentence is seen."""
SHOWN = ", ".join(
    (
        "[data-testid=stText]",
        "[data-testid=stMarkdown]:not([data-testid=stExpander] *)",
        "[data-testid=stAlertContentWarning] p",
    )
)
"""What was said, what came of the answer, and why it ended."""


def test_each_fault_is_told_in_a_sentence_and_doubles_nothing(
    person: Person, models: ScriptedServer, model_app: AppServer
) -> None:
    """The message stands once with what came of its answer, also after a reload."""
    expected: list[str] = []
    for number, (play, kept, error) in enumerate(FAULTS):
        models.usual = play
        if error is ModelNotConnected:
            choose(model_app, at(f"http://127.0.0.1:{free_port()}"))
        asked = f"Question number {number} about the shop"
        person.ask(asked)
        expected += [asked, *filter(None, [kept]), str(error(MODEL))]
        person.expect(person.answer).to_contain_text(expected[-1])

    person.expect(person.messages.locator(SHOWN)).to_have_text(expected)
    person.page.reload()
    person.expect(person.messages.locator(SHOWN)).to_have_text(expected)


def test_both_ways_on_after_a_failure(person: Person, models: ScriptedServer) -> None:
    """Each takes the place of what failed, and nothing is doubled after a reload."""
    models.usual = Play(["It is ", Fault.DROP])
    person.ask(ASKED)
    models.usual = Play(["PostgreSQL."])
    person.answer.get_by_role("button", name="Try again").click()
    person.expect(person.answer).to_contain_text("PostgreSQL.")
    person.expect(person.main).not_to_contain_text("broke off")
    person.rest()

    models.usual = Play([])
    person.ask("And which database do I use for the shop?")
    person.answer.get_by_role("button", name="Answer from memory").click()
    person.expect(person.answer).to_contain_text(f"“{TOLD}”")
    person.expect(person.main).not_to_contain_text("without a word")
    person.rest()

    person.page.reload()
    person.expect(person.messages).to_have_count(4)
    person.expect(person.messages.nth(1)).to_contain_text("PostgreSQL.")
    person.expect(person.answer).to_contain_text(f"“{TOLD}”")
    assert len(models.asked) == 3


# -- why --------------------------------------------------------------------------------------


def test_why_is_reached_and_left_by_the_keyboard(answered: Person) -> None:
    """It stands beside “Try again”; Escape leads back."""
    page = answered.page
    answered.answer.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Tab")
    why = answered.answer.get_by_role("button", name="Why?")
    answered.expect(why).to_be_focused()

    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    answered.expect(dialog).to_contain_text(f"Answered by {MODEL} on this computer")
    answered.rest()
    page.keyboard.press("Escape")
    answered.expect(dialog).to_have_count(0)
    answered.rest()
    page.reload()
    answered.expect(why).to_be_visible()
    answered.expect(dialog).to_have_count(0)


def test_why_shows_the_answer_without_a_memory_beside_it(
    answered: Person, models: ScriptedServer
) -> None:
    """The model gets all but that one; the chat stays as it was."""
    dialog = _why(answered)
    dialog.locator("label").filter(has_text=TOLD).click()
    models.usual = Play(["I do not know."])

    dialog.get_by_role("button", name="Answer again without it").click()

    answered.expect(dialog).to_contain_text("I do not know.")
    answered.expect(dialog).to_contain_text("PostgreSQL, as you decided.")
    answered.expect(dialog).to_contain_text("nothing of it is kept")
    given, again = (asked.body["messages"][0]["content"] for asked in models.asked)
    assert TOLD in given
    assert TOLD not in again
    answered.rest()
    answered.page.keyboard.press("Escape")
    answered.expect(answered.main).not_to_contain_text("I do not know.")


def test_why_is_read_on_a_phone_in_the_dark(
    models: ScriptedServer, model_app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """Each of its views, and nothing is wider than the screen."""
    phone = Person(new_page(PHONE, color_scheme="dark"), model_app.url)
    phone.open()
    models.usual = Play(["PostgreSQL:\n\n```sql\n", "select 'and a line of some length'" * 4])
    phone.ask(ASKED)
    dialog = _why(phone)
    for view, words in (
        ("Built on", "Switch memories off"),
        ("Near misses", "near"),
        ("What the model got", TOLD),
    ):
        dialog.get_by_text(view, exact=True).click()
        phone.expect(dialog).to_contain_text(words)
        phone.rest()
        assert phone.page.evaluate(TOO_WIDE) == [], view
        assert dialog.evaluate("e => e.scrollWidth <= e.clientWidth"), view


def _why(person: Person) -> "Locator":
    """The dialog of the last answer, open."""
    person.answer.get_by_role("button", name="Why?").click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog).to_contain_text("Answered by")
    person.rest()
    return dialog


# -- the model inside the app -----------------------------------------------------------------


@pytest.mark.skipif(OwnServer().offer() is None, reason="needs the extra “local”")
def test_the_model_inside_the_app_answers_and_is_stopped(
    person: Person, model_app: AppServer
) -> None:
    """A real one: its words come one by one, and end when they are stopped."""
    choose(model_app, ModelChoice(Server.OWN, OwnServer.name))
    person.page.evaluate(STOP_AT_TEXT, WAITING)

    person.say("Write a long story about a lighthouse and the sea.")

    person.expect(person.answer).to_contain_text("Stopped")
    person.rest()
    said = person.answer.get_by_test_id("stMarkdown").first.inner_text().split()
    assert 0 < len(said) < 100
    person.page.reload()
    person.expect(person.answer).to_contain_text(said[0])
    person.expect(person.answer).to_contain_text("Stopped")


# -- choosing ---------------------------------------------------------------------------------


def test_a_server_that_is_gone_is_told_by_the_test_of_the_connection(
    page: "Page", models: ScriptedServer, model_app: AppServer
) -> None:
    """What is in use stands in the dialog also when it is not there, on a phone too."""
    place = f"//127.0.0.1:{free_port()}"
    choose(model_app, at(f"http:{place}"))
    person = Person(page, model_app.url)
    person.open()
    person.unfold(person.sidebar, "Assistant")
    dialog = _who_answers(person)
    person.expect(dialog.get_by_role("radio", name=MODEL)).to_be_checked()

    dialog.get_by_role("button", name="Test the connection").click()

    person.expect(dialog).to_contain_text(f"{place}. Start the server there")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    person.rest()
    assert page.evaluate(TOO_WIDE) == []
    assert dialog.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_model_behind_a_key_is_found_tested_and_chosen(
    page: "Page", models: ScriptedServer, model_app: AppServer
) -> None:
    """The choice is kept over a reload and a restart; the key is seen by the server alone."""
    models.documents["/v1/models"] = _with_key
    choose(model_app, None)
    person = Person(page, model_app.url)
    person.open()
    person.unfold(person.sidebar, "Assistant")
    dialog = _who_answers(person)
    person.unfold(dialog, "Another address")

    _look(person, models.address)
    person.expect(dialog).to_contain_text("The server wants a key, or another one.")
    _look(person, models.address, KEY)
    person.expect(dialog).to_contain_text("2 models found")
    offered = f"{models.address.removeprefix('http:')} · reads 8,192 tokens"
    person.expect(dialog.get_by_text(offered)).to_have_count(2)
    person.expect(dialog.get_by_role("radio", name=MODEL)).to_be_checked()
    person.rest()
    assert KEY not in _all_of(page)

    _test_what_is_wrong(person, models)
    dialog.get_by_role("button", name="Use it").click()

    person.expect(dialog).to_have_count(0)
    asked = len(models.asked)
    for begin_anew in (page.reload, model_app.restart):
        person.expect(person.sidebar).to_contain_text(f"Model: {MODEL}")
        begin_anew()
        person.open()
    person.expect(person.sidebar).to_contain_text(f"Model: {MODEL}")
    assert len(models.asked) == asked, "nothing was said yet"
    assert models.asked[-1].headers["authorization"] == f"Bearer {KEY}"
    assert files_with(KEY, model_app.folder) == []


def _with_key(asked: Asked) -> object:
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        return refusal(401, "wrong key")
    return openai_models(MODEL, OTHER, max_model_len=READS)


def _who_answers(person: Person) -> "Locator":
    person.sidebar.get_by_role("button", name="Choose a model").click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog.get_by_role("button", name="Use it")).to_be_visible()
    person.rest()
    return dialog


def _look(person: Person, address: str, key: str = "") -> None:
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Address").fill(address)
    dialog.get_by_role("textbox", name="Key").fill(key)
    dialog.get_by_role("button", name="Look there").click()


def _all_of(page: "Page") -> str:
    """The page as it is, with what stands in its fields."""
    fields = "[...document.querySelectorAll('input, textarea')].map(field => field.value).join()"
    return page.content() + page.evaluate(fields)


def _test_what_is_wrong(person: Person, models: ScriptedServer) -> None:
    """In plain words, and in the end nothing is."""
    dialog = person.page.get_by_role("dialog")
    found = models.documents.pop("/v1/models")
    for documents, words in (
        (openai_models(OTHER), f"The server does not have “{MODEL}”. It has “{OTHER}”."),
        (refusal(401, "wrong key"), "The server refused the key, or wants one."),
        (found, "It answered"),
    ):
        models.documents["/v1/models"] = documents
        dialog.get_by_role("button", name="Test the connection").click()
        person.expect(dialog).to_contain_text(words)
        person.rest()
