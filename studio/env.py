"""Typed readers of the environment; a malformed value stops the start with its name."""

import ipaddress
import os
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Every name that was asked for; the table of settings in docs/operating.md is held against it.
NAMES: set[str] = set()

# An owner and a name, as hubs of models have them.
MODEL_ID = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names."""
    NAMES.add(name)
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {file}: {error}") from error
    return os.environ.get(name) or default


def replaced(name: str, by: str) -> None:
    """Refuse a setting of old that would silently do nothing."""
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name} is not a setting any more; use {by}.")


def boolean(name: str, default: bool = False) -> bool:
    """A yes/no value; an empty or absent one gives the default."""
    value = text(name).lower()
    if not value:
        return default
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in _TRUE


def optional_boolean(name: str) -> bool | None:
    """A yes/no value, or None where there is none."""
    return boolean(name) if text(name) else None


def folder(name: str, default: Path) -> Path:
    """A folder for this process alone, made where it is missing."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: the folder {path} cannot be made ({error.strerror})."
        ) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name}: this process may not write in {path}.")
    return path


def weights(name: str) -> str:
    """A folder, as an absolute path, or a model id such as Systran/faster-whisper-base.en."""
    value = text(name)
    if not value or MODEL_ID.fullmatch(value):
        return value
    if not Path(value).is_absolute():
        raise ImproperlyConfigured(
            f"{name} must be an absolute path of a folder, or a model id such as "
            f"Systran/faster-whisper-base.en, not {value!r}."
        )
    return value


def sha256(name: str) -> str:
    """A SHA-256 as 64 hexadecimal digits, in lower case; "" for none."""
    value = text(name).lower()
    if value and not _SHA256.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be 64 hexadecimal digits, not {value!r}.")
    return value


def integer(name: str, default: int, least: int = 0, most: int = 2**31) -> int:
    """A whole number within [least, most]."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {least} to {most}, not {value!r}."
        )
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, options: Collection[str]) -> str:
    """One of the options, in any case of letters."""
    value = text(name, default).upper()
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not {value!r}.")
    return value


def address(name: str, default: str = "") -> str:
    """An address of the web without the last slash; a path may follow the host."""
    value = text(name, default).rstrip("/")
    parts = _split(name, value)
    is_odd = parts.query or parts.fragment or parts.username or set(value) & set(" \\")
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or is_odd):
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://studio.example or "
            f"https://intranet.example/studio, not {value!r}."
        )
    return value


def origins(name: str) -> list[str]:
    """Origins such as https://studio.example, with commas between."""
    found = words(name)
    for word in found:
        parts = _split(name, word)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name} must hold origins such as https://studio.example, not {word!r}."
            )
    return [word.rstrip("/") for word in found]


def service(name: str, schemes: Collection[str]) -> str:
    """The address of a server of one of these schemes. What it holds is not told: a password."""
    value = text(name)
    if value and _split(name, value).scheme not in schemes:
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must start with {starts}.")
    return value


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address: its host or port is wrong.") from None
    return parts


def networks(name: str) -> list[Network]:
    """Addresses and networks, with commas between."""
    found = []
    for word in words(name):
        try:
            found.append(ipaddress.ip_network(word))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must hold addresses or networks such as 10.0.0.5 or 10.0.0.0/24: {error}."
            ) from None
    return found


def zone(name: str, default: str) -> str:
    """The name of a time zone."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{name} must be the name of a time zone such as Europe/Berlin, not {value!r}."
        ) from None
    return value
