"""What nobody can use any more is not kept: sessions past their time, registrations whose link died."""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from cuentas.models import Registro

from .confirmar_registro import VIDA


def borrar_caducados(*, ahora: datetime) -> None:
    """Delete both; repeating it deletes nothing twice."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    Registro.objects.filter(pedido_en__lte=ahora - VIDA).delete()
