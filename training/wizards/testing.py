"""The wizard "Create new test": its steps, and the strict review."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from training import overlaps
from training.enums import TESTED_WITH, SecondModel, TestingKind, TestStep
from training.models import BaseModel, CustomModel, Dataset, TestDraft
from training.wizards.steps import Line, Problem


def steps(_draft: TestDraft) -> list[TestStep]:
    """The same for every draft."""
    return list(TestStep)


def unusable_reason(draft: TestDraft, dataset: Dataset) -> str:
    """Why a dataset cannot be tested with; "" when it can."""
    if dataset.has_failed:
        return _("The import failed")
    if not dataset.succeeded:
        return _("Still being imported")
    if dataset.kind in TESTED_WITH.get(draft.kind, ()):
        return ""
    if draft.kind == TestingKind.EVALUATION:
        return _("Has no human-labeled transcripts; it serves to inspect quality")
    return _("Holds no audio")


def review(draft: TestDraft) -> list[Problem]:
    """Everything that stands between the draft and its test."""
    return [
        *_kind_problems(draft),
        *_data_problems(draft),
        *_model_problems(draft),
        *_name_problems(draft),
    ]


def lines(draft: TestDraft) -> list[Line]:
    """The review: what was chosen at each step, in words."""
    nothing = _("Not provided")
    return [
        Line(TestStep.KIND, _("Kind of test"), draft.get_kind_display()),
        Line(TestStep.DATA, _("Data"), str(draft.dataset or nothing)),
        Line(TestStep.MODELS, _("Model 1"), str(draft.model1 or nothing)),
        Line(TestStep.MODELS, _("Model 2"), str(draft.model2 or _("None"))),
        Line(TestStep.NAME, _("Name"), draft.display_name or nothing),
        Line(TestStep.NAME, _("Description"), draft.description or nothing),
    ]


def warnings(draft: TestDraft) -> list[SafeString]:
    """What is allowed but worth a second thought."""
    return overlaps.warnings(draft.dataset, (draft.model1, draft.model2)) if draft.dataset else []


def _kind_problems(draft: TestDraft) -> Iterator[Problem]:
    if draft.kind not in TestingKind.values:
        yield Problem(TestStep.KIND, "kind", _("Select the kind of test."))


def _data_problems(draft: TestDraft) -> Iterator[Problem]:
    if draft.dataset is None:
        yield Problem(TestStep.DATA, "dataset", _("Choose a dataset."))
    elif reason := unusable_reason(draft, draft.dataset):
        yield Problem(TestStep.DATA, "dataset", f"{draft.dataset}: {reason}.")


def _model_problems(draft: TestDraft) -> Iterator[Problem]:
    if draft.model1 is None:
        yield Problem(TestStep.MODELS, "first_model", _("Choose a model to test."))
    elif fault := _fault(draft.model1):
        yield Problem(TestStep.MODELS, "first_model", fault)
    if draft.second == SecondModel.CHOSEN and not (draft.custom_model2 or draft.base_model2):
        message = _("The second model is gone; choose another, or none.")
        yield Problem(TestStep.MODELS, "second_model", message)
    elif draft.model2 is not None and (fault := _fault(draft.model2)):
        yield Problem(TestStep.MODELS, "second_model", fault)


def _fault(model: CustomModel | BaseModel) -> str:
    if isinstance(model, CustomModel) and not model.succeeded:
        return _("%(model)s has not been trained; choose another model.") % {"model": model}
    ends = model.transcription_expires_at
    if ends is not None and ends <= timezone.now():
        return _("%(model)s has expired; choose another model.") % {"model": model}
    return ""


def _name_problems(draft: TestDraft) -> Iterator[Problem]:
    if not draft.display_name.strip():
        yield Problem(TestStep.NAME, "display_name", _("Enter a name."))
