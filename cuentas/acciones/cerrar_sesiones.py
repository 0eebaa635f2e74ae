"""End an account's open sessions: its power or what proves whose it is has changed (S35)."""

from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from cuentas.models import Usuario


def cerrar_sesiones(persona: Usuario, *, salvo: HttpRequest | None = None) -> None:
    """All of them, but for the one that `salvo` comes from if it is that person's: they made the change."""
    Usuario.objects.filter(pk=persona.pk).update(generacion=F("generacion") + 1)
    persona.refresh_from_db(fields=["generacion"])
    if salvo is not None and salvo.user.is_authenticated and salvo.user.pk == persona.pk:
        salvo.user.generacion = persona.generacion
        update_session_auth_hash(salvo, salvo.user)
