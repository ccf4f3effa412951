"""A multipart form whose file is read as it is sent, never held in memory."""

import os
import secrets
from collections.abc import Iterator, Mapping
from typing import IO

_CHUNK = 256 * 1024


class MultipartForm:
    """Iterates over the bytes of a form; `length` is known beforehand."""

    def __init__(
        self, values: Mapping[str, str], name: str, file_name: str, file: IO[bytes]
    ) -> None:
        self._boundary = secrets.token_hex(16)
        self._file = file
        self._head = "".join(self._value(key, value) for key, value in values.items()).encode()
        self._head += self._opening(name, file_name).encode()
        self._tail = f"\r\n--{self._boundary}--\r\n".encode()
        start = file.tell()
        self._size = file.seek(0, os.SEEK_END) - start
        file.seek(start)

    def __len__(self) -> int:
        return len(self._head) + self._size + len(self._tail)

    @property
    def content_type(self) -> str:
        """The header that names the boundary."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        while chunk := self._file.read(_CHUNK):
            yield chunk
        yield self._tail

    def _value(self, name: str, value: str) -> str:
        head = f'--{self._boundary}\r\nContent-Disposition: form-data; name="{name}"'
        return f"{head}\r\n\r\n{value}\r\n"

    def _opening(self, name: str, file_name: str) -> str:
        safe = file_name.replace('"', "%22").replace("\r", "").replace("\n", "")
        return (
            f'--{self._boundary}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{safe}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
