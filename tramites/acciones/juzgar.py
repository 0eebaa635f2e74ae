"""The verdict on a renglón or a step, a draft until the Gestión is decided (matriz.md §5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.definicion import NoDefinido, etiqueta
from tramites.eventos import TipoEvento
from tramites.models import Documento, Gestion, Resultado, Veredicto
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada
from tramites.reglas.revision import ya_verificados

from .guarda import con_candado_de_onsec

JUSTIFICACION_MIN = 30


@dataclass(frozen=True, kw_only=True)
class Juicio:
    """What the analyst says of one `renglon` or `paso`; `resultado` None is «sin revisar».

    `visto` is the file that was on view when it was said, if the page tells.
    """

    renglon: int | None = None
    paso: str = ""
    resultado: Resultado | None = None
    texto: str = ""
    documento: str = ""
    campo: str = ""
    defecto: str = ""
    archivos: tuple[UUID, ...] = ()
    pagina: int | None = None
    justificacion: str = ""
    visto: UUID | None = None

    @property
    def documento_n(self) -> str:
        """The renglón as people call it."""
        return f"documento {etiqueta(self.renglon or 0)}"

    @property
    def caso(self) -> str:
        """The Caso de Previo: as edited, or composed of its three catalogue parts (F4)."""
        return " ".join(
            (self.texto or " ".join(filter(None, (self.documento, self.campo, self.defecto)))).split()
        )


def juzgar(*, numero: int, actor: Any, version: int, juicio: Juicio, ahora: datetime) -> Gestion:
    """Keep the verdict of this round; the returned Gestión carries the new version.

    Raises `AccionRechazada` when the case or its justification is missing, `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "juzgar", version)
        _exigir_lugar(gestion, juicio)
        if juicio.resultado is None:
            gestion.veredictos.filter(ronda=gestion.ronda, renglon=juicio.renglon, paso=juicio.paso).delete()
        else:
            _exigir_visto(gestion, juicio)
            RAZONES[juicio.resultado](gestion, juicio)
            _escribir(gestion, actor, juicio, juicio.resultado, ahora)
        gestion.version += 1
        gestion.save()
        tipo = TipoEvento.PASO_JUZGADO if juicio.paso else TipoEvento.RENGLON_JUZGADO
        Evento.objects.registrar(
            tipo,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={
                "ronda": gestion.ronda,
                "lugar": juicio.paso or str(juicio.renglon),
                "resultado": juicio.resultado or "",
            },
        )
        return gestion


def _exigir_lugar(gestion: Gestion, juicio: Juicio) -> None:
    """A renglón of the procedure, or a step with fields, which is only ever observed (matriz.md §5)."""
    if juicio.renglon is not None and not juicio.paso:
        if juicio.renglon not in {r.numero for r in gestion.renglones_enviados}:
            raise NoDefinido(juicio.renglon)
    elif (
        juicio.renglon is not None
        or juicio.resultado == Resultado.VERIFICADO
        or juicio.paso not in {p.clave for p in gestion.formularios_enviados}
    ):
        raise NoDefinido(juicio.paso)


class OtroALaVista(AccionRechazada):
    """The file that the analista was looking at is of another renglón, or no longer counts."""


def _archivos(gestion: Gestion, juicio: Juicio) -> list[Documento]:
    """The files of the renglón that count."""
    return [d for d in gestion.documentos_que_cuentan if d.renglon == juicio.renglon]


def _exigir_visto(gestion: Gestion, juicio: Juicio) -> None:
    """Refuse a verdict given while looking at a file of another renglón, or at one that was replaced."""
    suyos = {d.pk for d in _archivos(gestion, juicio)}
    if suyos and juicio.visto and juicio.visto not in suyos:
        raise OtroALaVista(f"Lo que tenía a la vista no es el {juicio.documento_n}. Véalo y guarde otra vez.")


def _exigir_caso(gestion: Gestion, juicio: Juicio) -> None:
    if not juicio.caso:
        lugar = f"el {juicio.documento_n}" if juicio.renglon else "el paso observado"
        raise AccionRechazada(f"Escriba qué debe corregir la persona en {lugar}.")
    # A case of a step also observes the renglón of the form (matriz.md §5).
    observado = juicio.renglon or gestion.definicion.renglon_formulario
    if observado in ya_verificados(gestion) and len(juicio.justificacion.strip()) < JUSTIFICACION_MIN:
        raise AccionRechazada("Escriba por qué observa ahora un documento ya verificado.")


def _exigir_archivos(gestion: Gestion, juicio: Juicio) -> None:
    """An empty renglón may be observed, never verified (matriz.md §5)."""
    if not _archivos(gestion, juicio):
        raise AccionRechazada(f"El {juicio.documento_n} no tiene archivos que verificar.")


RAZONES = {Resultado.OBSERVADO: _exigir_caso, Resultado.VERIFICADO: _exigir_archivos}


def _escribir(gestion: Gestion, actor: Any, juicio: Juicio, resultado: Resultado, ahora: datetime) -> None:
    veredicto, _ = Veredicto.objects.update_or_create(
        gestion=gestion,
        ronda=gestion.ronda,
        renglon=juicio.renglon,
        paso=juicio.paso,
        defaults={
            "resultado": resultado,
            "texto": juicio.caso if resultado == Resultado.OBSERVADO else "",
            "documento": juicio.documento,
            "campo": juicio.campo,
            "defecto": juicio.defecto,
            "pagina": juicio.pagina,
            "justificacion": juicio.justificacion.strip(),
            "juzgado_por": actor,
            "juzgado_en": ahora,
        },
    )
    suyos = _archivos(gestion, juicio)
    veredicto.vistos.set(suyos)
    veredicto.archivos.set(d for d in suyos if d.pk in juicio.archivos)
