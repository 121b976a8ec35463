"""What the pages leave behind: no text of the person in the session, in a cache or in a log.

Any of them would outlive an erasure. The session and the caches are walked to the last object they
hold, with what callbacks were given; only the engine itself is left out.
"""

import functools
import types
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import pytest
from streamlit.runtime.caching import cache_data_api, cache_resource_api

from memory import Memory
from pages.parts.chat.conversation_menu import RENAME
from pages.parts.whose import ME
from tests.flow.on_disk import left_of
from tests.flow.watching import Watch, watched
from tests.pages.screen import Screen

KEY = "sk-proj-Canary1234567890abcdefghijklmnop"
ADDRESS = "bronislawa.canary@post.example"
NAME = "Zanzibarquokka"
TOLD = (
    f"My cat is called {NAME} and I prefer concise answers about it. Mail me at {ADDRESS}, "
    f"my API key is {KEY}."
)
NEW = "Tasmanwombat"
CANARIES = (NAME, KEY, ADDRESS, "Canary1234", NEW, "concise answers")

LEFT_OUT = (Memory, type, types.ModuleType, types.FrameType, types.CodeType)


def walked(*roots: object) -> Iterator[str]:
    """Every text that can be reached from the roots."""
    waiting: list[object] = list(roots)
    seen: set[int] = set()
    kept: list[object] = []  # so that no id is given twice
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, LEFT_OUT):
            continue
        seen.add(id(one))
        kept.append(one)
        if isinstance(one, str | bytes | bytearray):
            yield one if isinstance(one, str) else bytes(one).decode(errors="replace")
        elif isinstance(one, int | float | None):
            continue
        else:
            waiting += _within(one)


def _within(one: object) -> Iterable[object]:
    """What an object holds: its items, its fields, and what a function was made or called with."""
    if isinstance(one, Mapping):
        with suppress(Exception):
            yield from one.keys()
            yield from one.values()
    elif isinstance(one, list | tuple | set | frozenset):
        yield from one
    if isinstance(one, functools.partial):
        yield from (one.func, one.args, one.keywords)
    if isinstance(one, types.FunctionType | types.MethodType):
        yield getattr(one, "__self__", None)
        yield getattr(one, "__defaults__", None)
        for cell in getattr(one, "__closure__", None) or ():
            with suppress(ValueError):  # an empty one
                yield cell.cell_contents
        return
    yield from getattr(one, "__dict__", {}).values()
    for kind in type(one).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            yield getattr(one, name, None)
    if hasattr(one, "SerializeToString"):
        yield str(one)  # a widget's value comes as a protocol buffer


def left_behind(screen: Screen) -> list[str]:
    """Canaries in the session or in a cache."""
    state = screen.test.session_state._state
    caches = (cache_data_api._data_caches, cache_resource_api._resource_caches)
    texts = list(walked(state, *caches))
    assert any("chat_conversation" in text for text in texts), "nothing was walked"
    return [canary for canary in CANARIES if any(canary in text for text in texts)]


def dismiss(screen: Screen) -> None:
    """By its cross, which makes the page run again: the dialog is then no longer drawn."""
    (dialog,) = screen.test.get("dialog")
    assert dialog.proto.id, "the page does not run again"
    screen.run()


@pytest.fixture
def watch(screen: Screen, capsys: pytest.CaptureFixture[str]) -> Iterator[Watch]:
    """All that is logged from the first page on; what is said to a person is not logged."""
    with watched(capsys) as found:
        yield found
    assert [canary for canary in CANARIES if canary in found.text] == []


@pytest.fixture
def told(watch: Watch, screen: Screen, memory: Memory) -> Screen:
    """After two turns; the second was answered from the first."""
    screen.run().say(TOLD).say("What is my cat called?")
    assert NAME in screen.messages[-1], "nothing was shown, so nothing is proven"
    return screen


def test_chat_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """Said, answered from a source, edited, forgotten, put back."""
    assert left_behind(told) == []

    first = memory.messages(memory.conversations(ME)[0].id, user_id=ME)[0]
    told.click(f"chat_edit_{first.id}")
    told.write_long(f"chat_edit_text_{first.id}", f"My cat is called {NEW} and I prefer tea.")
    told.click("chat_edit_send")
    assert left_behind(told) == []

    told.say("What is my cat called?")
    assert NEW in told.messages[-1]
    told.click(told.key("chat_", "_forget"))
    assert left_behind(told) == []

    memory.change([one.id for one in memory.items(ME) if NEW in one.text], "restore")
    told.run()
    assert left_behind(told) == []


def test_edit_that_is_left_half_way_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """Typed, not sent, and another page opened."""
    first = memory.messages(memory.conversations(ME)[0].id, user_id=ME)[0]
    told.click(f"chat_edit_{first.id}")
    told.write_long(f"chat_edit_text_{first.id}", f"My cat is called {NEW}.")

    told.open("forgetting")

    assert left_behind(told) == []


def test_edit_that_is_cancelled_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """As it was, and after it was typed in; opened again it begins with what was said."""
    first = memory.messages(memory.conversations(ME)[0].id, user_id=ME)[0]
    edit, field = f"chat_edit_{first.id}", f"chat_edit_text_{first.id}"
    told.click(edit).click("chat_edit_cancel")
    assert left_behind(told) == []

    told.click(edit).write_long(field, f"My cat is called {NEW}.").click("chat_edit_cancel")
    assert left_behind(told) == []

    told.click(edit)
    assert told.test.text_area(key=field).value == first.text


