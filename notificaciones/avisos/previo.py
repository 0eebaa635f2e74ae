"""What the notice of a previo says: motive and list by mail, and the detail only in the portal (D1-D3)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from num2words import num2words

from tramites.acciones.observar import MOTIVO
from tramites.definicion import Paso, Renglon, orden
from tramites.models import CasoDePrevio, Gestion, Previo, Veredicto

from .acto import Acto


def contenido(acto: Acto) -> dict[str, Any]:
    """The mail of the previo that the act issued."""
    previo = _emitido(acto)
    return redactado(acto.gestion, previo.motivo, previo.casos.all())


def detalle(acto: Acto) -> dict[str, Any]:
    """The list again with each document's name and Caso de Previo, which no mail carries (D2, D3)."""
    casos = _en_orden(acto.gestion, _emitido(acto).casos.all())
    return {"observaciones": [_lugar(acto.gestion, c) | _explicado(acto.gestion, c) for c in casos]}


def justificaciones(acto: Acto) -> dict[str, Any]:
    """Why what was verified is observed now: for jefatura, in the portal alone (matriz.md §5)."""
    casos = _en_orden(acto.gestion, _emitido(acto).casos.exclude(justificacion=""))
    return {"justificaciones": [{"lugar": c.titulo, "texto": c.justificacion} for c in casos]}


def redactado(gestion: Gestion, motivo: str, casos: Iterable[CasoDePrevio | Veredicto]) -> dict[str, Any]:
    """What the mail says; an empty motive is the one of `observar`."""
    return {
        "motivo": " ".join(motivo.split()) or MOTIVO,
        "tramite": gestion.definicion.nombre,
        "plazo": en_meses(gestion.meses_archivo),
        "observaciones": [_lugar(gestion, caso) for caso in _en_orden(gestion, casos)],
    }


def en_meses(meses: int) -> str:
    """«seis meses»: the term of the Gestión, as the legal texts say it."""
    return "un mes" if meses == 1 else f"{num2words(meses, lang='es')} meses"


def _emitido(acto: Acto) -> Previo:
    return Previo.objects.prefetch_related("casos").get(
        gestion=acto.gestion, ronda=acto.evento.datos["ronda"]
    )


def _en_orden(gestion: Gestion, casos: Iterable[Any]) -> list[Any]:
    """Steps, then documents, by number."""
    return sorted(casos, key=lambda c: (bool(c.renglon), orden(_lugar_de(gestion, c).numero)))


def _lugar_de(gestion: Gestion, caso: Any) -> Renglon | Paso:
    return gestion.lugar(renglon=caso.renglon, paso=caso.paso)


def _lugar(gestion: Gestion, caso: Any) -> dict[str, str]:
    vista = "paso" if caso.paso else "archivos"
    enlace = reverse(vista, args=[gestion.numero, caso.paso or caso.renglon])
    return {"lugar": _lugar_de(gestion, caso).rotulo, "enlace": enlace}


def _explicado(gestion: Gestion, caso: Any) -> dict[str, str]:
    return {"nombre": _lugar_de(gestion, caso).nombre, "caso": caso.texto}
