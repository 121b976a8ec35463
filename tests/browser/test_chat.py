"""The chat as only a browser shows it: stopped, reloaded, in two tabs, on a phone, attacked."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAIL = "My e-mail is maya@example.org and I prefer green tea to coffee."
DIABETES = "I was diagnosed with type 2 diabetes."
PAYLOADS = (
    "<img src=http://evil.example/x onerror=alert(1)>",
    "![x](http://evil.example/y)",
    "[a](javascript:alert(1))",
    r"$$\frac{1}{2}$$",
    ":material/home: \u202egpj.exe",
)
"""What would fetch, run or turn into something else, were it not shown as the text it is."""
ALIVE = "img[src*=evil], a[href*=evil], a[href^=javascript], .katex, [aria-label='home icon']"

STOP_IN_MID_ANSWER = """() => {
  const watch = new MutationObserver(() => {
    const answer = document.querySelectorAll('[data-testid=stChatMessage]')[1]
    const stop = document.querySelector('[data-testid=stChatInputStopButton]')
    if (!stop || !answer?.innerText.includes('Tell me things')) return
    watch.disconnect()
    stop.click()
  })
  watch.observe(document.body, {childList: true, subtree: true, characterData: true})
}"""
"""From inside: on a busy computer, a click from here could come after the answer's end."""
STOP_AGAIN = STOP_IN_MID_ANSWER.replace(
    "[data-testid=stChatInputStopButton]", ".st-key-chat_stop button"
).replace("!stop", "!stop || answer.innerText.includes('I answer from memory')")
"""An answer that was not asked for in the composer has a button of its own, and begins in the
place of the old one."""


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    return Person(page, app.url)


@pytest.fixture
def remembered(person: Person) -> Person:
    """In a new conversation, and agreed that it is remembered."""
    return in_new_conversation(person)


@pytest.fixture
def waiting(page: "Page", slow_app: AppServer) -> Person:
    """The same, with answers that take their time."""
    return in_new_conversation(Person(page, slow_app.url))


def in_new_conversation(person: Person) -> Person:
    person.open()
    person.agree()
    person.new_conversation()
    return person


def test_chat_without_consent_works_and_is_gone_on_reload(person: Person, app: AppServer) -> None:
    """It answers, says that it does not remember, and keeps nothing."""
    start_anew(app)
    person.open()
    person.page.get_by_role("button", name="Not now").click()
    person.expect(person.ask("Hello")).to_contain_text("Hello")
    person.expect(person.messages).to_have_count(2)

    person.open()

    person.expect(person.page.get_by_text("May I remember what you tell me?")).to_be_visible()
    person.expect(person.messages).to_have_count(0)


def test_stop_keeps_the_answer_as_far_as_it_came(waiting: Person) -> None:
    """What had arrived stays, marked as stopped, also after a reload."""
    page, expect = waiting.page, waiting.expect
    page.evaluate(STOP_IN_MID_ANSWER)

    waiting.say("What can you do?")

    expect(waiting.answer).to_contain_text("Stopped")
    expect(waiting.answer.get_by_role("button", name="Try again")).to_be_visible()
    expect(waiting.stop_button).to_have_count(0)
    page.reload()
    expect(waiting.messages).to_have_count(2)
    expect(waiting.answer).to_contain_text("Tell me things")
    expect(waiting.answer).to_contain_text("Stopped")
    expect(waiting.answer).not_to_contain_text("I answer from memory")


def test_answer_given_anew_can_be_stopped_too(waiting: Person) -> None:
    """It takes the place of the old one, as far as it came; a second time it comes whole."""
    page, expect = waiting.page, waiting.expect
    expect(waiting.ask("What can you do?")).to_contain_text("I answer from memory")
    again = waiting.answer.get_by_role("button", name="Try again")
    page.evaluate(STOP_AGAIN)

    again.click()

    expect(waiting.answer).to_contain_text("Stopped")
    expect(waiting.answer).to_contain_text("Tell me things")
    expect(waiting.answer).not_to_contain_text("I answer from memory")
    waiting.rest()
    again.click()
    expect(waiting.answer).to_contain_text("I answer from memory")
    expect(waiting.messages).to_have_count(2)


