"""A model elsewhere, as only a browser shows it: nothing goes before it was seen, and what goes is
what was seen. The model is a scripted server's, which passes for a program that passes on what it
is asked."""

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.adapters.scripted_server import Asked, Play, ScriptedServer, openai_models, refusal
from tests.browser.beside import engine
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer, running
from tests.browser.test_tabs import files_with

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MODEL = "far"
KEY = "zanzibar-quokka-4711"
NAMES = ("Bronislawa", "Kowalczyk", "Thelonius")
ASKED = "Which database do Thelonius and I use for the shop?"
ANSWER = ("It is Postgre", "SQL, as [NA", "ME_", "1] and [NAME_2", "] said.")
"""The placeholders come in pieces."""
PRICE = {"prompt": "0.000001", "completion": "0.000004"}
SECONDS = 60
"""Of waiting for the first answer, which waits for what is loaded once."""


@pytest.fixture(scope="module")
def scripted() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        server.documents["/v1/models"] = _with_key
        yield server


def _with_key(asked: Asked) -> object:
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        return refusal(401, "wrong key")
    return openai_models(MODEL, pricing=PRICE)


@pytest.fixture(scope="module")
def far_app(
    scripted: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    app = AppServer(tmp_path_factory.mktemp("far"), {"RECOLLECT_WORDS_PER_SECOND": "0"})
    with engine(app) as memory:
        memory.grant("me", "personalization")
        memory.remember("me", "My name is Bronislawa Kowalczyk.")
        memory.remember("me", "I decided to use PostgreSQL for the shop, and told Thelonius so.")
    with running(app):
        yield app


@pytest.fixture
def far(scripted: ScriptedServer, far_app: AppServer) -> ScriptedServer:
    """It was not asked anything yet, and nothing that goes there was ever seen."""
    scripted.usual = Play(ANSWER)
    scripted.asked.clear()
    scripted.looked_up.clear()
    with engine(far_app) as memory:
        memory.revoke("me", "remote_model")
        memory.choose_model("me", None)
        memory.set_budget("me", None)
    return scripted


def choose(person: Person, far: ScriptedServer) -> None:
    """In the dialog, with the key, and with consent."""
    person.unfold(person.sidebar, "Assistant")
    person.sidebar.get_by_role("button", name="Choose a model").click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog.get_by_role("button", name="Use it")).to_be_visible()
    dialog.get_by_text("Elsewhere", exact=True).click()
    dialog.get_by_role("radio", name="Another address").click()
    dialog.get_by_role("textbox", name="Address").fill(far.address)
    person.rest()
    assert (far.asked, far.looked_up) == ([], []), "it was asked before the person did"
    dialog.get_by_role("textbox", name="Key").fill(KEY)
    dialog.get_by_role("button", name="Look there").click()
    person.expect(dialog).to_contain_text("$1.00 in, $4.00 out per million")
    person.expect(dialog).to_contain_text("Allows Recollect to send a question")
    person.rest()
    dialog.get_by_role("button", name="Agree and use it").click()
    person.expect(dialog).to_have_count(0)
    person.expect(person.sidebar).to_contain_text(f"{MODEL} at 127.0.0.1")


def card(person: Person) -> "Locator":
    """Before anything leaves."""
    shown = person.main.locator(".st-key-chat_before_sending")
    person.expect(shown.get_by_role("button", name="Send", exact=True)).to_be_visible()
    person.rest()
    return shown


def all_of(page: "Page") -> str:
    """The page as it is, with what stands in its fields."""
    fields = "[...document.querySelectorAll('input, textarea')].map(field => field.value).join()"
    return page.content() + page.evaluate(fields)


def test_what_goes_is_what_was_shown_and_goes_once(
    page: "Page", far: ScriptedServer, far_app: AppServer
) -> None:
    """To the byte; no name is in it, and the key is in its header alone. The answer has the names
    again, and what is seen later is what went."""
    person = Person(page, far_app.url)
    person.open()
    choose(person, far)
    page.reload()
    person.expect(person.sidebar).to_contain_text(f"{MODEL} at 127.0.0.1")
    person.rest()
    person.say(ASKED)
    codes = card(person).get_by_test_id("stCode")
    person.expect(codes).to_have_count(2)
    shown = codes.all_inner_texts()
    assert far.asked == [], "nothing goes before it was seen"
    assert len(far.looked_up) == 1, "neither a reload nor a card asks for anything"
    masked = re.findall(r"\[NAME_\d\] stands for .+", card(person).inner_text())
    assert len(masked) == 2

    card(person).get_by_role("button", name="Send", exact=True).dblclick()

    assert far.wait_for_requests(1, SECONDS)
    person.expect(person.answer).to_contain_text("It is PostgreSQL, as ")
    person.expect(person.answer).to_contain_text("Thelonius")
    person.expect(person.answer).not_to_contain_text("NAME_")
    person.expect(person.answer).not_to_contain_text("Stopped")
    person.expect(person.messages).to_have_count(2)
    person.rest()
    (asked,) = far.asked
    assert [message["content"] for message in asked.body["messages"]] == shown
    sent = json.dumps(asked.body)
    assert not [word for word in (*NAMES, KEY) if word in sent]
    assert asked.headers["authorization"] == f"Bearer {KEY}"

    page.reload()
    person.expect(person.answer).to_contain_text("Thelonius")
    person.answer.get_by_role("button", name="Why?").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("What the model got", exact=True).click()
    person.expect(dialog.get_by_test_id("stCode")).to_have_text(shown)
    assert KEY not in all_of(page)
    assert len(far.asked) == 1
    assert files_with(KEY, far_app.folder) == []
    assert not [name for name in NAMES if name in far_app.output]


def test_on_a_phone_what_is_not_sent_goes_back_and_a_spent_budget_leads_on(
    far: ScriptedServer, far_app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """By the keyboard, and in the dark."""
    page = new_page((1280, 900), color_scheme="dark")
    phone = Person(page, far_app.url)
    phone.open()
    choose(phone, far)
    phone.new_conversation()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    phone.say(ASKED)
    shown = card(phone)
    assert page.evaluate(TOO_WIDE) == []
    shown.get_by_role("button", name="Don’t send").focus()
    page.keyboard.press("Enter")
    phone.expect(phone.composer).to_have_value(ASKED)
    phone.expect(shown).to_have_count(0)
    phone.rest()

    with engine(far_app) as memory:
        memory.set_budget("me", 0.0)
    phone.composer.press("Enter")
    stopped = phone.main.locator(".st-key-chat_before_sending")
    phone.expect(stopped).to_contain_text("that you allow for models this month is spent")
    phone.expect(stopped.get_by_role("link", name="The budget")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    stopped.get_by_role("button", name="Answer from memory").click()

    phone.expect(phone.answer).to_contain_text("PostgreSQL")
    phone.expect(stopped).to_have_count(0)
    assert far.asked == []
