"""What the actions' tests share: the real mail server of the notices' ones."""

from tests.notificaciones.conftest import smtp, smtp_caido

__all__ = ["smtp", "smtp_caido"]
