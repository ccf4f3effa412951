"""The graph of everything that may have been said: a transcript's words in all their
pronunciations, with or without pauses between them, each phone in its context.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic.model import AcousticModel
from localspeech.engine.acoustic.phones import BEGIN, END, INTERNAL, SINGLE, Phones

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pronunciations = Sequence[tuple[int, ...]]

NO_WORD = -1
_PAUSE_COST = {
    "SIL": float(np.log(0.1)),
    "+NSN+": float(np.log(1e-3)),
    "+SPN+": float(np.log(1e-3)),
}


@dataclass(frozen=True)
class Graph:
    """Phones of three states each, and between them junctions where one follows another.

    senones: (phones, 3). stay, move: (phones, 3) natural logarithms. words: (phones,) the
    word that each belongs to, NO_WORD for pauses. cost: (phones,) added on entering. entry:
    (phones,) the junction before each. exits: (junctions, most) phones that lead into a
    junction, filled up with the number of phones. starts, ends: where a path may begin and end.
    """

    senones: Ints
    stay: Floats
    move: Floats
    words: Ints
    cost: Floats
    entry: Ints
    exits: Ints
    starts: Ints
    ends: Ints


@dataclass
class _Draft:
    """A graph that grows. At a boundary between words, `into` are phones by the context that
    they expect on their left and their own name, `out_of` by their name and the context on
    their right.
    """

    phones: Phones
    nodes: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    entry: dict[int, int] = field(default_factory=dict)
    junctions: list[list[int]] = field(default_factory=list)

    def add(self, phone: int, left: int, right: int, position: int, word: int) -> int:
        self.nodes.append((phone, left, right, position, word))
        return len(self.nodes) - 1

    def join(self, before: Iterable[int], after: Iterable[int]) -> None:
        self.junctions.append(list(before))
        self.entry.update(dict.fromkeys(after, len(self.junctions) - 1))


_Edges = dict[tuple[int, int], list[int]]


def build(model: AcousticModel, words: Sequence[Pronunciations]) -> Graph:
    """The graph of at least one word; each pronunciation is at least one phone long."""
    draft, silence = _Draft(model.phones), model.phones.silence
    out_of: _Edges = {}
    starts: list[int] = []
    for number, word in enumerate(words):
        lefts = {silence} | {one[-1] for one in words[number - 1]} if number else {silence}
        is_last = number == len(words) - 1
        rights = {silence} if is_last else {silence} | {one[0] for one in words[number + 1]}
        into, ahead = _word(draft, word, lefts, rights, number)
        pauses = _pauses(draft, out_of, into)
        if not number:
            starts = [*pauses, *(one for nodes in into.values() for one in nodes)]
        out_of = ahead
    ends = [*_pauses(draft, out_of, {}), *(one for nodes in out_of.values() for one in nodes)]
    return _finished(model, draft, starts, ends)


def _word(
    draft: _Draft, word: Pronunciations, lefts: set[int], rights: set[int], number: int
) -> tuple[_Edges, _Edges]:
    """Add a word's pronunciations; its edges to the left and to the right."""
    into: _Edges = {}
    out_of: _Edges = {}
    for spoken in dict.fromkeys(word):
        for left in sorted(lefts):
            for right in sorted(rights) if len(spoken) == 1 else (spoken[1],):
                position = SINGLE if len(spoken) == 1 else BEGIN
                node = draft.add(spoken[0], left, right, position, number)
                into.setdefault((left, spoken[0]), []).append(node)
                if position == SINGLE:
                    out_of.setdefault((spoken[0], right), []).append(node)
        if len(spoken) > 1:
            _rest(draft, spoken, rights, number, len(lefts), out_of)
    return into, out_of


def _rest(
    draft: _Draft,
    spoken: tuple[int, ...],
    rights: set[int],
    number: int,
    beginnings: int,
    out_of: _Edges,
) -> None:
    """Add the phones after the first, which was added once for each of its left contexts."""
    before = list(range(len(draft.nodes) - beginnings, len(draft.nodes)))
    for left, phone, right in zip(spoken, spoken[1:], spoken[2:], strict=False):
        node = draft.add(phone, left, right, INTERNAL, number)
        draft.join(before, [node])
        before = [node]
    last = {
        right: draft.add(spoken[-1], spoken[-2], right, END, number) for right in sorted(rights)
    }
    draft.join(before, last.values())
    for right, node in last.items():
        out_of.setdefault((spoken[-1], right), []).append(node)


def _pauses(draft: _Draft, out_of: _Edges, into: _Edges) -> list[int]:
    """Join two words directly and by pauses of any kind; the pauses."""
    phones, silence = draft.phones, draft.phones.silence
    for (left, first), nodes in into.items():
        if left != silence and (left, first) in out_of:
            draft.join(out_of[left, first], nodes)
    pauses = [draft.add(one, silence, silence, INTERNAL, NO_WORD) for one in sorted(phones.fillers)]
    ended = [one for (_, right), nodes in out_of.items() if right == silence for one in nodes]
    draft.join([*ended, *pauses], pauses)
    begun = [one for (left, _), nodes in into.items() if left == silence for one in nodes]
    draft.join(pauses, begun)
    return pauses


def _finished(
    model: AcousticModel, draft: _Draft, starts: Sequence[int], ends: Sequence[int]
) -> Graph:
    count, phones = len(draft.nodes), model.phones
    kinds = np.array([node[0] for node in draft.nodes])
    moves = model.transitions[phones.matrices[kinds]]
    states = np.arange(3)
    exits = np.full((len(draft.junctions), max(map(len, draft.junctions))), count)
    for row, before in zip(exits, draft.junctions, strict=True):
        row[: len(before)] = before
    return Graph(
        senones=np.array([phones.senones(*node[:4]) for node in draft.nodes]),
        stay=moves[:, states, states],
        move=moves[:, states, states + 1],
        words=np.array([node[4] for node in draft.nodes]),
        cost=np.array([_PAUSE_COST.get(phones.names[kind], 0.0) for kind in kinds]),
        entry=np.array([draft.entry[node] for node in range(count)]),
        exits=exits,
        starts=np.array(starts),
        ends=np.array(ends),
    )
