"""Tries a connection before it is kept, and says what answered or exactly what is wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.speechapi.client import SpeechClient
from training.speechapi.errors import NotFound, Refused, SpeechApiError, Unauthorized
from training.speechapi.versions import VERSIONS


@dataclass(frozen=True)
class Report:
    """What a resource offers, by the version that answered."""

    version: str
    locales: tuple[str, ...]
    base_models: int
    newest: str

    @property
    def sentence(self) -> str:
        """All of it in words."""
        locales = ngettext("%(n)d locale", "%(n)d locales", len(self.locales))
        models = ngettext("%(n)d base model", "%(n)d base models", self.base_models)
        found = [locales % {"n": len(self.locales)}, models % {"n": self.base_models}]
        text = _("Version %(version)s answered: %(found)s.") % {
            "version": self.version,
            "found": ", ".join(found),
        }
        newest = _("The newest base model is %(name)s.") % {"name": self.newest}
        return f"{text} {newest}" if self.newest else text


def examine(address: str, key: str, version: str) -> Report:
    """Ask a resource what it offers. Raises a SpeechApiError whose message says what to mend."""
    try:
        return _ask(address, key, version)
    except Unauthorized as error:
        raise Unauthorized(
            _(
                "The service refused the key. Check that it was copied whole, and that key and "
                "address belong to the same resource and region."
            ),
            status=error.status,
            code=error.code,
        ) from None
    except NotFound as error:
        raise _not_there(address, key, version, error) from None


def _ask(address: str, key: str, version: str) -> Report:
    with SpeechClient(address, key, version) as client:
        locales = client.locales("projects")
        models = list(client.base_models())
    newest = max(models, key=lambda model: str(model.created or ""), default=None)
    name = f"{newest.display_name} ({newest.locale})" if newest else ""
    return Report(version, tuple(locales), len(models), name)


def _not_there(address: str, key: str, version: str, error: NotFound) -> SpeechApiError:
    for other in VERSIONS:
        if other == version:
            continue
        try:
            _ask(address, key, other)
        except SpeechApiError:
            continue
        text = _("The service does not answer version %(version)s any more; choose %(other)s.")
        return Refused(text % {"version": version, "other": other}, status=error.status)
    return Refused(
        _(
            "There is no Speech to text service at this address. Copy the endpoint from the "
            "resource's page Keys and Endpoint."
        ),
        status=error.status,
    )
