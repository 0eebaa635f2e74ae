"""What each notice says beyond its header."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cuentas.models import Usuario
from tramites.acciones.avisar_archivado import ANTICIPO
from tramites.definicion import etiqueta
from tramites.models import Estado

from . import previo
from .acto import Acto


def fecha(iso: str) -> str:
    """`dd-mm-aaaa`, from the date that the event keeps."""
    return f"{date.fromisoformat(iso):%d-%m-%Y}"


def plazo(acto: Acto) -> Mapping[str, Any]:
    """How long is left and what to do: a draft is completed; what was returned, corrected."""
    datos = acto.evento.datos
    return _quedan(datos["quedan"], date.fromisoformat(datos["archivar_el"])) | {
        "borrador": datos["estado"] == Estado.CREACION
    }


def plazo_al_enviar(acto: Acto, ahora: datetime) -> Mapping[str, Any]:
    """The same, after the days that the mail waited; if the time is over, the archive waits for it (FB3)."""
    datos = acto.evento.datos
    esperados = (timezone.localdate(ahora) - timezone.localdate(acto.evento.ocurrido_en)).days
    quedan, archivar_el = datos["quedan"] - esperados, date.fromisoformat(datos["archivar_el"])
    if esperados <= 0:
        return {}
    if quedan < 0:
        archivar_el += ANTICIPO - timedelta(days=quedan + 1)
        quedan = ANTICIPO.days
    return _quedan(quedan, archivar_el)


def _quedan(quedan: int, archivar_el: date) -> dict[str, Any]:
    contados = {0: "hoy es el último día para actuar", 1: "mañana es el último día para actuar"}
    return {
        "quedan": quedan,
        "cuanto": contados.get(quedan, f"le quedan {quedan} días para actuar"),
        "archivar_el": f"{archivar_el:%d-%m-%Y}",
    }


def archivado(acto: Acto) -> Mapping[str, Any]:
    """The months that passed, and whether its owner alone may take it up again (FB2)."""
    borrador = acto.gestion.estado_al_archivar == Estado.CREACION
    return {"plazo": previo.en_meses(acto.gestion.meses_archivo), "borrador": borrador}


def reapertura(acto: Acto) -> Mapping[str, Any]:
    """Until when its owner may act; empty when the time is the office's."""
    ultimo = acto.gestion.ultimo_dia
    return {"ultimo_dia": f"{ultimo:%d-%m-%Y}" if ultimo else ""}


def renglon(acto: Acto) -> Mapping[str, Any]:
    """The number of the document."""
    return {"renglon": etiqueta(acto.evento.datos["renglon"])}


def justificados(acto: Acto) -> Mapping[str, Any]:
    """What was observed after having been verified, by number or step (matriz.md §5)."""
    lugares = acto.evento.datos["justificados"]
    dichos = (
        acto.gestion.lugar(paso=x) if isinstance(x, str) else acto.gestion.lugar(renglon=x) for x in lugares
    )
    return {"lugares": ", ".join(lugar.rotulo.lower() for lugar in dichos)}


def folio(acto: Acto) -> Mapping[str, Any]:
    """The number of a request about personal data and the date it promises."""
    datos = acto.evento.datos
    return {"folio": datos["folio"], "limite": fecha(datos["fecha"])}


def limite(acto: Acto) -> Mapping[str, Any]:
    """Until when the export can be downloaded."""
    return {"limite": fecha(acto.evento.datos["fecha"])}


def motivo(acto: Acto) -> Mapping[str, Any]:
    """What was found of the log and its anchors."""
    return {"motivo": acto.evento.datos["motivo"]}


def quien_lo_hizo(acto: Acto) -> Mapping[str, Any]:
    """Who did it, for the office."""
    return {"quien": str(acto.evento.actor)}


def de_quien(acto: Acto) -> Mapping[str, Any]:
    """Whose account it was done to."""
    return {"quien": str(Usuario.objects.get(pk=acto.evento.datos["cuenta"]))}


def perdido(acto: Acto) -> Mapping[str, Any]:
    """Its name in the storage, with which it is looked for in a backup."""
    return {"archivo": acto.evento.datos["archivo"]}
