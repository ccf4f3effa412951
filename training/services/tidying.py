"""Forgets what nobody comes back for."""

from datetime import timedelta

import structlog
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q
from django.utils import timezone

from training.models import Dispatch, Upload, UploadDraft
from training.models.upload import UPLOADS_KEPT
from training.services import uploads

_TOLD = timedelta(days=90)

log = structlog.get_logger(__name__)


def tidy() -> None:
    """Drop old sessions, uploads that were left for a month, and blocks that nothing needs."""
    SessionStore.clear_expired()
    since = timezone.now() - UPLOADS_KEPT
    for draft in UploadDraft.objects.filter(submitted_at=None, updated_at__lt=since):
        log.info("upload_forgotten", draft=draft.pk)
        uploads.discard(draft, unless_touched_since=since)
    Dispatch.objects.filter(sent_at__lt=timezone.now() - _TOLD).delete()
    together = Upload.objects.filter(~Q(dataset__file=""), dataset__isnull=False)
    for upload in together.filter(blocks__isnull=False).distinct():
        uploads.forget_blocks(upload)
    for key in uploads.stray_keys():
        log.info("stray_blocks_deleted", upload=key)
        uploads.forget_folder(key)
