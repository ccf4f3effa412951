"""Who else has a draft open."""

from datetime import timedelta

from django.utils import timezone

from training.models import DraftPresence, TrainingDraft, User

_LASTS = timedelta(seconds=90)


def note(draft: TrainingDraft, user: User) -> None:
    """This person looks at the draft now."""
    DraftPresence.objects.update_or_create(
        draft=draft, person=user, defaults={"seen_at": timezone.now()}
    )


def others(draft: TrainingDraft, user: User) -> list[User]:
    """Other people who looked at the draft within the last 90 seconds."""
    since = timezone.now() - _LASTS
    rows = draft.presences.filter(seen_at__gt=since).exclude(person=user)
    return [row.person for row in rows.select_related("person").order_by("person__username")]
