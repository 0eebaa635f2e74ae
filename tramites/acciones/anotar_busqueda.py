"""Somebody of ONSEC searched by name or by CUI: the log tells by what and how many, never the text."""

from datetime import datetime
from typing import Any

from bitacora.models import Evento
from tramites.eventos import TipoEvento


def anotar_busqueda(*, actor: Any, donde: str, por: str, hallados: int, ahora: datetime) -> None:
    """`donde` is the page: «bandeja», «consulta» or «bitacora»; `por`, what was typed: «cui», «nombre».

    `hallados` is how many there were, or, when they were not counted, a number that they pass.
    """
    datos = {"donde": donde, "por": por, "hallados": hallados}
    Evento.objects.registrar(TipoEvento.BUSQUEDA, actor=actor, ahora=ahora, datos=datos)
