"""The engine's one exception."""


class EngineError(Exception):
    """Data or a model that cannot be used.

    `code` is an error code of the Speech to text REST API; `message` says what is wrong
    and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
