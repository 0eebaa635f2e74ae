"""The settings of the journeys, with mails that go out by SMTP."""

import os

from ceo_portal.settings.recorridos import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = int(os.environ.get("ESPERA_SMTP", EMAIL_TIMEOUT))  # noqa: F405
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["PUERTO_SMTP"])
