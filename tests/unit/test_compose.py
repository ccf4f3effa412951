"""docker-compose.yml runs what `manage.py up` runs, confined and watched."""

import pytest

from studio.supervisor import commands
from tests.compose import OURS, image_environment, image_files, read

SECRETS = dict.fromkeys(
    ("POSTGRES_PASSWORD", "SECRET_KEY", "FIELD_KEYS", "LOCALSPEECH_KEY", "PUBLIC_URL"), "x"
)
LASTING = (*OURS, "postgres", "redis")


@pytest.fixture(scope="module")
def services():
    return read(**SECRETS)["services"]


def test_the_commands_are_the_same(services):
    ours = {
        "web": commands.web("0.0.0.0", 8000),
        "default-worker": commands.default_worker(),
        "engine-worker": commands.engine_worker(2),
        "beat": commands.beat(),
    }
    for name, command in ours.items():
        assert services[name]["command"] == ["python", *command[1:]], name


@pytest.mark.parametrize("name", SECRETS)
def test_what_must_be_given_is_asked_for(name):
    with pytest.raises(AssertionError, match=f"{name} is needed"):
        read(**{**SECRETS, name: ""})


@pytest.mark.parametrize("name", [*LASTING, "migrate"])
def test_a_service_is_confined(services, name):
    one = services[name]
    assert one["user"] not in {"", "root", "0", "0:0"}
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert any(place.startswith("/tmp") or name == "redis" for place in one["tmpfs"])
    assert set(one["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert "privileged" not in one
    assert not any("docker.sock" in volume for volume in one.get("volumes", []))


@pytest.mark.parametrize("name", LASTING)
def test_a_service_is_watched_and_started_again(services, name):
    assert services[name]["restart"] == "unless-stopped"
    assert services[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", OURS)
def test_a_service_waits_for_the_tables(services, name):
    waits = services[name]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert waits["redis"]["condition"] == "service_healthy"


def test_only_this_host_reaches_the_pages(services):
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert not any("ports" in services[name] for name in LASTING if name != "web")


def test_the_image_holds_the_product_and_nothing_else(tmp_path):
    image_files(tmp_path)
    held = {path.name for path in tmp_path.iterdir()}
    assert held == {
        "manage.py", "LICENSE", "requirements.lock", "studio", "training", "localspeech",
        "templates", "static",
    }  # fmt: skip
    assert image_environment()["STUDIO_DATA"] == "/data"
