"""A reverse proxy as a team puts one before the product: TLS, forwarded headers, a sub-path."""

import http.client
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

OWN_ADDRESS = "127.0.0.2"  # where it comes from, so that others on loopback are not it
_OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


class ReverseProxy(ThreadingHTTPServer):
    """Passes on what lies under its sub-path, with the path as it is or without the sub-path."""

    daemon_threads = True

    def __init__(self, folder, sub_path, takes_path_away=False):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sub_path, self.takes_path_away, self.port = sub_path, takes_path_away, None
        self.address = f"https://localhost:{self.server_port}{sub_path}"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder))
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request, client_address):
        pass  # a browser that closes


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass_on(self):
        server = self.server
        if not self.path.startswith(f"{server.sub_path}/"):
            return self._answer(404, [], b"another application")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path[len(server.sub_path) :] if server.takes_path_away else self.path
        upstream = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=60, source_address=(OWN_ADDRESS, 0)
        )
        try:
            upstream.request(self.command, path, body or None, self._headers())
            answer = upstream.getresponse()
            return self._answer(answer.status, answer.getheaders(), answer.read())
        finally:
            upstream.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def _headers(self):
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in _OF_ONE_HOP and not name.lower().startswith("x-forwarded")
        }
        chain = [self.headers.get("X-Forwarded-For"), self.client_address[0]]
        return kept | {
            "X-Forwarded-For": ", ".join(filter(None, chain)),
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": self.headers["Host"],
        }

    def _answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {*_OF_ONE_HOP, "content-length"}:
                self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in {204, 304}:
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def running(proxy):
    """Serve until the block ends."""
    thread = threading.Thread(target=proxy.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def _certificate(folder):
    """A certificate for localhost that is its own authority, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "tls.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
