"""One budget for several processes, on a real server."""

import subprocess
import threading
import time

import pytest

from studio import broker
from studio.quota import Quota, shared


@pytest.fixture
def server(tmp_path_factory):
    """The embedded broker, alone."""
    folder = tmp_path_factory.mktemp("b")
    path = broker.socket_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    child = subprocess.Popen(broker.server_command(folder))
    for _ in range(100):
        if path.exists():
            break
        time.sleep(0.05)
    yield broker.broker_url("", folder)
    child.terminate()
    child.wait()


def test_the_budget_is_shared_and_comes_back(server):
    quotas = [Quota(server, 10, 1.0) for _ in range(3)]
    taken = []

    def take(quota):
        for _ in range(5):
            assert quota.wait("west", 5)
            taken.append(time.monotonic())

    threads = [threading.Thread(target=take, args=(one,)) for one in quotas]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(taken) == 15
    taken.sort()
    for first, eleventh in zip(taken, taken[10:], strict=False):
        assert eleventh - first > 0.9
    assert quotas[0].wait("east", 0)


def test_who_would_wait_too_long_is_told(server):
    quota = Quota(server, 1, 60.0)
    assert quota.wait("west", 0)
    assert not quota.wait("west", 0.1)


def test_a_server_that_is_gone_stops_nobody(tmp_path):
    assert Quota(f"redis+socket://{tmp_path}/none.sock", 1, 60.0).wait("west", 0)
    assert shared("memory://", 90, 10.0) is None
