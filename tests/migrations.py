"""Which migrations would break a version that still runs while they are applied.

An upgrade migrates first and replaces the processes then, so for a while the old code works on the
new tables. What it would not survive must be named by the migration itself, in one sentence:

    class Migration(migrations.Migration):
        needs_stop = "why the old version has to be stopped, or why nothing of it is hurt"
"""

from django.db import migrations, models
from django.db.models import NOT_PROVIDED

_REMOVES = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
    migrations.RunSQL,
)


def dangers(migration, state):
    """What the old code would not survive, in words; `state` is that before the migration."""
    if getattr(migration, "needs_stop", ""):
        return []
    state, made, found = state.clone(), set(), []
    for operation in migration.operations:
        reason = _danger(operation, state, migration.app_label, made)
        if reason:
            found.append(f"{migration}: {operation.describe()}: {reason}")
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)
    return found


def _danger(operation, state, app, made):
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        inner = [_danger(one, state, app, made) for one in operation.database_operations]
        return next(filter(None, inner), None)
    if getattr(operation, "model_name_lower", "") in made:
        return None  # the old code knows nothing of the table
    if isinstance(operation, _REMOVES):
        return "the old version still reads and writes it"
    if isinstance(operation, migrations.AddField):
        return _of_new_field(operation.field)
    if isinstance(operation, migrations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return _of_changed_field(before, operation.field)
    if isinstance(operation, migrations.AddConstraint):
        return "the old version may write rows that it forbids"
    return None


def _of_new_field(field):
    is_free = field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
    return None if is_free else "the old version inserts rows without it; give it a db_default"


def _of_changed_field(before, after):
    if before.null and not after.null:
        return "the old version may write NULL"
    if before.get_internal_type() != after.get_internal_type():
        return "its type changes under the old version"
    if (after.max_length or 0) < (before.max_length or 0) and after.max_length:
        return "the old version may write longer values"
    if after.unique and not before.unique and not isinstance(after, models.OneToOneField):
        return "the old version may write the same value twice"
    return None
