"""A known name, in the ways that people, handles and paths write it."""

import unicodedata

import pytest

from memory.rules.name_forms import Forms, joined, plain

CALLED = ("Conor O'Brien", "José Fernández", "Anne-Marie", "İbrahim", "Łukasz", "王伟", "Maya Lind")

# a text, and what of it is a name
WRITTEN = [
    ("is o’brien in?", ["o’brien"]),
    ("CONOR O'BRIEN'S tea", ["CONOR O'BRIEN"]),
    ("jose fernandez", ["jose fernandez"]),
    (unicodedata.normalize("NFD", "josé!"), [unicodedata.normalize("NFD", "josé")]),
    ("anne marie, anne\u2011marie, ANNE-MARIE", ["anne marie", "anne\u2011marie", "ANNE-MARIE"]),
    ("ibrahim, İBRAHİM and IBRAHIM", ["ibrahim", "İBRAHİM", "IBRAHIM"]),
    ("lukasz", ["lukasz"]),
    ("王伟喜欢茶", ["王伟"]),
    ("@maya_l or _maya_", ["maya", "maya"]),
    ("/home/maya77/x_maya", ["maya", "maya"]),
    ("github.com/MayaLind", ["MayaLind"]),
    ("maya.lind and maya\n lind", ["maya.lind", "maya\n lind"]),
    ("ma\u200dya", ["ma\u200dya"]),
    ("Mayas, amaya; O, Brien; Anne. Marie", []),
    ("José", ["José"]),
    ("", []),
]


@pytest.fixture(scope="module")
def forms() -> Forms:
    names = [plain(name) for name in CALLED]
    parts = ["maya", "jose", "o brien"]
    return Forms([*names, *parts, *(one for name in names if (one := joined(name)))])


@pytest.mark.parametrize(("text", "names"), WRITTEN)
def test_a_name_is_found_however_it_is_written(forms: Forms, text: str, names: list[str]) -> None:
    places = sorted(forms.places(text))
    whole = [
        (start, end)
        for start, end in places
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in places)
    ]

    assert [text[start:end] for start, end in whole] == names


def test_a_name_joined_is_no_short_word() -> None:
    assert [joined(form) for form in ("maya lind", "jo ng", "maya")] == ["mayalind", "", ""]


def test_names_that_begin_alike_are_looked_for_at_once() -> None:
    """As many times as there are lengths of them, and not of each: thousands would take seconds."""
    forms = Forms(["maya", *(f"maya lind{letter}" for letter in "abcdefgh"), "maya de la cruz"])

    assert forms._lengths == {"maya": {1, 2, 4}}
    assert list(forms.places("maya lindc")) == [(0, 4), (0, 10)]
