"""Wizards: their steps as data, lenient on the way, strict in the review."""
