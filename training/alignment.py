"""What was heard beside what was said, word by word."""

import unicodedata
from functools import lru_cache

Operation = list[str | None]
# Written without spaces between words, so that each sign counts: kana, and CJK ideographs.
_SIGNS = (("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


def words(text: str) -> list[str]:
    """Words for comparing: no capitals, no punctuation but apostrophes inside words."""
    plain = unicodedata.normalize("NFKC", text.replace("’", "'")).casefold()
    spaced = "".join(map(_spaced, plain))
    return [word for token in spaced.split() if (word := token.strip("'"))]


@lru_cache(maxsize=4096)
def _spaced(sign: str) -> str:
    if any(first <= sign <= last for first, last in _SIGNS):
        return f" {sign} "
    is_word = sign == "'" or unicodedata.category(sign)[0] in "LMN"
    return sign if is_word else " "


def aligned(reference: str, heard: str) -> list[Operation]:
    """[kind, reference word, heard word]; kinds are equal, substitute, insert and delete."""
    left, right = words(reference), words(heard)
    if not left or not right:
        return [*(["delete", one, None] for one in left), *(["insert", None, one] for one in right)]
    import jiwer

    found: list[Operation] = []
    for chunk in jiwer.process_words(" ".join(left), " ".join(right)).alignments[0]:
        a = left[chunk.ref_start_idx : chunk.ref_end_idx]
        b = right[chunk.hyp_start_idx : chunk.hyp_end_idx]
        if chunk.type == "insert":
            found += [["insert", None, one] for one in b]
        elif chunk.type == "delete":
            found += [["delete", one, None] for one in a]
        else:
            found += [[chunk.type, *pair] for pair in zip(a, b, strict=True)]
    return found


def mirrored(operations: list[Operation]) -> list[Operation]:
    """The same alignment from the other side."""
    swapped = {"insert": "delete", "delete": "insert"}
    return [[swapped.get(str(kind), kind), heard, wanted] for kind, wanted, heard in operations]
