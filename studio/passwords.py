"""What a password may be, beside what Django's own validators say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST, MOST = 12, 128


class MaximumLengthValidator:
    """Refuses what would only keep the server busy hashing."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is too long."""
        if len(password) > MOST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Your password may have at most %(most)d characters.") % {"most": MOST}


def validators() -> list[dict[str, Any]]:
    """AUTH_PASSWORD_VALIDATORS: long rather than complicated."""
    django = "django.contrib.auth.password_validation."
    return [
        {"NAME": f"{django}UserAttributeSimilarityValidator"},
        {"NAME": f"{django}MinimumLengthValidator", "OPTIONS": {"min_length": LEAST}},
        {"NAME": "studio.passwords.MaximumLengthValidator"},
        {"NAME": f"{django}CommonPasswordValidator"},
        {"NAME": f"{django}NumericPasswordValidator"},
    ]
