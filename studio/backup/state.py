"""How far the tables of a database, or of an archive, have come."""

from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from studio import __version__
from studio.backup import Refused

Node = tuple[str, str]


def leaves(alias: str) -> dict[str, str]:
    """The last migration of each app. Raises Refused while some wait."""
    executor = MigrationExecutor(connections[alias])
    nodes = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(nodes):
        raise Refused("The tables are not up to date. Run manage.py prepare first.")
    return dict(nodes)


def targets(manifest: dict[str, Any], loader: MigrationLoader) -> list[Node]:
    """The migrations to go to, to have the archive's tables. Raises Refused for newer ones."""
    if _numbers(manifest["version"]) > _numbers(__version__):
        raise _newer(manifest)
    found = [_node(loader, node) for node in manifest["migrations"].items()]
    if None in found:
        raise _newer(manifest)
    return [node for node in found if node]


def _node(loader: MigrationLoader, node: Node) -> Node | None:
    """The migration, or the one that has swallowed it and all before it."""
    if node in loader.graph.nodes:
        return node
    return next((key for key, one in loader.replacements.items() if one.replaces[-1] == node), None)


def _newer(manifest: dict[str, Any]) -> Refused:
    return Refused(
        f"The backup was made by version {manifest['version']}, whose tables this version "
        f"({__version__}) does not know. Restore it with that version or a newer one."
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
