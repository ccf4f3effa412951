"""News as mail, in text and HTML."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from training.models import User
from training.outlets.news import Message


def letter(person: User, message: Message) -> EmailMultiAlternatives:
    """One mail; sent again it has the same Message-ID, by which mailboxes know it."""
    news = list(message.news)
    subject = news[0].title
    if len(news) > 1:
        subject = _("%(first)s, and %(n)d more") % {"first": subject, "n": len(news) - 1}
    context = {
        "person": person,
        "news": news,
        "settings_url": f"{settings.SITE.origin}{reverse('notifications')}",
    }
    made = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:200],
        body=render_to_string("mail/news.txt", context),
        to=[person.email],
        headers={
            "Message-ID": f"<{message.key}@{settings.MAIL_HOST_NAME}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    made.attach_alternative(render_to_string("mail/news.html", context), "text/html")
    return made
