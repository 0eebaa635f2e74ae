"""The outbox against a real SMTP server."""

import pytest

from .servidor_smtp import ServidorSmtp


@pytest.fixture
def smtp(settings):
    """A server that listens, and the portal told to send through it."""
    with ServidorSmtp() as servidor:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.puerto
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield servidor


@pytest.fixture
def smtp_caido(smtp, settings):
    """The portal told to send through a port where nobody listens."""
    smtp.shutdown()
    smtp.server_close()
    return smtp
