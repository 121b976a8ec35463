"""Expressions of time in what people say and ask, and the days that they mean.

Found by bounded patterns (``phrases``), strict about what is no date: “you may march in second”
speaks of no day. What follows from the calendar of the day it was said is worked out here
(``spans``); the days that are counted or numbered (“3 days ago”, “7 May”, “on Tuesday”) are read
by whoever is handed in as ``Point``, a library in ``adapters/dates``. What a question does with
the days is in ``asking``.
"""

from memory.rules.times.asking import asks_for_time, closeness, looks_ahead, tells_time
from memory.rules.times.shapes import Point
from memory.rules.times.spans import spans

__all__ = ["Point", "asks_for_time", "closeness", "looks_ahead", "spans", "tells_time"]
