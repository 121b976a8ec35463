"""This week."""

from memory import Memory


def draw_week(memory: Memory) -> None:
    """To be drawn."""
