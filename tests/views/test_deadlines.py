"""The deadlines page, decisions, and the calendar feed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import BaseModelFactory, CustomModelFactory, UserFactory
from training.models import Deadline, Endpoint
from training.services import datekeeping

DAY = timedelta(days=1)


@pytest.fixture
def user(client, db):
    found = UserFactory(username="ada")
    client.force_login(found)
    return found


@pytest.fixture
def models(user):
    now = timezone.now()
    soon = CustomModelFactory(
        display_name="Soon", transcription_expires_at=now + 20 * DAY, created_by=user
    )
    late = CustomModelFactory(
        display_name="Late", transcription_expires_at=now + 400 * DAY, project=soon.project,
        base_model=soon.base_model,
    )  # fmt: skip
    Endpoint.objects.create(project=soon.project, custom_model=soon, display_name="Live",
                            submission="submitted", status="Succeeded")  # fmt: skip
    datekeeping.refresh()
    return soon, late


def listed(client, **query):
    return client.get(reverse("deadlines"), query).text


def test_everything_with_a_last_day_is_listed_soonest_first(client, models):
    page = listed(client)
    soon, late = models
    assert page.index(f"{soon.get_absolute_url()}") < page.index(f"{late.get_absolute_url()}")
    assert "Within 30 days" in page
    assert "1 endpoint" in page
    assert "Endpoint&#x27;s model: Soon" in page
    assert str(soon.base_model) in page
    assert '<svg class="timeline"' in page
    assert "<title>Soon: Transcription, " in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"q": "lat"}, {"Late"}),
        ({"horizon": "30"}, {"Soon", "Live"}),
        ({"horizon": "past"}, set()),
        ({"kind": "endpoint"}, {"Live"}),
        ({"owner": "me"}, {"Soon"}),
        ({"standing": "done"}, set()),
        ({"standing": "open", "kind": "transcription", "q": "o"}, {"Soon"}),
    ],
)
def test_the_list_is_narrowed(client, models, query, shown):
    page = listed(client, **query)
    for name in ("Soon", "Late", "Live"):
        assert (f">{name}</a>" in page) == (name in shown), name


def test_by_project_and_resource(client, models):
    other = CustomModelFactory(
        display_name="Other", transcription_expires_at=timezone.now() + 9 * DAY
    )
    datekeeping.refresh()
    for query in ({"project": other.project_id}, {"resource": other.project.resource_id}):
        page = listed(client, **query)
        assert ">Other</a>" in page
        assert ">Soon</a>" not in page


def test_decisions_are_kept_with_a_name_and_repeated_harmlessly(client, models):
    row = Deadline.objects.get(custom_model=models[0])
    path, here = reverse("decide_deadlines"), reverse("deadlines") + "?q=soon"
    for _ in range(2):
        answer = client.post(path, {"pk": row.pk, "action": "snooze", "days": "7", "next": here})
        assert answer.url == here
    row.refresh_from_db()
    assert row.snoozed_until == timezone.localdate() + 7 * DAY
    page = listed(client)
    assert "Snoozed" in page
    assert "ada" in page
    client.post(path, {"pk": row.pk, "action": "handle"})
    assert ">Handled<" in listed(client).replace("</svg>", ">")
    client.post(path, {"pk": row.pk, "action": "reopen"})
    assert Deadline.objects.filter(pk=row.pk, handled_at=None, snoozed_until=None).exists()


def test_an_open_page_hears_of_decisions(client, models, user):
    page = listed(client)
    poll = page.split('data-live hx-get="/deadlines/')[1].split('"')[0].replace("&amp;", "&")
    part = {"HTTP_HX_REQUEST": "true"}
    assert client.get(f"/deadlines/{poll}", **part).status_code == 204
    client.post(
        reverse("decide_deadlines"),
        {"pk": Deadline.objects.get(custom_model=models[0]).pk, "action": "handle"},
    )
    answer = client.get(f"/deadlines/{poll}", **part)
    assert answer.status_code == 200
    assert "Soon: Handled" in answer.text


def test_what_expired_long_ago_stands_behind_a_link(client, models):
    Deadline.objects.filter(custom_model=models[1]).update(at=timezone.now() - 40 * DAY)
    page = listed(client)
    assert ">Late</a>" not in page
    assert "1 deadline passed more than 30 days ago." in page
    assert ">Late</a>" in listed(client, horizon="past")
    assert "Late" not in client.get(reverse("home")).text


@pytest.mark.parametrize(
    ("values", "message"),
    [({"action": "burn"}, "Choose what to do"), ({"action": "handle"}, "Select at least one")],
)
def test_a_decision_without_its_parts_is_explained(client, models, values, message):
    answer = client.post(reverse("decide_deadlines"), values, follow=True)
    assert message in answer.text


def test_home_shows_what_presses(client, models):
    page = client.get(reverse("home")).text
    assert f"deadline-{Deadline.objects.get(custom_model=models[0]).pk}" in page
    assert "1 endpoint" in page


def test_a_calendar_that_a_real_reader_reads(client, models, user):
    soon = models[0]
    base = BaseModelFactory(resource=soon.project.resource, locale="de-DE")
    CustomModelFactory(project=soon.project, base_model=base)
    datekeeping.refresh()
    page = client.post(reverse("calendar_address"), {"action": "new"}, follow=True).text
    path = page.split('<code class="address">http://testserver')[1].split("<")[0]
    client.logout()
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    events = {str(one["summary"]): one for one in calendar.walk("VEVENT")}
    mine = events["Soon: last day for transcription"]
    assert mine.decoded("dtstart") == timezone.localtime(soon.transcription_expires_at).date()
    assert "calendar/" not in client.get(reverse("notifications")).text
    assert mine.decoded("dtend") - mine.decoded("dtstart") == DAY
    assert str(mine["url"]).endswith(soon.get_absolute_url())
    assert f"{base}: last day for training from it" in events
    again = Calendar.from_ical(client.get(path).content)
    assert {str(one["uid"]) for one in again.walk("VEVENT")} == {
        str(one["uid"]) for one in events.values()
    }


def test_an_old_address_is_answered_no_more(client, models, user):
    def new():
        page = client.post(reverse("calendar_address"), {"action": "new"}, follow=True).text
        return page.split('<code class="address">http://testserver')[1].split("<")[0]

    first, second = new(), new()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post(reverse("calendar_address"), {"action": "revoke"})
    assert client.get(second).status_code == 404
    assert client.get(reverse("calendar", args=["x"])).status_code == 404


def test_a_person_who_left_has_no_calendar(client, models, user):
    page = client.post(reverse("calendar_address"), {"action": "new"}, follow=True).text
    path = page.split('<code class="address">http://testserver')[1].split("<")[0]
    type(user).objects.update(is_active=False)
    assert client.get(path).status_code == 404
