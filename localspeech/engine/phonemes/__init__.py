"""A family whose network hears phones, and whose words are found by lexicon and language model.

Its libraries, hama and flashlight-text, are an optional extra: only `network` and `search` import
them, and only when used.
"""

from importlib.util import find_spec

LIBRARIES = ("hama", "flashlight")


def is_installed() -> bool:
    """Whether the optional extra is there."""
    return all(find_spec(name) for name in LIBRARIES)
