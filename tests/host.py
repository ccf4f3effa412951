"""A real host on loopback."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Host(ThreadingHTTPServer):
    """A host of somebody else: gives files, meets challenges, and notes what it is sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.received, self.status = {}, [], 200
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(200 if self.path in self.server.files else 404,
                     self.server.files.get(self.path, b""))  # fmt: skip

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.received.append((self.path, dict(self.headers), body))
        token = self.path.partition("validationToken=")[2]
        self._answer(self.server.status, token.encode())

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def running_host():
    """A host that answers until the block ends."""
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
