"""The product with workers that are killed, once at each of some places in the code."""

from tests.e2e.server import Server


class CrashingServer(Server):
    """`places` are names of crash points; a claim of a dead worker runs out after 3 seconds."""

    def __init__(self, folder, places, **environment):
        self.places, self.markers = places, folder / "markers"
        self.markers.mkdir()
        crashes = {"CRASH_AT": ",".join(places), "CRASH_MARKERS": str(self.markers)}
        super().__init__(folder / "studio", CLAIM_SECONDS="3", **crashes, **environment)

    def has_crashed_everywhere(self):
        """Whether a worker died at every one of the places."""
        return sorted(one.name for one in self.markers.iterdir()) == sorted(self.places)
