"""New words of a dataset: looked through, chosen, and made into pronunciation data."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from training.enums import DatasetKind, Status
from training.models import Dataset, NewWord, User
from training.services import datasets
from training.validation.words import spoken_fault, word_fault

LONGEST_SPOKEN_FORM = 400


def narrowed(row: Dataset, text: str) -> "QuerySet[NewWord]":
    """A dataset's new words that hold a text, most frequent first."""
    return row.new_words.filter(word__icontains=text) if text else row.new_words.all()


def given(row: Dataset, words: Iterable[NewWord]) -> dict[str, NewWord]:
    """Pronunciations that imported data of the project gives those of these words that lack one."""
    wanted = {one.word for one in words if one.is_guessed or not one.pronunciation}
    found = NewWord.objects.filter(
        word__in=wanted,
        dataset__project=row.project_id,
        dataset__kind=DatasetKind.PRONUNCIATION,
        dataset__status=Status.SUCCEEDED,
    )
    listed = found.exclude(dataset=row).select_related("dataset").order_by("dataset__created_at")
    return {one.word: one for one in listed}


def save(
    row: Dataset, shown: Collection[int], chosen: Collection[int], spoken: Mapping[int, str]
) -> None:
    """Keep what a person chose and wrote for the words that were shown, by primary key."""
    words = list(row.new_words.filter(pk__in=shown))
    for one in words:
        one.is_chosen = one.pk in chosen
        text = spoken.get(one.pk, one.spoken).replace("\0", "").strip()[:LONGEST_SPOKEN_FORM]
        one.spoken_form = None if text == one.suggestion else text
    NewWord.objects.bulk_update(words, ["is_chosen", "spoken_form"])


def choose(row: Dataset, text: str, is_chosen: bool) -> None:
    """Choose every word that holds a text, or none of them."""
    narrowed(row, text).update(is_chosen=is_chosen)


def faults(row: Dataset) -> list[tuple[NewWord, str]]:
    """Chosen words that cannot become pronunciation data as they are, and why."""
    locale = row.project.locale
    listed = [(one, _fault(one, locale)) for one in row.new_words.filter(is_chosen=True)]
    return [(one, fault) for one, fault in listed if fault]


def _fault(one: NewWord, locale: str) -> str:
    if word_fault(one.word, locale):
        return _("This word cannot stand in pronunciation data; leave it out.")
    fault = spoken_fault(one.spoken, locale)
    return _("The spoken form %(fault)s.") % {"fault": fault} if fault else ""


@transaction.atomic
def make(row: Dataset, display_name: str, user: User, submission_key: UUID) -> Dataset | None:
    """A pronunciation dataset of the chosen words, or the one that the same form made before.

    None when no word is chosen. What was chosen is chosen no more.
    """
    made = Dataset.objects.filter(submission_key=submission_key, project=row.project).first()
    chosen = list(row.new_words.filter(is_chosen=True))
    if made or not chosen:
        return made
    lines = "".join(f"{one.word}\t{one.spoken}\n" for one in chosen)
    made = datasets.create(
        project=row.project,
        kind=DatasetKind.PRONUNCIATION,
        display_name=display_name,
        description=_("New words of %(name)s") % {"name": row},
        file=ContentFile(lines.encode(), name="pronunciation.txt"),
        content_url="",
        user=user,
        submission_key=submission_key,
    )
    row.new_words.filter(pk__in=[one.pk for one in chosen]).update(is_chosen=False)
    return made
