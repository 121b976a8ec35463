"""The Inspector's clusters: the map, the list, the card of one, and how each kind is used."""

import json

import pytest

from memory import Memory
from pages.parts.inspector import cluster_map
from pages.parts.inspector.cluster_card import PAGE
from pages.parts.whose import ME
from tests.pages.screen import Screen

TOLD = {
    "cat": (
        "Our cat is called Miso and is four years old.",
        "The cat gets wet food in the morning only.",
        "The vet says that the cat is too heavy.",
    ),
    "database": (
        "We use PostgreSQL as the database at work.",
        "The PostgreSQL database is backed up every night.",
        "Our PostgreSQL database has eighty tables.",
    ),
}
LONE = "I am left-handed."
KEPT_OUT = "Miso", "PostgreSQL", "left-handed", "cat, ", "database"


@pytest.fixture
def told(screen: Screen, memory: Memory) -> dict[str, list[int]]:
    """Ids by topic; one on its own."""
    return {
        topic: [memory.remember(ME, text).id for text in texts] for topic, texts in TOLD.items()
    } | {"": [memory.remember(ME, LONE, kind="preference").id]}


def open_clusters(screen: Screen) -> Screen:
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "Clusters"
    return screen.run()


def spec(screen: Screen) -> dict:
    (chart,) = screen.test.get("echarts_chart")
    return json.loads(chart.proto.spec)


def click_point(screen: Screen, item_id: int, memory: Memory) -> Screen:
    places = [placed.item.id for placed in memory.clusters(ME).places]
    group = {"series_index": 0, "data_type": "main", "data_indices": [places.index(item_id)]}
    screen.test.session_state[cluster_map.KEY] = {"selection": {"selected": [group], "areas": []}}
    return screen.run()


def click_row(screen: Screen, row: int) -> Screen:
    key = screen.test.dataframe[0].proto.id.split("-", 2)[2]
    chosen = {"rows": [], "columns": [], "cells": [[row, "Cluster"]]}
    screen.test.session_state[key] = {"selection": chosen}
    return screen.run()


def opened(screen: Screen) -> set[str]:
    """Which memories the card can open, by the ends of their keys."""
    start = "inspector_clusters_open_"
    return {key.removeprefix(start) for key in screen.keys if key.startswith(start)}


def keys_of(ids: list[int]) -> set[str]:
    return {str(ident) for ident in ids}


def test_nothing_remembered_says_what_will_stand_here(screen: Screen, memory: Memory) -> None:
    """No chart and no table of nothing."""
    open_clusters(screen)

    assert "Nothing to group yet" in screen.words
    assert not screen.test.get("echarts_chart")
    assert not screen.test.dataframe


def test_one_memory_has_no_map_but_its_kind_is_counted(screen: Screen, memory: Memory) -> None:
    """Where two points are says nothing."""
    ident = memory.remember(ME, LONE).id
    open_clusters(screen)

    assert "No two memories are about one thing yet." in screen.words
    assert not screen.test.get("echarts_chart")
    assert opened(screen) == {str(ident)}
    assert screen.test.dataframe[0].value["Memories"].tolist() == [1]


