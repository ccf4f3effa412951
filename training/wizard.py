"""The wizard "Train a new model": its steps as data, and the strict review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from training.enums import DatasetKind, Step
from training.models import Dataset, TrainingDraft


@dataclass(frozen=True)
class Problem:
    """Why a draft cannot be submitted, and where to mend it."""

    step: Step
    field: str
    message: str


@dataclass(frozen=True)
class Line:
    """One line of the review and the step that changes it; `until` is a last day to show."""

    step: Step
    label: str
    value: str
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """One step as the rail shows it."""

    step: Step
    number: int
    is_current: bool
    is_open: bool


def steps(draft: TrainingDraft) -> list[Step]:
    """The steps of this draft, in order; the test has one only when it was asked for."""
    return [step for step in Step if step != Step.TEST or draft.add_test]


def next_step(draft: TrainingDraft, step: Step) -> Step:
    """The step after this one; the review is last."""
    order = list(Step)
    later = [one for one in steps(draft) if order.index(one) > order.index(step)]
    return later[0] if later else Step.REVIEW


def previous_step(draft: TrainingDraft, step: Step) -> Step | None:
    """The step before this one."""
    order = list(Step)
    earlier = [one for one in steps(draft) if order.index(one) < order.index(step)]
    return earlier[-1] if earlier else None


def resume(draft: TrainingDraft) -> Step:
    """The first step that nobody has seen yet; the review when all were."""
    return next((one for one in steps(draft) if one.value not in draft.visited), Step.REVIEW)


def rail(draft: TrainingDraft, current: Step) -> list[Place]:
    """Every step; those that were visited can be opened."""
    return [
        Place(step, number, step == current, step != current and step.value in draft.visited)
        for number, step in enumerate(steps(draft), 1)
    ]


def unusable_reason(draft: TrainingDraft, dataset: Dataset) -> str:
    """Why a dataset cannot train this draft's base model; "" when it can."""
    if dataset.has_failed:
        return _("The import failed")
    if not dataset.succeeded:
        return _("Still being imported")
    accepted = draft.base_model.adaptation_kinds if draft.base_model else list(DatasetKind)
    if dataset.kind not in accepted:
        return _("The chosen baseline model takes no data of this kind")
    return ""


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
        Line(Step.BASE_MODEL, _("Baseline model"), str(base or nothing), until),
        Line(Step.DATA, _("Data"), data or nothing),
        Line(Step.NAME, _("Name"), draft.display_name or nothing),
        Line(Step.NAME, _("Description"), draft.description or nothing),
        Line(Step.NAME, _("Weight of the custom model"), weight),
        _test_line(draft),
    ]


def _test_line(draft: TrainingDraft) -> Line:
    if not draft.add_test:
        return Line(Step.NAME, _("Test"), _("None"))
    dataset = draft.test_dataset or _("no dataset chosen")
    text = _("%(dataset)s, against %(model)s") % {"dataset": dataset, "model": draft.second_model}
    return Line(Step.TEST, _("Test"), text)


def _base_problems(draft: TrainingDraft) -> Iterator[Problem]:
    base = draft.base_model
    if base is None:
        yield Problem(Step.BASE_MODEL, "base_model", _("Select a baseline model."))
    elif not base.can_adapt():
        yield Problem(
            Step.BASE_MODEL,
            "base_model",
            _("%(model)s can no longer be adapted; select a newer one.") % {"model": base},
        )
    elif (base.resource_id, base.locale) != (draft.project.resource_id, draft.project.locale):
        yield Problem(
            Step.BASE_MODEL, "base_model", _("Select a baseline model of the project's locale.")
        )


def _data_problems(draft: TrainingDraft) -> Iterator[Problem]:
    datasets = list(draft.datasets.all())
    if not datasets:
        yield Problem(Step.DATA, "datasets", _("Choose at least one dataset."))
    for dataset in datasets:
        reason = unusable_reason(draft, dataset)
        if reason:
            yield Problem(Step.DATA, "datasets", f"{dataset}: {reason}.")


def _name_problems(draft: TrainingDraft) -> Iterator[Problem]:
    if not draft.display_name.strip():
        yield Problem(Step.NAME, "display_name", _("Enter a name."))


def _test_problems(draft: TrainingDraft) -> Iterator[Problem]:
    if not draft.add_test:
        return
    dataset = draft.test_dataset
    if dataset is None:
        yield Problem(Step.TEST, "test_dataset", _("Choose a dataset for the test."))
    elif not dataset.succeeded or dataset.kind != DatasetKind.ACOUSTIC:
        yield Problem(
            Step.TEST,
            "test_dataset",
            _("The test needs imported audio with human-labeled transcripts."),
        )
    second = draft.test_custom_model
    if second is not None and not second.succeeded:
        yield Problem(Step.TEST, "second_model", _("Choose a model that has succeeded."))


def warnings(draft: TrainingDraft) -> list[str]:
    """What is allowed but worth a second thought."""
    found = []
    if draft.add_test and draft.test_dataset in draft.datasets.all():
        found.append(
            _("The test uses data that the model is trained with, so its result will flatter.")
        )
    if draft.base_model and draft.base_model.charged_for_adaptation:
        found.append(_("Training from this baseline model is charged to the resource."))
    return found
