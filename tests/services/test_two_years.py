"""Two years of a team's life: each reminder exactly once, none missed.

What should be told is worked out here day by day from what happened alone, without the product's
own code; the product looks twice a day, and some days not at all.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from tests.factories import BaseModelFactory, CustomModelFactory, ProjectFactory, UserFactory
from tests.post import running_post
from training.models import CustomModel, Endpoint, Event, Reminder
from training.services import datekeeping, deadlines, dispatching, reminding
from training.services.deadlines import listed

ZONE = ZoneInfo("Europe/Berlin")
BEGIN, DAYS = date(2027, 1, 1), 730  # 29 February 2028, and four changes of the clock
STAGES = (90, 60, 30, 14, 7, 1)


class Life:
    """One model: when it ends, and what people do about it."""

    def __init__(self, model, random):
        self.model = model
        self.ends = model.transcription_expires_at
        self.handled = self.replaced = self.snooze = None
        last = self.last = (self.ends - timedelta(microseconds=1)).astimezone(ZONE).date()
        match random.randrange(5):
            case 0:
                self.handled = last - timedelta(days=random.randrange(1, 100))
            case 1:
                self.replaced = last - timedelta(days=random.randrange(1, 100))
            case 2:
                begins = last - timedelta(days=random.randrange(20, 80))
                self.snooze = (begins, begins + timedelta(days=random.randrange(5, 15)))

    def quiet(self, day):
        """Whether somebody has seen to it by this day."""
        ended = [one for one in (self.handled, self.replaced) if one]
        snoozed = self.snooze and self.snooze[0] <= day < self.snooze[1]
        return any(one <= day for one in ended) or bool(snoozed)

    def expected(self, seen):
        """Stages that must be told, given the days on which the product looked."""
        last, told = self.last, []
        for day, now in seen:
            if self.quiet(day):
                continue
            left = (last - day).days
            stage = "expired" if now >= self.ends else next(
                (str(s) for s in sorted(STAGES) if left <= s), ""
            )  # fmt: skip
            if stage and now - self.ends < timedelta(days=30) and stage not in told:
                told.append(stage)
            if self.snooze and day >= self.snooze[1] and stage:
                awake = f"snooze {self.snooze[1]}"
                if awake not in told and now - self.ends < timedelta(days=30):
                    told.append(awake)
        return told

    def live(self, day, user):
        """Do what was planned for this day."""
        row = listed().filter(custom_model=self.model).first()
        if row is None:
            return
        if self.handled == day:
            deadlines.handle([row], user)
        if self.snooze and self.snooze[0] == day:
            deadlines.snooze([row], user, self.snooze[1])
        if self.replaced == day:
            newer = CustomModelFactory(project=self.model.project, renews=self.model,
                                       base_model=self.model.base_model)  # fmt: skip
            Endpoint.objects.filter(custom_model=self.model).update(custom_model=newer)


def born(random, project, base):
    """A model that ends at midnight in UTC on some day, as the services have it."""
    ends = datetime(2027, 1, 15, tzinfo=UTC) + timedelta(days=random.randrange(40, DAYS - 40))
    hour = random.choice((0, 0, 12, 23))
    model = CustomModelFactory(
        project=project, base_model=base, transcription_expires_at=ends.replace(hour=hour)
    )
    if random.random() < 0.3:
        Endpoint.objects.create(project=project, custom_model=model, display_name="Live",
                                submission="submitted", status="Succeeded")  # fmt: skip
    return model


@pytest.mark.django_db
def test_each_reminder_once_and_none_missed(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    random = Random(7)
    with timezone.override(ZONE), time_machine.travel(datetime(2027, 1, 1, tzinfo=ZONE)):
        settings.MAIL_ENABLED = True
        person = UserFactory(email="ada@studio.test")
        project = ProjectFactory()
        base = BaseModelFactory(
            resource=project.resource, adaptation_expires_at=None, transcription_expires_at=None
        )
        lives = [Life(born(random, project, base), random) for _ in range(50)]
        datekeeping.refresh()
    seen = _run(lives, person, random)
    told = Counter(Reminder.objects.values_list("deadline__custom_model", "stage"))
    assert set(told.values()) == {1}
    for life in lives:
        mine = {stage for model, stage in told if model == life.model.pk}
        assert mine == set(life.expected(seen)), (life.model, life.ends, vars(life))
    assert len(told) > 150
    events = Event.objects.filter(verb__in=("reminded", "expired"))
    with running_post(settings) as post, time_machine.travel(datetime(2029, 1, 2, tzinfo=ZONE)):
        while due := dispatching.due():
            for pk in due:
                dispatching.send(pk)
    texts = "".join(mail.get_body(("plain",)).get_content() for mail in post.received)
    lines = texts.splitlines()
    told = [one for one in lines if one.endswith((" expires soon", " has expired"))]
    assert len(told) == events.count()
    assert len({mail["Message-ID"] for mail in post.received}) == len(post.received)


def _run(lives, person, random):
    seen = []
    off = {random.randrange(DAYS) for _ in range(60)}
    for number in range(DAYS):
        day = BEGIN + timedelta(days=number)
        with timezone.override(ZONE):
            with time_machine.travel(datetime(day.year, day.month, day.day, 0, 5, tzinfo=ZONE)):
                for life in lives:
                    if day in (life.handled, life.replaced, life.snooze and life.snooze[0]):
                        life.live(day, person)
            for hour in () if number in off else (0, 21):
                now = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZONE)
                with time_machine.travel(now):
                    reminding.remind()
                seen.append((day, now))
    assert CustomModel.objects.filter(renews__isnull=False).exists()
    return seen
