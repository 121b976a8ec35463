"""The Inspector's names: the list, a question, the card of one, the network."""

import json
from collections.abc import Iterator

import pytest

from memory import Entity, Memory
from pages.parts.whose import ME
from tests.pages.screen import Screen

TOLD = (
    "Smith reported a bug in the authentication module.",
    "Smith fixed the authentication bug.",
    "Maya Chen leads the project at Northwind in Berlin.",
    "Maya prefers React.",
)


@pytest.fixture
def told(screen: Screen, memory: Memory) -> Memory:
    for text in TOLD:
        memory.remember(ME, text)
    return memory


def named(memory: Memory, name: str) -> Entity:
    (found,) = (entity for entity in memory.entities(ME) if entity.name == name)
    return found


def open_names(screen: Screen) -> Screen:
    screen.test.session_state["inspector_tab"] = "Names"
    return screen.open("inspector")


def listed(screen: Screen) -> list[str]:
    return list(screen.test.dataframe[0].value["Name"])


def on_card(screen: Screen) -> str:
    """The heading of the card; that of the network is another."""
    headings = [text.value for text in screen.test.markdown if text.value.startswith("## ")]
    (card,) = (heading for heading in headings if not heading.startswith("## Who and what"))
    return card.removeprefix("## ")


def drawn(screen: Screen) -> Iterator[dict[str, object]]:
    for chart in screen.test.get("echarts_chart"):
        yield json.loads(chart.proto.spec)


# -- the list -------------------------------------------------------------------------------


def test_without_names_the_tab_says_what_will_be_here(screen: Screen, memory: Memory) -> None:
    """No controls: there is nothing to look for."""
    memory.remember(ME, "I like tea.")
    open_names(screen)

    assert "No names yet" in screen.words
    assert not screen.test.dataframe
    assert not screen.test.text_input


def test_names_are_listed_most_mentioned_first(screen: Screen, told: Memory) -> None:
    """As the door has them; the card shows the first."""
    open_names(screen)

    assert listed(screen) == [entity.name for entity in told.entities(ME)]
    assert screen.test.dataframe[0].value["Mentions"][0] == 2
    assert on_card(screen) == listed(screen)[0]


def test_the_person_is_not_among_the_names(screen: Screen, memory: Memory) -> None:
    """What they are called is in their profile."""
    screen.run().say("Hi, I'm Maya. I work on a Django app.")
    open_names(screen)

    assert "Django" in listed(screen)
    assert "Maya" not in listed(screen)


def test_a_name_is_found_by_a_part_of_it(screen: Screen, told: Memory) -> None:
    """And by its type; nothing found says so, and leads back."""
    open_names(screen).write("inspector_names_search", "chen")
    assert listed(screen) == ["Maya Chen"]

    screen.test.pills(key="inspector_names_types").set_value(["place"])
    screen.run()
    assert "No name matches" in screen.words

    screen.click("inspector_names_clear")
    assert len(listed(screen)) == len(told.entities(ME))


def test_types_are_alternatives(screen: Screen, told: Memory) -> None:
    """A place or a person."""
    open_names(screen).test.pills(key="inspector_names_types").set_value(["place", "person"])
    screen.run()

    assert set(listed(screen)) == {"Berlin", "Smith", "Maya Chen"}


def test_a_question_is_answered_with_reasons(screen: Screen, told: Memory) -> None:
    """He who fixed the bug comes first, and why; what was only said just now is left out."""
    open_names(screen).write("inspector_names_search", "Who fixed the authentication bug?")

    assert listed(screen)[0] == "Smith"
    assert "asks for a person" in screen.test.dataframe[0].value["Why"][0]
    assert not {"Berlin", "React"} & set(listed(screen))
    assert on_card(screen) == "Smith"


def test_a_page_holds_fifty_names(screen: Screen, told: Memory) -> None:
    """The rest stands on the next; a search begins with the first."""
    store = told._store
    person = store.people.find(ME)
    assert person is not None
    (first, *_) = told.items(ME)
    from memory.records import EntityType, Mention
    from memory.store.said import Saying

    with store.transaction():
        for number in range(60):
            place = Mention(f"Town{number}", EntityType.PLACE)
            saying = Saying(person, first.said_at, None, first.id)
            store.entities.mention(store.entities.add(person, place.type), place, saying)
    open_names(screen)
    assert len(listed(screen)) == 50

    screen.test.session_state["inspector_names_page"] = 2
    screen.run()
    assert len(listed(screen)) == len(told.entities(ME)) - 50

    screen.write("inspector_names_search", "town")
    assert len(listed(screen)) == 50


# -- the card -------------------------------------------------------------------------------


def test_a_click_opens_the_card(screen: Screen, told: Memory) -> None:
    """With other names, the type, and the words of the first and the last mention."""
    open_names(screen)
    row = listed(screen).index("Maya Chen")
    key = screen.test.dataframe[0].proto.id.split("-", 2)[2]
    chosen = {"rows": [], "columns": [], "cells": [[row, "Name"]]}
    screen.test.session_state[key] = {"selection": chosen}
    screen.run()

    assert on_card(screen) == "Maya Chen"
    assert "Also called Maya" in screen.words
    assert f"“{TOLD[2]}”" in screen.words
    assert f"“{TOLD[3]}”" in screen.words
    assert screen.test.query_params["entity"] == str(named(told, "Maya Chen").id)


