"""How meaning is searched, under Privacy, “Your data”: choosing a model, the word about the
network, building, comparing, switching, and the way back."""

from pathlib import Path

import pytest

from memory import IndexState, Memory
from memory.errors import DownloadFailed
from pages.parts.whose import ME
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels
from tests.pages.screen import Screen

DRINKS = ("green tea", "black coffee", "cold water", "apple juice", "hot cocoa")


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> FakeEmbeddingModels:
    made = FakeEmbeddingModels(
        FakeEmbedder("small", 64), FakeEmbedder("large", 512), here=["small"]
    )
    monkeypatch.setattr("memory.engine.FastembedModels", lambda *_: made)
    monkeypatch.setattr("memory.engine.BackgroundThread", AtOnce)
    return made


@pytest.fixture
def memory(models: FakeEmbeddingModels, memory: Memory) -> Memory:
    for drink in DRINKS:
        memory.remember(ME, f"I like {drink}.")
    return memory


@pytest.fixture
def yours(models: FakeEmbeddingModels, memory: Memory, screen: Screen) -> Screen:
    screen.test.query_params["view"] = "yours"
    return screen.open("privacy")


def states(memory: Memory) -> dict[str, str]:
    return {m.name: m.state for m in memory.embedding_models() if m.state is not None}


def test_the_model_in_use_is_told_with_its_index(yours: Screen) -> None:
    assert "**fake** is in use" in yours.words
    assert "5 memories · 384 numbers each · It comes with Recollect." in yours.words


def test_a_model_is_searched_for_and_picked(yours: Screen) -> None:
    """By any words of what is known of it; the one in use is none to choose."""
    table = yours.test.dataframe[0].value
    assert list(table["Model"]) == ["small", "large"]
    yours.write("embedding_search", "large english")
    assert list(yours.test.dataframe[0].value["Model"]) == ["large"]
    yours.write("embedding_search", "no such thing")
    assert "No model fits" in yours.words


def test_nothing_is_downloaded_before_the_word_about_the_network(
    yours: Screen, models: FakeEmbeddingModels, memory: Memory
) -> None:
    """It stands above the button that agrees to it."""
    yours.tick(1)

    assert "It is downloaded from a hub: 90 MB, once." in yours.words
    assert "learns the address of this computer and which model you fetch" in yours.words
    assert models.downloaded == []
    yours.click("embedding_build_it")
    assert models.downloaded == ["large"]
    assert states(memory) == {"fake": IndexState.IN_USE, "large": IndexState.BEING_BUILT}


def test_one_that_is_here_needs_no_network(yours: Screen) -> None:
    yours.tick(0)

    assert "It is downloaded from" not in yours.words
    assert yours.test.button(key="embedding_build_it").label == "Build its index"


def test_an_index_is_built_compared_switched_to_and_left_again(
    yours: Screen, memory: Memory
) -> None:
    """All the way, and back."""
    yours.tick(0).click("embedding_build_it")
    assert "**small** knows every memory, and waits for you to switch" in yours.words

    yours.click("embedding_compare")
    assert "Where they differ most" in yours.words
    assert [metric.label for metric in yours.test.metric] == ["In common"]
    assert "5 memories stood in for questions" in yours.words
    assert "green tea" not in yours.kept

    yours.click("embedding_switch")
    assert "**small** is in use" in yours.words
    assert "**fake** is kept as the way back" in yours.words
    assert states(memory) == {"small": IndexState.IN_USE, "fake": IndexState.KEPT}

    yours.click("embedding_back")
    assert "**small** is kept as the way back" in yours.words
    yours.click("embedding_drop_sure")
    assert states(memory) == {"fake": IndexState.IN_USE}
    assert "Choose another model" in yours.words


def test_what_was_stopped_is_offered_to_go_on(
    yours: Screen, memory: Memory, models: FakeEmbeddingModels
) -> None:
    """On every page, and where it is told how far it is."""
    models.fails_with = DownloadFailed("large", "the hub cannot be reached", "Try again later.")
    yours.tick(1).click("embedding_build_it")

    assert "could not be downloaded: the hub cannot be reached" in yours.words
    yours.open("chat")
    assert "An index is not finished" in [link.label for link in yours.test.get("page_link")]
    models.fails_with = None
    yours.test.query_params["view"] = "yours"
    yours.open("privacy").click("embedding_resume")

    assert states(memory)["large"] == IndexState.BEING_BUILT
    assert "**large** knows every memory" in yours.words


def test_its_files_can_be_taken_from_a_folder_and_removed(
    yours: Screen, models: FakeEmbeddingModels, tmp_path: Path
) -> None:
    """Then there is nothing to download; a folder that is none is said to be."""
    yours.tick(1)
    yours.fill("embedding_folder", str(tmp_path / "nothing")).click("embedding_take")
    assert "are not on this computer" in yours.words
    yours.fill("embedding_folder", str(tmp_path)).click("embedding_take")

    assert "large" in models.here
    assert yours.test.button(key="embedding_build_it").label == "Build its index"
    assert models.downloaded == []
    yours.click("embedding_remove")
    assert "large" not in models.here


def test_a_missing_model_is_told_with_two_ways_out(
    yours: Screen, memory: Memory, models: FakeEmbeddingModels
) -> None:
    """Fetched again, or Recollect’s own in its place."""
    memory.build_index("small")
    memory.switch_index()
    memory.drop_index("fake")
    models.here.discard("small")
    yours.run()

    assert "Its files are not on this computer any more" in yours.words
    yours.click("embedding_own")
    yours.click("embedding_switch")
    assert states(memory) == {"fake": IndexState.IN_USE, "small": IndexState.KEPT}


def test_a_missing_model_that_cannot_be_fetched_again_leaves_the_other_way(
    yours: Screen, memory: Memory, models: FakeEmbeddingModels
) -> None:
    """It is told why; let go of, there is the choice again."""
    memory.build_index("large", download=True)
    memory.switch_index()
    memory.drop_index("fake")
    models.here -= {"large", "small"}
    models.fails_with = DownloadFailed("large", "the hub cannot be reached", "Try again later.")

    yours.run().tick(1)
    assert yours.words.count("It is downloaded from a hub") == 2  # a choice is open, too
    yours.click("embedding_again")
    assert "the hub cannot be reached" in yours.words
    yours.click("embedding_drop_sure")
    yours.click("embedding_own").click("embedding_switch")

    assert states(memory) == {"fake": IndexState.IN_USE, "large": IndexState.KEPT}


def test_what_hinders_a_switch_is_said(
    yours: Screen, memory: Memory, models: FakeEmbeddingModels
) -> None:
    """Here the model is gone, and there is something to embed."""
    yours.tick(0).click("embedding_build_it")
    memory.remember(ME, "I like lemonade.")
    memory.resume_build()
    models.here.discard("small")

    yours.click("embedding_switch")

    assert "are not on this computer" in yours.words
    assert "It is downloaded from a hub" in yours.words
    assert states(memory)["fake"] == IndexState.IN_USE
