"""One look over all pages, in a real browser: axe, contrast, jumps, three widths, keys alone.

A view takes some fifteen seconds of a browser without a graphics processor. By default each page's
first one is looked at; ``LOOK_AT=all pytest tests/browser/test_look.py`` looks at all twenty.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from tests.browser.filled import fill
from tests.browser.look import CONTRAST, FIRST_VIEWS, SHIFTS, VIEWS, Axe, jumped
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer, running

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOOKED_AT = VIEWS if os.environ.get("LOOK_AT") == "all" else FIRST_VIEWS
DESK, HEIGHT = 1280, 900
WIDTHS = (DESK, 768, 390)
MOST_SHIFT = 0.25
"""More is called poor (web.dev, cumulative layout shift). Up to .1 is called good, and that is how
pages come on a machine that has nothing else to do; a busy one draws them in more steps."""
LOADING = "[data-testid=stSkeleton], [data-testid=stSpinner]"
STILL_MILLISECONDS = 300
"""A chart that has come is drawn in the next frames."""
LOOKS = 20
"""At most, until nothing is too wide any more."""
TOLD_MILLISECONDS = 500
"""A table waits 150 ms before it tells what is chosen in it, and the page takes it up."""
STEPS = 120
"""Presses of Tab, at most, from the top of a page to what is looked for."""
EXCEPTED: dict[tuple[str, str], str] = {}
"""Findings that are Streamlit's own and cannot be mended from here, by rule and by what its place
must contain, each with the reason. None at present."""


@pytest.fixture(scope="module")
def filled_app(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """With weeks of somebody's memory."""
    app = AppServer(tmp_path_factory.mktemp("filled"), {"RECOLLECT_WORDS_PER_SECOND": "0"})
    fill(app.database)
    with running(app) as shared:
        yield shared


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


def settle(person: Person) -> None:
    """Until all that is loaded late is there."""
    person.rest()
    person.expect(person.page.locator(LOADING)).to_have_count(0)
    person.page.wait_for_timeout(STILL_MILLISECONDS)
    person.rest()


def too_wide(person: Person) -> list[str]:
    """When charts have had the time to follow."""
    for _ in range(LOOKS):
        person.page.wait_for_timeout(STILL_MILLISECONDS)
        if not (found := person.page.evaluate(TOO_WIDE)):
            break
    return found


def findings(axe: Axe, person: Person, rules: Sequence[str] = ()) -> list[str]:
    """By all of axe's rules, or by these."""
    return [
        f"{rule} at {place}: {reason}"
        for rule, place, reason in axe.findings(person.page, rules)
        if not any(rule == known and part in place for known, part in EXCEPTED)
    ]