def test_relations_are_told_in_words_and_lead_on(screen: Screen, told: Memory) -> None:
    """“Smith fixed bug”, with its day; pressed, the other one's card is open."""
    smith = named(told, "Smith")
    screen.test.query_params["entity"] = str(smith.id)
    open_names(screen)
    buttons = [
        button
        for button in screen.test.button
        if str(button.key).startswith(f"inspector_names_relation_{smith.id}_")
    ]
    (fixed,) = (button for button in buttons if "Smith fixed bug" in button.label)

    screen.click(str(fixed.key))

    assert on_card(screen) == "bug"


def test_what_is_named_together_leads_on(screen: Screen, told: Memory) -> None:
    """Of Berlin nothing was told but that Maya is there; her card is one press away."""
    berlin, maya = named(told, "Berlin"), named(told, "Maya Chen")
    screen.test.query_params["entity"] = str(berlin.id)
    open_names(screen)

    screen.click(f"inspector_names_together_{berlin.id}_{maya.id}")

    assert on_card(screen) == "Maya Chen"


def test_a_mention_leads_to_its_memory(screen: Screen, told: Memory) -> None:
    """To the card of it, in the tab of the memories."""
    maya = named(told, "Maya Chen")
    screen.test.query_params["entity"] = str(maya.id)
    screen.test.session_state[f"inspector_names_mentions_{maya.id}"] = True
    open_names(screen)

    screen.click(f"inspector_names_memory_{maya.id}_0")

    (latest,) = (item for item in told.items(ME) if item.text == TOLD[3])
    assert f"inspector_erase_{latest.id}" in screen.keys


def test_a_mention_without_a_memory_leads_to_the_chat(screen: Screen, told: Memory) -> None:
    """To the message, of which no memory was made."""
    seen = told.observe(ME, "user", "Is Priya at Siemens?")
    priya = named(told, "Priya")
    screen.test.query_params["entity"] = str(priya.id)
    screen.test.session_state[f"inspector_names_mentions_{priya.id}"] = True
    open_names(screen)

    links = {link.proto.query_string for link in screen.test.get("page_link")}
    assert f"c=default&m={seen.message_id}" in links


@pytest.mark.parametrize("address", ["4711", "x", "9" * 40])
def test_an_address_of_nobody_says_so(screen: Screen, told: Memory, address: str) -> None:
    """And the first of the list is open."""
    screen.test.query_params["entity"] = address
    open_names(screen)

    assert "no longer here" in screen.words
    assert on_card(screen) == listed(screen)[0]


def test_an_address_opens_nobody_elses_name(screen: Screen, told: Memory) -> None:
    """Its id is somebody's, but not the person's."""
    told.grant("other", "personalization")
    told.remember("other", "Tom works at Mozilla.")
    (tom,) = (entity for entity in told.entities("other") if entity.name == "Tom")
    screen.test.query_params["entity"] = str(tom.id)
    open_names(screen)

    assert on_card(screen) != "Tom"
    assert "no longer here" in screen.words


def test_erasing_begins_with_the_name_chosen(screen: Screen, told: Memory) -> None:
    """The card links to the Privacy page, which shows at once what goes with it."""
    smith = named(told, "Smith")
    screen.test.query_params["entity"] = str(smith.id)
    open_names(screen)
    links = {link.proto.query_string for link in screen.test.get("page_link")}
    assert f"view=erasure&entity={smith.id}" in links

    screen.test.query_params["view"] = "erasure"
    screen.test.query_params["entity"] = str(smith.id)
    screen.open("privacy")

    assert "This goes" in screen.words
    assert "2 memories" in screen.words


def test_what_is_erased_leaves_nothing_in_the_session(screen: Screen, told: Memory) -> None:
    """The list and a card were seen; the session has ids alone. What was looked for goes with the
    field."""
    open_names(screen).write("inspector_names_search", "Northwind")
    screen.write("inspector_names_search", "")
    screen.test.query_params["entity"] = str(named(told, "Maya Chen").id)
    screen.run()

    assert "Maya" not in screen.kept
    assert "Northwind" not in screen.kept


# -- the network ----------------------------------------------------------------------------


def test_the_network_is_drawn_when_it_is_asked_for(screen: Screen, told: Memory) -> None:
    """Nodes with places, an arrow with what was told; an alternative text."""
    open_names(screen)
    assert not list(drawn(screen))

    screen.choose("Graph", "inspector_names_view")

    (spec,) = drawn(screen)
    (series,) = spec["series"]
    assert series["layout"] == "none"
    smith = str(named(told, "Smith").id)
    (node,) = (node for node in series["data"] if node["id"] == smith)
    assert (node["name"], node["value"]) == ("Smith", 2)
    told_of_smith = {link["value"] for link in series["links"] if link["source"] == smith}
    assert "Smith fixed bug; Smith reported bug" in told_of_smith


def test_a_node_opens_its_card(screen: Screen, told: Memory) -> None:
    """By its place in the picture; a line opens nothing."""
    open_names(screen).choose("Graph", "inspector_names_view")
    (spec,) = drawn(screen)
    (series,) = spec["series"]
    place = [node["name"] for node in series["data"]].index("Maya Chen")
    for kind, expected in (("edge", on_card(screen)), ("node", "Maya Chen")):
        chosen = {"series_index": 0, "data_type": kind, "data_indices": [place]}
        screen.test.session_state["inspector_names_graph_0"] = {
            "selection": {"selected": [chosen], "areas": []}
        }
        screen.run()
        assert on_card(screen) == expected
