"""Bringing an export in again: opened with care, checked, laid beside what is here, planned, and
written in one transaction."""
