"""The Privacy page: each view by its address, each state, and what each button does."""

import csv
import io
from pathlib import Path

import apsw
import pytest

from memory import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    Act,
    Change,
    DataClass,
    Handling,
    Label,
    Memory,
    Preset,
)
from memory.flow.indexing.building import note
from pages.parts.privacy.audit import ACTIONS, as_csv, how_many
from pages.parts.whose import ME
from tests.pages.screen import Screen

WORD = "Zanzibarquokka"
TOLD = f"My cat is called {WORD}."
OWN = "zanzibar research"
VIEWS = ("overview", "consent", "retention", "data", "erasure", "audit")
VERIFIED = ":material/verified: Erased and verified"
ROWS = {data_class: row for row, data_class in enumerate(DataClass)}


@pytest.fixture
def filled(screen: Screen, memory: Memory) -> Screen:
    """On the page, after one memory."""
    memory.remember(ME, TOLD)
    return screen.open("privacy")


def view(screen: Screen, name: str) -> Screen:
    return screen.choose(name, "privacy_view")


def key_of_table(screen: Screen) -> str:
    """Of the first; the id of a widget with a key is its parts, joined by hyphens."""
    return screen.test.dataframe[0].proto.id.split("-", 2)[2]


def edit(screen: Screen, row: int, **cells: object) -> Screen:
    """Of the first table that can be edited, as the browser sends it."""
    changed = {row: {name.replace("_", " "): value for name, value in cells.items()}}
    state = {"edited_rows": changed, "added_rows": [], "deleted_rows": []}
    screen.test.session_state[key_of_table(screen)] = state
    return screen.run()


def tick(screen: Screen, row: int) -> Screen:
    state = {"selection": {"rows": [row], "columns": [], "cells": []}}
    screen.test.session_state[key_of_table(screen)] = state
    return screen.run()


def places(screen: Screen) -> dict[str, str]:
    """The first table of places and counts."""
    return dict(screen.test.table[0].value["value"])


def change_the_file(memory: Memory, sql: str) -> None:
    """Behind the app's back."""
    connection = apsw.Connection(str(memory.settings.database))
    connection.execute(sql)
    connection.close()


# -- the way in -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_opens_empty(screen: Screen, name: str) -> None:
    """For somebody who has agreed to nothing yet."""
    view(screen.open("privacy"), name)

    assert [title.value for title in screen.test.title] == ["Privacy"]
    assert not screen.test.error
    assert screen.test.segmented_control(key="privacy_view").value == name


@pytest.mark.parametrize("name", VIEWS)
def test_the_address_opens_a_view(filled: Screen, name: str) -> None:
    """As a bookmark of it does."""
    filled.test.query_params["view"] = name

    filled.run()

    assert filled.test.segmented_control(key="privacy_view").value == name


def test_a_chosen_view_stands_in_the_address(screen: Screen) -> None:
    view(screen.open("privacy"), "audit")

    assert screen.test.query_params["view"] == "audit"


def test_an_unknown_view_opens_the_first(screen: Screen) -> None:
    screen.test.query_params["view"] = "nonsense"

    screen.open("privacy")

    assert screen.test.segmented_control(key="privacy_view").value == "overview"


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_leaves_text_of_the_person_in_the_session(
    filled: Screen, memory: Memory, name: str
) -> None:
    """Not what is listed, not the name of a purpose of their own."""
    memory.grant(ME, OWN)
    memory.observe(ME, "user", f"I work with {WORD} Ltd.", conversation_id="first")

    view(filled, name)

    assert WORD not in filled.kept
    assert OWN not in filled.kept


# -- overview -------------------------------------------------------------------------------


def test_overview_of_a_fresh_person_says_that_nothing_is_held_and_nothing_left(
    screen: Screen,
) -> None:
    screen.open("privacy")

    assert "Nothing is held about you" in screen.words
    assert "**Nothing.**" in screen.words
    assert not screen.test.metric


def test_overview_tells_where_the_data_is_and_how_much(filled: Screen, memory: Memory) -> None:
    """The path to copy, and the counts."""
    assert filled.test.code[0].value == str(memory.settings.database)
    assert "1 memory · 0 messages · 0 conversations" in filled.words


