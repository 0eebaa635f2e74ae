"""Everything that happened to a Gestión, in words and with who did it: the office's history. Reads only."""

from typing import Any

from django.db.models import QuerySet

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.consultas.historial import Hecho, en_letras, paso_guardado, sin_lo_no_enviado
from tramites.consultas.paginas import Orden
from tramites.eventos import TipoEvento
from tramites.models import Causa, Estado, Gestion, Resultado

POR_SU_ORDEN = Orden(("id",), descendente=True)
OTRAS_CAUSAS = {
    "jefatura": "Por jefatura",
    "retomada": "La retomó su titular",
    "sin_analista": "Su analista ya no puede revisarla",
}
MEDIOS = {"correo": "por correo", "portal": "en el portal", "mano": "a mano"}


def visibles(gestion: Gestion) -> QuerySet[Evento]:
    """What the office sees of a Gestión's events, newest first: not what its owner is correcting."""
    eventos = Evento.objects.filter(gestion=gestion.numero, tipo__in=TipoEvento.values)
    return sin_lo_no_enviado(gestion, eventos).select_related("actor").order_by("-id")


def en_palabras(gestion: Gestion, eventos: list[Evento]) -> list[Hecho]:
    """Those events as sentences; one query more, for the names of who handed it to whom."""
    nombres = nombres_de(eventos)
    return [
        Hecho(e.ocurrido_en, str(TipoEvento(e.tipo).label), detalle_de(gestion, e, nombres), actor=quien(e))
        for e in eventos
    ]


def nombres_de(eventos: list[Evento]) -> dict[int, str]:
    """Whom those events name, by key: who handed it to whom; one query, or none."""
    ids = {e.datos.get(clave) for e in eventos for clave in ("anterior", "nuevo")} - {None}
    return {u.pk: str(u) for u in Usuario.objects.filter(pk__in=ids)} if ids else {}


def quien(evento: Evento) -> str:
    """Who did it, and as what."""
    if evento.actor is None:
        return "El sistema"
    return f"{evento.actor} · {evento.actor.get_papel_display() or 'titular'}"


def detalle_de(gestion: Gestion, evento: Evento, nombres: dict[int, str]) -> str:
    """What the event's data add, in words; nothing personal is kept there."""
    datos = evento.datos
    partes = [
        f"Ronda {datos['ronda']}" if "ronda" in datos else "",
        _lugar(gestion, datos),
        str(Resultado(datos["resultado"]).label) if datos.get("resultado") else "",
        f"Casos: {'; '.join(_lugares(gestion, datos['casos']))}" if datos.get("casos") else "",
        _manos(datos, nombres),
        MEDIOS.get(datos.get("medio", ""), ""),
        f"Quedan {datos['quedan']} días" if "quedan" in datos else "",
        _causa(datos.get("causa", "")),
        str(Estado(datos["estado"]).label) if datos.get("estado") in Estado.values else "",
        datos.get("base", ""),
    ]
    return " · ".join(filter(None, partes))


def _lugares(gestion: Gestion, casos: list[Any]) -> list[str]:
    """The cases of a previo, which its event names as a verdict does."""
    return [_lugar(gestion, {"lugar": caso}) for caso in casos]


def _lugar(gestion: Gestion, datos: dict[str, Any]) -> str:
    """The step or the renglón: a verdict's «lugar» is the key of one or the number of the other."""
    lugar = str(datos.get("lugar", datos.get("renglon", "")))
    if lugar.isdigit():
        return en_letras(gestion.lugar(renglon=int(lugar)))
    if "paso" in datos:
        return paso_guardado(gestion, datos)
    return en_letras(gestion.lugar(paso=lugar)) if lugar else ""


def _manos(datos: dict[str, Any], nombres: dict[int, str]) -> str:
    """Who had it and who has it."""
    return " → ".join(nombres[datos[c]] for c in ("anterior", "nuevo") if datos.get(c) in nombres)


def _causa(causa: str) -> str:
    if causa in Causa.values:
        return str(Causa(causa).label)
    return OTRAS_CAUSAS.get(causa, "")
