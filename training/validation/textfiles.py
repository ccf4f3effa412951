"""Text files: encoding, then line by line."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from training.validation import lines
from training.validation.findings import Finding, Report

LARGEST = 200 * 1024**2
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Unreadable(Exception):
    """The text cannot be read as it is; `can_be_fixed` when another encoding reads it."""

    def __init__(self, message: str, can_be_fixed: bool) -> None:
        super().__init__(message)
        self.message, self.can_be_fixed = message, can_be_fixed


def decoded(data: bytes, number: int) -> str:
    """A line in UTF-8. Raises Unreadable."""
    if data[:2] in _MARKS:
        raise Unreadable("The file is UTF-16; save it as UTF-8.", True)
    if b"\0" in data:
        raise Unreadable(f"Line {number} holds binary data; a text file is needed.", False)
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode().strip("\r\n").rstrip()
    except UnicodeDecodeError as error:
        place = f"Line {number} is not UTF-8 (byte {error.start + 1})"
        raise Unreadable(f"{place}; save the file as UTF-8.", True) from None


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of the lines that are not blank. Raises Unreadable."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            text = decoded(raw, number)
            if text:
                yield number, text


def check_size(path: Path, report: Report, largest: int, words: str) -> bool:
    """Whether the file is small enough and not empty."""
    size = path.stat().st_size
    if not size:
        report.stop("The file is empty.")
    elif size > largest:
        report.stop(f"The file is over {words}; split it into several.")
    return not report.errors


def check_plain(path: Path, locale: str) -> Report:
    """Plain text, one sentence a line."""
    report = Report()
    if not check_size(path, report, LARGEST, "200 MB"):
        return report
    try:
        _check_mark(path, locale, report)
        for number, text in numbered(path):
            report.contents.sentence(text)
            check_line(report, text, locale, number)
    except Unreadable as error:
        return report.stop(error.message, can_be_fixed=error.can_be_fixed)
    return report if report.usable else report.stop("No line of the file can be used.")


def check_line(report: Report, text: str, locale: str, number: int, file: str = "") -> bool:
    """Note what is wrong with a sentence; whether it is in order."""
    fault = lines.fault(text, locale)
    if fault:
        better = lines.correction(text, locale)
        report.add(Finding(f"The line {fault}.", file=file, line=number, correction=better))
        return False
    report.usable += 1
    return True


def _check_mark(path: Path, locale: str, report: Report) -> None:
    with path.open("rb") as file:
        start = file.read(3)
    if not locale.startswith("en") and start != b"\xef\xbb\xbf":
        message = "The file has no byte order mark, which text that is not English needs."
        report.add(Finding(message, line=1, can_be_fixed=True))


def read_somehow(data: bytes) -> str:
    """Text in whichever of the usual encodings it is: UTF-8, UTF-16 with its mark, Windows-1252."""
    if data[:2] in _MARKS:
        return data.decode(_MARKS[data[:2]], errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def fixed(data: bytes, locale: str) -> bytes:
    """The text in UTF-8, every line mended."""
    mark = "" if locale.startswith("en") else "\ufeff"
    return _joined((lines.mended(line) for line in read_somehow(data).splitlines()), mark)


def fixed_transcript(data: bytes, clips: Container[str]) -> bytes:
    """The same for rows of file name, tab and text; names stay as they are.

    `clips`: names of the files, by which a row is parted that has a space for its tab.
    """
    rows = (parted(line, clips) for line in read_somehow(data).splitlines())
    return _joined((f"{name}{tab}{lines.mended(text)}" for name, tab, text in rows), "\ufeff")


def parted(row: str, clips: Container[str]) -> tuple[str, str, str]:
    """File name, tab and text of a row; the tab is put in behind the name of a clip."""
    if "\t" not in row:
        name, space, text = row.strip().partition(" ")
        if space and name in clips:
            return name, "\t", text
    return row.partition("\t")


def _joined(texts: Iterable[str], mark: str) -> bytes:
    return (mark + "\n".join(texts) + "\n").encode()