def test_overview_holds_the_compliance_report(filled: Screen, memory: Memory) -> None:
    """Totals, consents with date and version, what goes next, and what is gone already."""
    memory.erase(ME, memory=memory.remember(ME, "I like tea.").id)
    filled.run()

    totals = {metric.label: metric.value for metric in filled.test.metric}
    assert totals == {
        "Memories": "1",
        "Expire within 30 days": "0",
        "Consents in force": "1",
        "Memories erased so far": "1",
    }
    assert "Remember what I say" in filled.words
    assert "text version 2026-11" in filled.words
    assert "Next to go" in filled.words
    assert ":material/schedule: in 365 days" in filled.words


def test_charts_of_the_overview_tell_their_numbers_in_words_too(
    filled: Screen, memory: Memory
) -> None:
    """For who cannot see them."""
    memory.erase(ME, memory=memory.remember(ME, "I like tea.").id)
    filled.run()

    told = [chart.proto.alt for chart in filled.test.get("vega_lite_chart")]
    assert told == [
        "Memories by class: Public 0, Internal 0, Confidential 0, Personal 1, Sensitive 0",
        "Memories by purpose: Remember what I say 1",
        "Memories by time left: Over 0, Within 30 days 0, Later, or never 1",
        "Memories erased, by reason: One memory erased 1",
    ]


def test_what_is_shown_of_a_memory_is_no_markdown(filled: Screen, memory: Memory) -> None:
    memory.remember(ME, "I like **bold** ![x](https://evil.example/x.png)")

    filled.run()

    assert "![x]" not in "".join(each.value for each in filled.test.markdown)


def test_the_overview_tells_that_a_model_was_fetched(filled: Screen, memory: Memory) -> None:
    """It is no call of a model elsewhere, and the hub learned something all the same."""
    assert "An embedding model was fetched" not in filled.words

    note(memory._parts, Act.FETCH_MODEL)

    assert "An embedding model was fetched" in filled.run().words


def test_the_overview_leads_to_taking_it_along(filled: Screen) -> None:
    """And has no download of its own."""
    assert list(filled.test.get("download_button")) == []

    filled.click("privacy_to_yours")

    assert filled.test.button(key="privacy_export_prepare")


# -- consent --------------------------------------------------------------------------------


def test_nothing_is_agreed_to_beforehand(screen: Screen) -> None:
    """Each purpose with its exact words and their version."""
    view(screen.open("privacy"), "consent")

    assert [toggle.value for toggle in screen.test.main.toggle] == [False, False, False]
    assert "learn memories from them and use them in answers" in screen.words
    assert screen.words.count("Not given · text version 2026-11") == 3
    assert "Without “Remember what I say” nothing is kept anyway." in screen.words
    assert "It needs a model elsewhere that you chose, too" in screen.words


@pytest.mark.parametrize("purpose", [PERSONALIZATION, SENSITIVE, REMOTE_MODEL])
def test_turning_a_purpose_on_grants_it_at_once(
    screen: Screen, memory: Memory, purpose: str
) -> None:
    """And the time stands there."""
    memory.revoke(ME, PERSONALIZATION)
    view(screen.open("privacy"), "consent")

    switch(screen, purpose, on=True)

    assert [c.purpose for c in memory.consents(ME) if c.revoked_at is None] == [purpose]
    assert ":material/check: Given on" in screen.words
    assert is_on(screen, purpose)


def switch(screen: Screen, purpose: str, *, on: bool) -> Screen:
    screen.test.toggle(key=f"privacy_consent_{purpose}").set_value(on)
    return screen.run()


def is_on(screen: Screen, purpose: str) -> bool:
    return bool(screen.test.toggle(key=f"privacy_consent_{purpose}").value)


def test_turning_off_first_shows_what_goes(filled: Screen, memory: Memory) -> None:
    """Nothing is withdrawn by that alone, and the switch stays on."""
    switch(view(filled, "consent"), PERSONALIZATION, on=False)

    assert "It is erased at once, and for good:" in filled.words
    assert places(filled)["Memories"] == "1"
    assert is_on(filled, PERSONALIZATION)
    assert len(memory.items(ME)) == 1

    filled.click("privacy_revoke_cancelled")

    assert "privacy_revoke_confirmed" not in filled.keys
    assert is_on(filled, PERSONALIZATION)
    assert len(memory.items(ME)) == 1


