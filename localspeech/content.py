"""Signed links to file contents: they need no key and end after some hours."""

import time
from datetime import timedelta
from urllib.parse import quote

from django.core.signing import BadSignature, Signer
from django.http import FileResponse, HttpRequest, HttpResponseBase, JsonResponse

from localspeech.errors import invalid, not_found
from localspeech.models import StoredFile
from localspeech.storage import storage
from localspeech.versions import ROOT, Site, absolute

_USUAL, _LONGEST = timedelta(hours=12), timedelta(days=365)
_signer = Signer(salt="localspeech.content", sep="~")


def content_url(request: Site, file: StoredFile) -> str:
    """An address that answers a plain GET for twelve hours, or for as long as was asked."""
    end = int(time.time() + _lifetime(request).total_seconds())
    signed = quote(_signer.sign(f"{file.pk}.{end}"), safe="~:.")
    return absolute(request, f"{ROOT}/content/{signed}")


def _lifetime(request: Site) -> timedelta:
    for name, unit in (("sasValidityInSeconds", "seconds"), ("sasLifetimeMinutes", "minutes")):
        text = request.GET.get(name, "")
        if not text:
            continue
        if not text.isdecimal() or len(text) > 9:
            message = f"{name} must be a whole number, not '{text[:20]}'."
            raise invalid(message, "InvalidSasValidityDuration", name)
        return min(timedelta(**{unit: int(text)}), _LONGEST)
    return _USUAL


def content(request: HttpRequest, signed: str) -> HttpResponseBase:
    """Serve a file, or 404 for a link that is not ours or too old."""
    try:
        identifier, _, end = _signer.unsign(signed).partition(".")
        file = StoredFile.objects.filter(pk=identifier).first()
    except BadSignature:
        file, end = None, "0"
    if file is None or int(end) < time.time():
        return JsonResponse(not_found("file").body(), status=404)
    return FileResponse(
        storage().open(file.path),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
