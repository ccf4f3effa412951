"""docker-compose.yml runs what `manage.py up` runs."""

from pathlib import Path

import yaml

from studio.supervisor import commands

ROOT = Path(__file__).resolve().parents[2]


def test_the_commands_are_the_same():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    ours = {
        "web": commands.web("0.0.0.0", 8000),
        "default-worker": commands.default_worker(),
        "engine-worker": commands.engine_worker(2),
        "beat": commands.beat(),
    }
    for name, command in ours.items():
        assert services[name]["command"] == ["python", *command[1:]], name


def test_every_long_running_service_restarts_and_waits_for_the_tables():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name in ("web", "default-worker", "engine-worker", "beat"):
        assert services[name]["restart"] == "unless-stopped"
        assert "migrate" in services[name]["depends_on"]