def test_withdrawing_erases_and_shows_a_receipt_once(filled: Screen, memory: Memory) -> None:
    switch(view(filled, "consent"), PERSONALIZATION, on=False)

    filled.click("privacy_revoke_confirmed")

    assert VERIFIED in filled.words
    assert places(filled)["Memories"] == "1"
    assert memory.items(ME) == []
    assert not is_on(filled, PERSONALIZATION)
    assert VERIFIED not in filled.run().words


def test_withdrawing_what_nothing_was_kept_for_erases_nothing(
    filled: Screen, memory: Memory
) -> None:
    """No receipt of nothing."""
    memory.grant(ME, REMOTE_MODEL)
    switch(view(filled, "consent"), REMOTE_MODEL, on=False)
    assert "Nothing is kept because of it" in filled.words

    filled.click("privacy_revoke_confirmed")

    assert not is_on(filled, REMOTE_MODEL)
    assert "Erased" not in filled.words
    assert len(memory.items(ME)) == 1


def test_a_purpose_of_ones_own_has_a_switch(filled: Screen, memory: Memory) -> None:
    """It can be withdrawn as the others."""
    memory.grant(ME, OWN)
    view(filled, "consent")
    assert filled.test.toggle(key="privacy_consent_own_0").label == f"**{OWN.capitalize()}**"

    switch(filled, "own_0", on=False).click("privacy_revoke_confirmed")

    assert not is_on(filled, "own_0")
    assert [c.revoked_at is None for c in memory.consents(ME)] == [True, False]


def test_a_consent_to_older_words_is_asked_for_anew(filled: Screen, memory: Memory) -> None:
    change_the_file(memory, "update consents set text_version = '2020-01'")
    view(filled, "consent")
    assert "Given on" in filled.words
    assert "text version 2020-01" in filled.words
    assert "The words have changed since (2026-11)" in filled.words

    filled.click(f"privacy_consent_new_{PERSONALIZATION}")

    assert "The words have changed" not in filled.words
    versions = {c.text_version: c.revoked_at is None for c in memory.consents(ME)}
    assert versions == {"2020-01": False, "2026-11": True}


def test_history_lists_what_was_given_and_withdrawn(filled: Screen, memory: Memory) -> None:
    """The latest first."""
    memory.grant(ME, SENSITIVE)
    memory.revoke(ME, SENSITIVE)

    view(filled, "consent")

    history = filled.test.dataframe[0].value
    assert list(history["Purpose"]) == ["Also what is sensitive", "Remember what I say"]
    assert [bool(withdrawn) for withdrawn in history["Withdrawn"]] == [True, False]
    assert set(history["Text"]) == {"2026-11"}


# -- retention ------------------------------------------------------------------------------


def test_retention_lists_each_class_with_its_rule_and_what_is_held(filled: Screen) -> None:
    view(filled, "retention")

    table = filled.test.dataframe[0].value.set_index("Class")
    assert list(table.index) == ["Public", "Internal", "Confidential", "Personal", "Sensitive"]
    assert table.loc["Personal", "Days"] == 365
    assert table.loc["Public"].isna()["Days"]
    assert list(table["Held"]) == [0, 0, 0, 1, 0]
    assert table.loc["Personal", "Next expiry"] == "in 365 days"
    assert "privacy_rules_save" not in filled.keys


def test_an_edit_says_what_it_would_do_and_changes_nothing(filled: Screen, memory: Memory) -> None:
    edit(view(filled, "retention"), ROWS[DataClass.PERSONAL], Recalled=False)

    assert "**Not saved yet.** 1 memory is no longer recalled." in filled.words
    assert memory.privacy_rules(ME).classes[DataClass.PERSONAL].recalled


def test_saving_an_edit_and_undoing_it(filled: Screen, memory: Memory) -> None:
    """The former rules hold again."""
    before = memory.privacy_rules(ME)
    edit(view(filled, "retention"), ROWS[DataClass.PUBLIC], Days=90, Exported=False)
    assert "Nothing that is kept now is erased by it" in filled.words

    filled.click("privacy_rules_save")

    rule = memory.privacy_rules(ME).classes[DataClass.PUBLIC]
    assert (rule.days, rule.exported) == (90, False)
    assert ":material/check: **Saved.**" in filled.words

    filled.click("privacy_rules_undo")

    assert memory.privacy_rules(ME) == before
    assert "privacy_rules_undo" not in filled.keys
    assert "Not saved yet" not in filled.words


