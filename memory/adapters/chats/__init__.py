"""Exports of other programs, read as what they are: files from anywhere, in forms that change."""
