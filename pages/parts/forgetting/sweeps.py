"""Sweeps."""

from memory import Memory


def draw_sweeps(memory: Memory) -> None:
    """To be drawn."""