def test_emptied_days_keep_for_ever(filled: Screen, memory: Memory) -> None:
    edit(view(filled, "retention"), ROWS[DataClass.PERSONAL], Days=None)

    filled.click("privacy_rules_save")

    assert memory.privacy_rules(ME).classes[DataClass.PERSONAL].days is None
    assert filled.test.dataframe[0].value["Next expiry"][ROWS[DataClass.PERSONAL]] == "never"


def test_an_edit_that_arrives_together_with_save_is_shown_first(
    filled: Screen, memory: Memory
) -> None:
    """What is saved is what was said about it; the next click saves the rest, too."""
    personal = ROWS[DataClass.PERSONAL]
    edit(view(filled, "retention"), ROWS[DataClass.PUBLIC], Days=90)
    filled.test.session_state[key_of_table(filled)] = {
        "edited_rows": {ROWS[DataClass.PUBLIC]: {"Days": 90}, personal: {"Recalled": False}},
        "added_rows": [],
        "deleted_rows": [],
    }

    filled.click("privacy_rules_save")

    assert "The rules changed while you pressed Save." in filled.test.error[0].value
    assert memory.privacy_rules(ME).classes[DataClass.PUBLIC].days is None
    assert "1 memory is no longer recalled." in filled.words
    filled.click("privacy_rules_save")
    assert not memory.privacy_rules(ME).classes[DataClass.PERSONAL].recalled


def test_discarding_brings_the_table_back(filled: Screen, memory: Memory) -> None:
    before = memory.privacy_rules(ME)
    edit(view(filled, "retention"), ROWS[DataClass.PUBLIC], Days=90)

    filled.click("privacy_rules_discard")

    assert "Not saved yet" not in filled.words
    assert filled.test.dataframe[0].value["Days"].isna()[ROWS[DataClass.PUBLIC]]
    assert memory.privacy_rules(ME) == before


@pytest.mark.parametrize("days", [0, -5, 40_000])
def test_days_that_cannot_be_are_refused_in_words(
    filled: Screen, memory: Memory, days: int
) -> None:
    """What to choose instead stands there; there is nothing to save."""
    edit(view(filled, "retention"), ROWS[DataClass.PERSONAL], Days=days)

    (error,) = filled.test.error
    assert "Choose whole days from 1 to 36,500" in error.value
    assert "privacy_rules_save" not in filled.keys
    assert "privacy_rules_discard" in filled.keys


def test_saving_erases_at_once_what_is_over_by_the_new_rules(
    filled: Screen, memory: Memory
) -> None:
    """Said before, with how many; a receipt follows, and Undo does not bring it back."""
    change_the_file(memory, "update memories set created_at = '2020-01-01T00:00:00.000000Z'")
    edit(view(filled, "retention"), ROWS[DataClass.PERSONAL], Days=30)
    assert "Saving erases 1 memory at once, for good" in filled.words
    assert filled.test.button(key="privacy_rules_save").label == "Save and erase"

    filled.click("privacy_rules_save")

    assert VERIFIED in filled.words
    assert "what was erased stays erased" in filled.words
    assert memory.items(ME) == []
    filled.click("privacy_rules_undo")
    assert memory.privacy_rules(ME).classes[DataClass.PERSONAL].days == 365
    assert memory.items(ME) == []


def test_the_articles_preset_shows_its_days_and_holds_when_saved(
    filled: Screen, memory: Memory
) -> None:
    view(filled, "retention")
    filled.test.segmented_control(key="privacy_preset_0").set_value(Preset.ARTICLE)
    filled.run()
    assert list(filled.test.dataframe[0].value["Days"]) == [365, 180, 90, 30, 30]

    filled.click("privacy_rules_save")

    rules = memory.privacy_rules(ME)
    assert (rules.preset, rules.strict) == (Preset.ARTICLE, False)
    assert [rules.classes[name].days for name in DataClass] == [365, 180, 90, 30, 30]


