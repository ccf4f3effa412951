"""Refusals in the API's words."""

from typing import Any


class ApiError(Exception):
    """An answer that is no success. `detail` is the innermost code, `target` the field."""

    def __init__(
        self, status: int, code: str, message: str, detail: str = "", target: str = ""
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.detail, self.target = detail, target

    def body(self) -> dict[str, Any]:
        """The API's error object."""
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.target:
            body["target"] = self.target
        if self.detail:
            body["innerError"] = {"code": self.detail, "message": self.message}
        return body


def invalid(message: str, detail: str = "", target: str = "") -> ApiError:
    """400: the request makes no sense."""
    return ApiError(400, "InvalidRequest", message, detail, target)


def denied() -> ApiError:
    """401."""
    message = "Access denied: the subscription key is missing or not valid for this service."
    return ApiError(401, "Unauthorized", message)


def not_found(kind: str) -> ApiError:
    """404."""
    return ApiError(404, "NotFound", f"There is no such {kind}.")


def conflict(message: str, detail: str) -> ApiError:
    """409: right in form, but not now."""
    return ApiError(409, "Conflict", message, detail)
