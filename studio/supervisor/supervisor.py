"""Starts the children, watches them, and stops them in the reverse order."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from studio.supervisor.process import Child

_BEAT_SECONDS = 0.2


class Supervisor:
    """Runs until SIGINT or SIGTERM."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = list(children)
        self.say = say
        self.stopping = False

    def run(self, each_turn: Callable[[], None] = lambda: None) -> None:
        """Start all and watch them; `each_turn` is called between two looks."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            for child in self.children:
                child.start()
            while not self.stopping:
                for child in self.children:
                    line = child.check()
                    if line:
                        self.say(line)
                each_turn()
                time.sleep(_BEAT_SECONDS)
        finally:
            self._end_all()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        """The first child is the broker: the others need it to say goodbye."""
        for child in reversed(self.children[1:]):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.ask_to_stop()
            child.wait_or_kill()