def test_strict_mode_masks_names_too_and_leaves_them_again(filled: Screen, memory: Memory) -> None:
    """Turned off again, all is as it was; and so with Undo."""
    before = memory.privacy_rules(ME)
    view(filled, "retention")
    filled.test.toggle(key="privacy_strict_0").set_value(True)
    filled.run()
    assert list(filled.test.dataframe[0].value["Days"]) == [365, 180, 90, 30, 30]
    filled.click("privacy_rules_save")
    strict = memory.privacy_rules(ME)
    assert strict.labels[Label.NAME].stored is Handling.MASK

    filled.test.toggle(key="privacy_strict_1").set_value(False)
    filled.run().click("privacy_rules_save")
    assert memory.privacy_rules(ME) == before

    filled.click("privacy_rules_undo")
    assert memory.privacy_rules(ME) == strict


def test_strict_mode_shortens_days_and_says_so(filled: Screen, memory: Memory) -> None:
    view(filled, "retention")
    filled.test.toggle(key="privacy_strict_0").set_value(True)
    filled.run().click("privacy_rules_save")

    edit(filled, ROWS[DataClass.PERSONAL], Days=300)
    assert "Personal: 30 days is the longest that strict mode allows." in filled.words
    filled.click("privacy_rules_save")

    assert memory.privacy_rules(ME).classes[DataClass.PERSONAL].days == 30


def test_days_that_were_chosen_one_by_one_stay_when_the_preset_changes(
    filled: Screen, memory: Memory
) -> None:
    edit(view(filled, "retention"), ROWS[DataClass.PUBLIC], Days=77).click("privacy_rules_save")

    filled.test.segmented_control(key="privacy_preset_1").set_value(Preset.ARTICLE)
    filled.run().click("privacy_rules_save")

    days = [memory.privacy_rules(ME).classes[name].days for name in DataClass]
    assert days == [77, 180, 90, 30, 30]


def test_undo_is_offered_as_long_as_the_view_is_open(filled: Screen) -> None:
    edit(view(filled, "retention"), ROWS[DataClass.PUBLIC], Days=90).click("privacy_rules_save")
    assert "privacy_rules_undo" in filled.keys

    view(view(filled, "audit"), "retention")

    assert "privacy_rules_undo" not in filled.keys


# -- personal data --------------------------------------------------------------------------


def test_each_kind_of_personal_data_has_its_handling_but_secrets_have_no_choice(
    filled: Screen,
) -> None:
    view(filled, "data")

    table = filled.test.dataframe[0].value.set_index("Kind")
    assert table.loc["E-mail address", "Before storing"] == "Mask"
    assert table.loc["Name", "Before storing"] == "Keep"
    assert len(table) == len(Label) - 1
    assert "Passwords and keys that are found are never stored or sent" in filled.words


def test_a_label_is_handled_otherwise_when_saved(filled: Screen, memory: Memory) -> None:
    """And as before when undone."""
    row = list(view(filled, "data").test.dataframe[0].value["Kind"]).index("Name")

    edit(filled, row, Before_storing="Never store", Masked_when_sent=False)
    filled.click("privacy_rules_save")

    rule = memory.privacy_rules(ME).labels[Label.NAME]
    assert (rule.stored, rule.masked_when_sent) == (Handling.NEVER, False)
    filled.click("privacy_rules_undo")
    assert memory.privacy_rules(ME).labels[Label.NAME].stored is Handling.KEEP


def test_values_that_are_kept_are_counted_and_can_be_masked_again(
    filled: Screen, memory: Memory
) -> None:
    said = memory.observe(ME, "user", "Write to maya@example.com, please.")
    assert said.message_id is not None
    memory.keep(said.message_id)
    view(filled, "data")
    assert "**You keep 1 e-mail address**" in filled.words

    filled.click("privacy_keep_no_more")

    assert memory.kept_values(ME) == {}
    assert "You keep" not in filled.words


def look(screen: Screen, text: str) -> Screen:
    screen.test.text_area(key="privacy_try_text").set_value(text)
    return screen.click("privacy_try")


