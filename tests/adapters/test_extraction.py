"""A model's output is taken in its form, or not at all."""

import json

import pytest

from memory.adapters.extraction import MOST_SUGGESTIONS, JsonSuggestions
from memory.records import Action, Kind, Suggestion, Unusable

MAX_BYTES = 100
TEA = {"action": "add", "target": 0, "kind": "preference", "text": "I like tea."}
I_LIKE_TEA = Suggestion(Action.ADD, Kind.PREFERENCE, "I like tea.")


@pytest.fixture
def reader() -> JsonSuggestions:
    return JsonSuggestions(MAX_BYTES)


def output(*suggestions: object) -> str:
    return json.dumps({"suggestions": suggestions})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (output(TEA), (I_LIKE_TEA,)),
        (output(), ()),
        (output(TEA | {"text": "  I like tea.\n"}), (I_LIKE_TEA,)),
        (f"\n```json\n{output(TEA)}\n```\n", (I_LIKE_TEA,)),
        (f"```\n{output(TEA)}\n```", (I_LIKE_TEA,)),
        (
            output(TEA | {"action": "update", "target": 2}),
            (Suggestion(Action.UPDATE, Kind.PREFERENCE, "I like tea.", 2),),
        ),
        (
            output({"action": "nothing", "target": 1, "kind": "fact", "text": ""}),
            (Suggestion(Action.NOTHING, Kind.FACT, "", 1),),
        ),
        # what nobody asked for is not read
        (output(TEA | {"confidence": 0.9, "erase": True, "status": "active"}), (I_LIKE_TEA,)),
        (json.dumps({"suggestions": [TEA], "then": "export"}), (I_LIKE_TEA,)),
        # small models leave the number out where there is none
        (output({k: v for k, v in TEA.items() if k != "target"}), (I_LIKE_TEA,)),
    ],
)
def test_what_is_in_the_form_is_read(
    reader: JsonSuggestions, text: str, read: tuple[Suggestion, ...]
) -> None:
    """Around it a fence is tolerated, and in it fields that are not ours."""
    assert reader.read(text, known=2) == read


@pytest.mark.parametrize("text", ["", " \n ", "```json\n```", "```\n\n```"])
def test_empty_output_is_told_apart(reader: JsonSuggestions, text: str) -> None:
    """A model that said nothing said nothing wrong."""
    assert reader.read(text, known=0) is Unusable.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "I think the person likes tea.",
        f"Here it is: {output(TEA)}",
        f"{output(TEA)} Anything else?",
        f"{output(TEA)}{output(TEA)}",
        output(TEA)[:-2],
        json.dumps([TEA]),
        json.dumps(TEA),
        "null",
        "{}",
        json.dumps({"suggestions": TEA}),
        json.dumps({"suggestions": ["I like tea."]}),
        output(TEA | {"action": "delete"}),
        output(TEA | {"action": "erase"}),
        output(TEA | {"action": "export"}),
        output(TEA | {"action": "accept"}),
        output(TEA | {"action": "ADD"}),
        output(TEA | {"kind": "hobby"}),
        output(TEA | {"text": None}),
        output(TEA | {"text": 5}),
        output(TEA | {"text": ""}),
        output(TEA | {"text": "   "}),
        output(TEA | {"text": "é" * (MAX_BYTES // 2 + 1)}),
        output(TEA | {"target": "1"}),
        output(TEA | {"target": 1.5}),
        output(TEA | {"target": True}),
        output(TEA | {"target": 3}),
        output(TEA | {"target": -1}),
        output(TEA | {"target": 10**30}),
        output(TEA | {"action": "update"}),
        output(TEA | {"action": "supersede", "target": 0}),
        output(*[TEA] * (MOST_SUGGESTIONS + 1)),
        # one that is wrong makes all of it doubtful
        output(TEA, TEA | {"action": "approve"}),
        output({"action": "add", "kind": "fact"}),
        '{"suggestions": ' + "[" * 100_000,
        '{"suggestions": ' + '{"a":' * 5_000 + "1" + "}" * 5_001,
        '{"suggestions": [{"action": "add", "kind": "fact", "text": "\\ud800"}]}',
        '{"suggestions": NaN}',
        "\x00",
    ],
    ids=lambda text: text[:70],
)
def test_everything_else_is_refused(reader: JsonSuggestions, text: str) -> None:
    """Without an error, whatever it is."""
    assert reader.read(text, known=2) is Unusable.INVALID


@pytest.mark.parametrize("known", [0, 3])
def test_the_schema_allows_what_is_read(reader: JsonSuggestions, known: int) -> None:
    """And only that: each of its words is read, with each number of a memory that is shown."""
    schema = json.loads(json.dumps(reader.schema(known)))
    suggestions = schema["properties"]["suggestions"]
    fields = suggestions["items"]["properties"]

    assert suggestions["maxItems"] == MOST_SUGGESTIONS
    assert fields["kind"]["enum"] == [kind.value for kind in Kind]
    assert fields["target"]["enum"] == list(range(known + 1))
    about_known = {"update", "supersede"} if known else set()
    assert set(fields["action"]["enum"]) == {"add", "nothing"} | about_known
    assert set(suggestions["items"]["required"]) == set(fields) == TEA.keys()
    for action in fields["action"]["enum"]:
        for kind in fields["kind"]["enum"]:
            for target in fields["target"]["enum"][action in about_known :]:
                text = output({"action": action, "kind": kind, "target": target, "text": "x"})
                assert isinstance(reader.read(text, known), tuple)
