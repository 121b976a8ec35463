"""How a walk is written."""

import pytest

from memory.demo import printing
from memory.demo.printing import WIDTH


def test_a_table_is_as_wide_as_what_stands_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers to the right, words to the left, two decimals."""
    printing.table(("what", "share"), [("a", 0.5), ("longer", 10.0)])

    assert capsys.readouterr().out.splitlines() == [
        "  what    share",
        "  ------  -----",
        "  a        0.50",
        "  longer  10.00",
    ]


def test_a_table_without_rows_has_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    printing.table(("what",), [])

    assert capsys.readouterr().out == "  what\n  ----\n"


def test_long_text_is_wrapped_under_its_point(capsys: pytest.CaptureFixture[str]) -> None:
    printing.point("word " * 40)

    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("- word")
    assert others
    assert all(line.startswith("  word") and len(line) <= WIDTH for line in others)


def test_empty_lines_of_a_text_stay(capsys: pytest.CaptureFixture[str]) -> None:
    printing.say("one\n\ntwo", 2)

    assert capsys.readouterr().out == "  one\n\n  two\n"


def test_only_the_terms_that_count_are_told() -> None:
    assert (
        printing.summed({"names": 1.0, "date": 0.0, "length": -0.25}) == "names +1.00, length -0.25"
    )
    assert printing.counted({}) == "nothing"
    assert printing.counted({"memories": 2, "vectors": 2}) == "memories 2, vectors 2"
