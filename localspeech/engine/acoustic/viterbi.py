"""The best path through an utterance's graph.

The search is exact: it keeps every state of every frame, so no path is ever lost to a beam.
That costs a millisecond for ten frames of a long sentence, which is less than the Gaussians do.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic.graph import Graph, Ints

Singles = NDArray[np.float32]

_NEVER = -np.inf


class Path(NamedTuple):
    """The phone of the graph and the state in it (0, 1, 2) of each frame."""

    phones: Ints
    states: Ints


def best_path(graph: Graph, scores: Singles, columns: Ints) -> Path | None:
    """The most likely path, None when there are too few frames for any.

    scores: (frames, senones) logarithms; columns: (phones, 3) the score of each state.
    """
    moved, chosen, last = _forward(graph, scores, columns)
    ends = graph.ends[np.argmax(last[graph.ends])]
    if last[ends] == _NEVER:
        return None
    return _backward(graph, moved, chosen, int(ends))


def _forward(
    graph: Graph, scores: Singles, columns: Ints
) -> tuple[NDArray[np.bool_], NDArray[np.int32], NDArray[np.float64]]:
    """Whether each state was entered, which phone led into each junction, and final scores."""
    frames, phones = len(scores), len(graph.words)
    moved = np.zeros((frames, phones, 3), np.bool_)
    chosen = np.zeros((frames, len(graph.exits)), np.int32)
    rows = np.arange(len(graph.exits))
    now = np.full((phones, 3), _NEVER)
    now[graph.starts, 0] = graph.cost[graph.starts]
    now += scores[0][columns]
    left = np.full(phones + 1, _NEVER)
    arriving = np.empty((phones, 3))
    for frame in range(1, frames):
        leaving = now + graph.move
        left[:-1] = leaving[:, 2]
        candidates = left[graph.exits]
        best = candidates.argmax(axis=1)
        chosen[frame] = graph.exits[rows, best]
        arriving[:, 0] = candidates[rows, best][graph.entry] + graph.cost
        arriving[:, 1:] = leaving[:, :2]
        now += graph.stay
        np.greater(arriving, now, out=moved[frame])
        np.maximum(now, arriving, out=now)
        now += scores[frame][columns]
    return moved, chosen, now[:, 2] + graph.move[:, 2]


def _backward(
    graph: Graph, moved: NDArray[np.bool_], chosen: NDArray[np.int32], phone: int
) -> Path:
    frames = len(moved)
    phones, states = np.empty(frames, np.int64), np.empty(frames, np.int64)
    state = 2
    for frame in range(frames - 1, -1, -1):
        phones[frame], states[frame] = phone, state
        if moved[frame, phone, state]:
            if state == 0:
                phone, state = int(chosen[frame, graph.entry[phone]]), 2
            else:
                state -= 1
    return Path(phones, states)
