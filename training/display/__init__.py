"""How values are shown, for templates and grids alike."""
