"""Memories grouped by meaning: ``describing`` tells of the groups, ``arranging`` makes them, and
``kept`` holds them until something changes."""
