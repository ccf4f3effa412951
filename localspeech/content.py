"""Signed links to file contents: they need no key and end after some hours."""

from urllib.parse import quote

from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, HttpRequest, HttpResponseBase, JsonResponse

from localspeech.errors import not_found
from localspeech.models import StoredFile
from localspeech.storage import storage

_LIFETIME_SECONDS = 12 * 60 * 60
_signer = TimestampSigner(salt="localspeech.content", sep="~")


def content_url(request: HttpRequest, file: StoredFile) -> str:
    """An address that answers a plain GET for twelve hours."""
    signed = quote(_signer.sign(str(file.pk)), safe="~:")
    return request.build_absolute_uri(f"/speechtotext/content/{signed}")


def content(request: HttpRequest, signed: str) -> HttpResponseBase:
    """Serve a file, or 404 for a link that is not ours or too old."""
    try:
        file = StoredFile.objects.get(pk=_signer.unsign(signed, max_age=_LIFETIME_SECONDS))
    except (BadSignature, StoredFile.DoesNotExist):
        return JsonResponse(not_found("file").body(), status=404)
    return FileResponse(
        storage().open(file.path),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