def test_a_tried_text_shows_what_is_found_stored_and_sent(filled: Screen) -> None:
    """Each find with what is done about it, and why nothing would be sent."""
    look(view(filled, "data"), f"Write to {WORD.lower()}@example.com please.")

    found = filled.test.dataframe[0].value
    assert list(found["What"]) == ["E-mail address"]
    assert list(found["Done"]) == ["Mask"]
    assert "Class: **Personal** · it names or identifies a person" in filled.words
    assert "Write to [EMAIL] please." in [text.value for text in filled.test.text]
    assert "Not now. You have not agreed to a model" in filled.words


def test_a_tried_text_is_shown_as_it_is(filled: Screen) -> None:
    """No Markdown, no link, no formula of it."""
    look(view(filled, "data"), "Mail a@evil.example ![x](https://evil.example/x.png) **b** $x$")

    marked = "".join(each.value for each in filled.test.markdown)
    assert "![x]" not in marked
    assert "**b**" not in marked
    assert "https://" not in marked


def test_nothing_of_a_tried_text_stays(filled: Screen, memory: Memory) -> None:
    """Neither in the session, from the run on that showed it, nor in the file."""
    look(view(filled, "data"), f"My doctor is called {WORD} Quokkason.")
    assert f"{WORD} Quokkason" in filled.words, "nothing was shown, so nothing is proven"

    assert "Quokkason" not in filled.kept
    assert "Quokkason" not in repr(filled.test.session_state._state._state)
    assert not filled.test.text_area(key="privacy_try_text").value
    assert "Quokkason" not in filled.run().words
    files = memory.settings.database.parent.glob("recollect.db*")
    assert not any(b"Quokkason" in Path(path).read_bytes() for path in files)


def test_without_consent_a_tried_text_says_why_it_is_not_stored(screen: Screen) -> None:
    look(view(screen.open("privacy"), "data"), "I like tea.")

    assert "Not at all. You have not agreed that anything is remembered." in screen.words
    assert "Nothing in it identifies anybody." in screen.words


def test_samples_can_be_tried_and_an_own_text_takes_their_place(filled: Screen) -> None:
    view(filled, "data")
    filled.test.pills(key="privacy_try_sample").set_value("A password")
    filled.run()
    assert "Class: **Confidential** · a password or key was in it" in filled.words
    assert filled.test.dataframe[0].value["Done"][0] == "Never store"

    look(filled, "PostgreSQL 16 was released in September 2023.")

    assert filled.test.pills(key="privacy_try_sample").value is None
    assert "Confidential" not in filled.words


def test_an_empty_text_shows_nothing(filled: Screen) -> None:
    look(view(filled, "data"), "")

    assert "Class:" not in filled.words
    assert not filled.test.error


# -- erasure --------------------------------------------------------------------------------


def confirm(screen: Screen, word: str = "erase") -> Screen:
    """A form sends what is typed with its button."""
    screen.test.text_input(key="privacy_erase_word").set_value(word)
    return screen.click("privacy_erase_submit")


def choose(screen: Screen, kind: str) -> Screen:
    return view(screen, "erasure").choose(kind, "privacy_erase_what")


@pytest.mark.parametrize("word", ["", "erased", "yes"])
def test_wrong_word_erases_nothing(word: str, filled: Screen, memory: Memory) -> None:
    """It says so, and what to type."""
    confirm(view(filled, "erasure"), word)

    assert "Nothing was erased: type “erase” first." in filled.words
    assert len(memory.items(ME)) == 1


def test_right_word_erases_everything_and_shows_a_verified_receipt(
    filled: Screen, memory: Memory
) -> None:
    """Memories, conversations and consent are gone; the receipt holds no content."""
    assert places(view(filled, "erasure"))["Memories"] == "1"

    confirm(filled, " Erase ")

    assert VERIFIED in filled.words
    assert "Nothing is held about you" in filled.words
    assert WORD not in filled.words
    assert memory.items(ME) == []
    assert memory.consents(ME) == []
    assert VERIFIED not in filled.run().words
    assert "May I remember what you tell me?" in filled.open("chat").words


def test_receipt_says_what_no_erasure_reaches(filled: Screen, memory: Memory) -> None:
    """Exports that were taken, and copies."""
    memory.export(ME)

    confirm(view(filled, "erasure"))

    assert "1 export that you took, the last on" in filled.words
    assert "and copies that you made of the file" in filled.words


