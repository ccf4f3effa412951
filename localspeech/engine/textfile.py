"""Reading text files line by line, with clear words for what is wrong with them."""

import re
from collections.abc import Iterator
from pathlib import Path

from localspeech.engine.errors import EngineError

LARGEST_TEXT = 200 * 1024 * 1024
LONGEST_LINE = 10_000
_MARK = b"\xef\xbb\xbf"
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\ufffd]")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and content of each line that is not blank, without the byte order mark.

    Raises EngineError for a file that is empty, too large, or no UTF-8 text.
    """
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        raise EngineError("FileTooLarge", "The file is over 200 MB; split it into several.")
    some = False
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            text = decoded(raw.removeprefix(_MARK) if number == 1 else raw, number)
            if text:
                some = True
                yield number, text
    if not some:
        raise EngineError("EmptyData", "The file is empty; it needs at least one line of text.")


def decoded(raw: bytes, number: int) -> str:
    """One line as text. Raises EngineError when it is not UTF-8 or holds binary data."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EngineError("NoUtf8WithBom", "The file is UTF-16; save it as UTF-8.")
    if b"\0" in raw:
        raise EngineError(
            "InvalidData", f"Line {number} holds binary data; a text file in UTF-8 is needed."
        )
    try:
        return raw.decode().strip("\r\n").rstrip()
    except UnicodeDecodeError as error:
        raise EngineError(
            "NoUtf8WithBom",
            f"Line {number} is not valid UTF-8 (byte {error.start + 1}); save the file as UTF-8.",
        ) from error


def line_fault(text: str) -> str | None:
    """Why a sentence cannot be used, or None."""
    if len(text) > LONGEST_LINE:
        return f"longer than {LONGEST_LINE:,} characters; split it into sentences"
    if "://" in text or "www." in text.lower():
        return "contains a web address; remove it or write it as spoken"
    if _CONTROL.search(text):
        return "contains a control character; remove it"
    return None
