"""How high a table is: told beforehand, that much is kept free while it is loaded, and what stands
below it does not jump."""

HEAD_PIXELS, EDGE_PIXELS = 34, 2
ROW_PIXELS, WRAPPED_PIXELS = 38, 61
"""Of a line, and of a text: from 4 rem on a cell wraps it, in up to three lines."""
MOST_PIXELS = 490
"""A longer page scrolls within as many: what can be done with its rows stays in sight."""


def table_pixels(rows: int, row: int = ROW_PIXELS, most: int | None = None) -> int:
    """``row``: the height of one, as the table is told it. ``most``: None for all rows."""
    pixels = HEAD_PIXELS + row * rows + EDGE_PIXELS
    return pixels if most is None else min(pixels, most)
