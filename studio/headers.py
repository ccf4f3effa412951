"""Headers that every answer of ours carries, beside those of Django and the content policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

# The microphone is for trying an endpoint; what else browsers offer, no page uses.
PERMISSIONS = ", ".join(
    [
        "microphone=(self)",
        *(
            f"{name}=()"
            for name in (
                "accelerometer browsing-topics camera display-capture geolocation gyroscope hid "
                "magnetometer midi payment publickey-credentials-get serial usb"
            ).split()
        ),
    ]
)


def protective(get_response: Answer) -> Answer:
    """Let browsers offer pages no devices, and keep nothing that does not say it may be kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
