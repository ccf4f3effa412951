"""The tables of the release before, with rows in them, become today's."""

import os
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from studio.database import database
from training import models

BEFORE = [
    ("training", "0005_dataset_report"),
    ("localspeech", "0002_blocks_copies_hooks_transcriptions"),
]
ALIAS = "older"
LONG_AGO = datetime(2025, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


@pytest.fixture
def older(tmp_path, django_db_blocker):
    """A database of its own, on what this run uses."""
    url, name = os.environ.get("DATABASE_URL", ""), f"studio_upgrade_{uuid.uuid4().hex[:12]}"
    if url:
        with psycopg.connect(url, autocommit=True) as administrator:
            administrator.execute(f'CREATE DATABASE "{name}"')
    own = database(f"{url.rpartition('/')[0]}/{name}" if url else "", tmp_path)
    connections.databases[ALIAS] = {**connections.databases["default"], **own}
    with django_db_blocker.unblock():
        yield connections[ALIAS]
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.databases[ALIAS]
    if url:
        with psycopg.connect(url, autocommit=True) as administrator:
            administrator.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def tables_of_before(connection):
    """Apply the older release's own migrations, one after the other; its models."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(BEFORE)
    return executor.loader.project_state(BEFORE).apps


def fill(apps):
    """A small team's data as the older release kept it."""

    def make(kind, /, **values):
        return apps.get_model("training", kind).objects.using(ALIAS).create(**values)

    root = "https://westus.api.cognitive.microsoft.com/speechtotext/v3.2"
    ada = make("User", username="ada", password="hashed", is_superuser=True)
    resource = make(
        "Resource", name="Azure", address=root[:-17], key="topsecret", locales=["en-US"]
    )
    base = make("BaseModel", resource=resource, remote_self=f"{root}/models/base/1",
                display_name="20260101", locale="en-US", status="Succeeded",
                adaptation_expires_at=LONG_AGO + timedelta(days=700))  # fmt: skip
    common = {"created_by": ada, "created_at": LONG_AGO, "submission": "submitted",
              "status": "Succeeded"}  # fmt: skip
    project = make("Project", resource=resource, display_name="Harbour", locale="en-US",
                   submission_key=uuid.uuid4(), remote_self=f"{root}/projects/1",
                   created_by=ada, created_at=LONG_AGO)  # fmt: skip
    data = make("Dataset", project=project, kind="Language", display_name="Log",
                remote_self=f"{root}/datasets/1", raw={"ß": [1.5, None]}, **common)  # fmt: skip
    model = make("CustomModel", project=project, base_model=base, display_name="Pilot",
                 remote_self=f"{root}/models/1", **common)  # fmt: skip
    model.datasets.add(data)
    make("Evaluation", project=project, dataset=data, custom_model1=model, base_model2=base,
         display_name="Test", results1={"word_error_rate": 0.1}, **common)  # fmt: skip
    make("TrainingDraft", project=project, display_name="Half", created_by=ada)
    make("Event", project=project, kind="custommodel", verb="succeeded", object_id=model.pk,
         name="Pilot", person=ada)  # fmt: skip


def test_a_team_keeps_its_data(older):
    apps = tables_of_before(older)
    fill(apps)
    call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
    executor = MigrationExecutor(older)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    check()


def check():
    """Every row is there, in the words of today's models."""
    assert settings.FIELD_KEYS
    resource = models.Resource.objects.using(ALIAS).get()
    assert (resource.key, resource.locales) == ("topsecret", ["en-US"])
    model = models.CustomModel.objects.using(ALIAS).select_related("created_by").get()
    assert model.created_by.username == "ada"
    assert model.created_at == LONG_AGO
    assert (model.status_word, model.renews_id) == ("Succeeded", None)
    assert [one.display_name for one in model.datasets.all()] == ["Log"]
    assert model.datasets.get().raw == {"ß": [1.5, None]}
    test = models.Evaluation.objects.using(ALIAS).get()
    assert test.results1 == {"word_error_rate": 0.1}
    assert test.custom_model1_id == model.pk
    assert test.kind_name == "evaluation"
    draft = models.TrainingDraft.objects.using(ALIAS).get()
    assert draft.display_name == "Half"
    assert models.Event.objects.using(ALIAS).get().verb == "succeeded"
    owner = models.Membership.objects.using(ALIAS).select_related("person").get()
    assert (owner.person.username, owner.role) == ("ada", "owner")
    made = models.Project.objects.using(ALIAS).create(
        resource=resource, display_name="New", locale="en-US"
    )
    assert made.pk == 2
