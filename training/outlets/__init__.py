"""Carries news to the outside: web hooks and Microsoft Teams. No Django; in come dataclasses."""