def test_one_conversation_is_erased_and_the_others_stay(filled: Screen, memory: Memory) -> None:
    memory.observe(ME, "user", "I prefer tea.", conversation_id="first")
    memory.observe(ME, "user", "I prefer coffee.", conversation_id="second")
    choose(filled, "conversation")
    row = list(filled.test.dataframe[0].value["Conversation"]).index("I prefer tea.")
    assert "privacy_erase_submit" not in filled.keys, "nothing is chosen yet"

    confirm(tick(filled, row))

    assert VERIFIED in filled.words
    assert [found.id for found in memory.conversations(ME)] == ["second"]
    assert "privacy_erase_submit" not in filled.keys, "the list is another one"


def test_one_name_is_erased_with_what_mentions_it(filled: Screen, memory: Memory) -> None:
    memory.remember(ME, "My sister Ana lives in Lisbon.")
    choose(filled, "entity")
    row = list(filled.test.dataframe[0].value["Name"]).index("Lisbon")

    confirm(tick(filled, row))

    assert [item.text for item in memory.items(ME)] == [TOLD]
    assert "Lisbon" not in [entity.name for entity in memory.entities(ME)]


def test_what_was_kept_for_a_purpose_is_erased_and_the_consent_stands(
    filled: Screen, memory: Memory
) -> None:
    memory.grant(ME, OWN)
    memory.remember(ME, "Uses the chat in the morning.", purpose=OWN)
    choose(filled, "purpose")
    table = filled.test.dataframe[0].value
    assert dict(zip(table["Purpose"], table["Memories"], strict=True)) == {
        "Remember what I say": 1,
        "Also what is sensitive": 0,
        "Send to a model elsewhere": 0,
        OWN.capitalize(): 1,
    }

    confirm(tick(filled, list(table["Purpose"]).index(OWN.capitalize())))

    assert [item.text for item in memory.items(ME)] == [TOLD]
    assert all(consent.revoked_at is None for consent in memory.consents(ME))


def test_one_memory_is_found_by_its_words_and_erased(filled: Screen, memory: Memory) -> None:
    """The words of the search go with it."""
    memory.remember(ME, "I like tea.")
    choose(filled, "memory").write("privacy_erase_search", WORD)
    assert list(filled.test.dataframe[0].value["Memory"]) == [TOLD]

    confirm(tick(filled, 0))

    assert [item.text for item in memory.items(ME)] == ["I like tea."]
    assert WORD not in filled.kept


@pytest.mark.parametrize("kind", ["conversation", "entity", "memory"])
def test_what_is_ticked_for_erasure_is_kept_as_its_row_and_not_its_title(
    filled: Screen, memory: Memory, kind: str
) -> None:
    """Up to the receipt, and after it."""
    memory.observe(ME, "user", f"I work with {WORD} Ltd in Lisbon.", conversation_id="first")

    tick(choose(filled, kind), 0)
    assert "privacy_erase_submit" in filled.keys
    assert WORD not in filled.kept
    assert "Lisbon" not in filled.kept

    confirm(filled)
    assert VERIFIED in filled.words
    assert WORD not in filled.kept
    assert "Lisbon" not in filled.kept


def test_a_search_without_matches_says_so(filled: Screen) -> None:
    choose(filled, "memory").write("privacy_erase_search", "nowhere")

    assert "No memory matches." in filled.words


@pytest.mark.parametrize(
    ("kind", "words"),
    [("conversation", "No conversation is kept."), ("entity", "No name is known.")],
)
def test_what_there_is_none_of_cannot_be_chosen(
    screen: Screen, memory: Memory, kind: str, words: str
) -> None:
    memory.remember(ME, "I like tea.")

    choose(screen.open("privacy"), kind)

    assert words in screen.words
    assert "privacy_erase_submit" not in screen.keys


def test_a_choice_that_was_changed_while_it_was_confirmed_is_not_erased(
    filled: Screen, memory: Memory
) -> None:
    """Another tab may have changed the list under the tick; both clicks arrive together."""
    view(filled, "erasure")
    filled.test.text_input(key="privacy_erase_word").set_value("erase")
    filled.test.button(key="privacy_erase_submit").click()
    filled.test.segmented_control(key="privacy_erase_what").set_value("memory")
    filled.run()

    assert len(memory.items(ME)) == 1
    tick(filled, 0)
    assert len(memory.items(ME)) == 1


