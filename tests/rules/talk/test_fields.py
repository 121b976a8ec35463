"""The fields of a profile have one name each."""

import pytest

from memory.rules.talk.fields import canonical_field


@pytest.mark.parametrize(
    ("name", "field"),
    [("DB", "database"), ("job_title", "role"), ("operating system", "operating system")],
)
def test_a_field_has_one_canonical_name(name: str, field: str) -> None:
    """So that what is asked for meets what was stored."""
    assert canonical_field(name) == field
