"""Curves."""

from memory import Memory


def draw_curves(memory: Memory) -> None:
    """To be drawn."""