def test_title_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """Renamed, and looked at only; the dialog begins with the title there is."""
    conversation = memory.conversations(ME)[0].id
    field = f"chat_title_{conversation}"
    told.menu("chat_menu", RENAME).fill(field, f"About {NEW}").click("chat_rename_save").run()
    assert left_behind(told) == []

    told.menu("chat_menu", RENAME)
    assert told.test.text_input(key=field).value == f"About {NEW}"
    told.fill(field, f"No more of {NAME}")
    dismiss(told)
    assert left_behind(told) == []

    told.menu("chat_menu", RENAME)
    assert told.test.text_input(key=field).value == f"About {NEW}"


def test_dialogs_of_the_inspector_leave_no_text_behind_when_they_are_dismissed(
    told: Screen, memory: Memory
) -> None:
    """Typed in or not; each begins with the text of its memory as that is by now."""
    cat = memory.items(ME)[0]
    other = memory.remember(ME, f"I feed {NAME} at noon.")
    told.open("inspector").open_row(0).click(f"inspector_edit_{other.id}")
    told.test.text_area(key=f"inspector_text_{other.id}").set_value(f"I feed {NEW} at noon.")
    dismiss(told)
    assert left_behind(told) == []

    told.click(f"inspector_edit_{other.id}")
    assert told.test.text_area(key=f"inspector_text_{other.id}").value == other.text
    dismiss(told)
    told.open_row(1).click(f"inspector_edit_{cat.id}")
    assert told.test.text_area(key=f"inspector_text_{cat.id}").value == cat.text
    dismiss(told)
    assert left_behind(told) == []

    told.tick(0, 1).click("inspector_bulk_merge")
    (field,) = (area for area in told.test.text_area if area.key.startswith("inspector_merged"))
    assert other.text in field.value
    field.set_value(f"My cats are {NEW} and {NAME}.")
    dismiss(told)
    assert left_behind(told) == []


def test_instructions_leave_no_text_behind(told: Screen, memory: Memory) -> None:
    """Once they are erased, the field that stands open has the usual ones; saved in another tab,
    those."""
    usual, field = memory.instructions(ME), "sidebar_instructions"
    told.write_long(field, f"Call my cat {NEW}.").click("sidebar_save_instructions")
    assert memory.instructions(ME) == f"Call my cat {NEW}."
    assert told.test.text_area(key=field).value == f"Call my cat {NEW}."

    memory.erase(ME)
    assert told.run().test.text_area(key=field).value == usual
    assert left_behind(told.run()) == []

    memory.set_instructions(ME, "Answer in French.")
    assert told.run().test.text_area(key=field).value == "Answer in French."


def test_private_chat_and_one_without_consent_leave_no_text_in_the_session(
    watch: Watch, screen: Screen, memory: Memory
) -> None:
    """They live in the engine alone."""
    screen.run().click("chat_start_private").say(TOLD)
    assert NAME in screen.words
    assert left_behind(screen) == []

    memory.revoke(ME, "personalization")
    screen.run().say(TOLD)
    assert left_behind(screen) == []


def test_inspector_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """Opened, corrected, merged and apart again."""
    other = memory.remember(ME, f"I feed {NAME} at noon.")
    told.open("inspector").open_row(0)
    assert NAME in told.words
    assert left_behind(told) == []

    told.click(f"inspector_edit_{other.id}")
    told.test.text_area(key=f"inspector_text_{other.id}").set_value(f"I feed {NEW} at noon.")
    told.click(f"inspector_save_{other.id}")
    assert NEW in memory.item(other.id).text
    assert left_behind(told) == []

    told.open("chat").open("inspector").tick(0, 1).click("inspector_bulk_merge")
    (field,) = (area for area in told.test.text_area if area.key.startswith("inspector_merged"))
    field.set_value(f"My cats are {NEW} and {NAME}.")
    told.click("inspector_bulk_merge_confirmed")
    assert left_behind(told) == []
    told.click("inspector_undo")
    assert left_behind(told) == []


def test_search_that_is_emptied_leaves_no_text_behind(told: Screen, memory: Memory) -> None:
    """In the list of memories, and in that of conversations."""
    told.write("chat_search", NAME).write("chat_search", "")
    told.run()  # Streamlit keeps what a field held in the run before
    assert left_behind(told) == []

    told.open("inspector").write("inspector_search", NAME).write("inspector_search", "")
    told.run()
    assert left_behind(told) == []


@pytest.mark.parametrize("page", ["forgetting", "privacy", "inspector", "chat"])
def test_page_that_was_looked_at_leaves_no_text_behind(
    page: str, told: Screen, memory: Memory
) -> None:
    """Also with something forgotten, and something masked, on it."""
    memory.forget(memory.remember(ME, f"I saw {NEW} at the zoo.").id)

    told.open(page).run()

    assert left_behind(told) == []


def test_nothing_is_left_anywhere_after_everything_was_erased(told: Screen, memory: Memory) -> None:
    """In the session, in the caches, in the file; the engine itself knows nothing any more."""
    assert memory.erase(ME).verified
    told.run()

    assert NAME not in told.words
    assert left_behind(told) == []
    assert left_of([NAME, ADDRESS, KEY], memory.settings.database) == []
    parts = memory._parts
    texts = " ".join(walked(parts.transcripts, parts.withheld))
    assert [canary for canary in CANARIES if canary in texts] == []


def test_walk_finds_a_text_wherever_it_hides() -> None:
    """The other tests rest on it."""
    hidden = types.SimpleNamespace(deep=[{"a": (NAME,)}])

    def closed() -> object:
        return hidden

    for root in (hidden, closed, functools.partial(print, NAME), {NAME: 1}, [NAME.encode()]):
        assert NAME in "".join(walked(root))
    assert NAME not in "".join(walked(types.SimpleNamespace(deep=1)))
