"""Checks data before it is sent: what would be lost, where, and what can be mended. No Django."""
