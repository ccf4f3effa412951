"""Database and files in one archive, and back: from SQLite or PostgreSQL to either of them."""


class Refused(Exception):
    """A sentence that says why nothing was done."""
