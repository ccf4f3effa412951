"""Runs the product's processes on one machine."""