def test_no_view_has_a_finding_jumps_or_is_too_wide(
    filled_app: AppServer, new_page: "Callable[..., Page]", axe: Axe
) -> None:
    """By axe, and once more for contrast in the dark; at the width of a desk, a tablet and a phone.
    One walk: loading a view takes longer than looking at it."""
    person = Person(new_page(color_scheme="light"), filled_app.url)
    page = person.page
    page.add_init_script(SHIFTS)
    found: list[str] = []
    for view in LOOKED_AT:
        person.open(view)
        settle(person)
        shift, what = jumped(page)
        if shift > MOST_SHIFT:
            found.append(f"{view} jumps by {shift:.2f}: {what}")
        found += [f"{view}: {each}" for each in findings(axe, person)]
        page.emulate_media(color_scheme="dark")
        settle(person)
        found += [f"{view}, dark: {each}" for each in findings(axe, person, CONTRAST)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{view} at {width}: {each}" for each in too_wide(person)]
        page.set_viewport_size({"width": DESK, "height": HEIGHT})
        page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dialogs_have_no_finding(
    theme: str, filled_app: AppServer, new_page: "Callable[..., Page]", axe: Axe
) -> None:
    """People, the choice of a model, and what is known of an answer."""
    person = Person(new_page(color_scheme=theme), filled_app.url)
    page = person.page
    found: list[str] = []
    person.open("/")
    for name in ("People", "Choose a model", "Why?"):
        if name == "Choose a model":
            person.unfold(person.sidebar, "Assistant")
        page.get_by_role("button", name=name).last.click()
        dialog = page.get_by_role("dialog")
        person.expect(dialog).to_be_visible()
        settle(person)
        found += [f"{name}: {each}" for each in findings(axe, person)]
        found += [f"{name}: {each}" for each in page.evaluate(TOO_WIDE)]
        page.keyboard.press("Escape")
        person.expect(dialog).to_have_count(0)
        person.rest()
    assert not found, "\n".join(found)


def test_what_is_chosen_anew_does_not_jump(
    filled_app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """Another view of the same page; what a person did half a second ago does not count."""
    person = Person(new_page(), filled_app.url)
    person.page.add_init_script(SHIFTS)
    person.open("/forgetting?view=future")
    settle(person)
    now = person.page.evaluate("performance.now()")

    person.page.get_by_role("slider", name="Days from now").press("ArrowRight")
    person.expect(person.main.get_by_role("heading", level=2)).to_contain_text("tomorrow")
    settle(person)

    shift, what = jumped(person.page, now)
    assert shift <= MOST_SHIFT, what


# -- keys -----------------------------------------------------------------------------------


def focused(person: Person) -> "Locator":
    return person.page.locator("*:focus")


def tab_to(person: Person, target: "Locator", keys: str = "Tab") -> None:
    """Pressed until it has the focus."""
    person.expect(target).to_be_visible()
    for _ in range(STEPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press(keys)
    pytest.fail(f"{STEPS} presses of {keys} do not reach {target}")


def press(person: Person, target: "Locator", key: str = "Enter") -> None:
    """A table that was passed on the way has told by then which of its cells had the focus; the run
    that follows would close a dialog."""
    tab_to(person, target)
    person.page.wait_for_timeout(TOLD_MILLISECONDS)
    person.rest()
    person.page.keyboard.press(key)


def test_keys_alone_lead_everywhere(
    server: Callable[..., AppServer], new_page: "Callable[..., Page]"
) -> None:
    """A conversation is had, a memory corrected and forgotten; a dialog keeps the focus."""
    person = Person(new_page(), server(RECOLLECT_WORDS_PER_SECOND="0").url)
    page, keyboard = person.page, person.page.keyboard
    person.open("/")
    press(person, page.get_by_role("button", name="Yes, remember"))
    person.expect(person.sidebar.get_by_text(re.compile("Remembering ·"))).to_be_attached()
    person.rest()
    tab_to(person, person.composer)
    keyboard.type("I live in Berlin.")
    keyboard.press("Enter")
    person.expect(person.answer).to_contain_text("Remembered")
    person.rest()

    press(person, page.get_by_test_id("stSidebarNav").get_by_role("link", name="Inspector"))
    card = page.locator(".st-key-inspector_card")
    person.expect(card).to_contain_text("I live in Berlin.")
    person.rest()
    press(person, card.get_by_role("button", name="Correct"))
    text = page.get_by_role("dialog").get_by_role("textbox")
    person.expect(text).to_be_visible()
    assert_focus_stays_in(person, page.get_by_role("dialog"))
    tab_to(person, text)
    keyboard.press("Control+A")
    keyboard.type("I live in Munich.")
    press(person, page.get_by_role("dialog").get_by_role("button", name="Save"))
    person.expect(page.get_by_role("dialog")).to_have_count(0)
    person.expect(card).to_contain_text("I live in Munich.")
    person.rest()
    press(person, card.get_by_role("button", name="Forget"))
    person.expect(page.get_by_text("No memory is in use")).to_be_visible()


def assert_focus_stays_in(person: Person, dialog: "Locator", presses: int = 12) -> None:
    for _ in range(presses):
        person.page.keyboard.press("Tab")
        assert dialog.evaluate("element => element.contains(document.activeElement)")


def test_escape_closes_a_dialog(filled_app: AppServer, new_page: "Callable[..., Page]") -> None:
    """And the keys are back on the page."""
    person = Person(new_page(), filled_app.url)
    person.open("/privacy")
    press(person, person.sidebar.get_by_role("button", name="People"))
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog).to_be_visible()
    assert_focus_stays_in(person, dialog)

    person.page.keyboard.press("Escape")

    person.expect(dialog).to_have_count(0)
    tab_to(person, person.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Chat"))
