"""The model's phones: which three senones each triphone has.

`mdef` (little-endian): the mark, a version, the length of a description and the description,
ten counts, the names of the phones each ended by a zero byte, padding to four bytes, a search
tree of eight bytes a node, then for each phone its sequence, its transition matrix and four
bytes (word position, phone, left and right context; a filler mark for phones without
context), the count of all sequences' senones and the senones as 16-bit numbers.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.errors import EngineError

INTERNAL, BEGIN, END, SINGLE = range(4)
STATES = 3
SILENCE = "SIL"

_MARK = b"BMDF"
_NODE_BYTES = 8
_PHONE = np.dtype([("sequence", "<i4"), ("matrix", "<i4"), ("attributes", "u1", (4,))])


@dataclass(frozen=True)
class Phones:
    """Names of the phones without context, and the senones of those with context.

    sequences: (sequences, 3) senones. matrices: (names,) transition matrix of each phone.
    table: (positions, phones, left, right) sequence of a triphone, -1 where there is none.
    plain: (names,) sequence of each phone without context. codebooks: (senones,) the codebook
    of each senone, which is the number of its phone.
    """

    names: tuple[str, ...]
    fillers: frozenset[int]
    sequences: NDArray[np.int64]
    matrices: NDArray[np.int64]
    table: NDArray[np.int32]
    plain: NDArray[np.int64]
    codebooks: NDArray[np.int64]

    def number(self, name: str) -> int:
        """The number of a phone. Raises ValueError for a name that the model lacks."""
        return self.names.index(name)

    @property
    def silence(self) -> int:
        """The number of silence."""
        return self.number(SILENCE)

    def senones(self, phone: int, left: int, right: int, position: int) -> NDArray[np.int64]:
        """The three senones of a phone between two others, or of its nearest relative.

        Fillers count as silence; a triphone that was never trained in this place of a word is
        sought in the others, then at the word's edge next to silence, then without context.
        """
        if phone in self.fillers:
            return self._of(int(self.plain[phone]))
        silence = self.silence
        left = silence if left in self.fillers else left
        right = silence if right in self.fillers else right
        outer_left = silence if position in (BEGIN, SINGLE) else left
        outer_right = silence if position in (END, SINGLE) else right
        for one, other in ((left, right), (outer_left, outer_right)):
            for place in (position, INTERNAL, BEGIN, END, SINGLE):
                found = int(self.table[place, phone, one, other])
                if found >= 0:
                    return self._of(found)
        return self._of(int(self.plain[phone]))

    def _of(self, sequence: int) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.sequences[sequence]
        return found


def read(path: Path) -> Phones:
    """Read the definition. Raises EngineError when it is none, or not of three states."""
    raw = path.read_bytes()
    if not raw.startswith(_MARK):
        raise EngineError("InvalidModel", f"{path.name} defines no phones.")
    at = 12 + struct.unpack_from("<i", raw, 8)[0]
    names_count, count, states, _, senones, _, _, _, nodes, _ = struct.unpack_from("<10i", raw, at)
    if states != STATES:
        raise EngineError("InvalidModel", f"{path.name} has phones of {states} states.")
    at += 40
    names, length = _names(raw, at, names_count)
    at += (length + 3) // 4 * 4 + nodes * _NODE_BYTES
    rows = np.frombuffer(raw, _PHONE, count, at)
    at += rows.nbytes
    total = struct.unpack_from("<i", raw, at)[0]
    sequences = np.frombuffer(raw, "<u2", total, at + 4).reshape(-1, STATES).astype(np.int64)
    plain, triphones = rows[:names_count], rows[names_count:]
    return Phones(
        names=names,
        fillers=frozenset(np.flatnonzero(plain["attributes"][:, 0]).tolist()),
        sequences=sequences,
        matrices=plain["matrix"].astype(np.int64),
        table=_table(triphones, names_count),
        plain=plain["sequence"].astype(np.int64),
        codebooks=_codebooks(rows, sequences, names_count, senones),
    )


def _names(raw: bytes, at: int, count: int) -> tuple[tuple[str, ...], int]:
    """Names and the bytes that they take."""
    names = raw[at : at + 64 * count].split(b"\0")[:count]
    return tuple(name.decode() for name in names), sum(len(name) + 1 for name in names)


def _table(triphones: NDArray[np.void], names: int) -> NDArray[np.int32]:
    table = np.full((4, names, names, names), -1, np.int32)
    position, phone, left, right = triphones["attributes"].T
    table[position, phone, left, right] = triphones["sequence"]
    return table


def _codebooks(
    rows: NDArray[np.void], sequences: NDArray[np.int64], names: int, senones: int
) -> NDArray[np.int64]:
    phone = np.concatenate([np.arange(names), rows["attributes"][names:, 1].astype(np.int64)])
    found = np.zeros(senones, np.int64)
    found[sequences[rows["sequence"]]] = phone[:, None]
    return found
