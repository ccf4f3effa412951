"""What is wrong with a line of text, whatever it stands in."""

import re

LONGEST = 10_000
_TYPOGRAPHIC = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "\u00a0": " ", "\u202f": " ",
        "\u2009": " ", "\u200b": "", "\ufeff": "", "\u00ad": "",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
_REPEATED = re.compile(r"\b(\w+(?: \w+){0,3})(?:[ ,]+\1\b){3,}", re.IGNORECASE)
_SAME_CHARACTER = re.compile(r"([^\W\d_])\1{3,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_LATIN_WORD = re.compile(r"[a-z0-9]", re.IGNORECASE)


def mended(text: str) -> str:
    """The line with plain quotes, dashes and spaces, and without control characters."""
    plain = text.translate(_TYPOGRAPHIC)
    return "".join(c for c in plain if (ord(c) >= 32 or c == "\t") and c != "\ufffd").strip()


def fault(text: str, locale: str) -> str:
    """Why the service may drop the line, or ""."""
    is_english = locale.startswith("en")
    if len(text) > LONGEST:
        return f"is longer than {LONGEST:,} characters; split it into sentences"
    if _ADDRESS.search(text):
        return "contains a web address; remove it or write it as spoken"
    if any((ord(c) < 32 and c != "\t") or c == "\ufffd" for c in text):
        return "contains a control character"
    if is_english and (found := next((c for c in text if ord(c) > 0xA1), "")):
        return f"contains {found!r} (U+{ord(found):04X}); English text may lose such a line"
    if not (_LATIN_WORD if is_english else _WORD).search(text):
        return "has no words"
    if _REPEATED.search(text) or _SAME_CHARACTER.search(text):
        return "repeats something more than three times in a row"
    return ""


def correction(text: str, locale: str) -> str:
    """The mended line, when mending it helps."""
    better = mended(text)
    return better if better != text and better and not fault(better, locale) else ""
