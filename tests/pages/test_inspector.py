"""The Inspector: finding memories, the card of one, changing one or many, undoing it."""

import pandas as pd
import pytest

from memory import SENSITIVE, DataClass, Memory, MemoryItem, NotFound, Status
from pages.parts.shared import on_day
from pages.parts.whose import ME
from tests.pages.screen import Screen

TOLD = (
    "Hi, I'm Maya. I work on a Django app with PostgreSQL 14, "
    "and I prefer concise examples with comments."
)
WORD = "Zanzibarquokka"


@pytest.fixture
def tea(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I prefer green tea to coffee.", kind="preference")


@pytest.fixture
def berlin(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I live in Berlin.")


def listed(screen: Screen) -> list[str]:
    return list(_table(screen)["Memory"])


def table_id(screen: Screen) -> str:
    return screen.test.dataframe[0].proto.id


def _table(screen: Screen) -> pd.DataFrame:
    return screen.test.dataframe[0].value


def opened(screen: Screen, item: MemoryItem) -> bool:
    """Whether the card is that memory's."""
    return f"inspector_erase_{item.id}" in screen.keys


def links(screen: Screen) -> set[str]:
    return {link.proto.query_string for link in screen.test.get("page_link")}


# -- the list -------------------------------------------------------------------------------


def test_empty_inspector_says_what_will_be_here_and_leads_to_the_chat(screen: Screen) -> None:
    """One button, to where memories come from."""
    screen.open("inspector")
    assert "Nothing is remembered yet" in screen.words
    assert not screen.test.dataframe

    screen.click("inspector_chat")

    assert [title.value for title in screen.test.title] == ["Chat"]


def test_table_lists_memories_newest_first(
    screen: Screen, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """With their count, kinds and strengths; the card shows the first."""
    screen.open("inspector")

    assert listed(screen) == [berlin.text, tea.text]
    assert "2 memories" in screen.words
    assert list(_table(screen)["Kind"]) == ["fact", "preference"]
    assert _table(screen)["Strength"].between(0, 100).all()
    assert opened(screen, berlin)


def test_a_column_that_says_the_same_everywhere_is_left_out(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """The kind of one kind, the marks of none; a pinned one has a mark."""
    screen.open("inspector")
    assert {"Kind", "Marks"}.isdisjoint(_table(screen).columns)

    memory.pin(berlin.id)
    screen.run()

    assert list(_table(screen)["Marks"]) == ["pinned"]


def test_search_narrows_the_table(screen: Screen, tea: MemoryItem, berlin: MemoryItem) -> None:
    """Each word has to be in the text, in capitals or not."""
    screen.open("inspector").write("inspector_search", "GREEN tea")

    assert listed(screen) == [tea.text]
    assert opened(screen, tea)


def test_search_without_a_match_says_so_and_is_cleared(screen: Screen, tea: MemoryItem) -> None:
    """The way back is one click."""
    screen.open("inspector").write("inspector_search", "submarine")
    assert "No memory matches" in screen.words

    screen.click("inspector_clear_all")

    assert listed(screen) == [tea.text]
    assert screen.test.text_input(key="inspector_search").value == ""


@pytest.mark.parametrize(
    ("key", "values"), [("inspector_kinds", ["preference"]), ("inspector_classes", ["sensitive"])]
)
def test_kind_and_class_narrow_the_table(
    key: str, values: list[str], screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """And are cleared beside the count."""
    memory.grant(ME, SENSITIVE)
    tea = memory.remember(
        ME, "I like tea.", kind="preference", data_class=DataClass.SENSITIVE.value
    )
    screen.open("inspector")

    screen.test.pills(key=key).set_value(values)
    screen.run()
    assert listed(screen) == [tea.text]

    screen.click("inspector_clear")
    assert listed(screen) == [tea.text, berlin.text]


def test_sorting_puts_others_first(screen: Screen, tea: MemoryItem, berlin: MemoryItem) -> None:
    """What it is sorted by stands beside the text."""
    screen.open("inspector")
    screen.test.selectbox(key="inspector_sort").set_value("Oldest")
    screen.run()
    assert listed(screen) == [tea.text, berlin.text]

    screen.test.selectbox(key="inspector_sort").set_value("Expiring soon")
    screen.run()
    assert list(screen.test.dataframe[0].proto.column_order)[:2] == ["Memory", "Expires"]


def test_a_page_holds_fifty_and_filters_begin_with_the_first(
    screen: Screen, memory: Memory
) -> None:
    """A number that no page has any more is the last one."""
    for number in range(51):
        memory.remember(ME, f"Note number {number}.", importance=0.5)
    screen.open("inspector")
    assert len(listed(screen)) == 50
    assert "51 memories" in screen.words

    screen.test.pagination(key="inspector_page").set_value(2)
    screen.run()
    assert listed(screen) == ["Note number 0."]

    screen.write("inspector_search", "note")
    assert len(listed(screen)) == 50


def test_each_list_says_when_nothing_is_in_it(screen: Screen, tea: MemoryItem) -> None:
    """In its own words, without a way to clear what is not set."""
    screen.open("inspector").choose("Forgotten", "inspector_status")

    assert "Nothing is forgotten" in screen.words
    assert "inspector_clear_all" not in screen.keys


# -- the card -------------------------------------------------------------------------------


def test_click_on_a_row_opens_its_card(screen: Screen, tea: MemoryItem, berlin: MemoryItem) -> None:
    """The address follows."""
    screen.open("inspector").open_row(1)

    assert opened(screen, tea)
    assert screen.test.query_params["memory"] == str(tea.id)


def test_address_opens_a_memory_of_another_list(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """With what can be done about it there."""
    memory.pause(tea.id)
    screen.open("inspector")
    screen.test.query_params["memory"] = str(tea.id)

    screen.run()

    assert listed(screen) == [berlin.text]
    assert f"inspector_resume_{tea.id}" in screen.keys


@pytest.mark.parametrize("address", ["999", "1e9", "9" * 40])
def test_address_of_nothing_says_so(address: str, screen: Screen, tea: MemoryItem) -> None:
    """And opens the first of the list."""
    screen.open("inspector")
    screen.test.query_params["memory"] = address

    screen.run()

    assert "The memory of this address is no longer here." in screen.words
    assert opened(screen, tea)


def test_address_opens_nobody_elses_memory(screen: Screen, memory: Memory, tea: MemoryItem) -> None:
    """Ids are the same for all people of a file."""
    memory.grant("bob", "personalization")
    theirs = memory.remember("bob", f"My cat is called {WORD}.")
    screen.open("inspector")
    screen.test.query_params["memory"] = str(theirs.id)

    screen.run()

    assert WORD not in screen.words
    assert opened(screen, tea)


def test_card_tells_where_a_memory_comes_from_and_why_it_was_kept(
    screen: Screen, memory: Memory
) -> None:
    """The message with a way to it, the terms with their sum, and how long it stays."""
    screen.run().say(TOLD)
    item = memory.find(ME).items[-1]
    assert item.is_turn
    screen.open("inspector")

    screen.open_row(3)

    assert "Where it was said" in screen.words
    assert screen.test.text[0].value == TOLD
    assert f"c={item.conversation_id}&m={item.source_message_id}" in links(screen)
    assert "Why it was kept: importance 1.00" in screen.words
    terms = dict(screen.test.table[0].value.iloc[:, 0])
    assert terms["preference"] == "+0.40"
    total = sum(item.importance_terms.values())
    assert terms["**Sum**"] == f"**{total:+.2f}**"
    _, clock = (bar.proto.text for bar in screen.test.get("progress"))
    assert clock.startswith(":material/schedule: Erased in")


def test_card_lists_the_answers_that_used_it(screen: Screen, memory: Memory) -> None:
    """Each with the way to it."""
    screen.run().say(TOLD).say("Which database do I use?")
    (item,) = (item for item in memory.find(ME).items if item.access_count)
    (use,) = memory.uses(item.id)
    screen.open("inspector")

    screen.test.query_params["memory"] = str(item.id)
    screen.run()

    assert "Used in" in screen.words
    assert f"c={use.conversation_id}&m={use.message_id}" in links(screen)


def test_related_memory_opens_its_own_card(screen: Screen, memory: Memory) -> None:
    """They are looked for when their list is opened."""
    green = memory.remember(ME, "I drink green tea every morning.")
    black = memory.remember(ME, "I drink black tea every evening.")
    screen.open("inspector")
    assert f"inspector_related_{black.id}_{green.id}" not in screen.keys
    screen.test.session_state[f"inspector_related_{black.id}"] = True
    screen.run()

    screen.click(f"inspector_related_{black.id}_{green.id}")

    assert opened(screen, green)


def test_text_on_the_card_is_text_and_nothing_else(screen: Screen, memory: Memory) -> None:
    """An image in it would be fetched; its lines are kept."""
    memory.remember(ME, "![x](http://evil.example/y)\n# and $$x$$ :material/home:")

    screen.open("inspector")

    (shown,) = (mark.value for mark in screen.test.markdown if "evil" in mark.value)
    assert "](" not in shown
    assert "$" not in shown
    assert ":material" not in shown
    assert "![x](http://evil.example/y)\\\n# and $$x$$ :material/home:" in screen.words


# -- changing one ---------------------------------------------------------------------------


def test_correction_is_saved_and_the_old_wording_kept(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """The dialog begins with the text as it is; Undo brings that back."""
    screen.open("inspector").click(f"inspector_edit_{berlin.id}")
    field = f"inspector_text_{berlin.id}"
    assert screen.test.text_area(key=field).value == berlin.text

    screen.test.text_area(key=field).set_value("I live in Hamburg.")
    screen.click(f"inspector_save_{berlin.id}")

    assert memory.item(berlin.id).text == "I live in Hamburg."
    assert "Corrected. The next answer follows." in screen.words
    assert "corrected on" in screen.words
    assert "Earlier wording (1)" in screen.words
    assert "> I live in Berlin." in screen.words

    screen.click("inspector_undo")
    assert memory.item(berlin.id).text == berlin.text
    assert "inspector_undo" not in screen.keys


def test_empty_correction_is_refused(screen: Screen, memory: Memory, berlin: MemoryItem) -> None:
    """The memory stays as it was, and success is not claimed."""
    screen.open("inspector").click(f"inspector_edit_{berlin.id}")

    screen.test.text_area(key=f"inspector_text_{berlin.id}").set_value("   ")
    screen.click(f"inspector_save_{berlin.id}")

    assert memory.item(berlin.id).text == berlin.text
    assert "The memory is empty." in screen.words
    assert "Corrected" not in screen.words


def test_any_earlier_wording_can_be_brought_back(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """The last one, and the one before it; each can be undone."""
    memory.edit(berlin.id, "I live in Hamburg.")
    memory.edit(berlin.id, "I live in Munich.")
    screen.open("inspector")

    screen.click(f"inspector_bring_back_{berlin.id}_1")
    assert memory.item(berlin.id).text == "I live in Berlin."

    screen.click("inspector_undo")
    assert memory.item(berlin.id).text == "I live in Munich."


def test_undo_leaves_a_later_correction_alone(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """As from another tab: it says that it came too late."""
    memory.edit(berlin.id, "I live in Hamburg.")
    screen.open("inspector").click(f"inspector_bring_back_{berlin.id}_0")
    memory.edit(berlin.id, "I live in Munich.")

    screen.click("inspector_undo")

    assert memory.item(berlin.id).text == "I live in Munich."
    assert "Undo is no longer possible" in screen.words
    assert "inspector_undo" not in screen.keys


@pytest.mark.parametrize(("first", "other"), [("pin", "unpin"), ("pause", "resume")])
def test_a_change_is_said_and_undone(
    first: str, other: str, screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """One line with Undo; then all is as before."""
    screen.open("inspector").click(f"inspector_{first}_{berlin.id}")
    assert memory.item(berlin.id) != berlin
    assert f"{first.capitalize().rstrip('e')}" in screen.words

    screen.click("inspector_undo")

    assert memory.item(berlin.id) == berlin
    assert f"inspector_{first}_{berlin.id}" in screen.keys
    assert f"inspector_{other}_{berlin.id}" not in screen.keys


def test_forgotten_memory_is_found_under_forgotten_and_can_be_put_back(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Out of the list at once; until it is erased, not lost."""
    screen.open("inspector").click(f"inspector_forget_{berlin.id}")
    assert listed(screen) == [tea.text]
    assert opened(screen, tea)

    screen.choose("Forgotten", "inspector_status")
    assert listed(screen) == [berlin.text]
    assert "Erased for good in about 10 min" in screen.words

    screen.click(f"inspector_restore_{berlin.id}")
    assert memory.item(berlin.id).status is Status.ACTIVE
    assert "Nothing is forgotten" in screen.words


def test_archived_memory_says_when_it_goes_and_can_be_put_back(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Beside its text and on its card; what is put back can go into the archive again."""
    screen.open("inspector").click(f"inspector_archive_{berlin.id}")
    assert listed(screen) == [tea.text]
    assert "Archived 1 memory" in screen.words

    screen.choose("Archived", "inspector_status")
    (kept,) = memory.retention_of([memory.item(berlin.id)])
    assert listed(screen) == [berlin.text]
    assert list(_table(screen)["Erased"]) == [kept.purges_at]
    assert f"A sweep may erase it from {on_day(kept.purges_at)} on" in screen.words
    assert "Erased in" not in screen.words

    screen.click(f"inspector_restore_{berlin.id}")
    assert memory.item(berlin.id).status is Status.ACTIVE
    screen.click("inspector_undo")
    assert memory.item(berlin.id).status is Status.ARCHIVED


def test_what_was_forgotten_in_the_archive_goes_back_there(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """Undo does not bring it into use."""
    memory.change([berlin.id], "archive")
    screen.open("inspector").choose("Archived", "inspector_status")
    memory.remember(ME, "I like tea.")
    memory.change([item.id for item in memory.items(ME)], "archive")
    screen.run().tick(0, 1).click("inspector_bulk_forget")
    screen.click("inspector_bulk_forget_confirmed")
    assert {item.status for item in memory.items(ME)} == {Status.FORGOTTEN}

    screen.click("inspector_undo")

    assert {item.status for item in memory.items(ME)} == {Status.ARCHIVED}


def test_pinned_in_the_archive_it_is_not_said_to_go(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """No sweep takes it."""
    memory.pin(berlin.id)
    memory.change([berlin.id], "archive")

    screen.open("inspector").choose("Archived", "inspector_status")

    assert "A sweep may erase it" not in screen.words
    assert _table(screen)["Erased"].isna().all()


def test_what_is_in_use_has_no_day_on_which_a_sweep_erases_it(
    screen: Screen, berlin: MemoryItem
) -> None:
    """Nor a column for it."""
    screen.open("inspector")

    assert "Erased" not in _table(screen).columns


def test_undo_after_the_erasure_says_that_it_is_too_late(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """No traceback, and no success claimed."""
    screen.open("inspector").click(f"inspector_forget_{berlin.id}")
    memory.erase(ME, memory=berlin.id)

    screen.click("inspector_undo")

    assert "Undo is no longer possible" in screen.words
    assert "Undone." not in screen.words


def test_undo_is_offered_until_another_page_is_opened(screen: Screen, berlin: MemoryItem) -> None:
    """Who comes back has other things in mind."""
    screen.open("inspector").click(f"inspector_pin_{berlin.id}")
    screen.run()
    assert "inspector_undo" in screen.keys

    screen.open("privacy").open("inspector")

    assert "inspector_undo" not in screen.keys


def test_memory_is_erased_at_once_with_a_receipt(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """The dialog counts what goes; there is no undo."""
    screen.open("inspector").click(f"inspector_erase_{berlin.id}")
    assert dict(screen.test.table[-1].value.iloc[:, 0])["Vectors"] == "1"

    screen.click(f"inspector_erase_confirmed_{berlin.id}")

    with pytest.raises(NotFound):
        memory.item(berlin.id)
    assert "Erased and verified" in screen.words
    assert "inspector_undo" not in screen.keys
    assert listed(screen) == [tea.text]


def test_memory_erased_meanwhile_is_said_in_words(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """As from another tab: no traceback, and the list is right again."""
    screen.open("inspector")
    memory.erase(ME, memory=berlin.id)

    screen.click(f"inspector_pin_{berlin.id}")

    assert screen.test.toast[0].value
    assert listed(screen) == [tea.text]


# -- changing several -----------------------------------------------------------------------


def test_one_tick_is_not_several(screen: Screen, tea: MemoryItem, berlin: MemoryItem) -> None:
    """The card does it for one."""
    screen.open("inspector").tick(0)
    assert "inspector_bulk_pin" not in screen.keys

    screen.tick(0, 1)
    assert "**2 chosen**" in screen.words
    assert "inspector_bulk_pin" in screen.keys


def test_undo_of_many_touches_only_those_that_changed(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """What was pinned before stays pinned."""
    memory.pin(tea.id)
    screen.open("inspector").tick(0, 1).click("inspector_bulk_pin")
    assert memory.item(berlin.id).pinned

    screen.click("inspector_undo")

    assert memory.item(tea.id).pinned
    assert not memory.item(berlin.id).pinned


def test_several_are_archived_and_come_back_by_undo(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    screen.open("inspector").tick(0, 1).click("inspector_bulk_archive")
    assert {memory.item(item.id).status for item in (tea, berlin)} == {Status.ARCHIVED}

    screen.click("inspector_undo")

    assert {memory.item(item.id).status for item in (tea, berlin)} == {Status.ACTIVE}


def test_several_are_forgotten_after_a_preview_and_put_back_by_undo(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Nothing happens before the preview is confirmed. Back again they are not ticked, even if the
    browser still holds what was ticked in a table of the same memories."""
    screen.open("inspector").tick(0, 1)
    table = table_id(screen)
    screen.click("inspector_bulk_forget")
    assert f"- {berlin.text}\n- {tea.text}" in screen.words
    assert memory.item(tea.id).status is Status.ACTIVE

    screen.click("inspector_bulk_forget_confirmed")
    assert {memory.item(item.id).status for item in (tea, berlin)} == {Status.FORGOTTEN}
    assert "Forgot 2 memories" in screen.words
    assert "No memory is in use" in screen.words

    screen.click("inspector_undo")
    assert listed(screen) == [berlin.text, tea.text]
    assert table_id(screen) != table


def test_all_that_match_are_chosen_by_one_button_until_the_filter_changes(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Also those that are not on this page, and none that does not match."""
    memory.remember(ME, "I live near the river.")
    for number in range(50):
        memory.remember(ME, f"I live with note {number}.", importance=0.5)
    screen.open("inspector").write("inspector_search", "live").tick(0, 1)
    screen.click("inspector_choose_all")
    assert "**52 chosen**" in screen.words
    assert "inspector_bulk_merge" not in screen.keys

    screen.click("inspector_bulk_pause")

    assert len([item for item in memory.find(ME).items if item.paused]) == 52
    assert not memory.item(tea.id).paused
    screen.write("inspector_search", "")
    assert "chosen" not in screen.words


def test_several_are_merged_into_one_and_apart_again(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """The dialog offers their texts, and says what it will be."""
    screen.open("inspector").tick(0, 1).click("inspector_bulk_merge")
    (field,) = (area for area in screen.test.text_area if area.key.startswith("inspector_merged"))
    assert field.value == f"{tea.text}\n{berlin.text}"
    assert ":gray-badge[personal]" in screen.words

    field.set_value("I live in Berlin and prefer green tea.")
    screen.click("inspector_bulk_merge_confirmed")

    assert listed(screen) == ["I live in Berlin and prefer green tea."]
    (merged,) = memory.find(ME).items[:1]
    assert opened(screen, merged)
    assert "Merged from (2)" in screen.words
    screen.click("inspector_undo")
    assert listed(screen) == [berlin.text, tea.text]


def test_a_merge_is_undone_on_its_card(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Also long after it was made."""
    merged = memory.merge([tea.id, berlin.id])

    screen.open("inspector").click(f"inspector_unmerge_{merged.id}")

    assert listed(screen) == [berlin.text, tea.text]


def test_what_does_not_belong_together_is_not_merged(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    """The dialog says why, and offers nothing to press."""
    memory.grant(ME, "work")
    memory.remember(ME, "The office is in Berlin.", purpose="work")

    screen.open("inspector").tick(0, 1).click("inspector_bulk_merge")

    assert "kept for different purposes" in screen.test.error[0].value
    assert "inspector_bulk_merge_confirmed" not in screen.keys


def test_merge_too_long_for_a_memory_is_refused_in_words(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """All stays as it was."""
    screen.open("inspector").tick(0, 1).click("inspector_bulk_merge")
    (field,) = (area for area in screen.test.text_area if area.key.startswith("inspector_merged"))

    field.set_value("long " * 1000)
    screen.click("inspector_bulk_merge_confirmed")

    assert "Shorten it" in screen.words
    assert listed(screen) == [berlin.text, tea.text]


def test_no_text_stays_in_the_session_after_a_merge_and_its_undo(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    """The dialog's field goes with it; what undo needs are ids."""
    cat = memory.remember(ME, f"My cat is called {WORD}.")
    screen.open("inspector").tick(0, 1).click("inspector_bulk_merge")
    screen.click("inspector_bulk_merge_confirmed").run()
    assert WORD in screen.words, "nothing was shown, so nothing is proven"
    assert WORD not in repr(dict(screen.test.session_state._state.filtered_state))

    screen.click("inspector_undo").click(f"inspector_forget_{cat.id}")

    assert WORD not in repr(dict(screen.test.session_state._state.filtered_state))


# -- names ----------------------------------------------------------------------------------


def test_names_show_whom_and_what_was_mentioned(screen: Screen, memory: Memory) -> None:
    """But not the person themselves."""
    screen.run().say(TOLD)
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "Names"

    screen.run()

    (names,) = (table.value for table in screen.test.dataframe)
    assert "Django" in list(names["Name"])
    assert "Maya" not in list(names["Name"])


def test_names_say_what_is_missing(screen: Screen, tea: MemoryItem) -> None:
    """Where nobody was mentioned."""
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "Names"

    screen.run()

    assert "No names yet" in screen.words
