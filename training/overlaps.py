"""What test data has in common with what a model was trained with, in words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.models import CustomModel, Dataset, Evaluation, Overlap


def of_test(test: Evaluation) -> list[SafeString]:
    """Warnings for each custom model of a test."""
    return warnings(test.dataset, (test.model1, test.model2))


def warnings(test_data: Dataset, models: Iterable[Any]) -> list[SafeString]:
    """Warnings about data that both tests and has trained these models, with links."""
    custom = dict.fromkeys(one for one in models if isinstance(one, CustomModel))
    return [
        text for model in custom for text in _sentences(test_data, model.datasets.all(), str(model))
    ]


def warnings_before_training(test_data: Dataset, data: Iterable[Dataset]) -> list[SafeString]:
    """The same for a model that does not exist yet."""
    return list(_sentences(test_data, data, _("the new model")))


def _sentences(test_data: Dataset, data: Iterable[Dataset], model: str) -> Iterator[SafeString]:
    listed = list(data)
    if test_data in listed:
        yield format_html(
            _("The test uses {data}, which {model} is trained with, so its result will flatter."),
            data=_link(test_data),
            model=model,
        )
    for one in Overlap.objects.filter(dataset=test_data, other__in=listed).select_related("other"):
        yield format_html(
            _(
                "{data}, which {model} is trained with, also holds {shared} of the test, so its "
                "result will flatter."
            ),
            shared=in_words(one),
            data=_link(one.other),
            model=model,
        )


def in_words(one: Overlap) -> str:
    """For example "12 of 28 clips and 20 of 28 sentences"."""
    parts = []
    if one.shared_clips:
        text = ngettext("%(shared)s of %(n)s clip", "%(shared)s of %(n)s clips", one.clips)
        parts.append(text % _numbers(one.shared_clips, one.clips))
    if one.shared_sentences:
        text = ngettext(
            "%(shared)s of %(n)s sentence", "%(shared)s of %(n)s sentences", one.sentences
        )
        parts.append(text % _numbers(one.shared_sentences, one.sentences))
    return _(" and ").join(parts)


def _numbers(shared: int, whole: int) -> dict[str, str]:
    return {name: number_format(value, force_grouping=True)
            for name, value in (("shared", shared), ("n", whole))}  # fmt: skip


def _link(row: Dataset) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row)
