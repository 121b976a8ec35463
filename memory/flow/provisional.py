"""Numbers of what would be masked, for as long as it is only looked at."""

from collections import defaultdict

from memory.records import Label


class Provisional:
    """The same value has the same number, as it would be stored: what is stated is read from the
    text with its placeholders. The values live here, until the looking ends."""

    def __init__(self) -> None:
        self._given: defaultdict[Label, dict[str, int]] = defaultdict(dict)

    def number(self, label: Label, value: str, highest: int) -> int:
        """``highest``: the number of the label that is given last in the file."""
        given = self._given[label]
        return given.setdefault(value, highest + len(given) + 1)