def test_the_list_says_what_the_map_shows(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """Name, size, an example, kinds, uses; the picture has a text in its place."""
    memory.recall(ME, "What is my cat called?", limit=1)
    open_clusters(screen)

    assert "6 memories in 2 clusters. 1 on their own." in screen.words
    assert "So few may stand together by chance" in screen.words
    listed = screen.test.dataframe[0].value.set_index("Cluster")
    (cat,) = (name for name in listed.index if "cat" in name)
    (database,) = (name for name in listed.index if "database" in name)
    assert listed.loc[cat, "For example"] in TOLD["cat"]
    assert listed.loc[cat, "Kinds"] == listed.loc[database, "Kinds"] == "3 facts"
    assert listed.loc[cat, "Uses"] == pytest.approx(1 / 3)
    assert listed.loc[database, "Uses"] == 0
    (chart,) = screen.test.get("echarts_chart")
    assert "Map of 7 memories in 2 clusters" in chart.proto.alt


def test_the_map_has_a_point_for_each_memory_and_a_name_for_each_cluster(
    screen: Screen, told: dict[str, list[int]]
) -> None:
    """One look a cluster, grey for what is on its own; pointed at, it tells what it is."""
    open_clusters(screen)
    points, labels = spec(screen)["series"]

    texts = {point["name"]: point for point in points["data"]}
    assert set(texts) == {*TOLD["cat"], *TOLD["database"], LONE}
    looks = [
        {(texts[text]["itemStyle"]["color"], texts[text]["symbol"]) for text in group}
        for group in (*TOLD.values(), [LONE])
    ]
    assert [len(look) for look in looks] == [1, 1, 1]
    assert len(set.union(*looks)) == 3
    assert "preference · " in texts[LONE]["tooltip"]["formatter"]
    assert len(labels["data"]) == 2
    for label in labels["data"]:
        assert label["label"]["position"] == cluster_map.inwards(label["value"][0])


@pytest.mark.parametrize(
    ("x", "position"), [(-0.9, "right"), (-0.3, "inside"), (0.0, "inside"), (0.9, "left")]
)
def test_a_name_is_written_inwards_where_an_edge_is_near(x: float, position: str) -> None:
    """Or it would be cut off there."""
    assert cluster_map.inwards(x) == position


def test_the_largest_cluster_is_on_the_card(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """Until one is chosen."""
    more = memory.remember(ME, "The cat Miso sleeps all day.").id
    open_clusters(screen)

    assert opened(screen) == keys_of([*told["cat"], more])
    assert ":green-badge[4 memories]" in screen.words


def test_a_point_opens_its_cluster_and_stands_first(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """The others fade; “Show all” brings them back."""
    open_clusters(screen)
    ident = told["database"][-1]

    click_point(screen, ident, memory)

    assert opened(screen) == keys_of(told["database"])
    assert "**Our PostgreSQL database has eighty tables&#46;**" in [
        element.value for element in screen.test.markdown
    ]
    shown = {
        point["name"]
        for point in spec(screen)["series"][0]["data"]
        if point["itemStyle"]["opacity"] > 0.5
    }
    assert shown == set(TOLD["database"])

    screen.click("inspector_clusters_all")

    faint = [p for p in spec(screen)["series"][0]["data"] if p["itemStyle"]["opacity"] < 0.5]
    assert faint == []


def test_a_point_on_its_own_opens_those(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """And so does the button of any card."""
    open_clusters(screen)
    click_point(screen, told[""][0], memory)
    assert "On their own" in screen.words
    assert opened(screen) == keys_of(told[""])

    click_row(screen, 0)
    assert opened(screen) != keys_of(told[""])

    screen.click("inspector_clusters_alone")

    assert opened(screen) == keys_of(told[""])


def test_a_row_opens_its_cluster_after_another_was_chosen_on_the_map(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """The last click counts, wherever it was."""
    open_clusters(screen)
    rows = [cluster.id for cluster in memory.clusters(ME).clusters]
    click_row(screen, rows.index(told["cat"][0]))
    assert opened(screen) == keys_of(told["cat"])

    click_point(screen, told["database"][0], memory)
    assert opened(screen) == keys_of(told["database"])


def test_an_address_opens_a_cluster_and_an_old_one_the_largest(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """What an address names may be part of another by now."""
    open_clusters(screen)
    screen.test.query_params["cluster"] = str(told["database"][0])
    assert opened(screen.run()) == keys_of(told["database"])

    for old in ("123456", "x", "9" * 30):
        screen.test.query_params["cluster"] = old
        assert opened(screen.run()) == keys_of(told["cat"])


def test_a_memory_of_the_card_opens_in_the_list(screen: Screen, told: dict[str, list[int]]) -> None:
    """On its own card, where it can be changed."""
    open_clusters(screen).click(f"inspector_clusters_open_{told['cat'][0]}")

    assert f"inspector_erase_{told['cat'][0]}" in screen.keys


def test_a_large_cluster_is_paged(screen: Screen, memory: Memory) -> None:
    """The card stands beside the map."""
    for number in range(PAGE + 3):
        memory.remember(ME, f"The cat Miso ate {number + 2} mice.")
    open_clusters(screen)
    assert len(opened(screen)) == PAGE

    (cluster,) = memory.clusters(ME).clusters
    screen.test.pagination(key=f"inspector_clusters_page_{cluster.id}").set_value(2)
    screen.run()

    assert len(opened(screen)) == 3


def test_each_kind_tells_how_it_is_used(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """Counts, means, what was never used, and what was most."""
    memory.recall(ME, "What is my cat called?", limit=1)
    open_clusters(screen)

    kinds = screen.test.dataframe[1].value.set_index("Kind")
    assert kinds.loc["fact", ["Memories", "Never"]].tolist() == [6, 5]
    assert kinds.loc["fact", "Uses"] == pytest.approx(1 / 6)
    assert kinds.loc["fact", "Most used"] == f"{TOLD['cat'][0]} (1)"
    assert kinds.loc["preference", ["Memories", "Never", "Most used"]].tolist() == [1, 1, ""]


def test_the_session_keeps_no_word_of_it(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """An erasure would not reach it."""
    open_clusters(screen)
    click_point(screen, told["cat"][0], memory)
    click_row(screen, 0)

    assert [word for word in KEPT_OUT if word in screen.kept] == []


def test_what_is_erased_is_gone_from_the_map(
    screen: Screen, memory: Memory, told: dict[str, list[int]]
) -> None:
    """At the next look, also when its cluster was the chosen one."""
    open_clusters(screen)
    click_point(screen, told["cat"][0], memory)
    memory.erase(ME, memory=told["cat"][0])

    screen.run()

    assert TOLD["cat"][0] not in json.dumps(spec(screen), ensure_ascii=False)
    assert str(told["cat"][0]) not in opened(screen)


def test_looks_hang_on_what_a_cluster_keeps(memory: Memory, told: dict[str, list[int]]) -> None:
    """Another order of sizes changes no colour, as long as there are enough."""
    clusters = memory.clusters(ME).clusters
    colours = [f"#{number}" for number in range(8)]

    looks = cluster_map.looks(clusters, colours)

    assert looks == cluster_map.looks(clusters[::-1], colours)
    assert colours[cluster_map.GREY] not in {hue for hue, _ in looks.values()}
