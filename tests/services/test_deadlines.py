"""The table of deadlines follows the services' dates, and keeps what people said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    BaseModelFactory,
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    UserFactory,
)
from training.models import CustomModel, Deadline, Endpoint, Event, RenewalPlan
from training.services import datekeeping, deadlines, reminding, renewal, sync
from training.speechapi import types

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def model(days=60, **more):
    found = CustomModelFactory(transcription_expires_at=timezone.now() + days * DAY, **more)
    datekeeping.keep(found)
    return found


def endpoint(of, **more):
    values = {"project": of.project, "custom_model": of, "display_name": "Live"}
    found = Endpoint.objects.create(**values, submission="submitted", status="Succeeded", **more)
    datekeeping.keep(found)
    return found


def row(of, kind="transcription"):
    return next(one for one in deadlines.listed() if one.subject == of and one.kind == kind)


def remote(of, ends):
    body = {
        "self": of.remote_self, "displayName": of.display_name, "locale": "en-US",
        "status": "Succeeded",
        "properties": {"deprecationDates": {"transcriptionDateTime": ends}},
    }  # fmt: skip
    return types.CustomModel.parse(body)


def test_a_date_from_the_service_becomes_a_deadline_and_moves_with_it():
    found = CustomModelFactory(status="Running")
    sync.updated(found, remote(found, "2028-01-15T00:00:00Z"))
    assert row(found).at.date() == date(2028, 1, 15)
    deadlines.handle([row(found)], UserFactory())
    sync.updated(found, remote(found, "2028-04-15T00:00:00Z"))
    moved = row(found)
    assert (moved.at.date(), moved.handled_at) == (date(2028, 4, 15), None)
    sync.vanished(found)
    assert not Deadline.objects.filter(custom_model=found).exists()


def test_refreshing_brings_everything_up_to_date_and_writes_nothing_twice(
    django_assert_max_num_queries,
):
    found = model()
    CustomModel.objects.filter(pk=found.pk).update(transcription_expires_at=None)
    other = CustomModelFactory(
        project=found.project, transcription_expires_at=timezone.now() + 9 * DAY
    )
    datekeeping.refresh()
    datekeeping.refresh()
    kinds = Deadline.objects.values_list("kind", "custom_model", "base_model")
    assert sorted(kinds, key=str) == sorted(
        [
            ("transcription", other.pk, None),
            *(("adaptation", None, base) for base in (found.base_model_id, other.base_model_id)),
            *(("transcription", None, base) for base in (found.base_model_id, other.base_model_id)),
        ],
        key=str,
    )
    with django_assert_max_num_queries(10):
        datekeeping.refresh()


def test_a_model_is_replaced_when_a_newer_one_has_taken_its_place_everywhere():
    old = model(20)
    live = endpoint(old)
    new = model(700, project=old.project, renews=old, status="Running")
    assert deadlines.standing(row(old)) == "30"
    CustomModel.objects.filter(pk=new.pk).update(status="Succeeded")
    assert not row(old).is_replaced, "an endpoint still answers with it"
    Endpoint.objects.filter(pk=live.pk).update(custom_model=new)
    assert deadlines.standing(row(old)) == "replaced"
    assert not deadlines.pressing(deadlines.listed()).filter(custom_model=old).exists()


def test_an_endpoint_has_the_date_of_its_model():
    old, new = model(20), model(500)
    live = endpoint(old)
    assert row(live, "endpoint").at == old.transcription_expires_at
    answer = types.Endpoint.parse(
        {"self": "http://speech.test/e/1", "displayName": "Live", "locale": "en-US",
         "status": "Succeeded"}
    )  # fmt: skip
    sync.redeployed(live, answer, new)
    assert row(live, "endpoint").at == new.transcription_expires_at
    assert row(new).use_count == 1


def test_a_base_model_matters_while_no_newer_one_takes_its_place():
    project = ProjectFactory()
    base = BaseModelFactory(
        resource=project.resource, adaptation_expires_at=timezone.now() + 20 * DAY
    )
    model(500, project=project, base_model=base)
    BaseModelFactory(locale="de-DE", resource=project.resource)
    datekeeping.refresh()
    assert deadlines.pressing(deadlines.listed()).filter(base_model=base).count() == 1
    assert {one.base_model_id for one in deadlines.listed()} == {None, base.pk}
    BaseModelFactory(resource=project.resource)
    assert deadlines.standing(row(base, "adaptation")) == "replaced"


def test_handled_snoozed_and_reopened_once_with_a_name():
    found, ada = row(model(20)), UserFactory(username="ada")
    assert [deadlines.handle([found], ada) for _ in range(2)] == [1, 0]
    assert deadlines.standing(row(found.custom_model)) == "handled"
    assert deadlines.snooze([found], ada, timezone.localdate() + 7 * DAY) == 1
    assert deadlines.standing(row(found.custom_model)) == "snoozed"
    assert not deadlines.waiting(deadlines.listed()).filter(pk=found.pk).exists()
    assert [deadlines.reopen([found], ada) for _ in range(2)] == [1, 0]
    assert deadlines.standing(row(found.custom_model)) == "30"
    verbs = Event.objects.filter(person=ada).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["handled", "snoozed", "reopened"]


def test_a_snooze_ends_by_itself():
    found = row(model(20))
    deadlines.snooze([found], UserFactory(), timezone.localdate())
    assert deadlines.standing(row(found.custom_model)) == "30"


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "expired"), (29, "30"), (31, "90"), (89, "90"), (91, "later")]
)
def test_how_near_a_day_is(days, state):
    now = timezone.now()
    assert deadlines.state(now + days * DAY, now) == state


def test_a_candidate_that_nobody_accepted_replaces_nothing():
    old = model(20)
    new = model(700, project=old.project, renews=old)
    sound = DatasetFactory(project=old.project, kind="Acoustic")
    plan = RenewalPlan.objects.create(
        model=old, test_dataset=sound, candidate=new, state="deciding"
    )
    assert deadlines.standing(row(old)) == "30"
    RenewalPlan.objects.filter(pk=plan.pk).update(state="moving")
    assert deadlines.standing(row(old)) == "replaced"
    RenewalPlan.objects.filter(pk=plan.pk).update(state="deciding")
    plan.refresh_from_db()
    renewal.reject(plan, UserFactory())
    assert deadlines.standing(row(old)) == "30"


def test_an_endpoint_that_failed_counts_for_nothing():
    old = model(20)
    endpoint(old)
    Endpoint.objects.update(status="", submission="refused")
    new = model(700, project=old.project, renews=old)
    assert new.renews == old
    assert (row(old).use_count, row(old).is_replaced) == (0, True)


def test_a_base_model_without_an_end_takes_the_place_of_an_older_one():
    project = ProjectFactory()
    base = BaseModelFactory(
        resource=project.resource, adaptation_expires_at=timezone.now() + 20 * DAY
    )
    BaseModelFactory(resource=project.resource, adaptation_expires_at=None)
    datekeeping.refresh()
    assert row(base, "adaptation").is_replaced


def test_a_snooze_never_outlasts_the_last_day():
    found = row(model(20))
    deadlines.snooze([found], UserFactory(), timezone.localdate() + 90 * DAY)
    found.refresh_from_db()
    assert found.snoozed_until == deadlines.last_day(found.at)


def test_what_ends_at_midnight_ends_with_the_day_before():
    midnight = datetime(2027, 1, 15, tzinfo=UTC)
    assert deadlines.last_day(midnight) == date(2027, 1, 14)
    assert deadlines.last_day(midnight + timedelta(hours=1)) == date(2027, 1, 15)
    now = midnight - timedelta(minutes=1)
    assert reminding.days_left(midnight, now) == 0
    found = model()
    Deadline.objects.update(at=midnight)
    assert "2027-01-14 UTC. That is today." in reminding.sentence(row(found), now)
    assert "since 2027-01-15 00:00 UTC" in reminding.sentence(row(found), midnight)
