"""What a model makes of a placeholder, cut anywhere, and the value put back for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Label, Pseudonym
from memory.rules.pseudonyms import Restorer

PSEUDONYMS = (
    Pseudonym("[NAME_1]", Label.NAME, "Maya"),
    Pseudonym("[NAME_12]", Label.NAME, "Bo Larsen"),
    Pseudonym("[CREDIT_CARD_2]", Label.CREDIT_CARD, "4111 1111 1111 1111"),
    Pseudonym("[EMAIL]", Label.EMAIL, "maya@example.com"),
)

# as a model writes it, and as it is shown
WRITTEN = [
    ("Ask [NAME_1], please.", "Ask Maya, please."),
    ("[NAME_1] and [NAME_12]", "Maya and Bo Larsen"),
    ("[name_1] or [Name_1]", "Maya or Maya"),
    ("[NAME_1]'s tea", "Maya's tea"),
    ("[NAME_1's] tea", "Maya's tea"),
    ("[Name_12’s] tea", "Bo Larsen’s tea"),
    ("**[NAME_1]**", "**Maya**"),
    (r"\[NAME\_1\] said", "Maya said"),
    ("NAME_1 said", "Maya said"),
    ("NAME_1's tea", "Maya's tea"),
    ("[ NAME_1 ]", "Maya"),
    ("[NAME 1], [NAME-1], [NAME1]", "Maya, Maya, Maya"),
    ("[CREDIT CARD 2] or CREDIT_CARD_2", "4111 1111 1111 1111 or 4111 1111 1111 1111"),
    ("[NAME_1]s", "Mayas"),
    ("[[NAME_1]]", "[Maya]"),
    ("[NAME_1 and [NAME_12]", "[Maya and Bo Larsen"),
    ("[NAME_1", "[Maya"),
    ("the end is NAME_12", "the end is Bo Larsen"),
]
# what stands for nobody that was sent, or is no placeholder at all
LEFT = [
    "[NAME_3] and [NAME_123]",
    "[EMAIL] may stand for several",
    "my name 1 is no name, nor is name-1",
    "xNAME_1 and NAME_1x and NAME_1NAME_1",
    "items[0], [a link](to/it) and [ ]",
    "name_1 = input(); user.name_12 = Name_1",
    "a [",
    "NAME_",
    "",
]


def restored(pieces: list[str]) -> str:
    restorer = Restorer(PSEUDONYMS)
    return "".join([*(restorer.take(piece) for piece in pieces), restorer.end()])


@pytest.mark.parametrize(("written", "shown"), WRITTEN)
def test_a_placeholder_becomes_its_value_however_it_is_written(written: str, shown: str) -> None:
    assert restored([written]) == shown


@pytest.mark.parametrize("written", LEFT)
def test_what_was_not_sent_is_left_as_it_is(written: str) -> None:
    assert restored([written]) == written


@pytest.mark.parametrize("written", [*(written for written, _ in WRITTEN), *LEFT])
def test_it_does_not_matter_where_an_answer_is_cut(written: str) -> None:
    """At any place, at any two, and after every character."""
    whole = restored([written])

    assert restored(list(written)) == whole
    for one in range(len(written) + 1):
        for other in range(one, len(written) + 1):
            assert restored([written[:one], written[one:other], written[other:]]) == whole


PARTS = [
    "[",
    "]",
    "\\",
    "_",
    " ",
    "NAME",
    "name",
    "1",
    "12",
    "2",
    "CREDIT_CARD",
    "'s",
    "x",
    "[NAME_1]",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.data())
def test_no_mix_of_its_parts_depends_on_where_it_is_cut(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert restored(pieces) == restored([text])


def test_a_placeholder_alone_is_given_as_soon_as_it_is_closed() -> None:
    """Nobody waits for the next piece where nothing can change any more."""
    restorer = Restorer(PSEUDONYMS)

    assert [restorer.take(piece) for piece in ("Hi [NA", "ME_", "1", "]", ".")] == [
        "Hi ", "", "", "Maya", "."
    ]  # fmt: skip


def test_without_pseudonyms_every_piece_goes_through_as_it_is() -> None:
    assert Restorer(()).take("[NAME_") == "[NAME_"
