"""The wizard "Train a new model": its steps, and the strict review."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training import overlaps
from training.enums import DatasetKind, Submission, TrainingStep
from training.models import Dataset, NewWord, TrainingDraft
from training.wizards.steps import Line, Problem


def steps(draft: TrainingDraft) -> list[TrainingStep]:
    """The steps of this draft, in order; the test has one only when it was asked for."""
    return [step for step in TrainingStep if step != TrainingStep.TEST or draft.add_test]


def unusable_reason(draft: TrainingDraft, dataset: Dataset) -> str:
    """Why a dataset will never train this draft's base model; "" when it may."""
    if dataset.has_failed:
        return _("The import failed")
    accepted = draft.base_model.adaptation_kinds if draft.base_model else list(DatasetKind)
    if dataset.kind not in accepted:
        return _("The chosen baseline model takes no data of this kind")
    return ""


def pending_reason(dataset: Dataset) -> str:
    """Why a dataset cannot train yet; "" when it can."""
    if dataset.succeeded:
        return ""
    if dataset.submission == Submission.HELD:
        return _("Its check found something to decide on")
    return _("Still being imported")


def review(draft: TrainingDraft) -> list[Problem]:
    """Everything that stands between the draft and its submission."""
    return [
        *_base_problems(draft),
        *_data_problems(draft),
        *_name_problems(draft),
        *_test_problems(draft),
    ]


def lines(draft: TrainingDraft) -> list[Line]:
    """The review: what was chosen at each step, in words."""
    nothing = _("Not provided")
    data = ", ".join(f"{one} ({one.get_kind_display()})" for one in draft.datasets.all())
    weight = f"{draft.weight_percent}%" if draft.weight_percent else _("Chosen by the service")
    base = draft.base_model
    until = base.adaptation_expires_at if base else None
    return [
        Line(TrainingStep.BASE_MODEL, _("Baseline model"), str(base or nothing), until),
        Line(TrainingStep.DATA, _("Data"), data or nothing),
        Line(TrainingStep.NAME, _("Name"), draft.display_name or nothing),
        Line(TrainingStep.NAME, _("Description"), draft.description or nothing),
        Line(TrainingStep.NAME, _("Weight of the custom model"), weight),
        _test_line(draft),
    ]


def _test_line(draft: TrainingDraft) -> Line:
    if not draft.add_test:
        return Line(TrainingStep.NAME, _("Test"), _("None"))
    dataset = draft.test_dataset or _("no dataset chosen")
    text = _("%(dataset)s, against %(model)s") % {"dataset": dataset, "model": draft.second_model}
    return Line(TrainingStep.TEST, _("Test"), text)


def _base_problems(draft: TrainingDraft) -> Iterator[Problem]:
    base = draft.base_model
    if base is None:
        yield Problem(TrainingStep.BASE_MODEL, "base_model", _("Select a baseline model."))
    elif not base.can_adapt():
        yield Problem(
            TrainingStep.BASE_MODEL,
            "base_model",
            _("%(model)s can no longer be adapted; select a newer one.") % {"model": base},
        )
    elif (base.resource_id, base.locale) != (draft.project.resource_id, draft.project.locale):
        yield Problem(
            TrainingStep.BASE_MODEL,
            "base_model",
            _("Select a baseline model of the project's locale."),
        )


def _data_problems(draft: TrainingDraft) -> Iterator[Problem]:
    datasets = list(draft.datasets.all())
    if not datasets:
        yield Problem(TrainingStep.DATA, "datasets", _("Choose at least one dataset."))
    for dataset in datasets:
        reason = unusable_reason(draft, dataset) or pending_reason(dataset)
        if reason:
            yield Problem(TrainingStep.DATA, "datasets", f"{dataset}: {reason}.")


def _name_problems(draft: TrainingDraft) -> Iterator[Problem]:
    if not draft.display_name.strip():
        yield Problem(TrainingStep.NAME, "display_name", _("Enter a name."))


def _test_problems(draft: TrainingDraft) -> Iterator[Problem]:
    if not draft.add_test:
        return
    dataset = draft.test_dataset
    if dataset is None:
        yield Problem(TrainingStep.TEST, "test_dataset", _("Choose a dataset for the test."))
    elif not dataset.succeeded or dataset.kind != DatasetKind.ACOUSTIC:
        yield Problem(
            TrainingStep.TEST,
            "test_dataset",
            _("The test needs imported audio with human-labeled transcripts."),
        )
    second = draft.test_custom_model
    if second is not None and not second.succeeded:
        yield Problem(TrainingStep.TEST, "second_model", _("Choose a model that has succeeded."))


def warnings(draft: TrainingDraft) -> list[str]:
    """What is allowed but worth a second thought."""
    found: list[str] = []
    if draft.add_test and draft.test_dataset:
        found += overlaps.warnings_before_training(draft.test_dataset, draft.datasets.all())
    left_out = _words_left_out(draft)
    if left_out:
        text = ngettext(
            "%(n)d word of the data is new to %(model)s, which leaves words without pronunciation "
            "data out of training.",
            "%(n)d words of the data are new to %(model)s, which leaves words without "
            "pronunciation data out of training.",
            left_out,
        )
        found.append(text % {"n": left_out, "model": draft.base_model})
    if draft.base_model and draft.base_model.charged_for_adaptation:
        found.append(_("Training from this baseline model is charged to the resource."))
    return found


def _words_left_out(draft: TrainingDraft) -> int:
    """New words that the base model does not guess and the chosen data does not pronounce."""
    name = draft.base_model.display_name if draft.base_model else ""
    chosen = draft.datasets.all()
    strict = [one.pk for one in chosen if name in one.strict_base_models]
    words = NewWord.objects.filter(dataset__in=strict, is_guessed=True)
    given = NewWord.objects.filter(dataset__in=chosen, is_guessed=False)
    return words.exclude(word__in=given.values("word")).values("word").distinct().count()
