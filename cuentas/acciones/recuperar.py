"""Recover a password: the page writes down what was asked; whose account it is, is looked for later.

So the page does the same work for every demand, and its time tells nothing (S37).
"""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from cuentas.models import Recuperacion, Usuario

ENLACES_SEGUIDOS = 3
ATENDER = "cuentas.tareas.atender_recuperacion"


@transaction.atomic
def pedir(dato: str, *, ahora: datetime) -> None:
    """Note that someone asks for the account of that CUI or e-mail, known or not.

    With the broker down the row waits for the sweep.
    """
    peticion = Recuperacion.objects.create(dato=dato, pedida_en=ahora)
    transaction.on_commit(lambda: current_app.send_task(ATENDER, [peticion.pk]), robust=True)


@transaction.atomic
def atender(pk: int) -> None:
    """Queue the mail to the account's own address, never to the one that was typed if it is another."""
    peticion = Recuperacion.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if peticion is None:
        return
    for cuenta in _cuentas(peticion.dato):
        if _ya_basta(cuenta):
            continue
        request_password_reset(None, cuenta.email, [cuenta], default_token_generator)
    peticion.delete()


def atender_pendientes(*, ahora: datetime) -> None:
    """Attend every pending request; those older than the life of a link are deleted unattended."""
    vida = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    Recuperacion.objects.filter(pedida_en__lte=ahora - vida).delete()
    for pk in list(Recuperacion.objects.order_by("pk").values_list("pk", flat=True)):
        atender(pk)


def _ya_basta(cuenta: Usuario) -> bool:
    """Whether that account was already sent enough links (S49); the earlier ones still work."""
    llave = f"recuperar:{cuenta.pk}"
    cache.add(llave, 0, timeout=settings.MINUTOS_DE_ESPERA * 60)
    try:
        return cache.incr(llave) > ENLACES_SEGUIDOS
    except ValueError:  # it lapsed in between, or there is no cache
        return False


def _cuentas(dato: str) -> list[Usuario]:
    if "@" in dato:
        halladas = filter_users_by_email(dato, is_active=True, prefer_verified=True, for_login=True)
    else:
        halladas = [get_user_by_username(dato)]
    return [cuenta for cuenta in halladas if cuenta and cuenta.is_active]
