"""What a chart of a page is given to draw: its rows, and what it says to who cannot see it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from tests.pages.screen import Screen


@dataclass(frozen=True, slots=True)
class Chart:
    alt: str
    spec: dict
    frames: tuple[pd.DataFrame, ...]

    def rows(self, column: str) -> pd.DataFrame:
        """All rows that have this column, each once."""
        found = [frame for frame in self.frames if column in frame.columns]
        return pd.concat(found).drop_duplicates(ignore_index=True)

    @property
    def words(self) -> str:
        """What the pointer is told, line by line."""
        return "\n".join(self.rows("words")["words"].drop_duplicates())


def chart(screen: Screen) -> Chart:
    """The last: above it a page may have others that are always there."""
    *_, last = _charts(screen)
    return last


def _charts(screen: Screen) -> Iterator[Chart]:
    for element in screen.test.get("vega_lite_chart"):
        proto = element.proto
        frames = tuple(
            pa.ipc.open_stream(each.data.data).read_pandas()
            for each in proto.datasets
            if each.data.data
        )
        yield Chart(proto.alt, json.loads(proto.spec), frames)
