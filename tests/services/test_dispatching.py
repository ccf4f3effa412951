"""News go out by mail and to channels, each once, through real servers on loopback."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from tests.factories import BaseModelFactory, CustomModelFactory, ProjectFactory, UserFactory
from tests.host import running_host
from tests.post import running_post
from training.models import Channel, Dispatch, DispatchItem, Event
from training.outlets import webhook
from training.services import (
    channels,
    datekeeping,
    dispatching,
    events,
    notifying,
    preferences,
    reminding,
)
from training.services.preferences import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings):
    with running_post(settings) as server:
        yield server


@pytest.fixture
def host(settings):
    settings.ALLOW_PRIVATE_ADDRESSES = True
    with running_host() as server:
        yield server


@pytest.fixture
def ada(settings):
    settings.MAIL_ENABLED = True
    return UserFactory(username="ada", email="ada@studio.test")


def news(owner=None, verb="succeeded", **more):
    model = CustomModelFactory(display_name="Harbour", created_by=owner, **more)
    events.record(verb, model, text="Why it was so.")
    return model


def channel(host, kind="webhook", **more):
    return Channel.objects.create(
        name=f"Team {kind}", kind=kind, address=f"{host.address}/hook", secret="s3cret", **more
    )


def send_all():
    for pk in dispatching.due():
        dispatching.send(pk)


def test_a_result_goes_to_who_started_it(post, ada):
    UserFactory(email="other@studio.test")
    UserFactory(email="")
    model = news(ada)
    send_all()
    send_all()
    (mail,) = post.received
    assert mail["To"] == "ada@studio.test"
    assert mail["Subject"] == "Model Harbour succeeded"
    assert f"{Dispatch.objects.get().key}@" in mail["Message-ID"]
    text = mail.get_body(("plain",)).get_content()
    assert "Why it was so." in text
    assert model.get_absolute_url() in text
    assert "/notifications/" in text
    assert "<h2>Model Harbour succeeded</h2>" in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(("results", "count"), [("mine", 1), ("all", 2), ("off", 0)])
def test_people_choose_what_they_are_told(ada, results, count):
    preferences.keep_mail(ada, Mail(results=results))
    news(ada)
    news(UserFactory())
    assert Dispatch.objects.filter(person=ada).count() == count


def test_without_a_mail_server_nothing_waits_for_one(settings, ada):
    settings.MAIL_ENABLED = False
    news(ada)
    assert not Dispatch.objects.exists()


def test_a_web_hook_is_signed_and_names_its_delivery(host):
    row = channel(host)
    news()
    send_all()
    (path, headers, body) = host.received[0]
    assert path == "/hook"
    told = json.loads(body)
    assert told["news"][0]["event"] == "custommodel.succeeded"
    assert told["delivery"] == headers["X-Studio-Delivery"] == str(row.dispatches.get().key)
    signed = webhook.signature("s3cret", headers["X-Studio-Timestamp"], body)
    assert headers["X-Studio-Signature"] == f"sha256={signed}"
    assert len(host.received) == 1


def test_teams_gets_an_adaptive_card_in_which_names_are_no_markup(host):
    channel(host, "teams")
    model = CustomModelFactory(display_name="[Harbour](http://x) *2*")
    events.record("failed", model, text="No data.")
    send_all()
    message = json.loads(host.received[0][2])
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert r"\[Harbour\](http://x) \*2\*" in card["body"][0]["text"]
    assert card["body"][0]["color"] == "Attention"
    assert card["actions"][0]["url"].endswith(model.get_absolute_url())


def test_a_channel_is_told_of_its_project_and_what_it_wants(host):
    project = ProjectFactory()
    channel(host, project=project, tells_results=False)
    other = channel(host, "teams")
    news(project=project)
    news()
    assert set(Dispatch.objects.values_list("channel", flat=True)) == {other.pk}
    assert Dispatch.objects.count() == 2


def test_a_host_that_fails_is_tried_again_with_the_same_key(host):
    row = channel(host)
    news()
    host.status = 503
    send_all()
    waiting = row.dispatches.get()
    assert "status 503" in waiting.trouble
    assert waiting.due_at > timezone.now()
    host.status = 200
    Dispatch.objects.update(due_at=timezone.now())
    send_all()
    keys = {headers["X-Studio-Delivery"] for _, headers, _ in host.received}
    assert (len(host.received), len(keys)) == (2, 1)
    row.dispatches.get(sent_at__isnull=False, trouble="")


def test_a_refusal_is_final_and_said(host):
    row = channel(host)
    news()
    host.status = 410
    send_all()
    send_all()
    assert len(host.received) == 1
    assert row.dispatches.get().failed_at


def test_a_mail_server_that_is_off_costs_no_mail(settings, ada):
    with running_post(settings):
        pass
    news(ada)
    send_all()
    waiting = Dispatch.objects.get()
    assert "does not answer" in waiting.trouble
    assert waiting.failed_at is None
    with running_post(settings) as server:
        Dispatch.objects.update(due_at=timezone.now())
        send_all()
    assert len(server.received) == 1


def test_a_private_address_is_asked_only_where_that_is_allowed(host, settings):
    settings.ALLOW_PRIVATE_ADDRESSES = False
    row = channel(host)
    assert "private network" in channels.try_channel(row)
    assert host.received == []


def test_two_workers_send_one_message(host, monkeypatch):
    channel(host)
    news()
    (pk,) = dispatching.due()
    real, inner = dispatching.post, []

    def post_while_another_tries(*arguments):
        inner.append(dispatching.send(pk))
        real(*arguments)

    monkeypatch.setattr(dispatching, "post", post_while_another_tries)
    dispatching.send(pk)
    assert (len(host.received), len(inner)) == (1, 1)


def test_a_digest_gathers_and_comes_at_eight(post, ada, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    preferences.keep_mail(ada, Mail(deadlines="daily"))
    with timezone.override("Europe/Berlin"):
        with time_machine.travel(datetime(2027, 3, 27, 12, tzinfo=ZoneInfo("Europe/Berlin"))):
            for name in ("A", "B"):
                model = CustomModelFactory(display_name=name)
                events.record(Event.Verb.REMINDED, model, text="7 days left.")
            assert dispatching.due() == []
        dispatch = Dispatch.objects.get()
        assert DispatchItem.objects.filter(dispatch=dispatch).count() == 2
        assert timezone.localtime(dispatch.due_at).isoformat() == "2027-03-28T08:00:00+02:00"
        with time_machine.travel(dispatch.due_at + timedelta(seconds=1)):
            send_all()
    assert post.received[0]["Subject"] == "Model A expires soon, and 1 more"


def test_the_weekly_digest_comes_on_monday():
    with timezone.override("UTC"):
        now = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("UTC"))
        assert notifying.next_digest(now, "weekly") == datetime(
            2026, 11, 30, 8, tzinfo=ZoneInfo("UTC")
        )
        assert notifying.next_digest(now, "daily").day == 26


def test_nobody_gets_the_same_twice(ada):
    news(ada)
    event = Event.objects.get()
    notifying.plan(event, ada.pk)
    assert DispatchItem.objects.count() == 1


def test_last_days_that_fall_together_come_in_one_message(post, host, ada):
    channel(host, "teams")
    soon = timezone.now() + timedelta(days=20)
    for number in range(12):
        datekeeping.keep(
            CustomModelFactory(transcription_expires_at=soon, display_name=str(number))
        )
    assert reminding.remind() == 12
    assert reminding.remind() == 0
    assert Dispatch.objects.count() == 2
    assert dispatching.due() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        send_all()
    assert len(post.received) == len(host.received) == 1
    assert "and 11 more" in post.received[0]["Subject"]


def test_a_channel_of_a_project_hears_of_its_base_models(host):
    project = ProjectFactory()
    mine = channel(host, project=project)
    channel(host, "teams", project=ProjectFactory())
    base = BaseModelFactory(
        resource=project.resource, adaptation_expires_at=timezone.now() + timedelta(days=20)
    )
    CustomModelFactory(project=project, base_model=base)
    reminding.remind()
    assert [one.channel for one in Dispatch.objects.all()] == [mine]


@pytest.mark.parametrize(("answer", "is_final"), [("451 Later", False), ("550 Nobody", True)])
def test_what_a_mail_server_refuses_for_now_is_tried_again(post, ada, answer, is_final):
    news(ada)
    post.answer = answer
    send_all()
    assert bool(Dispatch.objects.get().failed_at) == is_final
    post.answer = "250 Kept"
    dispatching.send_again(ada)
    Dispatch.objects.update(due_at=timezone.now())
    send_all()
    assert len(post.received) == 1


def test_a_server_that_is_away_is_asked_once_for_all_mail(settings, ada, monkeypatch):
    with running_post(settings):
        pass
    for _ in range(5):
        news(ada)
    tried = []
    real = dispatching.mail
    monkeypatch.setattr(dispatching, "mail", lambda *a: tried.append(a) or real(*a))
    send_all()
    assert len(tried) == 1
    assert dispatching.due() == []


def test_a_fault_of_our_own_is_not_repeated_at_once(host, monkeypatch):
    channel(host)
    news()
    monkeypatch.setattr(dispatching, "post", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_all()
    assert dispatching.due() == []
    assert Dispatch.objects.get().due_at > timezone.now()
