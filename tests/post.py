"""A real mail server on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

from tests.e2e.server import free_port


class Post:
    """Keeps what it is given; `answer` can refuse it."""

    def __init__(self):
        self.received, self.answer, self.port = [], "250 Kept", free_port()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer

    @property
    def environment(self):
        """What names it to a whole product."""
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.port), "EMAIL_USE_TLS": "no"}


@contextmanager
def running_post(settings: Any = None) -> Iterator[Post]:
    """A mail server, which the settings name where they are given, until the block ends."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        if settings is not None:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.MAIL_ENABLED = "127.0.0.1", True
            settings.EMAIL_PORT, settings.EMAIL_USE_TLS = post.port, False
        yield post
    finally:
        controller.stop()
