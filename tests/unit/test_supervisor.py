"""The supervisor with small children of its own."""

import socket
import sys
import threading
import time

import pytest

from studio.supervisor.checks import CannotStart, check_port, lock
from studio.supervisor.process import Child


def child(code, **options):
    return Child("child", [sys.executable, "-c", code], {}, **options)


def eventually(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"127.0.0.1:{port} .* PORT={port + 1} make run"):
            check_port("127.0.0.1", port)


def test_a_second_server_on_the_same_data_is_refused(tmp_path):
    with lock(tmp_path), pytest.raises(CannotStart, match="Another server"):
        lock(tmp_path)


def test_a_child_that_ends_is_started_again_later_each_time():
    one = child("raise SystemExit(3)")
    one.start()
    pauses = []
    for _ in range(2):
        eventually(lambda: one.process.poll() is not None)
        pauses.append(one.check())
        one.due_at = 0
        assert one.check() is None
    assert pauses == [
        "child ended (status 3); starting it again in 1 s",
        "child ended (status 3); starting it again in 2 s",
    ]
    one.wait_or_kill()


def test_a_child_that_does_not_listen_is_ended():
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    one = child(deaf, stop_seconds=0.3)
    one.start()
    time.sleep(0.5)
    process = one.process
    one.ask_to_stop()
    stopper = threading.Thread(target=one.wait_or_kill)
    stopper.start()
    stopper.join(20)
    assert process.returncode == -9
