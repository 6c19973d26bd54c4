"""Cheat sheets, study notes and question booklets on paper, from YAML facts."""

__version__ = "0.1.0"
