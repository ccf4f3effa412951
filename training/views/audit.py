"""The audit, for administrators."""

from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from training.grids import AUDIT
from training.models import AuditEntry
from training.permissions import administrator_required
from training.views.lists import list_page


@require_GET
@administrator_required
def audit(request: HttpRequest) -> HttpResponseBase:
    """Who changed what, newest first; also as CSV."""
    rows = AuditEntry.objects.annotate(changed_at=F("at"))
    return list_page(request, "audit/list.html", AUDIT, rows, {})