def test_message_is_edited_in_its_place(waiting: Person) -> None:
    """While the answer comes, what it replaces is out of sight."""
    page, expect = waiting.page, waiting.expect
    waiting.ask("Hello")
    waiting.ask("Thanks")
    waiting.edit_earlier(0)
    expect(waiting.main).to_contain_text("This message and the 3 after it are replaced")
    page.get_by_role("textbox", name="Edit your message").fill("What can you do?")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(waiting.main.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(waiting.messages).to_have_count(2)
    expect(waiting.answer).to_contain_text("I answer from memory")
    expect(waiting.answer.get_by_role("button", name="Try again")).to_be_visible()
    expect(waiting.messages).to_have_count(2)
    expect(waiting.messages.first).to_contain_text("What can you do?")


def test_copy_puts_the_answer_on_the_clipboard_as_it_is(remembered: Person) -> None:
    """Its Markdown, not what the page makes of it."""
    page = remembered.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    remembered.ask("I always write my tests with pytest.")
    remembered.ask("What do I write my tests with?")

    remembered.answer.get_by_role("button", name="Copy").click()

    remembered.expect(remembered.answer.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "> “I always write my tests with pytest.”" in copied


def test_reload_keeps_the_conversation(remembered: Person) -> None:
    """Its address is that of the conversation; what was remembered still stands beneath."""
    remembered.ask("My favourite editor is Helix.")
    undo = remembered.answer.get_by_role("button", name="Undo")
    remembered.expect(undo).to_be_visible()
    before = remembered.messages.all_inner_texts()

    remembered.page.reload()

    remembered.expect(undo).to_be_visible()
    assert remembered.messages.all_inner_texts() == before


def test_keyboard_alone_is_enough_for_a_conversation(remembered: Person) -> None:
    """Enter sends, and after the answer the next message can be typed at once."""
    page, expect = remembered.page, remembered.expect
    remembered.composer.focus()
    for count, text in ((2, "Hello"), (4, "Thanks")):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(remembered.messages).to_have_count(count)
        expect(remembered.stop_button).to_have_count(0)
        remembered.rest()
        expect(remembered.composer).to_be_focused()
    expect(remembered.answer).to_contain_text("welcome")


# -- privacy at the message -----------------------------------------------------------------


@pytest.fixture
def newcomer(person: Person, app: AppServer) -> Iterator[Person]:
    """Nothing is allowed yet, and what they allow is so no longer afterwards."""
    start_anew(app)
    person.open()
    person.agree()
    yield person
    start_anew(app)


def test_masked_address_is_kept_where_it_was_said(newcomer: Person) -> None:
    """It comes to sight in the message and in what was remembered of it, as no link."""
    said, expect = newcomer.messages.first, newcomer.expect
    expect(newcomer.ask(MAIL)).to_contain_text("“My e-mail is [EMAIL_1]”")
    expect(said).to_contain_text("Masked before storing: an e-mail address")

    said.get_by_role("button", name="Keep it on this computer").click()

    expect(said).to_contain_text("Kept on this computer, as you said")
    expect(said).to_contain_text("maya@example.org")
    expect(newcomer.answer).to_contain_text("“My e-mail is maya")
    newcomer.rest()
    expect(newcomer.page.locator("a[href^=mailto]")).to_have_count(0)
    newcomer.page.reload()
    expect(said).to_contain_text("maya@example.org")


def test_sensitive_message_is_kept_once_it_is_allowed(newcomer: Person) -> None:
    """The words that are agreed to stand at the message; then it is said and answered anew."""
    said, expect = newcomer.messages.first, newcomer.expect
    expect(newcomer.ask(DIABETES)).not_to_contain_text("Not saved")
    expect(said).to_contain_text("Not kept: it is sensitive (health)")

    said.get_by_role("button", name="Allow and keep").click()
    expect(said).to_contain_text("GDPR Art. 9")
    newcomer.rest()
    said.get_by_role("button", name="Allow and keep").click()

    expect(newcomer.answer).to_contain_text("Remembered: “I was diagnosed")
    expect(newcomer.messages).to_have_count(2)
    expect(newcomer.main).not_to_contain_text("Not kept")
    newcomer.rest()
    newcomer.page.reload()
    expect(said).to_contain_text(DIABETES)
    expect(newcomer.answer).to_contain_text("Remembered: “I was diagnosed")


# -- everywhere -----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_phone(
    scheme: str, app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """Neither the document nor the part that scrolls, empty or not."""
    person = Person(new_page(PHONE, color_scheme=scheme), app.url)
    for path in ("/", "/inspector", "/forgetting", "/privacy"):
        person.open(path)
        assert person.page.evaluate(TOO_WIDE) == [], path


def test_what_is_typed_is_shown_as_text_everywhere(person: Person, app: AppServer) -> None:
    """In the chat, the list of conversations, the Inspector and the title of a curve."""
    start_anew(app)
    person.open()
    person.agree()
    for payload in PAYLOADS:
        _say_and_look(person, payload)
    _look_at_results(person)
    for payload in (PAYLOADS[0], PAYLOADS[-1]):
        _rename_and_look(person, payload)
    person.go_to("Inspector")
    _look_at_each_row(person)
    person.go_to("Forgetting")
    _look_at_each_curve(person)
    person.go_to("Privacy")
    person.expect(person.page.locator(ALIVE)).to_have_count(0)


def _shown(payload: str) -> re.Pattern[str]:
    """A mark that would turn the text round is shown by its name, and where Markdown would make a
    link of an address, a mark that is not seen stands in it."""
    text = re.escape(payload.replace("\u202e", "[U+202E]"))
    return re.compile(text.replace("http:", "http:\u2060?"))


def _say_and_look(person: Person, payload: str) -> None:
    person.new_conversation()
    person.ask(f"{payload} is what I decided to use for the logo.")
    person.expect(person.messages.first).to_contain_text(_shown(payload))
    person.expect(person.answer).to_contain_text("Remembered:")
    person.expect(person.sidebar).to_contain_text(_shown(payload[:20]))
    person.expect(person.page.locator(ALIVE)).to_have_count(0)


def _look_at_results(person: Person) -> None:
    """Of searches for each of the messages."""
    results = person.page.locator("[class*=st-key-chat_found_]")
    for payload in PAYLOADS:
        person.search.fill(payload)
        person.expect(results.filter(has_text=_shown(payload)).first).to_be_visible()
        person.expect(person.page.locator(ALIVE)).to_have_count(0)
    person.search.fill("")
    person.expect(results).to_have_count(0)


def _rename_and_look(person: Person, payload: str) -> None:
    """The title is a button in the page's head and in the list."""
    person.rename(payload)
    for place in (person.main, person.sidebar):
        titles = place.get_by_role("button").filter(has_text=_shown(payload))
        person.expect(titles.first).to_be_visible()
    person.expect(person.page.locator(ALIVE)).to_have_count(0)
    person.rest()


def _look_at_each_curve(person: Person) -> None:
    """Below the chart stands the text of the memory in focus."""
    letters = person.main.locator(".st-key-forgetting_curves_focus").get_by_role("radio")
    told = person.main.locator(".st-key-forgetting_curves_one")
    any_payload = re.compile("|".join(_shown(payload).pattern for payload in PAYLOADS))
    person.expect(letters).not_to_have_count(0)
    for place in range(letters.count()):
        letters.nth(place).click()
        person.rest()
        person.expect(told).to_contain_text(any_payload, use_inner_text=True)
        person.expect(person.page.locator(ALIVE)).to_have_count(0)


def _look_at_each_row(person: Person) -> None:
    """Beside the table stands the text of the chosen row; together they are all there."""
    unseen = [_shown(payload) for payload in PAYLOADS]
    for row in range(len(PAYLOADS)):
        if row > 0:
            person.choose_row(row)
        another = re.compile("|".join(each.pattern for each in unseen))
        person.expect(person.main).to_contain_text(another, use_inner_text=True)
        person.expect(person.page.locator(ALIVE)).to_have_count(0)
        shown = person.main.inner_text()
        unseen = [each for each in unseen if not each.search(shown)]
