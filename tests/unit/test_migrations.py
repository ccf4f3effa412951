"""Migrations let the version before them run on while they are applied."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.migrations import dangers

OWN = {"training", "localspeech"}
# Lead to the first release; whoever lacks one of them stops the product for the upgrade.
BEFORE_THE_RULE = {
    "training": "0014_objects_made_elsewhere",
    "localspeech": "0003_training_shards",
}


def newer():
    """Our migrations since the rule, with the state that each begins from."""
    loader = MigrationLoader(connection, replace_migrations=False)
    for node, migration in loader.graph.nodes.items():
        app, name = node
        if app in OWN and not migration.replaces and name[:4] > BEFORE_THE_RULE[app][:4]:
            yield migration, loader.project_state(node, at_end=False)


@pytest.mark.django_db
def test_no_migration_hurts_the_version_that_still_runs():
    assert [one for migration, state in newer() for one in dangers(migration, state)] == []


@pytest.fixture
def state():
    """A table as the old version knows it."""
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50, null=True)),
    ]
    found = ProjectState()
    found.add_model(ModelState("training", "Thing", fields))
    return found


def migration(*operations, **attributes):
    made = migrations.Migration("0099_change", "training")
    made.operations = list(operations)
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (migrations.RemoveField("thing", "name"), "still reads"),
        (migrations.DeleteModel("Thing"), "still reads"),
        (migrations.RenameField("thing", "name", "title"), "still reads"),
        (migrations.RunSQL("DROP TABLE training_thing"), "still reads"),
        (migrations.AddField("thing", "size", models.IntegerField(default=0)), "db_default"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=50)), "NULL"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=9, null=True)),
         "longer"),
        (migrations.AlterField("thing", "name", models.IntegerField(null=True)), "type"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=50, null=True,
                                                                 unique=True)), "twice"),
        (migrations.AddConstraint("thing", models.UniqueConstraint(
            fields=["name"], name="one_name")), "forbids"),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "name")]), "reads"),
    ],
)  # fmt: skip
def test_what_the_old_version_would_not_survive_is_told(state, operation, reason):
    (said,) = dangers(migration(operation), state)
    assert "0099_change" in said
    assert reason in said
    assert dangers(migration(operation, needs_stop="Nobody reads it since 0.2."), state) == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "size", models.IntegerField(db_default=0)),
        migrations.AlterField("thing", "name", models.CharField(max_length=90, null=True)),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
        migrations.RunPython(migrations.RunPython.noop),
    ],
)
def test_what_only_adds_is_free(state, operation):
    assert dangers(migration(operation), state) == []


def test_a_table_of_the_same_migration_may_be_built_up(state):
    made = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    field = migrations.AddField("other", "size", models.IntegerField(default=0))
    assert dangers(migration(made, field), state) == []
