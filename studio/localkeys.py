"""Keys of further resources of the local service, made from the first one's key.

Whoever holds the first key may make them; nobody else can, and one tells nothing of another.
"""

import hashlib
import hmac
from uuid import UUID


def derived(first_key: str, token: UUID) -> str:
    """The key of the resource of that token."""
    return f"{token.hex}{_seal(first_key, token.hex)}"


def is_derived(first_key: str, key: str) -> bool:
    """Whether a key was made from the first one."""
    return hmac.compare_digest(_seal(first_key, key[:32]).encode(), key[32:].encode())


def _seal(first_key: str, token: str) -> str:
    text = f"another resource: {token}"
    return hmac.new(first_key.encode(), text.encode(), hashlib.sha256).hexdigest()
