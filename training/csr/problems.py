"""How a command ends when it does not end well."""


class Problem(Exception):
    """A sentence for standard error, and the exit code."""

    code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Usage(Problem):
    """The options do not fit together, or name nothing that is here."""

    code = 2


class TooLong(Problem):
    """It had not ended in the time that was given."""

    code = 5
