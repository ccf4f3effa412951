"""Says once that the product is ready, as soon as it answers."""

import urllib.error
import urllib.request
from collections.abc import Callable


class Greeting:
    """Called again and again; prints the address and, at the first start, the one-time link."""

    def __init__(
        self, asked: str, address: str, link: str | None, say: Callable[[str], None]
    ) -> None:
        self.asked, self.address, self.link, self.say = asked, address, link, say
        self.said = False

    def __call__(self) -> None:
        if self.said or not self._answers():
            return
        self.said = True
        lines = [f"Custom Speech Studio is ready: {self.address}/"]
        if self.link:
            lines.append(f"Create the first administrator (works once): {self.link}")
        self.say("\n".join(lines))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.asked}/livez", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            return False
