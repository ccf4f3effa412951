"""Audio that browsers can play and wind: they ask for a part of a file when they do."""

import re

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from training.services.samples import Clip

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def audio_answer(request: HttpRequest, clip: Clip) -> HttpResponse | StreamingHttpResponse:
    """The clip, or the one part of it that was asked for; 416 for a part that is not there."""
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, max-age=3600"}
    part = _part(request.headers.get("Range", ""), clip.size)
    start, stop = part or (0, clip.size)
    if part and start >= stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{clip.size}"})
    if part:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{clip.size}"
    return StreamingHttpResponse(
        clip.read(start, stop - start),
        status=206 if part else 200,
        content_type="audio/wav",
        headers={**headers, "Content-Length": str(stop - start)},
    )


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First byte, and the one after the last; None unless exactly one part is asked for."""
    found = _RANGE.fullmatch(asked)
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1, size) if last else size