# -- audit ----------------------------------------------------------------------------------


def test_audit_of_a_fresh_file_is_empty(screen: Screen) -> None:
    view(screen.open("privacy"), "audit")

    assert "Nothing has happened yet" in screen.words
    assert not screen.test.dataframe


def test_audit_lists_what_happened_without_the_text(filled: Screen) -> None:
    """In the person's words, newest first, in an intact chain."""
    audit = view(filled, "audit").test.dataframe[0].value

    assert list(audit["What"]) == ["Stored", "Consent given"]
    assert list(audit["How many"]) == ["1 memory (personal)", ""]
    assert WORD not in audit.to_string()
    assert "The chain is intact" in filled.words


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "drop trigger audit_is_not_changed; update audit set action = 'pin' where id = 1",
            "Number 1 is not as Recollect wrote it",
        ),
        (
            "drop trigger audit_is_not_cut; delete from audit where id = 2",
            "Events from number 2 on are gone",
        ),
    ],
    ids=["changed", "cut"],
)
def test_audit_that_was_tampered_with_says_where(
    filled: Screen, memory: Memory, sql: str, words: str
) -> None:
    change_the_file(memory, sql)

    view(filled, "audit")

    assert words in filled.words
    assert "The chain is intact" not in filled.words


def test_audit_without_its_key_is_called_unverifiable(filled: Screen, memory: Memory) -> None:
    """It does not claim what it cannot check; what is written next begins a chain of its own."""
    memory.settings.keys.unlink()
    view(filled, "audit")
    assert "The audit cannot be verified" in filled.words

    memory.remember(ME, "I like tea.")
    filled.run()

    assert "What stands before number 3 was written under a key that was lost" in filled.words


def test_audit_is_filtered_by_what_happened(filled: Screen) -> None:
    view(filled, "audit").test.multiselect(key="privacy_audit_actions").set_value(["grant"])
    filled.run()
    assert list(filled.test.dataframe[0].value["What"]) == ["Consent given"]
    assert "1 event, the latest first" in filled.words

    filled.test.multiselect(key="privacy_audit_actions").set_value(["merge"])
    filled.run()

    assert "Nothing of this has happened." in filled.words
    assert not filled.test.dataframe


def test_a_long_audit_comes_in_pages(filled: Screen, memory: Memory) -> None:
    """A filter begins at the first again."""
    for number in range(26):
        memory.grant(ME, f"purpose {number}")
    view(filled, "audit")
    assert len(filled.test.dataframe[0].value) == 25

    filled.test.pagination(key="privacy_audit_page").set_value(2)
    filled.run()
    assert list(filled.test.dataframe[0].value["No."]) == [3, 2, 1]

    filled.test.multiselect(key="privacy_audit_actions").set_value(["grant"])
    filled.run()
    assert filled.test.dataframe[0].value["No."][0] == 28


def test_audit_can_be_downloaded_as_a_table(filled: Screen, memory: Memory) -> None:
    """A line an event, in UTC, without text."""
    (button,) = view(filled, "audit").test.get("download_button")
    rows = list(csv.DictReader(io.StringIO(as_csv(memory.audit()))))

    assert button.key == "privacy_audit_download"
    assert [row["action"] for row in rows] == ["store", "grant"]
    assert rows[0]["counts"] == '{"memories": 1, "personal": 1}'
    assert rows[0]["at"].endswith("+00:00")
    assert WORD not in as_csv(memory.audit())


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"memories": 0}, "no memory"),
        ({"memories": 1, "personal": 1}, "1 memory (personal)"),
        ({"memories": 3, "personal": 2, "public": 1}, "3 memories (1 public, 2 personal)"),
        ({"entities": 2, "full text": 1, "memories": 1}, "1 memory, 2 entities, 1 full text"),
        ({"bytes": 4521}, "4,521 bytes"),
        ({"values": 1}, "1 value"),
    ],
)
def test_counts_are_told_in_words(counts: dict[str, int], words: str) -> None:
    assert how_many(counts) == words


def test_every_act_has_a_name() -> None:
    """A new one would be shown by its bare word."""
    assert set(ACTIONS) == set(Act)


def test_every_change_of_a_memory_is_an_act() -> None:
    """By the same word."""
    assert set(Change) <= set(Act)
